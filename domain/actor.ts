import type { CaseId } from './ids.ts';

export const ROLES = ['office', 'committee', 'reviewer', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who did it, as the header of an entry names them; `sub` is unique only together with `iss`. */
export interface Actor {
  readonly iss: string;
  readonly sub: string;
  readonly office: string;
  readonly role: Role;
}

/** Who asks, as their token says. */
export interface Principal extends Actor {
  /** Display names; they are words, and stand in the erasable part of what this person records. */
  readonly actorName?: string | undefined;
  readonly officeName?: string | undefined;
  /** Narrows the person to these cases; undefined is all. */
  readonly cases?: readonly CaseId[] | undefined;
}
