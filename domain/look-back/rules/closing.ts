import { dayOf, daysBetween, earliestDay, epochMs, lastDay, type PartialDate } from '../../dates.ts';
import { groupedBy } from '../../grouping.ts';
import type { CaseRule, ItemRule, Pointed } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import { type ItemHistory, newestOf, type Standing } from '../item-history.ts';

/** What was recorded since the item was raised or reopened, and before the closing: what the closing rests on. */
const inTurn =
  ({ turn, closing }: ItemHistory) =>
  ({ seq }: { readonly seq: number }): boolean =>
    seq > (turn?.seq ?? 0) && seq < (closing?.seq ?? 0);

const known = (...entries: readonly (Pointed | undefined)[]): readonly Pointed[] =>
  entries.filter((entry) => entry !== undefined);

export const closedWithoutEvidence: ItemRule = (item) => {
  const { closing, turn, evidence } = item;
  return closing && !evidence.some(inTurn(item)) ? { entries: known(turn, closing) } : undefined;
};

export const closedWithoutMeasure: ItemRule = (item) => {
  const { closing, turn, measures } = item;
  const within = inTurn(item);
  const moved = measures.some(
    ({ adopted, completed }) => within(adopted) || (completed && within(completed)),
  );
  return closing && !moved ? { entries: known(turn, closing) } : undefined;
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
  const { closing, of, work } = item;
  const returned = closing && newestOf(of('ClosureReturned').filter(inTurn(item)));
  if (!closing || !returned) return undefined;
  const moved = work.some(({ seq }) => seq > returned.seq && seq < closing.seq);
  return moved ? undefined : { entries: [returned, closing] };
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

/** Closings that stand, by the person who made them, in the order of their recording. */
function closingsByPerson({ items }: CaseHistory): readonly (readonly Closed[])[] {
  const closings = items.flatMap((item) => {
    const { closing } = item;
    return closing ? [{ item, closing, at: epochMs(closing.recordedAt) }] : [];
  });
  closings.sort((one, other) => one.at - other.at);
  return [...groupedBy(closings, ({ closing: { actor } }) => `${actor.iss}\n${actor.sub}`).values()];
}

/** One person closed many items within minutes: was each of them reviewed? */
export const closedInBulk: CaseRule = function* (inspection) {
  const { bulkItems, bulkMinutes } = inspection.thresholds;
  for (const closings of closingsByPerson(inspection)) {
    // The first of a window that holds each closing, and where the cluster of touching windows begins.
    let covered = 0;
    let cluster: { readonly closed: Closed; readonly window: readonly Closed[] }[] = [];
    const flagged: (typeof cluster)[] = [];
    for (let first = 0; first + bulkItems <= closings.length; first += 1) {
      const window = closings.slice(first, first + bulkItems);
      const [from, to] = [window[0] as Closed, window.at(-1) as Closed];
      if (to.at - from.at > bulkMinutes * 60_000) continue;
      if (first >= covered) {
        cluster = [];
        flagged.push(cluster);
        covered = first;
      }
      for (; covered < first + bulkItems; covered += 1) {
        cluster.push({ closed: closings[covered] as Closed, window });
      }
    }
    for (const touched of flagged) {
      for (const { closed, window } of touched) {
        const entries = window.map(({ closing }) => closing);
        yield { itemId: closed.item.itemId, entries, values: { items: touched.length } };
      }
    }
  }
};

export const longTermClosedFast: ItemRule = ({ closing, of, state }, { thresholds }) => {
  const raised = of('IssueRaised')[0];
  if (!closing || !raised || state.term !== 'long-term') return undefined;
  const days = daysBetween(raised.effectOn, closing.effectOn);
  if (days >= thresholds.longTermDays) return undefined;
  const assigned = of('OfficeAssigned').find(({ data }) => data.term !== undefined);
  return { entries: known(raised, assigned, closing), values: { days } };
};

export const correctedAfterClosing: ItemRule = ({ closing, recorded }) => {
  if (!closing || recorded.at(-1)?.seq === closing.seq) return undefined;
  const bySeq = new Map(recorded.map((event) => [event.seq, event]));
  const entries = recorded.flatMap((event) => {
    if (!event.known || event.seq < closing.seq) return [];
    if (event.type !== 'EntryCorrected' && event.type !== 'EntryVoided') return [];
    return known(event, bySeq.get(event.data.target));
  });
  return entries.length > 0 ? { entries: [closing, ...entries] } : undefined;
};
