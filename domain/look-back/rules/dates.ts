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
import type { ItemEvent, ItemEventType } from '../../events.ts';
import type { Effect, Resolved } from '../../resolve.ts';
import type { CaseRule, ItemRule, Pointed, Sighting } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import { type ItemHistory, inOrderOfSeq, WORK_TYPES } from '../item-history.ts';
import { deadlinesOf } from './deadlines.ts';

/** Measures, completions and evidence that say of themselves that they were on a day that is odd. */
function datedWithin(
  { measures, evidence }: ItemHistory,
  inspection: CaseHistory,
  isOdd: (date: PartialDate) => boolean,
): Sighting | undefined {
  const oddAt = (date: PartialDate | undefined): boolean => date !== undefined && isOdd(date);
  const odd: Pointed[] = [];
  for (const { adopted, completions } of measures) {
    for (const entry of [adopted, ...completions]) if (oddAt(entry.occurredOn)) odd.push(entry);
  }
  for (const entry of evidence) {
    if (oddAt(entry.data.documentDate) || oddAt(entry.occurredOn)) odd.push(entry);
  }
  return odd.length > 0 ? { entries: [...inspection.of('CaseOpened'), ...odd] } : undefined;
}

/** Work from before anybody had come to look. */
export const datedBeforeInspection: ItemRule = (item, inspection) => {
  const period = inspection.view.inspection;
  if (period === null) return undefined;
  const begun = earliestDay(period.from);
  return datedWithin(item, inspection, (date) => lastDay(date) < begun);
};

/** Work on a problem before it was fed back; what is to be put right at once may well be. */
export const datedBeforeFeedback: ItemRule = (item, inspection) => {
  const { feedbackOn, inspection: period } = inspection.view;
  if (feedbackOn === null || item.state.term === 'immediate') return undefined;
  const begun = period === null ? undefined : earliestDay(period.from);
  const fedBack = earliestDay(feedbackOn);
  return datedWithin(
    item,
    inspection,
    (date) => lastDay(date) < fedBack && (begun === undefined || lastDay(date) >= begun),
  );
};

/** Those that say of themselves that they happened long before. */
function lateAmong(
  entries: readonly (Pointed & Effect)[],
  { thresholds, zone }: CaseHistory,
): Sighting | undefined {
  let days = 0;
  const late = entries.filter(({ assumed, effectOn, recordedAt }) => {
    const lag = assumed ? 0 : daysBetween(effectOn, dayOf(recordedAt, zone));
    days = Math.max(days, lag);
    return lag > thresholds.lateDays;
  });
  return late.length > 0 ? { entries: late, values: { days } } : undefined;
}

/** Acts besides work; that issues are raised and assigned long after the feedback says nothing. */
const ACTS = [
  'ClosureRequested',
  'ClosureEndorsed',
  'ClosureReturned',
  'ItemClosed',
  'ItemReopened',
  'ExtensionRequested',
  'DeadlineExtended',
  'LookBackFindingRecorded',
] as const satisfies readonly ItemEventType[];

export const recordedLate: ItemRule = ({ work, of }, inspection) => {
  const all = (type: ItemEventType) => of(type) as readonly Resolved<ItemEvent>[];
  // Of work, what offices withdrew is left out; the committee's and the reviewers' is none of theirs.
  const others = WORK_TYPES.flatMap((type) => all(type).filter(({ actor }) => actor.role !== 'office'));
  const own = [...others, ...ACTS.flatMap(all)].filter(({ source }) => source === undefined);
  return lateAmong([...work, ...own], inspection);
};

/** What is recorded of the case itself may be written up afterwards as well. */
export const caseRecordedLate: CaseRule = function* (inspection) {
  const { of } = inspection;
  const results = [
    ...of('PlanIssued'),
    ...of('AccountabilityRecorded'),
    ...of('InstitutionRecorded'),
    ...of('FundsRecovered'),
    ...of('NoticePublished'),
    ...of('LookBackOpened'),
    ...of('LookBackConcluded'),
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

/** Each in the order of its recording; one after the other they are all work of the offices that is meant. */
type Streams = readonly (readonly Pointed[])[];

/** Entries of the offices in the last days up to a date, where they are many, and most of all there are. */
function burstBefore(work: Streams, date: Day, { thresholds, zone }: CaseHistory) {
  const { burstDays, burstEntries, burstPercent } = thresholds;
  const [from, until] = [endOfDay(daysAfter(date, -burstDays), zone), endOfDay(date, zone)];
  const within = work.map((entries) => ({
    entries,
    from: countBy(entries, from),
    to: countBy(entries, until),
  }));
  const all = within.reduce((sum, { to }) => sum + to, 0);
  const count = all - within.reduce((sum, stream) => sum + stream.from, 0);
  if (count < burstEntries || count * 100 < all * burstPercent) return undefined;
  return within.flatMap((stream) => stream.entries.slice(stream.from, stream.to));
}

/** A day that the offices knew of, and the entry that set it. */
interface Awaited {
  readonly date: Day;
  readonly setBy: Pointed;
}

/** One flag for all bursts: each lists its entries, so that a dismissal of one does not hide the next. */
function bursts(work: Streams, inspection: CaseHistory, dates: readonly Awaited[]): Sighting | undefined {
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
    [item.work],
    inspection,
    deadlinesOf(item).map(({ deadline, setBy }) => ({ date: lastDay(deadline), setBy })),
  );

/** One that was written up afterwards began all the same on its day. */
const lookBacksOf = ({ of }: CaseHistory): readonly Awaited[] =>
  of('LookBackOpened').map((setBy) => ({ date: setBy.effectOn, setBy }));

export const burstBeforeLookBack: ItemRule = ({ work }, inspection) =>
  bursts([work], inspection, lookBacksOf(inspection));

/** A few entries an item are no burst of the item; the whole register in one go is one. */
export const registerBurstBeforeLookBack: CaseRule = function* (inspection) {
  const lookBacks = lookBacksOf(inspection);
  if (lookBacks.length === 0) return;
  const work = inspection.items.flatMap((item) => [
    item.work,
    inOrderOfSeq(item.of('ClosureRequested').filter(({ source }) => source === undefined)),
  ]);
  const sighting = bursts(work, inspection, lookBacks);
  if (sighting) yield { itemId: null, ...sighting };
};
