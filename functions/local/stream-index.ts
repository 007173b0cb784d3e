import { constants } from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import initSqlJs from 'sql.js';
import { type Log, silent } from '../log.ts';
import { startEngine } from './engine.ts';

/**
 * The engine finds a stream's next number with MAX over its whole `_stream_records` table, in every write, and
 * reads a shard by scanning it: without these a put takes 10 ms at 30,000 records and grows from there.
 */
const INDEXES = [
  'CREATE INDEX IF NOT EXISTS _stream_records_by_number ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
  'CREATE INDEX IF NOT EXISTS _stream_records_by_shard ON _stream_records(table_name, shard_id, CAST(sequence_number AS INTEGER))',
];

/** "TZ" and the version of what prepareStore adds, in SQLite's header field for applications (offset 68). */
const MARK = 0x545a0001;

/** sql.js holds the file in memory, and twice while it exports. A store is indexed when new, so this is ample. */
const MAX_BYTES = 512 * 1024 * 1024;

/** The database file is not in a state that can be indexed. The message says which. */
export class StoreNotReady extends Error {
  override readonly name = 'StoreNotReady';
}

/**
 * Makes `file` a store that an engine can serve well: tables made, indexes added, marked as done inside the file
 * itself. Later calls read 100 bytes and return at once. The caller holds the folder's lock.
 *
 * A crash at any point leaves a file without the mark, and the next call does it all again, so `createTables`
 * must accept tables that exist already. The mark and the indexes arrive together, by rename.
 *
 * @returns whether this call prepared the store.
 * @throws StoreNotReady, EngineMissing, EngineFailed, and whatever `createTables` throws
 */
export async function prepareStore(options: {
  readonly file: string;
  readonly createTables: (endpoint: string) => Promise<void>;
  readonly log?: Log;
  readonly binary?: string | undefined;
}): Promise<boolean> {
  const log = options.log ?? silent;
  const file = resolve(options.file);
  if (await isPrepared(file)) return false;
  const engine = await startEngine({ file, log, binary: options.binary });
  try {
    await options.createTables(engine.endpoint);
  } finally {
    await engine.stop();
  }
  await addStreamIndexes(file);
  log('info', 'store prepared', { file });
  return true;
}

/** Whether the file carries the mark. Reads its header only; false when there is no file. */
export async function isPrepared(file: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  try {
    const header = Buffer.alloc(100);
    const { bytesRead } = await handle.read(header, 0, 100, 0);
    return bytesRead === 100 && header.readUInt32BE(68) === MARK;
  } finally {
    await handle.close();
  }
}

/**
 * Adds the two indexes and the mark to a database file that no process has open. The file is replaced whole, so
 * a reader or a crash sees it before or after, never between.
 *
 * @throws StoreNotReady when a write-ahead log is left beside it or the file is beyond what sql.js can hold
 */
export async function addStreamIndexes(file: string): Promise<void> {
  // sql.js sees the main file only. Rows still in the log would be lost by the rename.
  if ((await size(`${file}-wal`)) > 0) {
    throw new StoreNotReady(`${file} was not closed cleanly: start and stop the engine on it once more.`);
  }
  const bytes = await size(file);
  if (bytes > MAX_BYTES) throw new StoreNotReady(`${file} has ${bytes} bytes, too many to index in memory.`);

  const { Database } = await initSqlJs();
  const handle = await open(file, 'r');
  const database = new Database(await handle.readFile());
  await handle.close();
  try {
    for (const statement of INDEXES) database.run(statement);
    database.run(`PRAGMA application_id = ${MARK}`);
    await replace(file, database.export());
  } finally {
    database.close();
  }
}

/** Temporary file, fsync, rename, fsync of the folder. A temporary file left by a crash is overwritten. */
async function replace(file: string, content: Uint8Array): Promise<void> {
  const temporary = `${file}.indexing`;
  const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function size(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
