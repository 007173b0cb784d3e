import type { Principal } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Ledger } from '../app/ledger.ts';
import type { LandingCase } from '../console/landing.tsx';

/** Who looks at the page at `/`, which asks for no token. */
export interface Visitor {
  /** Sits at this very machine: the connection is a loopback one, and no proxy says that it forwards. */
  readonly local: boolean;
}

/** All that the API needs from outside; nothing here reads an environment or a clock of its own. */
export interface ApiDependencies {
  readonly ledger: Ledger;
  /** Who the bearer of a token is, or `token-invalid`. */
  authenticate(token: string): Promise<Principal | Refusal>;
  log(level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>): void;
  /** A fresh id for a request that brings none. */
  requestId(): string;
  /** Of the software, as the OpenAPI document names it. */
  readonly version: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** The cases that the page at `/` may show to anybody who can reach it. */
  landing(visitor: Visitor): Promise<readonly LandingCase[]>;
}

/** What the middleware leaves for the routes. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    /** Undefined for a request without a token. */
    principal?: Principal;
  };
}
