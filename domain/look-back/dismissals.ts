import { type Cut, dayOfCut } from '../cut.ts';
import { type Day, dayOf, daysBetween, type Instant } from '../dates.ts';
import { groupedBy } from '../grouping.ts';
import type { ItemId } from '../ids.ts';
import type { FlagRule } from './catalogue.ts';
import { type Asked, type CaseEvents, type CaseHistory, readHistory } from './history.ts';
import type { Standing } from './item-history.ts';
import { comparesItems } from './rules.ts';
import { placeOf, type Sighted, sightings } from './sightings.ts';

type Dismissed = Standing<'FlagDismissed'>;

/**
 * Finds the dismissal that covers what a rule sees: the newest one of the rule there, as long as its person could see
 * all of it. Flags are raised again as of the dismissal, and compared: an entry that came later, or was not part of it
 * then, another count, a correction, a voiding or another threshold brings the flag back.
 */
export function dismissals(
  recorded: CaseEvents,
  asked: Asked,
  { of, items }: CaseHistory,
): (rule: FlagRule, sighted: Sighted) => Dismissed | undefined {
  const all = [...of('FlagDismissed'), ...items.flatMap((item) => item.of('FlagDismissed'))];
  if (all.length === 0) return () => undefined;
  const known = groupedBy(all, ({ itemId, data }) => keyOf(itemId ?? null, data.rule));
  const then = sightedAt(recorded, asked);
  return (rule, sighted) => {
    const newest = known.get(keyOf(sighted.itemId, rule))?.at(-1);
    if (!newest || !wasRecorded(sighted, newest, asked)) return undefined;
    const { seen, today } = then(rule, sighted.itemId, newest.recordedAt);
    const elapsed = daysBetween(today, asked.today);
    return seen && isSeen(sighted, seen, elapsed, recorded) ? newest : undefined;
  };
}

const keyOf = (itemId: ItemId | null, rule: string): string => `${itemId ?? ''} ${rule}`;

/** What came after a dismissal its person cannot have meant; in its own stream not even within the same instant. */
function wasRecorded({ entries, since }: Sighted, dismissal: Dismissed, { zone }: Asked): boolean {
  const { caseId, itemId, recordedAt, seq } = dismissal;
  return (
    since <= dayOf(recordedAt, zone) &&
    entries.every((entry) =>
      entry.caseId === caseId && entry.itemId === itemId ? entry.seq < seq : entry.recordedAt <= recordedAt,
    )
  );
}

/** Nothing that was not there, and the same counts; days that went by since may be counted as well. */
function isSeen(now: Sighted, then: Sighted, elapsed: number, { caseId }: CaseEvents): boolean {
  const places = new Set(then.entries.map((entry) => placeOf(entry, caseId)));
  const counted = Object.entries(now.values).every(([name, value]) => {
    const grown = value - (then.values[name] ?? Number.NaN);
    return grown === 0 || (now.byTime && grown === elapsed);
  });
  return counted && now.entries.every((entry) => places.has(placeOf(entry, caseId)));
}

/** What a rule saw on an item, or on the case, as of an instant; of the day that is asked about. */
function sightedAt(recorded: CaseEvents, { cut, zone, earlier }: Asked) {
  const whole = new Map<string, ReturnType<typeof sightings>>();
  let changes: readonly Instant[] | undefined;
  const at = (events: CaseEvents, recordedAsOf: Instant, today: Day) => {
    const then: Cut = { recordedAsOf, effectiveOn: cut.effectiveOn };
    return sightings(readHistory(events, { cut: then, today, zone, earlier }));
  };
  return (
    rule: FlagRule,
    itemId: ItemId | null,
    instant: Instant,
  ): { readonly seen: Sighted | undefined; readonly today: Day } => {
    const today = dayOfCut({ recordedAsOf: instant, effectiveOn: cut.effectiveOn }, instant, zone);
    const ofItem = (seen: ReturnType<typeof sightings>) => ({
      seen: seen(rule).find((one) => one.itemId === itemId),
      today,
    });
    if (itemId !== null && !comparesItems(rule)) {
      // The item's own entries tell, and the case's: the other items need no reading.
      const items = recorded.items.filter((item) => item.itemId === itemId);
      return ofItem(at({ ...recorded, items }, instant, today));
    }
    // Between the dismissals of one sitting nothing else changes: what was seen at the first was seen at the next.
    changes ??= changesOf(recorded);
    const key = `${today} ${changes.findLast((change) => change <= instant) ?? ''}`;
    const seen = whole.get(key) ?? at(recorded, instant, today);
    whole.set(key, seen);
    return ofItem(seen);
  };
}

/** When anything but a dismissal was recorded, in order. */
const changesOf = ({ events, items }: CaseEvents): readonly Instant[] =>
  [events, ...items.map((item) => item.events)]
    .flatMap((stream) =>
      stream.flatMap(({ type, recordedAt }) => (type === 'FlagDismissed' ? [] : [recordedAt])),
    )
    .sort();
