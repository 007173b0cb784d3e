import {
  type Day,
  dayOf,
  daysAfter,
  daysBetween,
  earliestDay,
  endOfDay,
  type Instant,
  lastDay,
  type PartialDate,
} from '../../dates.ts';
import type { ItemEvent } from '../../events.ts';
import type { Resolved } from '../../resolve.ts';
import type { ItemRule, Pointed, Sighting } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import type { ItemHistory } from '../item-history.ts';
import { deadlinesOf } from './deadlines.ts';

/** Measures, completions and evidence that say of themselves when they were, with those days. */
function datedWork(item: ItemHistory): readonly (readonly [Resolved<ItemEvent>, readonly PartialDate[]])[] {
  const dates = (...given: readonly (PartialDate | undefined)[]): readonly PartialDate[] =>
    given.filter((date) => date !== undefined);
  return [
    ...item.measures.map(({ adopted }) => [adopted, dates(adopted.occurredOn)] as const),
    ...item.measures.flatMap(({ completions }) =>
      completions.map((completed) => [completed, dates(completed.occurredOn)] as const),
    ),
    ...item.evidence.map((one) => [one, dates(one.data.documentDate, one.occurredOn)] as const),
  ];
}

function datedWithin(
  item: ItemHistory,
  inspection: CaseHistory,
  isOdd: (date: PartialDate) => boolean,
): Sighting | undefined {
  const odd = datedWork(item).flatMap(([entry, dates]) => (dates.some(isOdd) ? [entry] : []));
  return odd.length > 0 ? { entries: [...inspection.of('CaseOpened'), ...odd] } : undefined;
}

/** Work from before anybody had come to look. */
export const datedBeforeInspection: ItemRule = (item, inspection) => {
  const from = inspection.view.inspection?.from;
  if (from === undefined) return undefined;
  return datedWithin(item, inspection, (date) => lastDay(date) < earliestDay(from));
};

/** Work on a problem before it was fed back; what is to be put right at once may well be. */
export const datedBeforeFeedback: ItemRule = (item, inspection) => {
  const { feedbackOn, inspection: period } = inspection.view;
  if (feedbackOn === null || item.state.term === 'immediate') return undefined;
  const begun = period === null ? undefined : earliestDay(period.from);
  return datedWithin(
    item,
    inspection,
    (date) => lastDay(date) < earliestDay(feedbackOn) && (begun === undefined || lastDay(date) >= begun),
  );
};

export const recordedLate: ItemRule = ({ work, of }, { thresholds, zone }) => {
  let days = 0;
  const late = [...work, ...of('ClosureRequested'), ...of('ItemClosed')].filter(
    ({ assumed, effectOn, recordedAt }) => {
      const lag = assumed ? 0 : daysBetween(effectOn, dayOf(recordedAt, zone));
      days = Math.max(days, lag);
      return lag > thresholds.lateDays;
    },
  );
  return late.length > 0 ? { entries: late, values: { days } } : undefined;
};

/** How many of the entries, in the order of their recording, were recorded by then. */
function countBy(entries: readonly { readonly recordedAt: Instant }[], until: Instant): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.recordedAt ?? '') <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entries of the offices in the last days up to a date, where they are many, and most of all there are. */
function burstBefore({ work }: ItemHistory, date: Day, { thresholds, zone }: CaseHistory) {
  const { burstDays, burstEntries, burstPercent } = thresholds;
  const all = countBy(work, endOfDay(date, zone));
  const before = countBy(work, endOfDay(daysAfter(date, -burstDays), zone));
  const count = all - before;
  return count >= burstEntries && count * 100 >= all * burstPercent ? work.slice(before, all) : undefined;
}

/** One flag for all bursts: each lists its entries, so that a dismissal of one does not hide the next. */
function bursts(
  item: ItemHistory,
  inspection: CaseHistory,
  dates: readonly { readonly date: Day; readonly setBy: Pointed }[],
): Sighting | undefined {
  const entries = new Set<Pointed>();
  let most = 0;
  for (const { date, setBy } of dates) {
    const burst = burstBefore(item, date, inspection);
    if (!burst) continue;
    most = Math.max(most, burst.length);
    for (const entry of [setBy, ...burst]) entries.add(entry);
  }
  return most > 0 ? { entries: [...entries], values: { entries: most } } : undefined;
}

export const burstBeforeDeadline: ItemRule = (item, inspection) =>
  bursts(
    item,
    inspection,
    deadlinesOf(item).map(({ deadline, setBy }) => ({ date: lastDay(deadline), setBy })),
  );

export const burstBeforeLookBack: ItemRule = (item, inspection) =>
  bursts(
    item,
    inspection,
    inspection
      .of('LookBackOpened')
      .map((setBy) => ({ date: dayOf(setBy.recordedAt, inspection.zone), setBy })),
  );
