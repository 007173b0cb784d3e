import { createHash } from 'node:crypto';
// Each from its own module: the package's index would bring to every cold start what any page uses of it.
import type { JSONWebKeySet, JWTPayload } from 'jose';
import * as errors from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import { jwtVerify } from 'jose/jwt/verify';
import type { Principal } from '../../domain/actor.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';
import { readPrincipal } from './claims.ts';
import { type RemoteKeysOptions, remoteKeys } from './remote-keys.ts';

export interface VerifierOptions {
  /** What `iss` must be, to the letter. */
  readonly issuer: string;
  /**
   * What `aud` must name, or one of these. A token without `aud` whose `token_use` is `access` is Cognito's
   * access token: there `client_id` must be one of these.
   */
  readonly audience: string | readonly string[];
  /** Keys at hand, or those that the issuer publishes. */
  readonly keys: JSONWebKeySet | ({ readonly remote: true } & Pick<RemoteKeysOptions, 'fetch' | 'timeoutMs'>);
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

export interface TokenVerifier {
  /** Who the token names, or `token-invalid`. @throws IdentityUnavailable when keys must be fetched and cannot */
  authenticate(token: string): Promise<Principal | Refusal>;
}

const ALGORITHMS = ['EdDSA', 'RS256'];
const TOLERANCE_SECONDS = 30;
const MAX_TOKEN_BYTES = 8 * 1024;
const CACHED_MS = 60_000;
const CACHED_TOKENS = 1_000;

/**
 * Checks bearer tokens: signature by a key of the issuer's (nothing that the token's own header brings or points
 * to), issuer, audience, time, then our claims. A verified token is remembered by its SHA-256 for a minute at
 * most, since a signature costs 0.26 ms; so a key taken back counts for up to a minute. A failure never is.
 */
export function createVerifier(options: VerifierOptions): TokenVerifier {
  const now = options.now ?? Date.now;
  const audiences = typeof options.audience === 'string' ? [options.audience] : options.audience;
  const keyOf =
    'remote' in options.keys
      ? remoteKeys(options.issuer, { ...options.keys, now })
      : createLocalJWKSet(options.keys);
  const verified = new Map<string, { readonly principal: Principal; readonly until: number }>();

  async function verify(token: string): Promise<{ principal: Principal; expires: number } | string> {
    let claims: JWTPayload;
    try {
      ({ payload: claims } = await jwtVerify(token, keyOf, {
        algorithms: ALGORITHMS,
        issuer: options.issuer,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(now()),
        requiredClaims: ['iss', 'sub', 'exp'],
      }));
    } catch (error) {
      return whyNot(error);
    }
    if (!meantFor(claims).some((audience) => audiences.includes(audience))) {
      return 'the token is meant for another audience';
    }
    const principal = readPrincipal(claims);
    if (typeof principal === 'string') return principal;
    return { principal, expires: (claims.exp ?? 0) * 1000 };
  }

  return {
    async authenticate(token) {
      if (token.length > MAX_TOKEN_BYTES) return refuse('token-invalid', 'the token is larger than 8 KB');
      const digest = createHash('sha256').update(token).digest('base64');
      const known = verified.get(digest);
      if (known && now() < known.until) return known.principal;
      verified.delete(digest);
      const result = await verify(token);
      if (typeof result === 'string') return refuse('token-invalid', result);
      const until = Math.min(result.expires, now() + CACHED_MS);
      const [oldest] = verified.keys();
      if (verified.size >= CACHED_TOKENS && oldest !== undefined) verified.delete(oldest);
      verified.set(digest, { principal: result.principal, until });
      return result.principal;
    },
  };
}

function meantFor({ aud, client_id, token_use }: JWTPayload): readonly string[] {
  if (typeof aud === 'string') return [aud];
  if (Array.isArray(aud)) return aud;
  return aud === undefined && token_use === 'access' && typeof client_id === 'string' ? [client_id] : [];
}

/** In words that help the honest: nothing of the token, of our keys or of what we expect. */
function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `the claim ${error.claim} is missing`;
    if (error.claim === 'iss') return 'the token comes from another issuer';
    if (error.claim === 'nbf') return 'the token is not valid yet';
    return `the claim ${error.claim} is wrong`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the token must be signed with EdDSA or RS256';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'the token is signed with a key that its issuer does not have';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'the token does not say which of its issuer’s keys signed it';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not match';
  if (error instanceof errors.JOSEError) return 'the token is no signed JWT';
  // A published key that cannot serve its algorithm, such as RSA under 2,048 bits.
  if (error instanceof TypeError) return 'the token is signed with a key that cannot be used';
  throw error;
}
