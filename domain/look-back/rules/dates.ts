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
import type { CaseRule, ItemRule, Pointed, Sighting } from '../flag.ts';
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

/** Those that say of themselves that they happened long before. */
function lateAmong(entries: readonly Resolved[], { thresholds, zone }: CaseHistory): Sighting | undefined {
  let days = 0;
  const late = entries.filter(({ assumed, effectOn, recordedAt }) => {
    const lag = assumed ? 0 : daysBetween(effectOn, dayOf(recordedAt, zone));
    days = Math.max(days, lag);
    return lag > thresholds.lateDays;
  });
  return late.length > 0 ? { entries: late, values: { days } } : undefined;
}

export const recordedLate: ItemRule = ({ work, of }, inspection) =>
  lateAmong([...work, ...of('ClosureRequested'), ...of('ItemClosed')], inspection);

/** What is recorded of the case itself may be written up afterwards as well. */
export const caseRecordedLate: CaseRule = function* (inspection) {
  const { of } = inspection;
  const results = [
    ...of('PlanIssued'),
    ...of('AccountabilityRecorded'),
    ...of('InstitutionRecorded'),
    ...of('FundsRecovered'),
  ];
  const own = results.filter(({ source }) => source === undefined);
  const sighting = lateAmong(own, inspection);
  if (sighting) yield { itemId: null, ...sighting };
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
function burstBefore(work: readonly Pointed[], date: Day, { thresholds, zone }: CaseHistory) {
  const { burstDays, burstEntries, burstPercent } = thresholds;
  const all = countBy(work, endOfDay(date, zone));
  const before = countBy(work, endOfDay(daysAfter(date, -burstDays), zone));
  const count = all - before;
  return count >= burstEntries && count * 100 >= all * burstPercent ? work.slice(before, all) : undefined;
}

/** A day that the offices knew of, and the entry that set it. */
interface Awaited {
  readonly date: Day;
  readonly setBy: Pointed;
}

/** One flag for all bursts: each lists its entries, so that a dismissal of one does not hide the next. */
function bursts(
  work: readonly Pointed[],
  inspection: CaseHistory,
  dates: readonly Awaited[],
): Sighting | undefined {
  const entries = new Set<Pointed>();
  let most = 0;
  for (const { date, setBy } of dates) {
    const burst = burstBefore(work, date, inspection);
    if (!burst) continue;
    most = Math.max(most, burst.length);
    for (const entry of [setBy, ...burst]) entries.add(entry);
  }
  return most > 0 ? { entries: [...entries], values: { entries: most } } : undefined;
}

export const burstBeforeDeadline: ItemRule = (item, inspection) =>
  bursts(
    item.work,
    inspection,
    deadlinesOf(item).map(({ deadline, setBy }) => ({ date: lastDay(deadline), setBy })),
  );

const lookBacksOf = ({ of, zone }: CaseHistory): readonly Awaited[] =>
  of('LookBackOpened').map((setBy) => ({ date: dayOf(setBy.recordedAt, zone), setBy }));

export const burstBeforeLookBack: ItemRule = ({ work }, inspection) =>
  bursts(work, inspection, lookBacksOf(inspection));

/** A few entries an item are no burst of the item; the whole register in one go is one. */
export const registerBurstBeforeLookBack: CaseRule = function* (inspection) {
  const lookBacks = lookBacksOf(inspection);
  if (lookBacks.length === 0) return;
  const work = inspection.items.flatMap((item) => [
    ...item.work,
    ...item.of('ClosureRequested').filter(({ source }) => source === undefined),
  ]);
  work.sort((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1));
  const sighting = bursts(work, inspection, lookBacks);
  if (sighting) yield { itemId: null, ...sighting };
};
