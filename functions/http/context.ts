import type { Principal } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { LandingCase, Visitor } from '../app/landing-cases.ts';
import type { Ledger } from '../app/ledger.ts';
import type { ConsoleDependencies } from '../console/dependencies.ts';

/** All that the API needs from outside; nothing here reads an environment or a clock of its own. */
export interface ApiDependencies {
  readonly ledger: Ledger;
  /** Who the bearer of a token is, or `token-invalid`. */
  authenticate(token: string): Promise<Principal | Refusal>;
  log(level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>): void;
  /** A fresh id for a request that brings none. */
  requestId(): string;
  /** Of the software. */
  readonly version: string;
  /** The OpenAPI document: made from the schemas when asked for, or when the software was bundled. */
  openApi(): Promise<object>;
  /** Milliseconds since 1970. */
  now(): number;
  /** The cases that the page at `/` may show to anybody who can reach it. */
  landing(visitor: Visitor): Promise<readonly LandingCase[]>;
  readonly console: ConsoleDependencies;
}

/** What the middleware leaves for the routes. */
export interface ApiEnv {
  Variables: {
    requestId: string;
    /** Undefined for a request without a token. */
    principal?: Principal;
  };
}
