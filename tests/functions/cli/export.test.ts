import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { storedEntry } from '../../../domain/interchange.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { aLedger, commandLine, storeOf } from './kit.ts';

const cli = commandLine();
const rows = [...aLedger(60, 5), ...aLedger(2, 2, undefined, aCaseId('xl-2024'))];
let out: string;
beforeEach(async () => {
  cli.events = await storeOf(rows);
  out = join(cli.folder, 'ledger.ndjson');
});

test('gives every entry back, string for string', async () => {
  expect((await cli.run('export', '--out', out)).status).toBe(0);
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => storedEntry(JSON.parse(line)))).toEqual(rows.map((row) => row.entry));
  expect((await stat(out)).mode & 0o777).toBe(0o600);
});

test('prints the heads, which verify takes', async () => {
  const { out: heads } = await cli.run('export', '--out', out);
  const kept = join(cli.folder, 'heads');
  await writeFile(kept, heads);
  const { status, out: said } = await cli.run('verify', out, '--heads', kept);
  expect(status).toBe(0);
  expect(said).toContain('with 64 heads kept elsewhere');
  const { out: json } = await cli.run('verify', out, '--json');
  await writeFile(kept, json);
  expect((await cli.run('verify', '--heads', kept)).status).toBe(0);
});

test('to standard output: lines there, heads on stderr', async () => {
  await cli.run('export', '--out', out);
  const streamed = await cli.run('export', '--out', '-');
  expect(streamed.status).toBe(0);
  expect(streamed.out).toBe(await readFile(out, 'utf8'));
  const kept = join(cli.folder, 'heads');
  await writeFile(kept, streamed.err);
  expect((await cli.run('verify', out, '--heads', kept)).status).toBe(0);
});

test('stops quietly when the reader leaves', async () => {
  cli.readerLeavesAfter = 1;
  expect(await cli.run('export', '--out', '-')).toMatchObject({ status: 0, err: '' });
});

test('of one case', async () => {
  await cli.run('export', '--case', 'xl-2024', '--out', out);
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  expect((await cli.run('verify', out)).status).toBe(0);
});

test('of a case that is not there: refused, and no file is made', async () => {
  expect(await cli.run('export', '--case', 'nowhere', '--out', out)).toMatchObject({
    status: 1,
    err: expect.stringContaining('case-not-found'),
  });
  await expect(readFile(out)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('never writes over a file', async () => {
  await writeFile(out, 'mine');
  expect(await cli.run('export', '--out', out)).toMatchObject({
    status: 1,
    err: expect.stringContaining('file-exists'),
  });
  expect(await readFile(out, 'utf8')).toBe('mine');
});

describe('resumed after an interruption', () => {
  for (const scope of [[], ['--case', 'xl-2023']]) {
    test(`at any byte it gives the same bytes and heads (${scope.join(' ') || 'all'})`, async () => {
      const whole = await cli.run('export', ...scope, '--out', out, '--json');
      const bytes = await readFile(out);
      const { headsSha256, entries } = JSON.parse(whole.out);
      const firstEnd = bytes.indexOf(0x0a) + 1;
      const inCharacter = bytes.indexOf(Buffer.from('台账')) + 1;
      const offsets = [
        0,
        1,
        firstEnd - 1,
        firstEnd,
        firstEnd + 1,
        inCharacter,
        bytes.length - 1,
        bytes.length,
      ];
      for (let n = 1; n < 20; n += 1) offsets.push(Math.floor((bytes.length * n) / 20));
      for (const offset of offsets) {
        await truncate(out, 0);
        await writeFile(out, bytes.subarray(0, offset));
        const resumed = await cli.run('export', ...scope, '--out', out, '--resume', '--json');
        expect(resumed.status).toBe(0);
        expect(bytes.equals(await readFile(out))).toBe(true);
        expect(JSON.parse(resumed.out)).toMatchObject({ headsSha256, entries });
      }
    });
  }

  test('a fault of the store leaves what was written; resuming completes it', async () => {
    await cli.run('export', '--out', out);
    const bytes = await readFile(out);
    await truncate(out, 0);
    let calls = 0;
    cli.events.mishap = () => {
      calls += 1;
      return calls === 3 ? 'lost' : undefined;
    };
    expect((await cli.run('export', '--out', out, '--resume')).status).toBe(1);
    expect((await stat(out)).size).toBeGreaterThan(0);
    expect((await stat(out)).size).toBeLessThan(bytes.length);
    expect((await cli.run('export', '--out', out, '--resume')).status).toBe(0);
    expect(bytes.equals(await readFile(out))).toBe(true);
  });

  test('a file of another ledger, or no export at all, is left as it is', async () => {
    cli.events = await storeOf(aLedger(1, 1, 'BBBBBBBBBBBBBBBBBBBBBB'));
    await cli.run('export', '--out', out);
    const foreign = await readFile(out, 'utf8');
    cli.events = await storeOf(rows);
    expect((await cli.run('export', '--out', out, '--resume')).err).toContain(
      'not exported from this ledger',
    );
    expect(await readFile(out, 'utf8')).toBe(foreign);
    await writeFile(out, 'notes\nof mine\n');
    expect((await cli.run('export', '--out', out, '--resume')).status).toBe(1);
    expect(await readFile(out, 'utf8')).toBe('notes\nof mine\n');
  });
});
