import type { Principal, Role } from '../../domain/actor.ts';
import type { Instant, ZoneOffset } from '../../domain/dates.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { TokenClaims } from '../identity/local-issuer.ts';
import type { OidcClient } from '../identity/oidc-client.ts';
import type { Sessions } from '../identity/session.ts';

/** Somebody whom the page of the local issuer offers. */
export interface Suggestion {
  readonly sub: string;
  readonly role: Role;
  readonly office: string;
  readonly name: string;
}

/** How people sign in: at an OIDC issuer, or with the issuer of this machine. */
export type SignIn =
  | { readonly kind: 'issuer'; readonly client: () => Promise<OidcClient> }
  | {
      readonly kind: 'local';
      /** Whoever sits at this machine may choose who to be; everybody else brings a token. */
      readonly choice: boolean;
      readonly suggestions: readonly Suggestion[];
      mint(claims: TokenClaims, ttlSeconds: number): Promise<string>;
    };

/** What the console needs beside what the API has. */
export interface ConsoleDependencies {
  readonly zone: ZoneOffset;
  now(): Instant;
  readonly signIn: SignIn;
  /** The secret behind them may have to be fetched: asked for with the first page that needs a person. */
  sessions(): Promise<Sessions>;
  /** The origin under which people reach the console; undefined takes it from each request. */
  readonly publicUrl: string | undefined;
  authenticate(token: string): Promise<Principal | Refusal>;
}
