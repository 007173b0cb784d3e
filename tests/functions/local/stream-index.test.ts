import { access, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, startEngine } from '../../../functions/local/engine.ts';
import {
  addStreamIndexes,
  isPrepared,
  prepareStore,
  StoreNotReady,
} from '../../../functions/local/stream-index.ts';
import { clients, run, temporaryFolder } from './kit.ts';
import { createTable, numbersOf, put } from './rows.ts';

async function engineOn(file: string): Promise<Engine> {
  const engine = await startEngine({ file });
  onTestFinished(() => engine.stop());
  return engine;
}

async function indexesOf(file: string): Promise<unknown[]> {
  const { Database } = await initSqlJs();
  const database = new Database(await readFile(file));
  const [answer] = database.exec(
    "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '_stream_records' ORDER BY name",
  );
  database.close();
  return (answer?.values ?? []).flat();
}

const INDEXES = ['_stream_records_by_number', '_stream_records_by_shard'];

test('the first start makes the tables and the indexes, later ones look at the header only', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  expect(await isPrepared(file)).toBe(false);
  expect(await prepareStore({ file, createTables: createTable })).toBe(true);
  expect(await indexesOf(file)).toEqual(INDEXES);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const createTables = (): Promise<void> => Promise.reject(new Error('must not be called'));
  expect(await prepareStore({ file, createTables })).toBe(false);
});

test('the engine works on the indexed file, keeps the mark, and its plans use the indexes', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  await prepareStore({ file, createTables: createTable });
  const engine = await engineOn(file);
  const { database } = clients(engine.endpoint);
  for (let number = 1; number <= 20; number += 1) await put(database, 'a', number);
  expect(await numbersOf(database, 'a')).toHaveLength(20);
  await engine.stop();
  expect(await isPrepared(file)).toBe(true);

  const { Database } = await initSqlJs();
  const store = new Database(await readFile(file));
  // As in dynoxide's storage.rs. Should a later version ask differently, this tells that the indexes are idle.
  const next = 'SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?1';
  const shard = `SELECT new_image FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2
    AND CAST(sequence_number AS INTEGER) > ?3 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4`;
  const plan = (sql: string): string => String(store.exec(`EXPLAIN QUERY PLAN ${sql}`)[0]?.values[0]?.[3]);
  expect(plan(next)).toContain('_stream_records_by_number');
  expect(plan(shard)).toContain('_stream_records_by_shard');
  store.close();
});

test('a failure between the tables and the indexes is made good by the next start', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const createTables = async (endpoint: string): Promise<void> => {
    await createTable(endpoint);
    await put(clients(endpoint).database, 'a', 1);
    throw new Error('power failed');
  };
  await expect(prepareStore({ file, createTables })).rejects.toThrow('power failed');
  expect(await isPrepared(file)).toBe(false);
  await writeFile(`${file}.indexing`, 'half of a file');

  expect(await prepareStore({ file, createTables: createTable })).toBe(true);
  expect(await indexesOf(file)).toEqual(INDEXES);
  expect(await readdir(join(file, '..'))).not.toContain('store.db.indexing');
  const engine = await engineOn(file);
  expect(await numbersOf(clients(engine.endpoint).database, 'a')).toEqual([1]);
});

test('a file with rows still in its log is refused, and preparing it folds them in first', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const engine = await engineOn(file);
  await createTable(engine.endpoint);
  await put(clients(engine.endpoint).database, 'a', 1);
  process.kill(engine.pid, 'SIGKILL');
  await engine.exited;
  await access(`${file}-wal`);
  await expect(addStreamIndexes(file)).rejects.toThrow(StoreNotReady);

  expect(await prepareStore({ file, createTables: createTable })).toBe(true);
  const again = await engineOn(file);
  expect(await numbersOf(clients(again.endpoint).database, 'a')).toEqual([1]);
});

test('killed at any moment, preparing goes through at the next start', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  // From "nothing done yet" to "done": the whole takes a quarter of a second, longer on a busy machine.
  for (let delay = 0; delay <= 350; delay += 50) {
    const preparer = run(new URL('./preparer.script.ts', import.meta.url), file);
    await preparer.line('started');
    await Promise.race([new Promise((later) => setTimeout(later, delay)), preparer.ended]);
    preparer.process.kill('SIGKILL');
    await preparer.ended;
  }
  await prepareStore({ file, createTables: createTable });
  expect(await indexesOf(file)).toEqual(INDEXES);
  const engine = await engineOn(file);
  await put(clients(engine.endpoint).database, 'a', 1);
});
