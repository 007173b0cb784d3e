import { decodeJwt } from 'jose/jwt/decode';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';
import type { Principal } from '../../domain/actor.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { refusalOrUnavailable } from './oidc-failures.ts';

// Importing this loads openid-client: whoever signs nobody in imports it only when somebody wants to.

/** What must be remembered between leaving for the issuer and coming back; kept in a sealed cookie by the caller. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** A person as the issuer vouches for them. */
export interface Vouched {
  readonly principal: Principal;
  /** Milliseconds since 1970: until when the issuer's token speaks for them. */
  readonly until: number;
  /** Each may serve once only: the next one replaces it. */
  readonly refreshToken?: string | undefined;
}

/** Signs people in at an OpenID issuer. Every call @throws IdentityUnavailable when the issuer cannot be asked. */
export interface OidcClient {
  /** The address at the issuer where the browser goes, and what to remember meanwhile. */
  begin(redirectUri: string): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /**
   * `returned` is the full address that the browser came back to, and `redirectUri` the one given to `begin`.
   * Refused is `sign-in-failed`, or `sign-in-insufficient` where the issuer's tokens name nobody of this ledger.
   */
  complete(returned: URL, redirectUri: string, pending: PendingSignIn): Promise<Vouched | Refusal>;
  /** Asks the issuer anew whether the person still is who they are. It is the caller who compares the persons. */
  renew(refreshToken: string): Promise<Vouched | Refusal>;
  /** Where the browser may end the session at the issuer as well, if it offers that. */
  signOutUrl(returnTo: string): Promise<string | undefined>;
}

export interface OidcClientOptions {
  /** To the letter, as its tokens name it. On plain http only what is named so is asked so (a closed network's own). */
  readonly issuer: string;
  readonly clientId: string;
  /** None makes a public client, which PKCE alone protects. */
  readonly clientSecret?: string | undefined;
  /** With spaces between. */
  readonly scope: string;
  /** Our own verifier, for the client's id as well as for the audience. */
  authenticate(token: string): Promise<Principal | Refusal>;
  /** Milliseconds since 1970. */
  now(): number;
  /** For each request to the issuer. */
  readonly timeoutSeconds?: number | undefined;
  readonly fetch?: CustomFetch | undefined;
}

/** What the issuer publishes of itself is asked for again when it is this old, and goes on serving should that fail. */
const FRESH_MS = 60 * 60_000;

/**
 * The authorization code flow with PKCE, state and nonce. State, nonce, the issuer's name and the times of the id
 * token are checked by openid-client; signatures, and who the person is, by our own verifier.
 * @see RFC 6749 section 4.1, RFC 7636, RFC 9207, OpenID Connect Core 1.0 section 3.1
 */
export function createOidcClient(options: OidcClientOptions): OidcClient {
  const { issuer, clientId, scope, authenticate, now } = options;
  const plain = issuer.startsWith('http://');
  let known: { readonly configuration: Configuration; readonly at: number } | undefined;
  let pending: Promise<Configuration> | undefined;

  async function discover(): Promise<Configuration> {
    try {
      const configuration = await discovery(
        new URL(issuer),
        clientId,
        undefined,
        clientAuthentication(options.clientSecret),
        {
          timeout: options.timeoutSeconds ?? 5,
          execute: plain ? [allowInsecureRequests] : [],
          ...(options.fetch && { [customFetch]: options.fetch }),
        },
      );
      known = { configuration, at: now() };
      return configuration;
    } catch (error) {
      if (known) return known.configuration;
      return refusalOrUnavailable(error, 'discovering');
    }
  }

  function configured(): Promise<Configuration> {
    if (known && now() - known.at < FRESH_MS) return Promise.resolve(known.configuration);
    pending ??= discover().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  /** The id token names role and office at Cognito, whose access token does not; others write them into that. */
  async function vouched(tokens: Tokens): Promise<Vouched | Refusal> {
    const complaints: string[] = [];
    for (const [name, token] of [
      ['id token', tokens.id_token],
      ['access token', tokens.access_token],
    ] as const) {
      if (token?.split('.').length !== 3) continue;
      const principal = await authenticate(token);
      if (isRefusal(principal)) {
        complaints.push(`${name}: ${principal.detail}`);
        continue;
      }
      const sub = tokens.claims()?.sub ?? principal.sub;
      if (principal.sub !== sub) return refuse('sign-in-failed', 'the issuer’s tokens name two persons');
      const until = (decodeJwt(token).exp ?? 0) * 1_000;
      return { principal, until, refreshToken: tokens.refresh_token };
    }
    return complaints.length === 0
      ? refuse('sign-in-insufficient')
      : refuse('sign-in-insufficient', complaints.join('; '));
  }

  return {
    async begin(redirectUri) {
      const verifier = randomPKCECodeVerifier();
      const sent = { state: randomState(), nonce: randomNonce(), verifier };
      const url = buildAuthorizationUrl(await configured(), {
        redirect_uri: redirectUri,
        scope,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: sent.state,
        nonce: sent.nonce,
      });
      return { url: url.href, pending: sent };
    },

    async complete(returned, redirectUri, { state, nonce, verifier }) {
      const configuration = await configured();
      // Behind a proxy the address that the request shows may be another than the one the browser went to.
      const address = new URL(redirectUri);
      address.search = returned.search;
      let tokens: Tokens;
      try {
        tokens = await authorizationCodeGrant(configuration, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
      } catch (error) {
        return refusalOrUnavailable(error, 'signing in');
      }
      return vouched(tokens);
    },

    async renew(refreshToken) {
      const configuration = await configured();
      let tokens: Tokens;
      try {
        tokens = await refreshTokenGrant(configuration, refreshToken);
      } catch (error) {
        return refusalOrUnavailable(error, 'signing in');
      }
      const person = await vouched(tokens);
      return isRefusal(person) ? person : { ...person, refreshToken: person.refreshToken ?? refreshToken };
    },

    async signOutUrl(returnTo) {
      const address = (await configured()).serverMetadata().end_session_endpoint;
      if (address === undefined || !URL.canParse(address)) return undefined;
      const url = new URL(address);
      if (url.protocol !== 'https:' && !(plain && url.protocol === 'http:')) return undefined;
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('post_logout_redirect_uri', returnTo);
      // Cognito's word for the same.
      url.searchParams.set('logout_uri', returnTo);
      return url.href;
    },
  };
}

type Tokens = Pick<TokenEndpointResponse, 'id_token' | 'access_token' | 'refresh_token'> & {
  /** Of the id token, where there is one. */
  claims(): { readonly sub: string } | undefined;
};

/** In the header, as every issuer must take it, unless it says that it takes a secret in the body alone. */
function clientAuthentication(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const [header, body] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const inBody = !taken.includes('client_secret_basic') && taken.includes('client_secret_post');
    return (inBody ? body : header)(server, ...rest);
  };
}
