import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { instantOf } from '../../../domain/dates.ts';
import { completeRestore, putInPlace } from '../../../functions/cli/swap.ts';
import { openLocalIssuer } from '../../../functions/identity/local-issuer.ts';
import { acquireLock } from '../../../functions/local/lock.ts';
import { aCaseId, all } from '../../kit/event-rows.ts';
import { MemoryEventStore } from '../../kit/memory-event-store.ts';
import { mishaps } from '../../kit/mishaps.ts';
import { aLedger, commandLine, LEDGER, START, sealed, storeOf } from './kit.ts';

const cli = commandLine();
const rows = [...aLedger(40, 4), ...aLedger(2, 3, LEDGER, aCaseId('xl-2024'))];
let backup: string;
let target: string;

beforeEach(async () => {
  cli.events = await storeOf(rows);
  await openLocalIssuer(cli.data);
  backup = join(cli.folder, 'backups', 'monday');
  target = join(cli.folder, 'restored');
});

const readManifest = async () => JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8'));

describe('backup', () => {
  test('waits until its instant is settled, then copies all up to it', async () => {
    const { status, out } = await cli.run('backup', backup, '--json');
    expect(status).toBe(0);
    expect(cli.waited.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(5_000);
    expect(JSON.parse(out)).toMatchObject({
      entries: rows.length,
      ledger: LEDGER,
      cut: instantOf(START + 60_000),
    });
    expect((await readdir(backup)).sort()).toEqual([
      'entries.ndjson',
      'keys',
      'ledger.json',
      'manifest.json',
    ]);
    expect(await readdir(join(cli.folder, 'backups'))).toEqual(['monday']);
    expect((await stat(backup)).mode & 0o777).toBe(0o700);
    expect((await stat(join(backup, 'keys', 'local-issuer.pem'))).mode & 0o777).toBe(0o600);
  });

  test('leaves out what is recorded after its instant, entry 4 of every stream', async () => {
    cli.now = START + 3_999;
    await cli.run('backup', backup);
    const kept = rows.filter(({ entry }) => entry.seq <= 3);
    expect(await readManifest()).toMatchObject({ entries: kept.length });
    expect((await cli.run('verify', join(backup, 'entries.ndjson'))).status).toBe(0);
  });

  test('writes over nothing', async () => {
    await mkdir(backup, { recursive: true });
    expect(await cli.run('backup', backup)).toMatchObject({
      status: 1,
      err: expect.stringContaining('backup-exists'),
    });
    await rename(backup, `${backup}.partial`);
    expect(await cli.run('backup', backup)).toMatchObject({
      status: 1,
      err: expect.stringContaining('interrupted'),
    });
    expect(await readdir(join(cli.folder, 'backups'))).toEqual(['monday.partial']);
  });

  test('leaves nothing behind when the store fails, or the ledger does not verify', async () => {
    cli.events.mishap = mishaps('scan', 'lost');
    expect((await cli.run('backup', backup)).status).toBe(1);
    cli.events = await storeOf(rows.filter((_, at) => at !== 7));
    expect(await cli.run('backup', backup)).toMatchObject({
      status: 1,
      err: expect.stringContaining('not-verified'),
    });
    cli.events = await storeOf(aLedger(1, 1, 'BBBBBBBBBBBBBBBBBBBBBB'));
    expect(await cli.run('backup', backup)).toMatchObject({
      status: 1,
      err: expect.stringContaining('ledger'),
    });
    expect(await readdir(join(cli.folder, 'backups'))).toEqual([]);
  });
});

describe('restore', () => {
  beforeEach(async () => {
    await cli.run('backup', backup);
  });

  const restored = (): MemoryEventStore | undefined => [...cli.fresh.values()].at(-1);
  const leftovers = async () => (await readdir(cli.folder)).filter((name) => name.startsWith('restored'));

  test('gives the same rows, keys and identity', async () => {
    const { status, out } = await cli.run('restore', backup, '--into', target, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ entries: rows.length, ledger: LEDGER, replaced: null });
    expect(await all(restored()?.scan() ?? cli.events.scan())).toEqual(await all(cli.events.scan()));
    expect(cli.rebuilt).toBe(1);
    for (const file of ['ledger.json', 'keys/local-issuer.pem'])
      expect(await readFile(join(target, file), 'utf8')).toBe(await readFile(join(cli.data, file), 'utf8'));
    expect(await leftovers()).toEqual(['restored']);
  });

  test('keeps erased words erased', async () => {
    await rm(backup, { recursive: true });
    const stream = { caseId: aCaseId('xl-2025') };
    const erasure = { type: 'TextErased', data: { target: 1, ground: '个人信息', approvedBy: 'sun' } };
    const noted = { type: 'LookBackOpened', text: { scope: '张某' } };
    for (const row of sealed(stream, [noted, erasure], LEDGER)) await cli.events.append(row);
    await cli.events.eraseText(stream, 1);
    await cli.run('backup', backup);
    expect((await cli.run('restore', backup, '--into', target)).status).toBe(0);
    expect((await restored()?.row(stream, 1))?.entry).toMatchObject({
      text: undefined,
    });
  });

  test('words that are gone without an erasure make no backup', async () => {
    await rm(backup, { recursive: true });
    await cli.events.eraseText({ caseId: aCaseId('xl-2024') }, 1);
    expect(await cli.run('backup', backup)).toMatchObject({
      status: 1,
      err: expect.stringContaining('no erasure names it'),
    });
  });

  test('replaces only when told to, and keeps what was there', async () => {
    await mkdir(target);
    await writeFile(join(target, 'old'), 'ledger');
    expect(await cli.run('restore', backup, '--into', target)).toMatchObject({
      status: 1,
      err: expect.stringContaining('target-not-empty'),
    });
    expect(await readdir(target)).toEqual(['old']);
    const { status, out } = await cli.run('restore', backup, '--into', target, '--replace', '--json');
    expect(status).toBe(0);
    const { replaced } = JSON.parse(out);
    expect(replaced).toMatch(/restored\.replaced-2026-03-01T/);
    expect(await readFile(join(replaced, 'old'), 'utf8')).toBe('ledger');
    expect(await readdir(target)).toContain('ledger.json');
    expect(await readdir(target)).not.toContain('old');
    expect(await leftovers()).toHaveLength(2);
  });

  test('completes a restore that was killed before it begins another', async () => {
    await mkdir(`${target}.restoring-1`);
    await writeFile(join(`${target}.restoring-1`, 'ledger.json'), '{}');
    await writeFile(`${target}.restore.json`, JSON.stringify({ staging: 'restored.restoring-1' }));
    expect(await cli.run('restore', backup, '--into', target)).toMatchObject({
      status: 1,
      err: expect.stringContaining('target-not-empty'),
    });
    expect(await leftovers()).toEqual(['restored']);
  });

  test('goes into an empty folder', async () => {
    await mkdir(target);
    expect((await cli.run('restore', backup, '--into', target)).status).toBe(0);
  });

  test('never under a live server', async () => {
    const lock = await acquireLock(target, { url: 'http://127.0.0.1:1' });
    expect(await cli.run('restore', backup, '--into', target, '--replace')).toMatchObject({
      status: 1,
      err: expect.stringContaining('target-in-use'),
    });
    await lock.release();
    expect((await cli.run('restore', backup, '--into', target, '--replace')).status).toBe(0);
  });

  describe('refuses a damaged backup before anything is made', () => {
    async function manifestSays(change: (manifest: Record<string, unknown>) => void): Promise<void> {
      const manifest = await readManifest();
      for (const file of manifest.files) {
        const bytes = await readFile(join(backup, file.path));
        file.bytes = bytes.length;
        file.sha256 = createHash('sha256').update(bytes).digest('hex');
      }
      change(manifest);
      await writeFile(join(backup, 'manifest.json'), JSON.stringify(manifest));
    }
    const entries = (): string => join(backup, 'entries.ndjson');
    const cutOff = async () => {
      const lines = (await readFile(entries(), 'utf8')).split('\n');
      await writeFile(entries(), `${lines.slice(0, -2).join('\n')}\n`);
    };

    test.each<[string, () => Promise<void>]>([
      [
        'a changed byte in the entries',
        async () => writeFile(entries(), (await readFile(entries(), 'utf8')).replace('进展', '进度')),
      ],
      ['a changed key', () => writeFile(join(backup, 'keys', 'local-issuer.pem'), 'x')],
      ['a missing key', () => rm(join(backup, 'keys', 'local-issuer.pem'))],
      ['no manifest', () => rm(join(backup, 'manifest.json'))],
      ['half a manifest', () => writeFile(join(backup, 'manifest.json'), '{"format":1')],
      ['a later format', () => manifestSays((manifest) => Object.assign(manifest, { format: 2 }))],
      [
        'a path out of the folder',
        () =>
          manifestSays((manifest) =>
            Object.assign(manifest, { files: [{ path: 'keys/../../x', bytes: 0, sha256: '' }] }),
          ),
      ],
      [
        'entries cut off, the manifest mended to fit the file',
        async () => {
          await cutOff();
          await manifestSays(() => {});
        },
      ],
      [
        'entries and their count cut off',
        async () => {
          await cutOff();
          await manifestSays((manifest) => Object.assign(manifest, { entries: rows.length - 1 }));
        },
      ],
      [
        'heads taken away',
        () =>
          manifestSays((manifest) =>
            Object.assign(manifest, { heads: (manifest.heads as unknown[]).slice(1) }),
          ),
      ],
      [
        'another ledger',
        () => manifestSays((manifest) => Object.assign(manifest, { ledger: 'BBBBBBBBBBBBBBBBBBBBBB' })),
      ],
      [
        'another identity',
        async () => {
          await writeFile(join(backup, 'ledger.json'), '{"ledger":"BBBBBBBBBBBBBBBBBBBBBB"}');
          await manifestSays(() => {});
        },
      ],
    ])('%s', async (_, damage) => {
      await damage();
      const { status, err } = await cli.run('restore', backup, '--into', target);
      expect(err).toMatch(/backup-damaged|file-unreadable/);
      expect(status).toBe(1);
      expect(cli.fresh.size).toBe(0);
      expect(await leftovers()).toEqual([]);
    });
  });

  describe('a failure while loading leaves what was there', () => {
    test.each([
      [
        'a write is lost',
        (store: MemoryEventStore) => {
          store.mishap = mishaps('append', 'lost');
        },
      ],
      [
        'a write is kept, its answer lost',
        (store: MemoryEventStore) => {
          store.mishap = mishaps('append', 'unacknowledged');
        },
      ],
      [
        'reading back fails',
        (store: MemoryEventStore) => {
          store.mishap = mishaps('scan', 'throttled');
        },
      ],
    ])('%s', async (_, befall) => {
      await mkdir(target);
      await writeFile(join(target, 'old'), 'ledger');
      const store = new MemoryEventStore();
      befall(store);
      cli.fresh.set('next', store);
      expect((await cli.run('restore', backup, '--into', target, '--replace')).status).toBe(1);
      expect(await leftovers()).toEqual(['restored']);
      expect(await readFile(join(target, 'old'), 'utf8')).toBe('ledger');
      cli.fresh.delete('next');
      expect((await cli.run('restore', backup, '--into', target, '--replace')).status).toBe(0);
    });

    test('rows that do not belong are found when reading back', async () => {
      cli.fresh.set('next', await storeOf(aLedger(1, 1, LEDGER, aCaseId('xl-2025'))));
      expect(await cli.run('restore', backup, '--into', target)).toMatchObject({
        status: 1,
        err: expect.stringContaining('restore-failed'),
      });
      expect(await leftovers()).toEqual([]);
    });
  });
});

describe('killed while folders change places', () => {
  let staging: string;
  let intention: string;
  beforeEach(async () => {
    staging = `${target}.restoring-1`;
    intention = `${target}.restore.json`;
    await mkdir(target);
    await writeFile(join(target, 'old'), '');
    await mkdir(staging);
    await writeFile(join(staging, 'new'), '');
  });
  const intend = () => writeFile(intention, JSON.stringify({ staging: 'restored.restoring-1' }));

  test('before the old one is moved aside: the old one counts, also when half the intention is written', async () => {
    await writeFile(intention, '{"stag');
    await completeRestore(target);
    await intend();
    await completeRestore(target);
    await completeRestore(target);
    expect(await readdir(target)).toEqual(['old']);
    await expect(stat(intention)).rejects.toThrow('ENOENT');
  });

  test('between the two renames: the next to open completes it, several at once too', async () => {
    await intend();
    await rename(target, `${target}.replaced-1`);
    await Promise.all([completeRestore(target), completeRestore(target), completeRestore(target)]);
    expect(await readdir(target)).toEqual(['new']);
    await expect(stat(intention)).rejects.toThrow('ENOENT');
  });

  test('after both: only the intention is tidied away', async () => {
    await intend();
    await rename(target, `${target}.replaced-1`);
    await rename(staging, target);
    await completeRestore(target);
    expect(await readdir(target)).toEqual(['new']);
    await expect(stat(intention)).rejects.toThrow('ENOENT');
  });

  test('a live restore is left alone by others until it has moved the old one', async () => {
    await acquireLock(target);
    await intend();
    await completeRestore(target);
    expect(JSON.parse(await readFile(intention, 'utf8'))).toEqual({ staging: 'restored.restoring-1' });
    const replaced = await putInPlace(staging, target, true, START);
    expect(await readdir(target)).toEqual(['new']);
    expect(await readdir(replaced ?? '')).toContain('old');
  });

  test('an intention cannot name a folder elsewhere', async () => {
    await cp(staging, join(cli.folder, 'elsewhere'), { recursive: true });
    await rm(target, { recursive: true });
    for (const name of ['elsewhere', '../x', 'restored.restoring-/../elsewhere']) {
      await writeFile(intention, JSON.stringify({ staging: name }));
      await completeRestore(target);
      await expect(stat(target)).rejects.toThrow('ENOENT');
    }
  });
});
