import type { FieldError } from '../../domain/fields.ts';

/** Wrong arguments: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An RFC 9457 problem, the ledger's or our own. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly status?: number | undefined;
  readonly errors?: readonly FieldError[] | undefined;
}

/** Refused, by the ledger or by us: exit status 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

export const refused = (code: string, detail: string): Refused => new Refused({ code, detail });

export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
