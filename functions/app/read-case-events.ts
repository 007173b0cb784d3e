import type { LedgerEvent } from '../../domain/events.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';
import type { CaseEvents } from '../../domain/look-back/history.ts';
import type { Dependencies } from './dependencies.ts';
import { decodeRow } from './streams.ts';

/** All entries of a case, stream by stream. */
export async function readCaseEvents({ events }: Dependencies, caseId: CaseId): Promise<CaseEvents> {
  const ofCase: LedgerEvent[] = [];
  const items = new Map<ItemId, LedgerEvent[]>();
  for await (const rows of events.partition(caseId, 'all')) {
    for (const row of rows) {
      const { event } = decodeRow(row);
      if (event.itemId === undefined) {
        ofCase.push(event);
        continue;
      }
      const own = items.get(event.itemId);
      if (own) own.push(event);
      else items.set(event.itemId, [event]);
    }
  }
  return {
    caseId,
    events: ofCase,
    items: [...items].map(([itemId, ofItem]) => ({ itemId, events: ofItem })),
  };
}
