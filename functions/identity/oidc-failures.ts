import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { type Refusal, refuse } from '../../domain/refusals.ts';
import { IdentityUnavailable } from './unavailable.ts';

/** What openid-client found wrong in what the browser or the issuer brought: another state, nonce, issuer or time. */
const CHECKS: ReadonlySet<string | undefined> = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
]);
/** The issuer says that it cannot just now. @see RFC 6749 section 4.1.2.1 */
const TEMPORARY = ['server_error', 'temporarily_unavailable'];
/** The issuer does not take us, whoever signs in: the operator's to mend. @see RFC 6749 section 5.2 */
const OURS = ['invalid_client', 'unauthorized_client'];

/**
 * What a failed exchange with the issuer says to the person, in words of ours: nothing that a stranger put into the
 * address is repeated. While discovering there is no person yet.
 * @throws IdentityUnavailable when it is no fault of theirs
 */
export function refusalOrUnavailable(error: unknown, during: 'discovering'): never;
export function refusalOrUnavailable(error: unknown, during: 'signing in'): Refusal;
export function refusalOrUnavailable(error: unknown, during: 'discovering' | 'signing in'): Refusal {
  if (during === 'discovering') throw new IdentityUnavailable('its discovery document cannot be had', error);
  if (error instanceof AuthorizationResponseError) {
    if (TEMPORARY.includes(error.error)) throw new IdentityUnavailable('it says so itself', error);
    if (error.error === 'access_denied') return refuse('sign-in-failed', 'signing in was declined');
    return refuse('sign-in-failed', 'the issuer did not sign the person in');
  }
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) throw new IdentityUnavailable(`it answers ${error.status}`, error);
    if (OURS.includes(error.error)) throw new IdentityUnavailable(`it answers ${error.error}`, error);
    return refuse('sign-in-failed', 'the issuer does not take what it gave out, or no longer');
  }
  if (error instanceof ClientError && CHECKS.has(error.code)) {
    return refuse('sign-in-failed', 'what came back does not belong to what was begun');
  }
  throw new IdentityUnavailable('it does not answer as it should', error);
}
