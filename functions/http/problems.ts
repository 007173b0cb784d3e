import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FieldError } from '../../domain/fields.ts';
import { type Refusal, type RefusalCode, refusals } from '../../domain/refusals.ts';
import { versionTag } from './entity-tags.ts';

/** @see RFC 9457 section 3.1 */
export interface Problem {
  /** Where the code is explained: `/problems#<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** The version that the stream has, where that helps the client. */
  readonly version?: number;
}

export const PROBLEM_TYPE = 'application/problem+json';

export function describeProblem(refusal: Refusal): Problem {
  const [status, title] = refusals[refusal.refused];
  return {
    type: `/problems#${refusal.refused}`,
    title,
    status,
    code: refusal.refused,
    detail: refusal.detail,
    ...(refusal.errors ? { errors: refusal.errors } : {}),
    ...(refusal.version === undefined ? {} : { version: refusal.version }),
  };
}

/** The refusal as an answer, with the headers that its status calls for. */
export function problem(c: Context, refusal: Refusal): Response {
  const described = describeProblem(refusal);
  return c.body(JSON.stringify(described), described.status as ContentfulStatusCode, {
    'Content-Type': PROBLEM_TYPE,
    ...headersFor(refusal, described.status),
  });
}

function headersFor(refusal: Refusal, status: number): { [name: string]: string } {
  if (refusal.refused === 'token-invalid') return { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
  if (status === 401) return { 'WWW-Authenticate': 'Bearer' };
  if (status === 503) return { 'Retry-After': '1' };
  if (status === 412 && refusal.version !== undefined) return { ETag: versionTag(refusal.version) };
  return {};
}
