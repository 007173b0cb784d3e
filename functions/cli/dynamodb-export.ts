import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../domain/fields.ts';
import { isCode, refused } from './problems.ts';

/** An export of the whole table as DynamoDB writes it (ExportTableToPointInTime), copied from its bucket. */
export interface TableExport {
  readonly folder: string;
  /** Items in all its files. */
  readonly items: number;
  readonly files: readonly DataFile[];
}

export interface DataFile {
  /** Within the export, as a message names it. */
  readonly name: string;
  readonly path: string;
  readonly items: number;
  /** Of the file as it lies there, compressed; base64. */
  readonly md5: string;
}

/** What lies there is not what DynamoDB wrote. */
export class DamagedExport extends Error {
  override readonly name = 'DamagedExport';
}

const SUMMARY = 'manifest-summary.json';
const FILES = 'manifest-files.json';
const DATA = 'data';
/** The documentation says `.checksum`; what DynamoDB writes is called `.md5`. */
const CHECKSUMS = ['.md5', '.checksum'];
/** A bucket, a prefix and `AWSDynamoDB` are three. */
const DEEPEST = 5;

export const incremental = (where: string) =>
  refused('incremental-export', `${where} holds changes; only a full export holds every entry`);

/**
 * The export in a folder, or in the only folder below it that holds one. Its manifests are read and agree.
 * @throws DamagedExport, Refused
 */
export async function openTableExport(path: string): Promise<TableExport> {
  const found = await exportsBelow(path, DEEPEST);
  const [folder] = found;
  if (folder === undefined)
    throw refused('no-export', `${path} holds no export of DynamoDB: there is no ${FILES} in it`);
  if (found.length > 1) {
    const more = found.length > 8 ? ` and ${found.length - 8} more` : '';
    const named = found.slice(0, 8).join(', ');
    throw refused('several-exports', `${path} holds ${found.length} exports, name one: ${named}${more}`);
  }
  const items = readSummary(folder, await readChecked(folder, SUMMARY));
  const files = readFiles(folder, await readChecked(folder, FILES));
  const sum = files.reduce((all, file) => all + file.items, 0);
  if (sum !== items)
    throw new DamagedExport(`${SUMMARY} says ${items} items, the files of ${FILES} ${sum} in all`);
  return { folder, items, files };
}

/** Folders in the order of their names, which is that of time. */
async function exportsBelow(folder: string, levels: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES'))
      throw refused('file-unreadable', `${folder} cannot be read`);
    throw error;
  });
  if (entries.some(({ name }) => name === FILES)) return [folder];
  const found: string[] = [];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (levels > 0)
    for (const name of folders.sort()) found.push(...(await exportsBelow(join(folder, name), levels - 1)));
  return found;
}

/** A manifest, which must be what its checksum says where that was copied along. */
async function readChecked(folder: string, name: string): Promise<string> {
  const bytes = await readIfThere(join(folder, name));
  if (!bytes)
    throw new DamagedExport(`${name} is missing: the export is unfinished, or was not copied whole`);
  const digest = createHash('md5').update(bytes).digest();
  for (const ending of CHECKSUMS) {
    const checksum = name.replace(/\.json$/, ending);
    const said = (await readIfThere(join(folder, checksum)))?.toString('latin1').trim();
    if (said !== undefined && said !== digest.toString('base64') && said !== digest.toString('hex'))
      throw new DamagedExport(`${name} is not what ${checksum} says: it was changed`);
  }
  return bytes.toString('utf8');
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    if (isCode(error, 'EACCES', 'EISDIR')) throw refused('file-unreadable', `${path} cannot be read`);
    throw error;
  }
}

function readSummary(folder: string, text: string): number {
  const value = parsed(text);
  if (!isRecord(value) || !isCount(value.itemCount))
    throw new DamagedExport(`${SUMMARY} is none of an export of DynamoDB`);
  // Older exports, which were all full, do not name their type.
  if (value.exportType === 'INCREMENTAL_EXPORT') throw incremental(folder);
  if (value.exportType !== undefined && value.exportType !== 'FULL_EXPORT')
    throw refused('export-unknown', `${folder} is a ${value.exportType}; a FULL_EXPORT is read`);
  if (value.outputFormat !== 'DYNAMODB_JSON')
    throw refused('export-unknown', `${folder} is written as ${value.outputFormat}; DYNAMODB_JSON is read`);
  return value.itemCount;
}

/** Keys in the bucket begin with its prefix, which a copy need not have; the files lie in `data` all the same. */
const KEY = /(?:^|\/)data\/([A-Za-z0-9_-][A-Za-z0-9._-]*\.json\.gz)$/;

function readFiles(folder: string, text: string): readonly DataFile[] {
  const files = new Map<string, DataFile>();
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const [at, line] of lines.entries()) {
    const wrong = (why: string) => new DamagedExport(`${FILES} line ${at + 1} ${why}`);
    const value = parsed(line);
    if (!isRecord(value) || !isCount(value.itemCount)) throw wrong('names no data file');
    const { dataFileS3Key: key, md5Checksum: md5 } = value;
    const name = typeof key === 'string' ? KEY.exec(key)?.[1] : undefined;
    if (name === undefined) throw wrong('names no file data/….json.gz');
    if (typeof md5 !== 'string') throw wrong('has no md5Checksum');
    if (files.has(name)) throw wrong(`names ${DATA}/${name} again`);
    const path = join(folder, DATA, name);
    files.set(name, { name: `${DATA}/${name}`, path, items: value.itemCount, md5 });
  }
  return [...files.values()];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Every data file of the manifest is there, byte for byte, and no other: what is not in the manifest is refused,
 * for nobody could say whether it belongs to the ledger.
 * @throws DamagedExport
 */
export async function checkDataFiles({ folder, files }: TableExport): Promise<void> {
  const listed = new Set(files.map(({ name }) => name));
  const lying = await readdir(join(folder, DATA)).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  });
  const extra = lying.find((name) => !listed.has(`${DATA}/${name}`));
  if (extra !== undefined) throw new DamagedExport(`${DATA}/${extra} is not in ${FILES}`);
  for (const { name, path, md5 } of files) {
    const found = await md5Of(path).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) throw new DamagedExport(`${name} is missing`);
      if (isCode(error, 'EACCES', 'EISDIR')) throw refused('file-unreadable', `${path} cannot be read`);
      throw error;
    });
    if (found !== md5) throw new DamagedExport(`${name} was changed: its md5 is not that of ${FILES}`);
  }
}

async function md5Of(path: string): Promise<string> {
  const digest = createHash('md5');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  return digest.digest('base64');
}

/** @throws Refused where the path is one compressed file: an export is read whole. */
export async function isFolder(path: string): Promise<boolean> {
  // What cannot be looked at cannot be opened either, and whoever opens it says so.
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return true;
  if (path.endsWith('.gz'))
    throw refused('part-of-export', `${path} is one file of an export; name the folder with its ${FILES}`);
  return false;
}
