import { dayOf, epochMs, type Instant, instantOf, type ZoneOffset } from '../dates.ts';
import type { EventOf } from '../events.ts';
import type { CaseId, ItemId } from '../ids.ts';
import type { ItemState } from '../item/state.ts';
import { foldItem } from '../replay.ts';
import { flagsOf } from './flags.ts';
import type { CaseEvents, EarlierProblem } from './history.ts';
import { type Candidate, drawSample } from './sample.ts';

/** An item with all its entries, in seq order. */
export type ItemEvents = CaseEvents['items'][number];

/** The item as the ledger had it at an instant, inclusive. */
export const itemThen = ({ events }: ItemEvents, at: Instant, zone: ZoneOffset): ItemState =>
  foldItem(events, zone, { recordedAsOf: at });

/** The closed items of a case as the ledger had them at an instant, inclusive. */
export function candidatesAt(
  items: readonly ItemEvents[],
  at: Instant,
  flagged: readonly string[],
  zone: ZoneOffset,
): readonly Candidate[] {
  const isFlagged = new Set(flagged);
  return items.flatMap((item): readonly Candidate[] => {
    const { status, lead } = itemThen(item, at, zone);
    const { itemId } = item;
    return status === 'closed' ? [{ itemId, lead: lead ?? null, flagged: isFlagged.has(itemId) }] : [];
  });
}

/**
 * Draws again what an entry says was drawn, from the ledger as it stood when it was recorded; `size` is how many
 * were asked for, or without it as many as were drawn. Undefined where the entry says not what counted as flagged:
 * then it was no draw by this method.
 */
export function drawnAgain(
  caseId: CaseId,
  items: readonly ItemEvents[],
  { recordedAt, data }: Pick<EventOf<'SampleDrawn'>, 'recordedAt' | 'data'>,
  zone: ZoneOffset,
  size: number = data.itemIds.length,
): readonly ItemId[] | undefined {
  if (data.flagged === undefined) return undefined;
  const candidates = candidatesAt(items, recordedAt, data.flagged, zone);
  return drawSample(caseId, candidates, { seed: data.seed, size });
}

/** The last instant at which an entry recorded at this one was not there yet. */
export const justBefore = (at: Instant): Instant => instantOf(epochMs(at) - 1);

/** The closed items with a flag that nobody had dismissed when an entry came to be recorded, in the order of the ids. */
export function flaggedBefore(
  recorded: CaseEvents,
  recordedAt: Instant,
  zone: ZoneOffset,
  earlier: readonly EarlierProblem[],
): readonly ItemId[] {
  const at = justBefore(recordedAt);
  const flags = flagsOf(recorded, { cut: { recordedAsOf: at }, today: dayOf(at, zone), zone, earlier });
  const suspicious = flags.flatMap(({ itemId, dismissed }) => (itemId === null || dismissed ? [] : [itemId]));
  return candidatesAt(recorded.items, at, suspicious, zone)
    .filter(({ flagged }) => flagged)
    .map(({ itemId }) => itemId)
    .sort();
}

/** Did drawing again give just these items, in whatever order they are named? */
export function isSameDraw(drawn: readonly string[], again: readonly string[]): boolean {
  const sorted = [...drawn].sort();
  return sorted.length === again.length && sorted.every((itemId, index) => itemId === again[index]);
}
