import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InvalidClaims, openLocalIssuer, readLocalIssuer } from '../../../functions/identity/local-issuer.ts';
import { createVerifier } from '../../../functions/identity/token-verifier.ts';

const NOW = Date.parse('2026-03-01T00:00:00.000Z');
const zhang = { sub: 'zhang', role: 'office', office: '财政办' } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taizhang-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the key of a data folder', () => {
  test('is readable by its owner only, and nothing else is left beside it', async () => {
    await openLocalIssuer(folder);
    expect(await readdir(join(folder, 'keys'))).toEqual(['local-issuer.pem']);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'keys', 'local-issuer.pem'))).mode & 0o777).toBe(0o600);
  });

  test('is made once: a second start finds it', async () => {
    const first = await openLocalIssuer(folder);
    const pem = await readFile(join(folder, 'keys', 'local-issuer.pem'), 'utf8');
    const second = await openLocalIssuer(folder);
    expect(second.jwks).toEqual(first.jwks);
    expect(await readFile(join(folder, 'keys', 'local-issuer.pem'), 'utf8')).toBe(pem);
  });

  test('is the same for ten starts at once', async () => {
    const issuers = await Promise.all(Array.from({ length: 10 }, () => openLocalIssuer(folder)));
    const kids = new Set(issuers.map((issuer) => issuer.jwks.keys[0]?.kid));
    expect(kids.size).toBe(1);
    expect(await readdir(join(folder, 'keys'))).toEqual(['local-issuer.pem']);
  });

  test('is not made by reading', async () => {
    expect(await readLocalIssuer(folder)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  test('is never replaced, even when it cannot be read as a key', async () => {
    await openLocalIssuer(folder);
    await writeFile(join(folder, 'keys', 'local-issuer.pem'), 'half a ke');
    await expect(openLocalIssuer(folder)).rejects.toThrow(/unsupported|PEM|DECODER/i);
    expect(await readFile(join(folder, 'keys', 'local-issuer.pem'), 'utf8')).toBe('half a ke');
  });

  test('publishes its public half only', async () => {
    const { jwks } = await openLocalIssuer(folder);
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });
});

describe('a minted token', () => {
  test('says who, for whom and how long', async () => {
    const issuer = await openLocalIssuer(folder, () => NOW);
    const token = await issuer.mint(
      { ...zhang, name: '张三', officeName: '财政办公室', cases: ['xl-2023'] },
      3600,
    );
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: issuer.jwks.keys[0]?.kid, typ: 'JWT' });
    const { jti, ...claims } = decodeJwt(token);
    expect(jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(claims).toEqual({
      iss: 'urn:taizhang:local',
      aud: 'taizhang',
      sub: 'zhang',
      role: 'office',
      office: '财政办',
      name: '张三',
      officeName: '财政办公室',
      cases: ['xl-2023'],
      iat: NOW / 1000,
      exp: NOW / 1000 + 3600,
    });
  });

  test('is what the verifier takes', async () => {
    const issuer = await openLocalIssuer(folder, () => NOW);
    const verifier = createVerifier({
      issuer: issuer.issuer,
      audience: issuer.audience,
      keys: issuer.jwks,
      now: () => NOW,
    });
    const token = await issuer.mint({ ...zhang, name: '张三', cases: ['xl-2023'] }, 3600);
    expect(await verifier.authenticate(token)).toEqual({
      iss: 'urn:taizhang:local',
      sub: 'zhang',
      role: 'office',
      office: '财政办',
      actorName: '张三',
      cases: ['xl-2023'],
    });
  });

  test.each([
    [{ ...zhang, role: 'admin' as never }, /role must be one of office, committee, reviewer, auditor/],
    [{ ...zhang, office: ' \n ' }, /office/],
    [{ ...zhang, sub: '' }, /sub is missing/],
    [{ ...zhang, cases: ['XL 2023'] }, /cases/],
  ])('is never one that our own verifier would refuse: %#', async (claims, why) => {
    const issuer = await openLocalIssuer(folder);
    const minting = issuer.mint(claims, 60);
    await expect(minting).rejects.toBeInstanceOf(InvalidClaims);
    await expect(minting).rejects.toThrow(why);
  });
});
