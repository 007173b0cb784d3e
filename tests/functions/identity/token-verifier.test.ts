import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWK, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVerifier } from '../../../functions/identity/token-verifier.ts';
import { IdentityUnavailable } from '../../../functions/identity/unavailable.ts';

const START = Date.parse('2026-03-01T00:00:00.000Z');
const ISSUER = 'https://id.example.cn/realms/jw';
const ed = generateKeyPairSync('ed25519');
const strangers = generateKeyPairSync('ed25519');
const edJwk: JWK = { ...(await exportJWK(ed.publicKey)), kid: 'ed-1', alg: 'EdDSA' };

let clock: number;
beforeEach(() => {
  clock = START;
});
const now = (): number => clock;
const seconds = (offset: number): number => START / 1000 + offset;
const local = (audience: string | string[] = 'taizhang') =>
  createVerifier({ issuer: ISSUER, audience, keys: { keys: [edJwk] }, now });

const good = {
  iss: ISSUER,
  aud: 'taizhang',
  sub: 'zhang',
  role: 'committee',
  office: '纪工委',
  exp: seconds(600),
};
const zhang = { iss: ISSUER, sub: 'zhang', role: 'committee', office: '纪工委' };

const sign = (claims: object, key: KeyObject = ed.privateKey, header: object = {}): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'ed-1', ...header }).sign(key);

const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const invalid = (detail: string | RegExp) => ({
  refused: 'token-invalid',
  detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
});
const without = (name: keyof typeof good): object => ({ ...good, [name]: undefined });

describe('signatures', () => {
  test('a good token gives its person', async () => {
    expect(await local().authenticate(await sign(good))).toEqual(zhang);
  });

  test('alg none is refused, with and without a signature part', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      const unsigned = `${b64({ alg })}.${b64(good)}.`;
      expect(await local().authenticate(unsigned)).toEqual(invalid(/EdDSA or RS256/));
      const signature = (await sign(good)).split('.')[2];
      expect(await local().authenticate(unsigned + signature)).toEqual(invalid(/EdDSA or RS256/));
    }
  });

  test('HS256 keyed with the public key is refused', async () => {
    const signed = `${b64({ alg: 'HS256', kid: 'ed-1' })}.${b64(good)}`;
    const secrets = [
      String(ed.publicKey.export({ type: 'spki', format: 'pem' })),
      ed.publicKey.export({ type: 'spki', format: 'der' }),
      Buffer.from(edJwk.x ?? '', 'base64url'),
      JSON.stringify(edJwk),
    ];
    for (const secret of secrets) {
      const mac = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await local().authenticate(`${signed}.${mac}`)).toEqual(invalid(/EdDSA or RS256/));
    }
  });

  test('a key that the token itself brings or points to does not count', async () => {
    const jwk = await exportJWK(strangers.publicKey);
    for (const header of [{ jwk }, { jku: 'http://127.0.0.1:9/keys' }, { x5u: 'http://127.0.0.1:9/x' }]) {
      const token = await sign(good, strangers.privateKey, header);
      expect(await local().authenticate(token)).toEqual(invalid('the signature does not match'));
    }
  });

  test('an unknown kid is refused', async () => {
    const token = await sign(good, strangers.privateKey, { kid: 'theirs' });
    expect(await local().authenticate(token)).toEqual(invalid(/a key that its issuer does not have/));
  });

  test('any changed byte is refused', async () => {
    const token = await sign(good);
    const verifier = local();
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      // The last character of a part has bits that no byte holds; there the change may mean nothing.
      const bytes = (text: string): string[] =>
        text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
      if (token[at] === '.' || bytes(changed).join() === bytes(token).join()) continue;
      expect(await verifier.authenticate(changed)).toMatchObject({ refused: 'token-invalid' });
    }
  });

  test('other payload, same signature is refused, also right after the good one', async () => {
    const verifier = local();
    const token = await sign(good);
    await verifier.authenticate(token);
    const [header, , signature] = token.split('.');
    const forged = `${header}.${b64({ ...good, role: 'auditor' })}.${signature}`;
    expect(await verifier.authenticate(forged)).toEqual(invalid('the signature does not match'));
  });

  test.each(['', 'x', 'a.b.c', '....', 'Bearer x', '{}', '\u0000', '台账'])('no JWT: %j', async (token) => {
    expect(await local().authenticate(token)).toEqual(invalid('the token is no signed JWT'));
  });

  test('more than 8 KB is refused unread', async () => {
    const token = await sign({ ...good, padding: 'x'.repeat(9_000) });
    expect(await local().authenticate(token)).toEqual(invalid('the token is larger than 8 KB'));
  });

  test('an RSA key under 2,048 bits is refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'weak', alg: 'RS256' };
    const { sign: rsaSign } = await import('node:crypto');
    const signed = `${b64({ alg: 'RS256', kid: 'weak' })}.${b64(good)}`;
    const token = `${signed}.${rsaSign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    const verifier = createVerifier({ issuer: ISSUER, audience: 'taizhang', keys: { keys: [jwk] }, now });
    expect(await verifier.authenticate(token)).toEqual(invalid(/a key that cannot be used/));
  });
});

describe('issuer, audience, time', () => {
  test.each([
    ['the token comes from another issuer', { ...good, iss: `${ISSUER}/` }],
    ['the claim iss is missing', without('iss')],
    ['the token is meant for another audience', { ...good, aud: 'other' }],
    ['the token is meant for another audience', { ...good, aud: [] }],
    ['the token is meant for another audience', without('aud')],
    ['the token has expired', { ...good, exp: seconds(-31) }],
    ['the claim exp is missing', without('exp')],
    ['the token is not valid yet', { ...good, nbf: seconds(31) }],
  ])('%s', async (why, claims) => {
    expect(await local().authenticate(await sign(claims))).toEqual(invalid(why));
  });

  test('clocks may differ by 30 s', async () => {
    const verifier = local();
    expect(await verifier.authenticate(await sign({ ...good, exp: seconds(-29) }))).toEqual(zhang);
    expect(await verifier.authenticate(await sign({ ...good, nbf: seconds(30) }))).toEqual(zhang);
  });

  test('one of several audiences is enough, on either side', async () => {
    expect(await local().authenticate(await sign({ ...good, aud: ['x', 'taizhang'] }))).toEqual(zhang);
    expect(await local(['x', 'taizhang']).authenticate(await sign(good))).toEqual(zhang);
  });

  test('an access token of Cognito names its audience as client_id; nobody else may', async () => {
    const { aud: _, ...rest } = good;
    const access = { ...rest, client_id: 'taizhang', token_use: 'access' };
    expect(await local().authenticate(await sign(access))).toEqual(zhang);
    const another = invalid('the token is meant for another audience');
    expect(await local().authenticate(await sign({ ...access, client_id: 'x' }))).toEqual(another);
    expect(await local().authenticate(await sign({ ...access, aud: 'x' }))).toEqual(another);
    expect(await local().authenticate(await sign({ ...access, token_use: 'id' }))).toEqual(another);
  });

  test('a remembered token still expires', async () => {
    const verifier = local();
    const token = await sign({ ...good, exp: seconds(20) });
    expect(await verifier.authenticate(token)).toEqual(zhang);
    clock += 51_000;
    expect(await verifier.authenticate(token)).toEqual(invalid('the token has expired'));
  });

  test('a token that was too early is not remembered as such', async () => {
    const verifier = local();
    const token = await sign({ ...good, nbf: seconds(60) });
    expect(await verifier.authenticate(token)).toEqual(invalid('the token is not valid yet'));
    clock += 60_000;
    expect(await verifier.authenticate(token)).toEqual(zhang);
  });
});

describe('our claims', () => {
  test.each([
    ['the claim sub is missing', without('sub')],
    ['the claim role is missing', without('role')],
    ['the claim office is missing', without('office')],
    ['the claim role must be one of office, committee, reviewer, auditor', { ...good, role: 'admin' }],
    [/^the claim role must be/, { ...good, role: ['committee'] }],
    [/^the claim role must be/, { ...good, role: 'toString' }],
    [/^the claim office must be/, { ...good, office: '' }],
    [/^the claim office must be/, { ...good, office: 7 }],
    [/^the claim office must be/, { ...good, office: '财政办\n纪工委' }],
    [/^the claim office must be/, { ...good, office: '办'.repeat(65) }],
    [/^the claim sub must be/, { ...good, sub: ' zhang' }],
    [/^the claim sub must be/, { ...good, sub: 'x'.repeat(256) }],
    [/^the claim name must be/, { ...good, name: 'a\u0000b' }],
    ['the claim cases must be a list of case ids', { ...good, cases: 'XL' }],
    ['the claim cases must be a list of case ids', { ...good, cases: ['xl-2023', 7] }],
    ['the claim cases must be a list of case ids', { ...good, cases: { 0: 'xl-2023' } }],
    ['the claim cases must be a list of case ids', { ...good, cases: null }],
    ['the claims role and custom:role differ', { ...good, 'custom:role': 'auditor' }],
    [
      'the claims cases and custom:cases differ',
      { ...good, cases: ['xl-2023'], 'custom:cases': ['xl-2024'] },
    ],
  ])('%s', async (why, claims) => {
    expect(await local().authenticate(await sign(claims))).toEqual(invalid(why));
  });

  test('an office is normalised as in entries', async () => {
    const token = await sign({ ...good, office: ' Cafe\u0301 ' });
    expect(await local().authenticate(token)).toMatchObject({ office: 'Caf\u00e9' });
  });

  test('as Cognito writes them', async () => {
    const token = await sign({
      iss: ISSUER,
      aud: 'taizhang',
      sub: 'zhang',
      exp: seconds(60),
      'custom:role': 'office',
      'custom:office': '财政办',
      'custom:officeName': '财政办公室',
      'custom:cases': 'xl-2023, xl-2024',
      name: '张三',
    });
    expect(await local().authenticate(token)).toEqual({
      iss: ISSUER,
      sub: 'zhang',
      role: 'office',
      office: '财政办',
      officeName: '财政办公室',
      actorName: '张三',
      cases: ['xl-2023', 'xl-2024'],
    });
  });

  test('empty cases reach no case', async () => {
    expect(await local().authenticate(await sign({ ...good, cases: [] }))).toMatchObject({ cases: [] });
    expect(await local().authenticate(await sign({ ...good, cases: '' }))).toMatchObject({ cases: [] });
  });
});

describe('keys that the issuer publishes', () => {
  const rsa = (kid: string) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      privateKey,
      jwk: async () => ({ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }),
    };
  };
  const one = rsa('rsa-1');
  const two = rsa('rsa-2');
  let server: Server;
  let issuer: string;
  let published: JWK[];
  let named: string;
  let status: number;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    status = 200;
    published = [await one.jwk()];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' });
      const discovery = { issuer: named, jwks_uri: `${issuer}/keys` };
      response.end(JSON.stringify(request.url === '/keys' ? { keys: published } : discovery));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    named = issuer;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const remote = (timeoutMs = 1_000) =>
    createVerifier({ issuer, audience: 'taizhang', keys: { remote: true, timeoutMs }, now });
  const signed = (key: { privateKey: KeyObject }, kid: string, sub = 'zhang'): Promise<string> =>
    sign({ ...good, iss: issuer, sub }, key.privateKey, { alg: 'RS256', kid });

  test('are fetched once for many tokens', async () => {
    const verifier = remote();
    const people = Array.from({ length: 20 }, (_, index) => `p${index}`);
    const tokens = await Promise.all(people.map((sub) => signed(one, 'rsa-1', sub)));
    const principals = await Promise.all(tokens.map((token) => verifier.authenticate(token)));
    expect(principals.map((principal) => 'sub' in principal && principal.sub)).toEqual(people);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('rotate: a new key is found, a removed one ends', async () => {
    const verifier = remote();
    expect(await verifier.authenticate(await signed(one, 'rsa-1'))).toMatchObject({ sub: 'zhang' });
    published = [await two.jwk()];
    clock += 10_000;
    expect(await verifier.authenticate(await signed(two, 'rsa-2'))).toMatchObject({ sub: 'zhang' });
    const old = await signed(one, 'rsa-1', 'wang');
    expect(await verifier.authenticate(old)).toEqual(invalid(/a key that its issuer does not have/));
  });

  test('a flood of unknown kids asks again once in ten seconds', async () => {
    const verifier = remote();
    await verifier.authenticate(await signed(one, 'rsa-1'));
    clock += 10_000;
    for (let n = 0; n < 20; n += 1) {
      const token = await signed(two, `unknown-${n}`);
      expect(await verifier.authenticate(token)).toEqual(invalid(/a key that its issuer does not have/));
    }
    expect(asked.filter((path) => path === '/keys')).toHaveLength(2);
  });

  test('an issuer that does not answer is no verdict on the token', async () => {
    const verifier = remote();
    status = 500;
    const token = await signed(one, 'rsa-1');
    await expect(verifier.authenticate(token)).rejects.toBeInstanceOf(IdentityUnavailable);
    await expect(verifier.authenticate(token)).rejects.toBeInstanceOf(IdentityUnavailable);
    expect(asked).toHaveLength(1);
    status = 200;
    clock += 2_000;
    expect(await verifier.authenticate(token)).toMatchObject({ sub: 'zhang' });
  });

  test('known keys serve for an hour while the issuer does not answer', async () => {
    const verifier = remote();
    const until = { exp: seconds(90_000) };
    const token = (sub: string) =>
      sign({ ...good, ...until, iss: issuer, sub }, one.privateKey, { alg: 'RS256', kid: 'rsa-1' });
    await verifier.authenticate(await token('a'));
    status = 503;
    clock += 59 * 60_000;
    expect(await verifier.authenticate(await token('b'))).toMatchObject({ sub: 'b' });
    clock += 2 * 60_000;
    await expect(verifier.authenticate(await token('c'))).rejects.toBeInstanceOf(IdentityUnavailable);
  });

  test('a silent issuer is given up on', async () => {
    server.removeAllListeners('request');
    await expect(remote(100).authenticate(await signed(one, 'rsa-1'))).rejects.toBeInstanceOf(
      IdentityUnavailable,
    );
  });

  test('a discovery document of another issuer is not believed', async () => {
    named = 'https://elsewhere.example';
    await expect(remote().authenticate(await signed(one, 'rsa-1'))).rejects.toThrow(/names another issuer/);
  });

  test('an HMAC secret in the key set signs nothing', async () => {
    published = [{ kty: 'oct', k: 'c2VjcmV0', kid: 'oct-1', alg: 'HS256' }];
    const signedPart = `${b64({ alg: 'HS256', kid: 'oct-1' })}.${b64({ ...good, iss: issuer })}`;
    const mac = createHmac('sha256', 'secret').update(signedPart).digest('base64url');
    expect(await remote().authenticate(`${signedPart}.${mac}`)).toEqual(invalid(/EdDSA or RS256/));
  });
});
