import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCaseId, anItemId } from '../../kit/event-rows.ts';
import { accepted, allRows, type LedgerBench, ledgerBench, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { dealt, rowLine, tableLines, writeTableExport } from '../../kit/table-export.ts';
import { aLedger, commandLine, LEDGER, storeOf } from './kit.ts';

const cli = commandLine();
const rows = [...aLedger(3, 4), ...aLedger(2, 2, LEDGER, aCaseId('xl-2024'))];
const lines = rows.map(rowLine);
let bucket: string;
let own: string;

beforeEach(async () => {
  bucket = join(cli.folder, 'bucket');
  own = join(cli.folder, 'own.ndjson');
  cli.events = await storeOf(rows);
});

const json = async (...argv: string[]) => JSON.parse((await cli.run(...argv, '--json')).out);

async function refused(folder: string, ...why: string[]): Promise<void> {
  for (const argv of [
    ['verify', folder],
    ['export', '--from', folder, '--out', join(cli.folder, 'out')],
  ]) {
    const { status, out, err } = await cli.run(...argv);
    for (const part of why) expect(err).toContain(part);
    expect({ status, out, lines: err.trimEnd().split('\n').length }).toEqual({
      status: 1,
      out: '',
      lines: 1,
    });
  }
  expect(await readdir(cli.folder)).not.toContain('out');
}

describe('of a real ledger in the embedded engine', () => {
  let bench: LedgerBench;
  let exported: string[];
  let rowsThere: Awaited<ReturnType<typeof allRows>>;
  beforeAll(async () => {
    bench = await ledgerBench();
    const { ledger } = bench;
    for (const name of ['xl-2023', 'xl-2023-b', 'xl-20230']) {
      const caseId = await openedCase(ledger, people.committee, aCaseId(name));
      for (const title of ['一', '二']) {
        const raised = await ledger.raiseIssue(people.committee, caseId, { data: { title } }, {});
        const { itemId = anItemId('0001') } = accepted(raised).entry.header;
        const on = async (who: typeof people.committee | typeof people.lead, type: string, data: object) =>
          accepted(await ledger.recordOnItem(who, caseId, itemId, { type, data }, {}));
        await on(people.committee, 'OfficeAssigned', { lead: '财政办' });
        for (let n = 0; n < 9; n += 1)
          await on(people.lead, 'ProgressReported', { text: `进展“${n}”\n第二行` });
        await on(people.committee, 'TextErased', { target: 5, ground: '个人信息', approvedBy: 'wang' });
      }
    }
    exported = await tableLines(bench.store);
    rowsThere = await allRows(bench.deps.events);
  });
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    cli.events = await storeOf(rowsThere);
    const identity = { ledger: bench.deps.identity.ledger, zoneOffset: 480 };
    await writeFile(join(cli.data, 'ledger.json'), JSON.stringify(identity));
  });

  test('verifies just as the export of the command line does', async () => {
    const folder = await writeTableExport(bucket, dealt(exported, 4));
    await cli.run('export', '--out', own);
    const said = await json('verify', folder);
    const { heads, ...rest } = await json('verify', own);
    expect(said).toMatchObject({ ...rest, verified: true, entries: 3 * (1 + 2 * 12), erased: 6 });
    expect(said.heads).toHaveLength(heads.length);
    expect(said.heads).toEqual(expect.arrayContaining(heads));
    const { status, out } = await cli.run('verify', folder);
    expect({ status, out }).toEqual({ status: 0, out: (await cli.run('verify', own)).out });
  });

  test('agrees with heads kept elsewhere, and with the ledger asked for', async () => {
    const folder = await writeTableExport(bucket, dealt(exported, 4));
    const kept = join(cli.folder, 'heads');
    await writeFile(kept, (await cli.run('export', '--out', own)).out);
    const { ledger } = bench.deps.identity;
    const { status, out } = await cli.run('verify', folder, '--heads', kept, '--ledger', ledger);
    expect({ status, out }).toEqual({
      status: 0,
      out: expect.stringContaining('with 9 heads kept elsewhere'),
    });
    const other = await cli.run('verify', folder, '--ledger', LEDGER);
    expect(other).toMatchObject({ status: 1, out: expect.stringContaining(`not to ${LEDGER}`) });
    await writeFile(kept, `xl-2023 1 ${'A'.repeat(43)}\n`);
    const rewritten = await cli.run('verify', folder, '--heads', kept);
    expect(rewritten).toMatchObject({ status: 1, out: expect.stringContaining('the hash differs') });
  });

  test('becomes the same export and the same heads, byte for byte', async () => {
    const folder = await writeTableExport(bucket, dealt(exported, 4));
    const converted = join(cli.folder, 'converted.ndjson');
    const headsOf = (out: string): string => out.slice(out.indexOf('\n'));
    const direct = headsOf((await cli.run('export', '--out', own)).out);
    expect(headsOf((await cli.run('export', '--from', folder, '--out', converted)).out)).toBe(direct);
    const sorted = async (path: string) => (await readFile(path, 'utf8')).split('\n').sort();
    expect(await sorted(converted)).toEqual(await sorted(own));
    expect((await cli.run('verify', converted)).status).toBe(0);
    expect((await stat(converted)).mode & 0o777).toBe(0o600);
  });

  test('of one case: the same file, byte for byte', async () => {
    const folder = await writeTableExport(bucket, dealt(exported, 4));
    const converted = join(cli.folder, 'converted.ndjson');
    await cli.run('export', '--case', 'xl-2023', '--out', own);
    await cli.run('export', '--case', 'xl-2023', '--from', folder, '--out', converted);
    expect(await readFile(converted, 'utf8')).toBe(await readFile(own, 'utf8'));
    const streamed = await cli.run('export', '--case', 'xl-2023', '--from', folder, '--out', '-');
    expect(streamed.out).toBe(await readFile(own, 'utf8'));
  });
});

describe('where it lies', () => {
  test('in the folder, or in the only one below it that holds one, under whatever name it was copied', async () => {
    const folder = await writeTableExport(bucket, dealt(lines, 2));
    for (const path of [folder, join(bucket, 'events'), bucket])
      expect(await json('verify', path)).toMatchObject({ verified: true, entries: rows.length });
    await rename(folder, join(cli.folder, 'monday'));
    expect((await cli.run('verify', join(cli.folder, 'monday'))).status).toBe(0);
  });

  test('several are named, and none is chosen', async () => {
    const first = await writeTableExport(bucket, [lines]);
    const second = await writeTableExport(bucket, [lines], { exportId: '01800000090000-ab12cd34' });
    await refused(bucket, 'several-exports', first, second);
    expect((await cli.run('verify', second)).status).toBe(0);
  });

  test('a folder without one, or none at all, is refused', async () => {
    await refused(cli.data, 'no-export', 'manifest-files.json');
    await refused(join(cli.folder, 'absent'), 'file-unreadable');
  });

  test('one compressed file is refused with a hint', async () => {
    const folder = await writeTableExport(bucket, [lines]);
    const [name = ''] = await readdir(join(folder, 'data'));
    await refused(join(folder, 'data', name), 'part-of-export', 'manifest-files.json');
  });

  test('beside no ledger', async () => {
    cli.data = join(cli.folder, 'none');
    const folder = await writeTableExport(bucket, dealt(lines, 2));
    expect((await cli.run('verify', folder)).status).toBe(0);
    expect((await cli.run('export', '--from', folder, '--out', own)).status).toBe(0);
  });
});

describe('other exports', () => {
  test('an incremental one is refused, by its summary or by its lines', async () => {
    const [line = ''] = lines;
    const change = line.replace('{"Item":', '{"Keys":{},"NewImage":');
    const named = { exportType: 'INCREMENTAL_EXPORT' };
    await refused(
      await writeTableExport(bucket, [[change]], { summary: named }),
      'incremental-export',
      'changes',
    );
    await refused(await writeTableExport(bucket, [[change]]), 'incremental-export', 'line 1 holds changes');
  });

  test('one in Ion, or of a type to come, is refused', async () => {
    const ion = { outputFormat: 'ION' };
    await refused(await writeTableExport(bucket, [lines], { summary: ion }), 'export-unknown', 'ION');
    const strange = { exportType: 'PARTIAL_EXPORT' };
    await refused(await writeTableExport(bucket, [lines], { summary: strange }), 'PARTIAL_EXPORT');
  });

  test('an old one, which does not name its type, is read', async () => {
    const folder = await writeTableExport(bucket, [lines], { summary: { exportType: undefined } });
    expect((await cli.run('verify', folder)).status).toBe(0);
  });

  test('an empty one verifies nothing, with empty files or without any', async () => {
    const packed = () => Buffer.alloc(0);
    for (const [files, over] of [[[]], [[[]]], [[[], []]], [[[], []], { packed }]] as const)
      expect(await json('verify', await writeTableExport(bucket, files, over))).toMatchObject({
        verified: false,
        entries: 0,
        why: 'the export holds no entry',
      });
    expect(await cli.run('export', '--from', bucket, '--out', own)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^# 0 entries/),
    });
  });
});

describe('export --from', () => {
  test('writes over no file, and keeps it', async () => {
    const folder = await writeTableExport(bucket, [lines]);
    await writeFile(own, 'mine');
    const { status, err } = await cli.run('export', '--from', folder, '--out', own);
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining('file-exists') });
    expect(await readFile(own, 'utf8')).toBe('mine');
  });

  test('of a case that is not in it: refused, and no file is made', async () => {
    const folder = await writeTableExport(bucket, [lines]);
    const { status, err } = await cli.run('export', '--from', folder, '--case', 'nowhere', '--out', own);
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining('case-not-found') });
    await expect(stat(own)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('does not go with --resume', async () => {
    const { status, err } = await cli.run('export', '--from', bucket, '--out', own, '--resume');
    expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining('--from does not go with') });
  });
});
