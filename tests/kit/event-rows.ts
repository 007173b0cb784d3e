import { randomBytes } from 'node:crypto';
import { type CaseId, caseId, type ItemId, itemId, type Stream } from '../../domain/ids.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';

export function aCaseId(text: string): CaseId {
  const id = caseId(text);
  if (id === undefined) throw new Error(`no case id: ${text}`);
  return id;
}

export function anItemId(text: string): ItemId {
  const id = itemId(text);
  if (id === undefined) throw new Error(`no item id: ${text}`);
  return id;
}

/** A case that no other test has. */
export const freshCase = (): CaseId => aCaseId(`case-${randomBytes(6).toString('hex')}`);

/**
 * A row with the attributes of an entry. Its strings are no events: a store keeps strings and does not read them.
 * @param said.bytes pads the row to about that many bytes of strings
 */
export function eventRow(
  stream: Stream,
  seq: number,
  said: { readonly text?: string; readonly bytes?: number; readonly carried?: string | undefined } = {},
): EventRow {
  const header = JSON.stringify({ caseId: stream.caseId, recordedAt: '2025-03-14T07:05:09.007Z', seq });
  const text = said.text ?? 'x'.repeat(Math.max(0, (said.bytes ?? 0) - header.length - 2));
  return {
    entry: {
      caseId: stream.caseId,
      itemId: stream.itemId,
      seq,
      header,
      data: '{}',
      dataSalt: new Uint8Array(randomBytes(16)),
      text,
      textSalt: new Uint8Array(randomBytes(16)),
    },
    carried: said.carried,
  };
}

/** Everything that a paged read gives. */
export async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

export const seqs = (rows: readonly EventRow[]): number[] => rows.map((row) => row.entry.seq);

/** The whole numbers from `first` to `last`. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The stream of an item in a case of its own. */
export const anItemStream = (item = '0001'): Stream & { itemId: ItemId } => ({
  caseId: freshCase(),
  itemId: anItemId(item),
});

/** Appends rows `first` to `last`, fifty at a time and in no order. */
export async function fill(
  store: EventStore,
  stream: Stream,
  first: number,
  last: number,
  bytes = 0,
): Promise<void> {
  const rows = range(first, last).map((seq) => eventRow(stream, seq, { bytes }));
  for (let from = 0; from < rows.length; from += 50) {
    await Promise.all(rows.slice(from, from + 50).map((row) => store.append(row)));
  }
}
