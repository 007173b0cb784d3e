import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLedgerFile } from '../../functions/local/ledger-file.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'taizhang-first-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return join(made, 'data');
}

test('of 20 first starts at once one names the ledger, and all use its name', async () => {
  const data = await folder();
  const names = await Promise.all(Array.from({ length: 20 }, () => openLedgerFile(data, Date.now)));
  expect(new Set(names.map(({ ledger }) => ledger)).size).toBe(1);
  expect(await readdir(data)).toEqual(['ledger.json']);
});

test('a first start that died half-way does not stop the next one, even with the same pid', async () => {
  const data = await folder();
  await mkdir(data);
  await writeFile(join(data, `ledger.json.${process.pid}`), '{"led');
  const { ledger } = await openLedgerFile(data, Date.now);
  expect((await openLedgerFile(data, Date.now)).ledger).toBe(ledger);
});
