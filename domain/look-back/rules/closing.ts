import { dayOf, daysBetween, earliestDay, epochMs, lastDay, type PartialDate } from '../../dates.ts';
import { groupedBy } from '../../grouping.ts';
import type { Thresholds } from '../catalogue.ts';
import type { CaseRule, ItemRule, Pointed } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import { type ItemHistory, isOfficeWork, newestOf, type Standing, WORK_TYPES } from '../item-history.ts';
import { isNewIn } from '../new-work.ts';
import { undone, type Voided } from '../voided.ts';

/** What was recorded since the item was raised or reopened, and before the closing: what the closing rests on. */
const inTurn =
  ({ turn, closing }: ItemHistory) =>
  ({ seq }: { readonly seq: number }): boolean =>
    seq > (turn?.seq ?? 0) && seq < (closing?.seq ?? 0);

const known = (...entries: readonly (Pointed | undefined)[]): readonly Pointed[] =>
  entries.filter((entry) => entry !== undefined);

export const closedWithoutEvidence: ItemRule = (item) => {
  const { closing, turn, evidence, voided } = item;
  if (!closing) return undefined;
  const within = inTurn(item);
  const given = evidence.filter(within);
  const isNew = isNewIn(item);
  if (given.some(isNew)) return undefined;
  const gone = voided('EvidenceAttached').filter(({ entry }) => within(entry) && isOfficeWork(entry));
  return { entries: [...known(turn, closing), ...given, ...undone(gone)] };
};

export const closedWithoutMeasure: ItemRule = (item) => {
  const { closing, turn, measures, voided } = item;
  const within = inTurn(item);
  const moved = measures.some(
    ({ adopted, completed }) => within(adopted) || (completed && within(completed)),
  );
  if (!closing || moved) return undefined;
  const gone = [...voided('MeasureAdopted'), ...voided('MeasureCompleted')];
  return { entries: [...known(turn, closing), ...undone(gone.filter(({ entry }) => within(entry)))] };
};

/** The closer did some of the work, or belongs to an office that was to do it. */
export const closerInvolved: ItemRule = ({ closing, of, recorded }) => {
  if (!closing) return undefined;
  const { iss, sub, office } = closing.actor;
  const assigned = of('OfficeAssigned').filter(
    ({ data }) => data.lead === office || data.supporting?.includes(office),
  );
  const took = new Set(['MeasureAdopted', 'MeasureCompleted', 'EvidenceAttached']);
  const own = recorded.filter(
    ({ actor, source, type, seq }) =>
      source === undefined &&
      seq < closing.seq &&
      actor.iss === iss &&
      actor.sub === sub &&
      (actor.role === 'office' || took.has(type)),
  );
  const entries = [...assigned, ...own];
  return entries.length > 0 ? { entries: [...entries, closing] } : undefined;
};

export const closedAfterReturnUnchanged: ItemRule = (item) => {
  const { closing, of, work, voided } = item;
  const returned = closing && newestOf(of('ClosureReturned').filter(inTurn(item)));
  if (!closing || !returned) return undefined;
  const between = ({ seq }: { readonly seq: number }): boolean => seq > returned.seq && seq < closing.seq;
  const isNew = isNewIn(item);
  const given = work.filter(between);
  if (given.some(isNew)) return undefined;
  const gone = WORK_TYPES.flatMap((type): readonly Voided[] => voided(type));
  return { entries: [returned, closing, ...given, ...undone(gone.filter(({ entry }) => between(entry)))] };
};

/** Evidence of the closing that is younger than the closing: by its own date, or by when the ledger got it. */
export const evidenceAfterClosing: ItemRule = (item, { zone }) => {
  const { closing, evidence } = item;
  if (!closing) return undefined;
  const younger = evidence.filter(inTurn(item)).filter(({ data, occurredOn, recordedAt }) => {
    const days = [data.documentDate, occurredOn].filter((date) => date !== undefined).map(earliestDay);
    return [...days, dayOf(recordedAt, zone)].some((day) => day > closing.effectOn);
  });
  return younger.length > 0 ? { entries: [...younger, closing] } : undefined;
};

interface Dated {
  readonly occurredOn: PartialDate | undefined;
}

/** Certainly earlier, however vague the dates; undated entries are in any order. */
const isBefore = (one: Dated, other: Dated): boolean =>
  one.occurredOn !== undefined &&
  other.occurredOn !== undefined &&
  lastDay(one.occurredOn) < earliestDay(other.occurredOn);

/** A step dated before the one that it follows from. */
export const stepsOutOfOrder: ItemRule = ({ closing, measures, of }) => {
  if (!closing) return undefined;
  const request = newestOf(of('ClosureRequested').filter(({ seq }) => seq < closing.seq));
  const pairs: Pointed[] = [];
  for (const { adopted, completions } of measures) {
    for (const completed of completions) {
      if (isBefore(completed, adopted)) pairs.push(adopted, completed);
      if (request && completed.seq < request.seq && isBefore(request, completed)) {
        pairs.push(completed, request);
      }
    }
  }
  if (request && isBefore(closing, request)) pairs.push(request, closing);
  return pairs.length > 0 ? { entries: pairs } : undefined;
};

interface Closed {
  readonly item: ItemHistory;
  readonly closing: Standing<'ItemClosed'>;
  readonly at: number;
}

/** Every closing, also of items reopened since, by the person who made it, in the order of their recording. */
function closingsByPerson({ items }: CaseHistory): readonly (readonly Closed[])[] {
  const closings = items.flatMap((item) =>
    item.of('ItemClosed').map((closing) => ({ item, closing, at: epochMs(closing.recordedAt) })),
  );
  closings.sort((one, other) => one.at - other.at);
  return [...groupedBy(closings, ({ closing: { actor } }) => `${actor.iss}\n${actor.sub}`).values()];
}

const itemsIn = (closings: readonly Closed[]): number => new Set(closings.map(({ item }) => item)).size;

/** From the closing at `first` on, as few as close `bulkItems` items; undefined where that takes too long. */
function windowFrom(
  closings: readonly Closed[],
  first: number,
  { bulkItems, bulkMinutes }: Thresholds,
): readonly Closed[] | undefined {
  const until = (closings[first]?.at ?? 0) + bulkMinutes * 60_000;
  const items = new Set<ItemHistory>();
  for (let end = first; end < closings.length; end += 1) {
    const { item, at } = closings[end] as Closed;
    if (at > until) return undefined;
    if (items.add(item).size === bulkItems) return closings.slice(first, end + 1);
  }
  return undefined;
}

/** One person closed many items within minutes: was each of them reviewed? Asked of the closings that stand. */
export const closedInBulk: CaseRule = function* (inspection) {
  for (const closings of closingsByPerson(inspection)) {
    // The first of a window that holds each closing, and where the cluster of touching windows begins.
    let covered = 0;
    let cluster: { readonly closed: Closed; readonly window: readonly Closed[] }[] = [];
    const clusters: (typeof cluster)[] = [];
    for (let first = 0; first < closings.length; first += 1) {
      const window = windowFrom(closings, first, inspection.thresholds);
      if (!window) continue;
      if (first >= covered) {
        cluster = [];
        clusters.push(cluster);
        covered = first;
      }
      for (; covered < first + window.length; covered += 1) {
        cluster.push({ closed: closings[covered] as Closed, window });
      }
    }
    for (const touched of clusters) {
      const items = itemsIn(touched.map(({ closed }) => closed));
      for (const { closed, window } of touched) {
        if (closed.closing !== closed.item.closing) continue;
        const entries = window.map(({ closing }) => closing);
        yield { itemId: closed.item.itemId, entries, values: { items } };
      }
    }
  }
};

export const longTermClosedFast: ItemRule = ({ closing, turn, of, state }, { thresholds }) => {
  if (!closing || !turn || state.term !== 'long-term') return undefined;
  const days = daysBetween(turn.effectOn, closing.effectOn);
  if (days >= thresholds.longTermDays) return undefined;
  const assigned = of('OfficeAssigned').find(({ data }) => data.term !== undefined);
  return { entries: known(turn, assigned, closing), values: { days } };
};

export const correctedAfterClosing: ItemRule = ({ closing, recorded }) => {
  if (!closing || recorded.at(-1)?.seq === closing.seq) return undefined;
  const bySeq = new Map(recorded.map((event) => [event.seq, event]));
  const entries = recorded.flatMap((event) => {
    if (!event.known || event.seq < closing.seq) return [];
    if (event.type !== 'EntryCorrected' && event.type !== 'EntryVoided') return [];
    const target = bySeq.get(event.data.target);
    // What came after the closing, such as what a look-back found, was not reviewed for it.
    return target && target.seq <= closing.seq ? [event, target] : [];
  });
  return entries.length > 0 ? { entries: [closing, ...entries] } : undefined;
};
