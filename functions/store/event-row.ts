import { UndecodableEntry } from '../../domain/decode.ts';
import { type CaseId, caseId, type ItemId, itemId, type Stream } from '../../domain/ids.ts';
import type { EventRow } from '../../domain/ports.ts';

/** An item of the events table as the document client gives and takes it; an absent attribute is undefined. */
export type EventItem = Readonly<Record<string, unknown>>;

/** An attribute as the low-level API, an exception's `Item` or Lambda's stream record (base64) carries it. */
export interface AttributeValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Uint8Array | string | undefined;
}

interface EntryKey {
  readonly caseId: CaseId;
  readonly itemId: ItemId | undefined;
  readonly seq: number;
}

/** Digits of a seq in a sort key, so that keys sort as numbers do. */
const SEQ_DIGITS = 6;

/** Streams of items sort after the stream of their case: `C` comes before `I`. */
export const ITEMS_PREFIX = 'I#';
export const streamPrefix = (stream: Pick<Stream, 'itemId'>): string =>
  stream.itemId === undefined ? 'C#' : `${ITEMS_PREFIX}${stream.itemId}#`;

/** The sort key of an entry: `C#000012`, `I#0007#000001`. */
export const entryKey = (stream: Pick<Stream, 'itemId'>, seq: number): string =>
  streamPrefix(stream) + String(seq).padStart(SEQ_DIGITS, '0');

function parseEntryKey(key: string): { itemId: ItemId | undefined; seq: number } | undefined {
  const match = /^(?:C|I#([0-9]{4}))#([0-9]{6})$/.exec(key);
  if (!match) return undefined;
  const seq = Number(match[2]);
  const id = match[1] === undefined ? undefined : itemId(match[1]);
  if (seq === 0 || (match[1] !== undefined && id === undefined)) return undefined;
  return { itemId: id, seq };
}

export function toItem({ entry, carried }: EventRow): EventItem {
  return {
    caseId: entry.caseId,
    entry: entryKey(entry, entry.seq),
    header: entry.header,
    data: entry.data,
    dataSalt: entry.dataSalt,
    text: entry.text,
    textSalt: entry.textSalt,
    carried,
  };
}

/**
 * Checks that an item has the attributes of an event row. What the strings say is `decodeEntry`'s to check.
 * @throws UndecodableEntry
 */
export function fromItem(item: EventItem): EventRow {
  const key = readKey(item);
  return {
    entry: {
      caseId: key.caseId,
      itemId: key.itemId,
      seq: key.seq,
      header: stringOf(item, 'header', key) ?? refuse(key, 'header'),
      data: stringOf(item, 'data', key) ?? refuse(key, 'data'),
      dataSalt: saltOf(item, 'dataSalt', key) ?? refuse(key, 'dataSalt'),
      text: stringOf(item, 'text', key),
      textSalt: saltOf(item, 'textSalt', key),
    },
    carried: stringOf(item, 'carried', key),
  };
}

function stringOf(item: EventItem, name: string, key: EntryKey): string | undefined {
  const value = item[name];
  return value === undefined || typeof value === 'string' ? value : refuse(key, name);
}

function saltOf(item: EventItem, name: string, key: EntryKey): Uint8Array | undefined {
  const value = item[name];
  return value === undefined || (value instanceof Uint8Array && value.length === 16)
    ? value
    : refuse(key, name);
}

function refuse(key: EntryKey, name: string): never {
  throw new UndecodableEntry(key, `the row's ${name} is missing or wrong`);
}

function readKey(item: EventItem): EntryKey {
  const partition = typeof item.caseId === 'string' ? item.caseId : '?';
  const sort = typeof item.entry === 'string' ? item.entry : '?';
  const id = caseId(partition);
  const parsed = parseEntryKey(sort);
  if (id === undefined || parsed === undefined) {
    throw new UndecodableEntry({ caseId: partition, itemId: sort, seq: 0 }, 'the key is none of an entry');
  }
  return { caseId: id, itemId: parsed.itemId, seq: parsed.seq };
}

/**
 * The row in a stream record's image, in the `Item` of a refused put or in that of a table export.
 * @throws UndecodableEntry
 */
export function fromImage(image: Readonly<Record<string, AttributeValue>>): EventRow {
  const item: Record<string, unknown> = {};
  // Of another type it stays what it is: an attribute that is there must not pass for one that is absent.
  for (const [name, value] of Object.entries(image))
    item[name] = value.S ?? binary(value.B) ?? value.N ?? value;
  return fromItem(item);
}

const binary = (value: Uint8Array | string | undefined): Uint8Array | undefined =>
  typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;
