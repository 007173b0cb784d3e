import { describe, expect, test } from 'vitest';
import { BadEnvironment, readEnvironment, readIssuer } from '../../functions/compose.ts';

const ISSUER = 'https://id.example.cn/realms/jw';
const SECRET = 'x'.repeat(43);
const cloud = {
  TAIZHANG_OIDC_ISSUER: ISSUER,
  TAIZHANG_OIDC_AUDIENCE: 'ledger',
  TAIZHANG_PUBLIC_URL: 'https://ledger.example.cn',
  TAIZHANG_SESSION_SECRET: SECRET,
};

/** The line for the operator. */
function complaint(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(BadEnvironment);
    return (error as Error).message;
  }
  throw new Error('the environment was taken');
}

describe('signing in on one machine', () => {
  test('is the folder’s own without an issuer, whatever else is said of one', () => {
    expect(readEnvironment({ TAIZHANG_OIDC_CLIENT_ID: 'x' })).toMatchObject({
      oidc: undefined,
      publicUrl: undefined,
    });
  });

  test('is as the client that the audience names, without a secret, unless another is named', () => {
    const { oidc } = readEnvironment({ TAIZHANG_OIDC_ISSUER: ISSUER });
    const usual = { issuer: ISSUER, audience: 'taizhang', clientId: 'taizhang', scope: 'openid profile' };
    expect(oidc).toEqual({ ...usual, clientSecret: undefined });
    const named = {
      TAIZHANG_OIDC_ISSUER: ISSUER,
      TAIZHANG_OIDC_AUDIENCE: 'ledger',
      TAIZHANG_OIDC_CLIENT_ID: 'console',
      TAIZHANG_OIDC_CLIENT_SECRET: 's',
      TAIZHANG_OIDC_SCOPE: 'openid offline_access',
    };
    expect(readEnvironment(named).oidc).toEqual({
      issuer: ISSUER,
      audience: 'ledger',
      clientId: 'console',
      clientSecret: 's',
      scope: 'openid offline_access',
    });
  });

  test.each([
    ['https://ledger.example.cn', 'https://ledger.example.cn'],
    ['https://Ledger.example.cn:443/', 'https://ledger.example.cn'],
    ['http://10.0.0.7:8787', 'http://10.0.0.7:8787'],
    ['', undefined],
  ])('people reach the pages at %j', (said, origin) => {
    expect(readEnvironment({ TAIZHANG_PUBLIC_URL: said }).publicUrl).toBe(origin);
  });

  test.each([
    ['TAIZHANG_PUBLIC_URL', 'https://example.cn/ledger'],
    ['TAIZHANG_PUBLIC_URL', 'https://example.cn/?a=b'],
    ['TAIZHANG_PUBLIC_URL', 'https://u:p@example.cn'],
    ['TAIZHANG_PUBLIC_URL', 'ftp://example.cn'],
    ['TAIZHANG_PUBLIC_URL', 'example.cn'],
    ['TAIZHANG_OIDC_SCOPE', 'profile'],
    ['TAIZHANG_OIDC_ISSUER', 'id.example.cn'],
  ])('is refused in one line: %s of %j', (name, said) => {
    const line = complaint(() => readEnvironment({ TAIZHANG_OIDC_ISSUER: ISSUER, [name]: said }));
    expect(line).toMatch(new RegExp(`^${name} must [^\n]+\\.$`));
  });
});

describe('signing in in the cloud', () => {
  test('is told by the stack', () => {
    expect(readIssuer(cloud)).toEqual({
      issuer: ISSUER,
      audience: 'ledger',
      clientId: 'ledger',
      clientSecret: undefined,
      scope: 'openid profile',
      publicUrl: 'https://ledger.example.cn',
      sessionSecret: SECRET,
    });
  });

  test.each(Object.keys(cloud))('has no default: %s', (name) => {
    expect(complaint(() => readIssuer({ ...cloud, [name]: '' }))).toBe(`${name} is not set.`);
  });

  test('takes no short secret, and does not print it', () => {
    const line = complaint(() => readIssuer({ ...cloud, TAIZHANG_SESSION_SECRET: 'shortsecret' }));
    expect(line).toMatch(/^TAIZHANG_SESSION_SECRET must have at least 43 characters\.$/);
  });
});
