import { type Day, dayOf, type ZoneOffset } from '../dates.ts';
import { groupedBy } from '../grouping.ts';
import type { CaseId, ItemId } from '../ids.ts';
import { FLAG_RULES, type FlagRule, flagRules } from './catalogue.ts';
import type { Dismissal, EntryRef, Flag, Pointed, Sighting } from './flag.ts';
import { type Asked, type CaseEvents, type CaseHistory, readHistory } from './history.ts';
import type { Standing } from './item-history.ts';
import { RULES } from './rules.ts';

/**
 * Every flag that the rules raise on a case as it stood at the cut, in the order of the catalogue, of one rule in the
 * order of the items. What was recorded after the cut plays no part.
 */
export function flagsOf(recorded: CaseEvents, asked: Asked): readonly Flag[] {
  const inspection = readHistory(recorded, asked);
  const dismissals = dismissalsIn(inspection);
  const items = new Map(inspection.items.map((item) => [item.itemId, item]));
  const corrections = correctionsIn(inspection);
  return flagRules.flatMap((rule) =>
    [...RULES[rule](inspection)].sort(inOrderOfItems).map(({ itemId, ...sighting }) => {
      const item = itemId === null ? undefined : items.get(itemId);
      const about = { itemId, title: item?.title ?? null, lead: item?.state.lead ?? null };
      const known = dismissals.get(keyOf(itemId, rule)) ?? [];
      return flag(rule, about, { sighting, corrections: corrections(sighting.entries) }, inspection, known);
    }),
  );
}

type OfItem = { readonly itemId: ItemId | null };

/** That of the case first. Numbers of items have one width, and so compare as text. */
const inOrderOfItems = ({ itemId: one }: OfItem, { itemId: other }: OfItem): number =>
  (one ?? '') < (other ?? '') ? -1 : 1;

const keyOf = (itemId: ItemId | null, rule: string): string => `${itemId ?? ''} ${rule}`;

function flag(
  rule: FlagRule,
  about: Pick<Flag, 'itemId' | 'title' | 'lead'>,
  { sighting, corrections }: { readonly sighting: Sighting; readonly corrections: readonly Pointed[] },
  { caseId, zone }: CaseHistory,
  dismissals: readonly Standing<'FlagDismissed'>[],
): Flag {
  const { entries, values = {}, since } = sighting;
  const pointed = inOrder([...entries, ...corrections], caseId);
  const newest = newestDay(since === undefined ? pointed : corrections, zone);
  const from = since !== undefined && (newest === undefined || newest < since) ? since : (newest as Day);
  const dismissal = dismissals.findLast((one) => covers(one, pointed, from, zone));
  return {
    caseId,
    ...about,
    rule,
    severity: FLAG_RULES[rule].severity,
    since: from,
    entries: pointed.map(refTo),
    values,
    dismissed: dismissal ? presented(dismissal) : null,
  };
}

const refTo = ({ caseId, itemId, seq, type, recordedAt }: Pointed): EntryRef => ({
  caseId,
  itemId: itemId ?? null,
  seq,
  type,
  recordedAt,
});

/** Each entry once: other cases' first, then the case's own, then item by item, each in seq order. */
function inOrder(entries: readonly Pointed[], ownCase: CaseId): readonly Pointed[] {
  const place = ({ caseId, itemId, seq }: Pointed): string =>
    `${caseId === ownCase ? '1' : `0${caseId}`} ${itemId ?? ''} ${String(seq).padStart(6, '0')}`;
  const byPlace = new Map(entries.map((entry) => [place(entry), entry]));
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

/** A dismissal speaks of what there was to see when it was recorded, and of nothing that came later. */
function covers(
  dismissal: Standing<'FlagDismissed'>,
  entries: readonly Pointed[],
  since: Day,
  zone: ZoneOffset,
): boolean {
  const seen = ({ caseId, itemId, seq, recordedAt }: Pointed): boolean =>
    caseId === dismissal.caseId && itemId === dismissal.itemId
      ? seq < dismissal.seq
      : recordedAt <= dismissal.recordedAt;
  return since <= dayOf(dismissal.recordedAt, zone) && entries.every(seen);
}

const presented = ({ seq, recordedAt, actor, text }: Standing<'FlagDismissed'>): Dismissal => ({
  seq,
  recordedAt,
  actor,
  reason: text?.reason ?? null,
});

/** Dismissals by stream and rule, in the order of their recording. */
function dismissalsIn({ of, items }: CaseHistory): ReadonlyMap<string, readonly Standing<'FlagDismissed'>[]> {
  const all = [...of('FlagDismissed'), ...items.flatMap((item) => item.of('FlagDismissed'))];
  return groupedBy(all, ({ itemId, data }) => keyOf(itemId ?? null, data.rule));
}
