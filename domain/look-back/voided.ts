import type { Cut } from '../cut.ts';
import { effectDay, type ZoneOffset } from '../dates.ts';
import type { EventOf, EventType, KnownEvent, LedgerEvent } from '../events.ts';
import { groupedBy } from '../grouping.ts';

/** An entry that was voided, as it was recorded, and what voided it. */
export interface Voided<T extends EventType = EventType> {
  readonly entry: EventOf<T>;
  readonly by: EventOf<'EntryVoided'>;
}

const isVoiding = (event: LedgerEvent): event is EventOf<'EntryVoided'> =>
  event.known && event.type === 'EntryVoided';

/** What was voided, by its type; on the effective clock, of that which would count by the day. */
export function voidedIn(
  recorded: readonly LedgerEvent[],
  { effectiveOn }: Cut,
  zone: ZoneOffset,
): <T extends EventType>(type: T) => readonly Voided<T>[] {
  const voidings = recorded.filter(isVoiding);
  if (voidings.length === 0) return () => [];
  const bySeq = new Map(recorded.map((event) => [event.seq, event]));
  const counts = ({ occurredOn, recordedAt }: KnownEvent): boolean =>
    effectiveOn === undefined || effectDay(occurredOn, recordedAt, zone) <= effectiveOn;
  const all = voidings.flatMap((by) => {
    const entry = bySeq.get(by.data.target);
    return entry?.known && counts(entry) ? [{ entry, by }] : [];
  });
  const groups = groupedBy(all, ({ entry }) => entry.type);
  return <T extends EventType>(type: T) => (groups.get(type) ?? []) as unknown as readonly Voided<T>[];
}

/** Both entries of each: a flag for want of an entry rests on its voiding as well. */
export const undone = (voided: readonly Voided[]): readonly LedgerEvent[] =>
  voided.flatMap(({ entry, by }) => [entry as LedgerEvent, by]);
