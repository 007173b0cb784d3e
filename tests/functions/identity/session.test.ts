import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import { createSessions, LONGEST_SESSION_MS } from '../../../functions/identity/session.ts';
import { openSessionSecret } from '../../../functions/identity/session-secret.ts';

const who: Principal = {
  iss: 'https://issuer.test',
  sub: 'zhang',
  office: '财政办',
  role: 'office',
  actorName: '张某',
  officeName: '财政办公室',
};
const secret = new Uint8Array(32).fill(3);
const START = Date.parse('2026-03-01T01:00:00Z');
const HOUR = 3_600_000;

let now = START;
const sessions = createSessions(secret, () => now);
beforeEach(() => {
  now = START;
});

describe('a sealed session', () => {
  const session = { principal: who, startedAt: START, until: START + HOUR };

  test('opens as it was sealed', async () => {
    expect(await sessions.open(await sessions.seal(session))).toEqual({
      ...session,
      refreshToken: undefined,
    });
    const narrowed = { ...session, principal: { ...who, cases: ['qihe-2024' as never] }, refreshToken: 'r' };
    expect(await sessions.open(await sessions.seal(narrowed))).toEqual(narrowed);
  });

  test('is encrypted: nothing of the person can be read in it', async () => {
    const sealed = await sessions.seal({ ...session, refreshToken: 'refresh-me' });
    expect(decodeProtectedHeader(sealed)).toEqual({ alg: 'dir', enc: 'A256GCM' });
    const plain = Buffer.from(sealed.replaceAll('.', ''), 'base64url').toString('latin1');
    for (const word of ['zhang', 'refresh-me', 'issuer.test']) {
      expect(sealed).not.toContain(word);
      expect(plain).not.toContain(word);
    }
  });

  test('is none once altered in any part, or sealed under another secret, or for another use', async () => {
    const sealed = await sessions.seal(session);
    const parts = sealed.split('.');
    for (const index of [0, 2, 3, 4]) {
      const altered = parts.map((part, at) =>
        at === index ? (part.startsWith('A') ? 'B' : 'A') + part.slice(1) : part,
      );
      expect(await sessions.open(altered.join('.')), String(index)).toBeUndefined();
    }
    const others = createSessions(new Uint8Array(32).fill(4), () => now);
    expect(await others.open(sealed)).toBeUndefined();
    expect(await sessions.open(await sessions.sealNote('sign-in', { state: 'x' }))).toBeUndefined();
    expect(await sessions.openNote('sign-in', sealed)).toBeUndefined();
    for (const junk of ['', 'x', 'a.b.c', 'a.b.c.d.e']) expect(await sessions.open(junk)).toBeUndefined();
  });

  test('is over with the issuer’s word, and with a refresh token after a working day', async () => {
    const short = await sessions.seal(session);
    const long = await sessions.seal({ ...session, refreshToken: 'r' });
    now = START + HOUR - 1_000;
    expect(await sessions.open(short)).toBeDefined();
    now = START + HOUR + 1_000;
    expect(await sessions.open(short)).toBeUndefined();
    expect(await sessions.open(long)).toMatchObject({ refreshToken: 'r', until: START + HOUR });
    now = START + LONGEST_SESSION_MS + 1_000;
    expect(await sessions.open(long)).toBeUndefined();
  });

  test('a note opens for its own purpose, for a quarter of an hour', async () => {
    const note = await sessions.sealNote('sign-in', { state: 'x' });
    expect(await sessions.openNote('sign-in', note)).toMatchObject({ state: 'x' });
    expect(await sessions.openNote('other', note)).toBeUndefined();
    now += 16 * 60_000;
    expect(await sessions.openNote('sign-in', note)).toBeUndefined();
  });
});

describe('a form’s token', () => {
  test('counts for the person in the role and office for whom it was made, across sessions', () => {
    const token = sessions.formToken(who);
    expect(sessions.isFormTokenOf(token, who)).toBe(true);
    now += 10 * HOUR;
    expect(sessions.isFormTokenOf(token, { ...who })).toBe(true);
    for (const other of [
      { ...who, sub: 'li' },
      { ...who, iss: 'https://other.test' },
      { ...who, office: '党建办' },
      { ...who, role: 'committee' as const },
    ]) {
      expect(sessions.isFormTokenOf(token, other)).toBe(false);
    }
  });

  test('does not count when it is a day old, from the future, altered, or none', () => {
    const token = sessions.formToken(who);
    now = START + 24 * HOUR + 2_000;
    expect(sessions.isFormTokenOf(token, who)).toBe(false);
    now = START - 2 * 60_000;
    expect(sessions.isFormTokenOf(token, who)).toBe(false);
    now = START;
    const [issued = '', mac = ''] = token.split('.');
    const later = (Number.parseInt(issued, 36) + 30).toString(36);
    for (const odd of [`${later}.${mac}`, `${issued}.${mac.slice(2)}`, issued, '', '.', `${issued}.`]) {
      expect(sessions.isFormTokenOf(odd, who), odd).toBe(false);
    }
  });
});

test('a secret under 32 bytes is refused', () => {
  expect(() => createSessions(new Uint8Array(31))).toThrow('32 bytes');
});

describe('the secret of a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taizhang-sessions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is made once, by whoever comes first, for its owner’s eyes only', async () => {
    const made = await Promise.all([1, 2, 3].map(() => openSessionSecret(folder)));
    expect(new Set(made.map((one) => Buffer.from(one).toString('hex'))).size).toBe(1);
    expect(made[0]).toHaveLength(32);
    expect(await openSessionSecret(folder)).toEqual(made[0]);
    const files = await readdir(join(folder, 'keys'));
    expect(files).toEqual(['console-sessions.key']);
    expect((await stat(join(folder, 'keys', 'console-sessions.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
  });
});
