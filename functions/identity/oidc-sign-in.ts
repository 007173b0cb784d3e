import type { Principal } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { OidcClient, Vouched } from './oidc-client.ts';

interface Oidc {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scope: string;
}

/** Two windows of one person may both find that the token has run out: within this time they renew it once. */
const RENEWED_MS = 60_000;

/** The client of an issuer, imported and made when somebody first signs in, and then at hand. */
export function clientOf(
  oidc: Oidc,
  authenticate: (token: string) => Promise<Principal | Refusal>,
  now: () => number,
): () => Promise<OidcClient> {
  let client: Promise<OidcClient> | undefined;
  return () => {
    client ??= import('./oidc-client.ts').then(({ createOidcClient }) =>
      renewingOnce(createOidcClient({ ...oidc, authenticate, now }), now),
    );
    return client;
  };
}

/** Issuers that replace refresh tokens take a second use of one for theft, and end the whole session. */
export function renewingOnce(client: OidcClient, now: () => number): OidcClient {
  const renewals = new Map<string, { readonly outcome: Promise<Vouched | Refusal>; readonly at: number }>();
  return {
    ...client,
    renew(refreshToken) {
      for (const [token, { at }] of renewals) if (now() - at > RENEWED_MS) renewals.delete(token);
      const known = renewals.get(refreshToken);
      if (known) return known.outcome;
      const outcome = client.renew(refreshToken);
      renewals.set(refreshToken, { outcome, at: now() });
      // An issuer that could not be asked is asked again.
      outcome.catch(() => renewals.delete(refreshToken));
      return outcome;
    },
  };
}
