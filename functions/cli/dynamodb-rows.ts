import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UndecodableEntry } from '../../domain/decode.ts';
import { isRecord } from '../../domain/fields.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { EventRow } from '../../domain/ports.ts';
import { type AttributeValue, entryKey, fromImage } from '../store/event-row.ts';
import type { CliContext } from './context.ts';
import {
  checkDataFiles,
  DamagedExport,
  type DataFile,
  incremental,
  openTableExport,
  type TableExport,
} from './dynamodb-export.ts';
import { LONGEST_LINE, lineCutter } from './lines.ts';
import { progress } from './progress.ts';
import { type KeyedLine, sortLines } from './sorted-lines.ts';

/**
 * The rows of an export of DynamoDB's, which come in no order: cases by id, the stream of each before its items',
 * streams whole and in seq order. Nothing is given before every file was found to be what the manifest says and
 * every row to be one of the events table.
 *
 * Memory is bounded whatever the export holds: files are read as they unpack, and rows sorted by way of temporary
 * files (`sortLines`), which need as much space in `TMPDIR` as the unpacked rows.
 * @throws DamagedExport, Refused
 */
export async function* readTableExport(
  path: string,
  only: CaseId | undefined,
  context: CliContext,
): AsyncGenerator<readonly EventRow[]> {
  const found = await openTableExport(path);
  await checkDataFiles(found);
  let last = '';
  for await (const page of sortLines(keyedLines(found, only, context))) {
    const rows: EventRow[] = [];
    for (const { key, line } of page) {
      if (key === last) throw new DamagedExport(`the item ${key} stands twice`);
      last = key;
      rows.push(readItem(line, key));
    }
    yield rows;
  }
}

/** Lines as they are, by case and key of the entry; a space sorts before all that ids are made of. */
async function* keyedLines(
  { files, items }: TableExport,
  only: CaseId | undefined,
  context: CliContext,
): AsyncGenerator<readonly KeyedLine[]> {
  const shown = progress(context, 'items read', items);
  let read = 0;
  for (const file of files) {
    for await (const { first, lines } of unpackedLines(file)) {
      const keyed: KeyedLine[] = [];
      for (const [at, line] of lines.entries()) {
        const { entry } = readItem(line, `${file.name} line ${first + at}`);
        if (only !== undefined && entry.caseId !== only) continue;
        const key = `${entry.caseId} ${entryKey(entry, entry.seq)}`;
        // Where few lines are kept, a part would keep the whole piece of the file that it was cut from.
        keyed.push({ key, line: only === undefined ? line : Buffer.from(line) });
      }
      read += lines.length;
      shown.at(read);
      yield keyed;
    }
  }
  await shown.end(read);
}

/** The lines of a file, as many as the manifest says, and the number of the first of each batch. */
async function* unpackedLines(
  file: DataFile,
): AsyncGenerator<{ readonly first: number; readonly lines: readonly Buffer[] }> {
  const { name, items } = file;
  const cutter = lineCutter();
  let seen = 0;
  for await (const chunk of unpacked(file)) {
    const lines = cutter.cut(chunk);
    if (cutter.rest.length > LONGEST_LINE)
      throw new DamagedExport(`${name} line ${seen + lines.length + 1} is longer than ${LONGEST_LINE} bytes`);
    if (seen + lines.length > items)
      throw new DamagedExport(`${name} holds more than the ${items} items that the manifest says`);
    if (lines.length > 0) yield { first: seen + 1, lines };
    seen += lines.length;
  }
  if (cutter.rest.length > 0) throw new DamagedExport(`${name} breaks off in line ${seen + 1}`);
  if (seen !== items) throw new DamagedExport(`${name} holds ${seen} items, and the manifest says ${items}`);
}

async function* unpacked({ name, path }: DataFile): AsyncGenerator<Buffer> {
  // Of a partition without items DynamoDB may write a file of no bytes, which is no gzip.
  if ((await stat(path)).size === 0) return;
  const gunzip = createGunzip();
  // Ends both whichever fails; the failure comes out of `gunzip`.
  pipeline(createReadStream(path), gunzip, () => {});
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new DamagedExport(`${name} is no whole gzip file: ${error.message}`);
    throw error;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readItem(line: Buffer, where: string): EventRow {
  const value = parsed(line);
  if (!isRecord(value)) throw new DamagedExport(`${where} is no JSON object`);
  if ('NewImage' in value || 'OldImage' in value || 'Keys' in value) throw incremental(where);
  const { Item: item } = value;
  if (!isRecord(item) || !Object.values(item).every(isRecord))
    throw new DamagedExport(`${where} holds no item`);
  try {
    return fromImage(item as Readonly<Record<string, AttributeValue>>);
  } catch (error) {
    if (error instanceof UndecodableEntry) throw new DamagedExport(`${where}: ${error.message}`);
    throw error;
  }
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(line));
  } catch {
    return undefined;
  }
}
