import { type Cut, dayOfCut } from '../cut.ts';
import { dayOf, type Instant } from '../dates.ts';
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
    const seen = then(rule, sighted.itemId, newest.recordedAt);
    return seen && isSeen(sighted, seen, recorded) ? newest : undefined;
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

/** Nothing that was not there, and the same counts; those of time alone go on. */
function isSeen(now: Sighted, then: Sighted, { caseId }: CaseEvents): boolean {
  const places = new Set(then.entries.map((entry) => placeOf(entry, caseId)));
  return (
    now.entries.every((entry) => places.has(placeOf(entry, caseId))) &&
    (now.byTime || JSON.stringify(now.values) === JSON.stringify(then.values))
  );
}

/** What a rule saw on an item, or on the case, as of an instant; of the day that is asked about. */
function sightedAt(recorded: CaseEvents, { cut, zone, earlier }: Asked) {
  const whole = new Map<Instant, ReturnType<typeof sightings>>();
  const at = (events: CaseEvents, recordedAsOf: Instant) => {
    const then: Cut = { recordedAsOf, effectiveOn: cut.effectiveOn };
    return sightings(
      readHistory(events, { cut: then, today: dayOfCut(then, recordedAsOf, zone), zone, earlier }),
    );
  };
  return (rule: FlagRule, itemId: ItemId | null, instant: Instant): Sighted | undefined => {
    const ofItem = (seen: ReturnType<typeof sightings>) => seen(rule).find((one) => one.itemId === itemId);
    if (itemId !== null && !comparesItems(rule)) {
      // The item's own entries tell, and the case's: the other items need no reading.
      const items = recorded.items.filter((item) => item.itemId === itemId);
      return ofItem(at({ ...recorded, items }, instant));
    }
    const seen = whole.get(instant) ?? at(recorded, instant);
    whole.set(instant, seen);
    return ofItem(seen);
  };
}
