import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';

/** What the issuer says of a person, each claim under its name in a token. */
export interface Claims {
  readonly role?: string;
  readonly office?: string;
  readonly name?: string;
  readonly officeName?: string;
  readonly cases?: readonly string[];
}

export interface OidcProviderOptions {
  /** By the name that is entered into the form of the login page, which is their `sub` as well. */
  readonly people: { readonly [name: string]: Claims };
  readonly redirectUris: readonly string[];
  /** Where a browser may return to that has signed out. */
  readonly signedOutUris?: readonly string[];
  /** Which token carries the claims: the id token as at Cognito, or an access token for an audience of its own. */
  readonly claimsIn?: 'id token' | 'access token';
  /** A client with a secret, which it shows in one of the two ways. */
  readonly secret?: { readonly value: string; readonly sent: 'client_secret_basic' | 'client_secret_post' };
  /** Lifetime of tokens in seconds. */
  readonly ttlSeconds?: number;
}

export interface RunningOidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** What the tokens that carry the claims are for. */
  readonly audience: string;
  /** The account is there no more. */
  disable(name: string): void;
  stop(): Promise<void>;
}

const CLIENT = 'taizhang-console';
const AUDIENCE = 'urn:taizhang:test';
const CLAIMS = ['role', 'office', 'name', 'officeName', 'cases'];

/**
 * A certified OpenID provider on the loopback, with a login page of a form: `name` signs that person in, `cancel`
 * declines. PKCE is required, keys are RS256 and made here, refresh tokens are always given and replaced at each use.
 */
export async function startOidcProvider(options: OidcProviderOptions): Promise<RunningOidcProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const people = new Map(Object.entries(options.people));
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = await quietly(async () => {
    // @ts-expect-error It comes without types; what is used of it stands below.
    const { default: OidcProvider } = await import('oidc-provider');
    return new (OidcProvider as ProviderClass)(issuer, configuration(options, people, key));
  });
  const rest = provider.callback();
  server.on('request', (asked, answer) => {
    if (!asked.url?.startsWith('/interaction/')) return rest(asked, answer);
    interaction(provider, people, asked, answer).catch((error: unknown) => {
      answer.statusCode = 500;
      answer.end(String(error));
    });
  });
  return {
    issuer,
    clientId: CLIENT,
    audience: options.claimsIn === 'access token' ? AUDIENCE : CLIENT,
    disable: (name) => void people.delete(name),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The login page, and what its form brings. */
async function interaction(
  provider: Provider,
  people: ReadonlyMap<string, Claims>,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  if (asked.method !== 'POST') return page(answer, 200, '');
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  if (form.has('cancel')) {
    return provider.interactionFinished(asked, answer, {
      error: 'access_denied',
      error_description: 'declined',
    });
  }
  const accountId = form.get('name') ?? '';
  if (!people.has(accountId)) return page(answer, 401, '<p role="alert">unknown</p>');
  return provider.interactionFinished(asked, answer, { login: { accountId } });
}

function page(answer: ServerResponse, status: number, alert: string): void {
  answer.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  answer.end(
    `<!doctype html><html lang="en"><title>Sign in</title><main>${alert}<form method="post"><label>Name <input name="name" autofocus></label> <button>Sign in</button> <button name="cancel" value="1">Cancel</button></form></main></html>`,
  );
}

function configuration(
  options: OidcProviderOptions,
  people: ReadonlyMap<string, Claims>,
  key: object,
): object {
  const inAccessToken = options.claimsIn === 'access token';
  const ttl = options.ttlSeconds ?? 3_600;
  return {
    jwks: { keys: [key] },
    cookies: { keys: ['a secret of this test alone'] },
    clients: [
      {
        client_id: CLIENT,
        redirect_uris: options.redirectUris,
        post_logout_redirect_uris: options.signedOutUris ?? [],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: options.secret?.sent ?? 'none',
        ...(options.secret && { client_secret: options.secret.value }),
      },
    ],
    clientAuthMethods: [options.secret?.sent ?? 'none'],
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'offline_access'],
    claims: { openid: ['sub'], profile: inAccessToken ? ['name'] : CLAIMS },
    // Cognito writes claims into the id token although an access token is given beside it.
    conformIdTokenClaims: false,
    findAccount: (_: unknown, accountId: string) => {
      const claims = people.get(accountId);
      return claims && { accountId, claims: () => ({ sub: accountId, ...claims }) };
    },
    loadExistingGrant: consentToAll,
    issueRefreshToken: () => true,
    ttl: {
      AccessToken: ttl,
      IdToken: ttl,
      RefreshToken: 86_400,
      Session: 86_400,
      Interaction: 600,
      Grant: 86_400,
    },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: inAccessToken,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ audience: AUDIENCE, scope: '', accessTokenFormat: 'jwt' }),
      },
    },
    extraTokenClaims: (_: unknown, { accountId }: { readonly accountId: string }) =>
      inAccessToken ? people.get(accountId) : undefined,
  };
}

/** Whoever signs in is not asked again whether the ledger may know who they are. */
async function consentToAll({ oidc }: Context): Promise<object> {
  const grant = new oidc.provider.Grant({
    accountId: oidc.session.accountId,
    clientId: oidc.client.clientId,
  });
  grant.addOIDCScope('openid profile offline_access');
  await grant.save();
  return grant;
}

/** It warns of an old Node.js, and that keys and stores of a test are none of production. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const { info, warn } = console;
  Object.assign(console, { info: () => {}, warn: () => {} });
  try {
    return await make();
  } finally {
    Object.assign(console, { info, warn });
  }
}

interface Provider {
  callback(): RequestListener;
  interactionFinished(asked: IncomingMessage, answer: ServerResponse, result: object): Promise<void>;
}
type ProviderClass = new (issuer: string, configuration: object) => Provider;

interface Context {
  readonly oidc: {
    readonly provider: {
      readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<void> };
    };
    readonly session: { readonly accountId: string };
    readonly client: { readonly clientId: string };
  };
}
