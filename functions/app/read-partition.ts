import type { DecodedEntry } from '../../domain/decode.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';
import type { EventStore } from '../../domain/ports.ts';
import { decodeRow } from './streams.ts';

export interface ItemEntries {
  readonly itemId: ItemId;
  readonly entries: readonly DecodedEntry[];
}

/** Each item of a case with all its entries, in the order of their ids: one chain of reads, one item in memory. */
export async function* readItems(events: EventStore, caseId: CaseId): AsyncGenerator<ItemEntries> {
  let itemId: ItemId | undefined;
  let entries: DecodedEntry[] = [];
  for await (const page of events.partition(caseId, 'items')) {
    for (const row of page) {
      const entry = decodeRow(row);
      if (entry.header.itemId !== itemId) {
        if (itemId !== undefined) yield { itemId, entries };
        itemId = entry.header.itemId;
        entries = [];
      }
      entries.push(entry);
    }
  }
  if (itemId !== undefined) yield { itemId, entries };
}
