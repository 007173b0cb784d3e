import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../domain/fields.ts';
import type { Head } from '../../domain/verify.ts';
import { readHeads } from './heads.ts';
import { isCode, refused } from './problems.ts';

/** What a backup folder holds, besides the folder of keys. */
export const ENTRIES = 'entries.ndjson';
export const IDENTITY = 'ledger.json';
export const MANIFEST = 'manifest.json';

export const FORMAT = 1;

export interface ArchivedFile {
  /** Below the folder; `/` parts folders. */
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  /** The deployment that was backed up. */
  readonly ledger: string;
  /** The backup holds every entry recorded up to this instant, inclusive, and none later. */
  readonly cut: string;
  readonly entries: number;
  readonly erased: number;
  readonly heads: readonly Head[];
  readonly files: readonly ArchivedFile[];
}

export async function describeFile(folder: string, path: string): Promise<ArchivedFile> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(join(folder, path))) digest.update(chunk as Buffer);
  return { path, bytes: (await stat(join(folder, path))).size, sha256: digest.digest('hex') };
}

/** The random id of the ledger that a data folder, or a backup of one, holds. */
export async function readLedgerId(folder: string): Promise<string> {
  const value = await readJson(join(folder, IDENTITY));
  if (!isRecord(value) || typeof value.ledger !== 'string' || !/^[A-Za-z0-9_-]{22}$/.test(value.ledger))
    throw refused('no-ledger', `${join(folder, IDENTITY)} names no ledger`);
  return value.ledger;
}

const PATH = /^(?:keys\/[A-Za-z0-9_-][A-Za-z0-9._-]*|entries\.ndjson|ledger\.json)$/;

/** Reads a manifest and checks that every file it names is there, byte for byte. */
export async function readArchive(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  const value = await readJson(path);
  const wrong = (why: string) => refused('backup-damaged', `${path}: ${why}`);
  if (!isRecord(value)) throw wrong('it is no manifest');
  if (value.format !== FORMAT) throw wrong(`format ${value.format} is not known to this software`);
  const { ledger, cut, entries, erased, files } = value;
  const heads = entries === 0 ? [] : readHeads(JSON.stringify({ heads: value.heads }));
  if (typeof ledger !== 'string' || typeof cut !== 'string' || !heads) throw wrong('it is no manifest');
  if (!Number.isSafeInteger(entries) || !Number.isSafeInteger(erased) || !Array.isArray(files))
    throw wrong('it is no manifest');
  for (const file of files) {
    if (!isRecord(file) || typeof file.path !== 'string' || !PATH.test(file.path))
      throw wrong('it names a strange file');
    const found = await describeFile(folder, file.path).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) throw wrong(`${file.path} is missing`);
      throw error;
    });
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256) throw wrong(`${file.path} was changed`);
  }
  for (const name of [ENTRIES, IDENTITY]) {
    if (!files.some((file) => file.path === name)) throw wrong(`it does not name ${name}`);
  }
  if ((await readLedgerId(folder)) !== ledger) throw wrong(`${IDENTITY} names another ledger`);
  return { format: FORMAT, ledger, cut, entries: Number(entries), erased: Number(erased), heads, files };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES'))
      throw refused('file-unreadable', `${path} cannot be read`);
    if (error instanceof SyntaxError) throw refused('file-unreadable', `${path} is no JSON`);
    throw error;
  }
}
