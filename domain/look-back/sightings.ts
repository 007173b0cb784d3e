import { type Day, dayOf, type ZoneOffset } from '../dates.ts';
import { type CaseId, evidenceId, type ItemId, measureId } from '../ids.ts';
import type { FlagRule } from './catalogue.ts';
import type { Pointed } from './flag.ts';
import type { CaseHistory } from './history.ts';
import { RULES } from './rules.ts';
import { undone } from './voided.ts';

/** What a rule saw in a case, with all that it rests on. */
export interface Sighted {
  readonly itemId: ItemId | null;
  /** With what corrected them: other cases' first, then the case's own, then item by item, each in seq order, once. */
  readonly entries: readonly Pointed[];
  readonly values: { readonly [name: string]: number };
  /** The day from which it could be seen. */
  readonly since: Day;
  /** Time alone raised it: `values` grow from day to day. */
  readonly byTime: boolean;
}

/** What each rule sees, in the order of the items. */
export function sightings(inspection: CaseHistory): (rule: FlagRule) => readonly Sighted[] {
  const corrections = correctionsIn(inspection);
  const restoredBy = restoring(inspection);
  const { caseId, zone } = inspection;
  return (rule) =>
    [...RULES[rule](inspection)]
      .sort(inOrderOfItems)
      .map(({ itemId, entries: pointed, values = {}, since }) => {
        const restored = pointed.flatMap(({ itemId: of, seq, type }) =>
          of === undefined ? [] : restoredBy(of, type, seq),
        );
        const voidings = pointed.filter(({ type }) => type === 'EntryVoided');
        const amendments = [...corrections(pointed), ...restored, ...voidings];
        const entries = inOrder([...pointed, ...amendments], caseId);
        const newest = newestDay(since === undefined ? entries : amendments, zone);
        const from =
          since !== undefined && (newest === undefined || newest < since) ? since : (newest as Day);
        return { itemId, entries, values, since: from, byTime: since !== undefined };
      });
}

type OfItem = { readonly itemId: ItemId | null };

/** That of the case first. Numbers of items have one width, and so compare as text. */
const inOrderOfItems = ({ itemId: one }: OfItem, { itemId: other }: OfItem): number =>
  (one ?? '') < (other ?? '') ? -1 : 1;

/** Names an entry among those of all cases, such that names sort as flags list their entries. */
export const placeOf = ({ caseId, itemId, seq }: Pointed, ownCase: CaseId): string =>
  `${caseId === ownCase ? '1' : `0${caseId}`} ${itemId ?? ''} ${String(seq).padStart(6, '0')}`;

function inOrder(entries: readonly Pointed[], ownCase: CaseId): readonly Pointed[] {
  const byPlace = new Map(entries.map((entry) => [placeOf(entry, ownCase), entry]));
  return [...byPlace].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
}

function newestDay(entries: readonly Pointed[], zone: ZoneOffset): Day | undefined {
  return entries
    .map(({ recordedAt }) => dayOf(recordedAt, zone))
    .sort()
    .at(-1);
}

/**
 * Of entries that rules point to, those that corrected them: a flag rests on what its entries say, and so on these.
 * Streams are indexed only where there are any.
 */
function correctionsIn({ caseId, recorded, items }: CaseHistory) {
  const streams = new Map<ItemId | null, ReadonlyMap<number, Pointed>>();
  const entriesOf = (itemId: ItemId | null): ReadonlyMap<number, Pointed> => {
    const known = streams.get(itemId);
    if (known) return known;
    const stream = itemId === null ? recorded : items.find((item) => item.itemId === itemId)?.recorded;
    const bySeq = new Map((stream ?? []).map((event) => [event.seq, event]));
    streams.set(itemId, bySeq);
    return bySeq;
  };
  return (entries: readonly Pointed[]): readonly Pointed[] =>
    entries.flatMap((entry) => {
      const { corrections = [], itemId } = entry;
      if (corrections.length === 0 || entry.caseId !== caseId) return [];
      const bySeq = entriesOf(itemId ?? null);
      return corrections.map((seq) => bySeq.get(seq)).filter((found) => found !== undefined);
    });
}

/** Evidence or a measure that counts again, since its withdrawal was voided: both entries of that. */
function restoring({
  items,
}: CaseHistory): (itemId: ItemId, type: string, seq: number) => readonly Pointed[] {
  const found = new Map<string, readonly Pointed[]>();
  for (const { itemId, voided } of items) {
    for (const one of voided('EvidenceWithdrawn'))
      found.set(`${itemId} EvidenceAttached ${one.entry.data.evidenceId}`, undone([one]));
    for (const one of voided('MeasureWithdrawn'))
      found.set(`${itemId} MeasureAdopted ${one.entry.data.measureId}`, undone([one]));
  }
  if (found.size === 0) return () => [];
  return (itemId, type, seq) =>
    found.get(`${itemId} ${type} ${type === 'EvidenceAttached' ? evidenceId(seq) : measureId(seq)}`) ?? [];
}
