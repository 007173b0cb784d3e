import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '../../../domain/refusals.ts';
import {
  createOidcClient,
  type OidcClient,
  type PendingSignIn,
  type Vouched,
} from '../../../functions/identity/oidc-client.ts';
import { createVerifier } from '../../../functions/identity/token-verifier.ts';
import { OidcBrowser } from '../../kit/oidc-browser.ts';
import {
  type OidcProviderOptions,
  type RunningOidcProvider,
  startOidcProvider,
} from '../../kit/oidc-provider.ts';

const CALLBACK = 'http://ledger.test/sign-in/callback';
const SIGNED_OUT = 'http://ledger.test/signed-out';
const chen = { role: 'committee', office: '纪工委', name: '陈书记' };
const people = { chen, zhang: { role: 'office', office: '财政办' }, guest: { name: '访客' } };

const running: RunningOidcProvider[] = [];
const provider = async (over: Partial<OidcProviderOptions> = {}): Promise<RunningOidcProvider> => {
  const options = { people, redirectUris: [CALLBACK], signedOutUris: [SIGNED_OUT], ...over };
  const started = await startOidcProvider(options);
  running.push(started);
  return started;
};
let at: RunningOidcProvider;
beforeAll(async () => {
  at = await provider();
});
afterAll(() => Promise.all(running.map((one) => one.stop())));

function clientOf(
  { issuer, clientId, audience }: RunningOidcProvider,
  {
    secret,
    now = Date.now,
    aged = Date.now,
  }: { readonly secret?: string; readonly now?: () => number; readonly aged?: () => number } = {},
): OidcClient {
  const { authenticate } = createVerifier({ issuer, audience, keys: { remote: true }, now });
  const scope = 'openid profile';
  return createOidcClient({ issuer, clientId, clientSecret: secret, scope, authenticate, now: aged });
}

interface Begun {
  readonly returned: URL;
  readonly pending: PendingSignIn;
}

async function begin(client: OidcClient, name: string): Promise<Begun> {
  const { url, pending } = await client.begin(CALLBACK);
  return { returned: await new OidcBrowser().signIn(url, { name }), pending };
}

async function signIn(client: OidcClient, name: string) {
  const { returned, pending } = await begin(client, name);
  return client.complete(returned, CALLBACK, pending);
}

async function signedIn(client: OidcClient, name: string): Promise<Vouched> {
  const person = await signIn(client, name);
  if (isRefusal(person)) throw new Error(person.detail);
  return person;
}

const failed = { refused: 'sign-in-failed', detail: expect.any(String) };
const NOT_OURS = 'what came back does not belong to what was begun';

describe('who signs in at the issuer', () => {
  test('comes back as the person that its id token names, for as long as it says', async () => {
    const before = Date.now();
    const person = await signedIn(clientOf(at), 'chen');
    const { role, office, name } = chen;
    expect(person.principal).toEqual({ iss: at.issuer, sub: 'chen', role, office, actorName: name });
    expect(person.until).toBeGreaterThan(before + 3_590_000);
    expect(person.until).toBeLessThan(Date.now() + 3_601_000);
    expect(person.refreshToken).toEqual(expect.any(String));
  });

  test('is sent there with a challenge, a state and a nonce of this one time', async () => {
    const client = clientOf(at);
    const [first, second] = [await client.begin(CALLBACK), await client.begin(CALLBACK)];
    const asked = Object.fromEntries(new URL(first.url).searchParams);
    expect(asked).toEqual({
      client_id: at.clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid profile',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: first.pending.state,
      nonce: first.pending.nonce,
    });
    expect(first.url).not.toContain(first.pending.verifier);
    const values = [first, second].flatMap(({ pending }) => Object.values(pending));
    expect(new Set(values).size).toBe(6);
  });

  test('may be named by the access token instead, where that is for our audience', async () => {
    const other = await provider({ claimsIn: 'access token' });
    expect((await signedIn(clientOf(other), 'zhang')).principal).toMatchObject({
      sub: 'zhang',
      role: 'office',
      office: '财政办',
    });
  });

  test.each(['client_secret_basic', 'client_secret_post'] as const)(
    'is vouched for to a client with a secret, sent as %s',
    async (sent) => {
      const value = 'a secret: with/signs+in%it';
      const confidential = await provider({ secret: { value, sent } });
      expect((await signedIn(clientOf(confidential, { secret: value }), 'chen')).principal.sub).toBe('chen');
      const wrong = signIn(clientOf(confidential, { secret: 'another' }), 'chen');
      await expect(wrong).rejects.toMatchObject({ name: 'IdentityUnavailable' });
    },
  );

  test('is known behind a proxy as well, whose address is another', async () => {
    const client = clientOf(at);
    const { returned, pending } = await begin(client, 'chen');
    const inside = new URL(`http://10.0.0.7:8787${returned.pathname}${returned.search}`);
    expect(await client.complete(inside, CALLBACK, pending)).toMatchObject({ principal: { sub: 'chen' } });
  });
});

describe('nobody signs in', () => {
  const begun = new Map<string, Begun>();
  let client: OidcClient;
  beforeAll(async () => {
    client = clientOf(at);
    for (const one of ['state', 'nonce', 'verifier', 'issuer', 'code']) {
      begun.set(one, await begin(client, 'chen'));
    }
  });
  const of = (one: string): Begun => {
    const found = begun.get(one);
    if (found === undefined) throw new Error(`nothing begun for ${one}`);
    return found;
  };

  test.each([
    ['state', NOT_OURS],
    ['nonce', NOT_OURS],
    ['verifier', 'the issuer does not take what it gave out, or no longer'],
  ] as const)('with another %s than was sent', async (changed, detail) => {
    const { returned, pending } = of(changed);
    const other = { ...pending, [changed]: `${pending[changed].slice(0, -1)}~` };
    expect(await client.complete(returned, CALLBACK, other)).toEqual({ refused: 'sign-in-failed', detail });
  });

  test.each([
    ['another issuer’s answer', 'issuer', 'iss', 'https://mallory.example', NOT_OURS],
    ['a code made up', 'code', 'code', 'x', 'the issuer does not take what it gave out, or no longer'],
  ])('with %s', async (_, one, name, value, detail) => {
    const { returned, pending } = of(one);
    const forged = new URL(returned);
    forged.searchParams.set(name, value);
    expect(await client.complete(forged, CALLBACK, pending)).toEqual({ refused: 'sign-in-failed', detail });
  });

  test('with nothing that the issuer sent', async () => {
    const { pending } = of('code');
    expect(await client.complete(new URL(CALLBACK), CALLBACK, pending)).toEqual(failed);
  });

  test('with a code for the second time', async () => {
    const { returned, pending } = await begin(client, 'chen');
    expect(await client.complete(returned, CALLBACK, pending)).toMatchObject({ principal: { sub: 'chen' } });
    expect(await client.complete(returned, CALLBACK, pending)).toEqual(failed);
  });

  test('who declines; what the issuer writes of it is not repeated', async () => {
    const { url, pending } = await client.begin(CALLBACK);
    const returned = await new OidcBrowser().signIn(url, { cancel: '1' });
    expect(returned.searchParams.get('error')).toBe('access_denied');
    const detail = 'signing in was declined';
    expect(await client.complete(returned, CALLBACK, pending)).toEqual({ refused: 'sign-in-failed', detail });
  });

  test('of whom the issuer says no role', async () => {
    expect(await signIn(client, 'guest')).toEqual({
      refused: 'sign-in-insufficient',
      detail: 'id token: the claim role is missing',
    });
  });

  test('where the tokens name two persons', async () => {
    const zhang = { iss: at.issuer, sub: 'zhang', role: 'office', office: '财政办' } as const;
    const { issuer, clientId } = at;
    const authenticate = async () => zhang;
    const mixed = createOidcClient({ issuer, clientId, scope: 'openid', authenticate, now: Date.now });
    expect(await signIn(mixed, 'chen')).toEqual({
      refused: 'sign-in-failed',
      detail: 'the issuer’s tokens name two persons',
    });
  });

  test('whose token has expired on the way', async () => {
    const late = clientOf(at, { now: () => Date.now() + 3_700_000 });
    expect(await signIn(late, 'chen')).toEqual({
      refused: 'sign-in-insufficient',
      detail: 'id token: the token has expired',
    });
  });
});

describe('whoever is signed in', () => {
  test('is asked after anew, and each refresh token serves once', async () => {
    const client = clientOf(at);
    const first = await signedIn(client, 'chen');
    const second = await client.renew(first.refreshToken ?? '');
    if (isRefusal(second)) throw new Error(second.detail);
    expect(second.principal).toEqual(first.principal);
    expect(second.until).toBeGreaterThanOrEqual(first.until);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await client.renew(first.refreshToken ?? '')).toEqual(failed);
  });

  test('is known no more once the account is disabled', async () => {
    const own = await provider();
    const client = clientOf(own);
    const { refreshToken } = await signedIn(client, 'zhang');
    own.disable('zhang');
    expect(await client.renew(refreshToken ?? '')).toEqual(failed);
  });

  test('may sign out at the issuer as well, in its words and in Cognito’s', async () => {
    const url = new URL((await clientOf(at).signOutUrl(SIGNED_OUT)) ?? '');
    expect(url.origin).toBe(at.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: at.clientId,
      post_logout_redirect_uri: SIGNED_OUT,
      logout_uri: SIGNED_OUT,
    });
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('an issuer that is not there', () => {
  const unavailable = { name: 'IdentityUnavailable' };

  test('is asked again by the next who comes', async () => {
    const own = await provider();
    const { port } = new URL(own.issuer);
    await own.stop();
    const client = clientOf(own);
    await expect(client.begin(CALLBACK)).rejects.toMatchObject(unavailable);
    await expect(client.signOutUrl(SIGNED_OUT)).rejects.toMatchObject(unavailable);
    const { createServer } = await import('node:http');
    const back = createServer((_, answer) => {
      const [authorization_endpoint, token_endpoint] = [`${own.issuer}/auth`, `${own.issuer}/token`];
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ issuer: own.issuer, authorization_endpoint, token_endpoint }));
    });
    await new Promise<void>((ready) => back.listen(Number(port), '127.0.0.1', ready));
    try {
      expect((await client.begin(CALLBACK)).url).toMatch(`${own.issuer}/auth?`);
      expect(await client.signOutUrl(SIGNED_OUT)).toBeUndefined();
    } finally {
      back.closeAllConnections();
      await new Promise((closed) => back.close(closed));
    }
  });

  test('goes on serving as it was known, however long ago', async () => {
    const own = await provider();
    let hours = 0;
    const client = clientOf(own, { aged: () => Date.now() + hours * 3_600_000 });
    await client.begin(CALLBACK);
    await own.stop();
    hours = 2;
    expect((await client.begin(CALLBACK)).url).toMatch(`${own.issuer}/auth?`);
  });

  test('is no fault of the person who comes back from it', async () => {
    const own = await provider();
    const client = clientOf(own);
    const { refreshToken } = await signedIn(client, 'chen');
    const { returned, pending } = await begin(client, 'chen');
    await own.stop();
    await expect(client.complete(returned, CALLBACK, pending)).rejects.toMatchObject(unavailable);
    await expect(client.renew(refreshToken ?? '')).rejects.toMatchObject(unavailable);
  });

  test('or says that it cannot just now, is none either', async () => {
    const client = clientOf(at);
    const { pending } = await client.begin(CALLBACK);
    const returned = new URL(CALLBACK);
    returned.search = String(
      new URLSearchParams({ error: 'temporarily_unavailable', state: pending.state, iss: at.issuer }),
    );
    await expect(client.complete(returned, CALLBACK, pending)).rejects.toMatchObject(unavailable);
  });

  test('is never asked over plain http where it is named with https, whatever it publishes', async () => {
    const issuer = 'https://id.example.cn';
    const asked: string[] = [];
    const client = createOidcClient({
      ...{ issuer, clientId: 'console', scope: 'openid', now: Date.now },
      authenticate: () => Promise.reject(new Error('there is no token')),
      fetch: async (url) => {
        asked.push(String(url));
        const elsewhere = 'http://id.example.cn';
        return Response.json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${elsewhere}/token`,
          end_session_endpoint: `${elsewhere}/logout`,
        });
      },
    });
    const { pending } = await client.begin(CALLBACK);
    const returned = new URL(`${CALLBACK}?code=x&state=${pending.state}`);
    await expect(client.complete(returned, CALLBACK, pending)).rejects.toMatchObject(unavailable);
    await expect(client.renew('x')).rejects.toMatchObject(unavailable);
    expect(await client.signOutUrl(SIGNED_OUT)).toBeUndefined();
    expect(asked).toEqual([`${issuer}/.well-known/openid-configuration`]);
  });
});
