import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { EventRow } from '../../domain/ports.ts';
import { toItem } from '../../functions/store/event-row.ts';
import type { TestStore } from './embedded-engine.ts';

const EXPORT_ID = '01800000000000-ab12cd34';

/** One line of a data file, as DynamoDB writes an item. */
export const itemLine = (attributes: Readonly<Record<string, object>>): string =>
  JSON.stringify({ Item: attributes });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The line of a row, as if it lay in a table. */
export function rowLine(row: EventRow): string {
  const attributes: Record<string, object> = {};
  for (const [name, value] of Object.entries(toItem(row))) {
    if (typeof value === 'string') attributes[name] = { S: value };
    if (value instanceof Uint8Array) attributes[name] = { B: base64(value) };
  }
  return itemLine(attributes);
}

/** The lines of all that an engine's events table holds. */
export async function tableLines(store: TestStore): Promise<string[]> {
  const { documents } = store.client();
  const lines: string[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const scan = new ScanCommand({ TableName: store.tables.events.name, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await documents.send(scan);
    for (const item of Items) {
      const pairs = Object.entries(item).map(([name, { S, B }]) => [name, B ? { B: base64(B) } : { S }]);
      lines.push(itemLine(Object.fromEntries(pairs)));
    }
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return lines;
}

/** Into so many files, in no order, which is always the same. */
export function dealt(lines: readonly string[], files: number): string[][] {
  const shuffled = lines
    .map((line, at) => ({ line, by: createHash('sha256').update(`${at} ${line}`).digest('hex') }))
    .sort((one, other) => (one.by < other.by ? -1 : 1));
  return Array.from({ length: files }, (_, file) =>
    shuffled.filter((_, at) => at % files === file).map(({ line }) => line),
  );
}

interface Over {
  /** In place of what the summary says. */
  readonly summary?: object;
  /** In place of what the manifest says of every file. */
  readonly file?: object;
  /** In place of the compressed lines. */
  readonly packed?: (file: number, packed: Buffer) => Buffer;
  readonly exportId?: string;
}

/** Writes these lines as DynamoDB writes an export, every manifest in agreement, and gives the export's folder. */
export async function writeTableExport(
  bucket: string,
  files: readonly (readonly string[])[],
  over: Over = {},
): Promise<string> {
  const key = `events/AWSDynamoDB/${over.exportId ?? EXPORT_ID}`;
  const folder = join(bucket, key);
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, '_started'), '');
  let listed = '';
  for (const [at, lines] of files.entries()) {
    const whole = gzipSync(lines.map((line) => `${line}\n`).join(''));
    const packed = over.packed?.(at, whole) ?? whole;
    const name = `${'abcdefghijklmnopqrstuvwxyz'.slice(at)}2345.json.gz`;
    await writeFile(join(folder, 'data', name), packed);
    const md5 = createHash('md5').update(packed).digest();
    const said = {
      itemCount: lines.length,
      md5Checksum: md5.toString('base64'),
      etag: `${createHash('md5').update(md5).digest('hex')}-1`,
      dataFileS3Key: `${key}/data/${name}`,
    };
    listed += `${JSON.stringify({ ...said, ...over.file })}\n`;
  }
  const summary = {
    version: '2023-08-01',
    exportArn: `arn:aws:dynamodb:cn-north-1:123456789012:table/events/export/${EXPORT_ID}`,
    exportTime: '2026-03-02T03:30:00.000Z',
    s3Bucket: 'exports',
    s3Prefix: 'events',
    manifestFilesS3Key: `${key}/manifest-files.json`,
    itemCount: files.flat().length,
    outputFormat: 'DYNAMODB_JSON',
    exportType: 'FULL_EXPORT',
  };
  await writeManifest(folder, 'manifest-files', listed);
  await writeManifest(folder, 'manifest-summary', JSON.stringify({ ...summary, ...over.summary }));
  return folder;
}

/** A manifest and its checksum, as DynamoDB names it. */
export async function writeManifest(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, `${name}.json`), text);
  await writeFile(join(folder, `${name}.md5`), createHash('md5').update(text).digest('base64'));
}
