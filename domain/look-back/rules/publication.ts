import type { Cut } from '../../cut.ts';
import { type Day, effectDay, type Instant, type PartialDate, type ZoneOffset } from '../../dates.ts';
import type { EventOf, LedgerEvent } from '../../events.ts';
import type { ItemId } from '../../ids.ts';
import { foldCaseView, foldItem } from '../../replay.ts';
import { resolve } from '../../resolve.ts';
import type { CaseRule, Pointed } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import { inOrderOfSeq, type Standing } from '../item-history.ts';

type Notice = Standing<'NoticePublished'>;
type Amending = EventOf<'EntryCorrected'> | EventOf<'EntryVoided'>;

const amends = (event: LedgerEvent): event is Amending =>
  event.known && (event.type === 'EntryCorrected' || event.type === 'EntryVoided');

/** What decides whether an item counts, and as closed. */
const TURNS: ReadonlySet<string> = new Set([
  'IssueRaised',
  'IssueWithdrawn',
  'ClosureRequested',
  'ClosureRequestWithdrawn',
  'ClosureReturned',
  'ItemClosed',
  'ItemReopened',
]);
const SUMS: ReadonlySet<string> = new Set([
  'AccountabilityRecorded',
  'InstitutionRecorded',
  'FundsRecovered',
]);

const isLaterThan = ({ recordedAt }: Notice, recorded: readonly LedgerEvent[]): boolean =>
  (recorded.at(-1)?.recordedAt ?? '') > recordedAt;

/** The entries of a stream that move totals, and what amends them. */
interface Moving {
  readonly entries: readonly LedgerEvent[];
  /** The day from which each counts as it reads now; none of what was voided. */
  readonly dayNow: ReadonlyMap<number, Day>;
}

function movingIn(recorded: readonly LedgerEvent[], types: ReadonlySet<string>, zone: ZoneOffset): Moving {
  const typeOf = new Map(recorded.map(({ seq, type }) => [seq, type]));
  const entries = recorded.filter((event) =>
    types.has(amends(event) ? (typeOf.get(event.data.target) ?? '') : event.type),
  );
  return { entries, dayNow: new Map(resolve(entries, zone).map(({ seq, effectOn }) => [seq, effectOn])) };
}

/** Of these, what came after the notice: entries that count by its day, and amendments. */
const movedSince = ({ entries, dayNow }: Moving, { recordedAt }: Notice, day: Day): readonly LedgerEvent[] =>
  entries.filter((event) => {
    if (event.recordedAt <= recordedAt) return false;
    const from = dayNow.get(event.seq);
    return amends(event) || (from !== undefined && from <= day);
  });

/** An item as far as totals tell: whether it counts, and as closed. */
function counted({ entries }: Moving, zone: ZoneOffset, cut: Cut) {
  const { status } = foldItem(entries, zone, cut);
  return {
    items: status === undefined || status === 'withdrawn' ? 0 : 1,
    closed: status === 'closed' ? 1 : 0,
  };
}

function sums({ entries }: Moving, zone: ZoneOffset, cut: Cut): string {
  const { accountability, institutions, fundsFen } = foldCaseView(entries, zone, cut);
  const persons = accountability.map(({ kind, measure, persons: count }) => `${kind} ${measure} ${count}`);
  return JSON.stringify([persons.sort(), institutions, fundsFen]);
}

/** The entries that make the notice's totals differ from those known now for the same day. */
function differing(
  notice: Notice,
  ofCase: Moving,
  ofItems: readonly Moving[],
  { cut, zone }: CaseHistory,
): readonly LedgerEvent[] {
  const { asOf } = notice.data;
  const day = cut.effectiveOn !== undefined && cut.effectiveOn < asOf ? cut.effectiveOn : asOf;
  const known: Cut = { effectiveOn: day };
  const believed: Cut = { recordedAsOf: notice.recordedAt, effectiveOn: day };
  const added = movedSince(ofCase, notice, day);
  const differs = added.length > 0 && sums(ofCase, zone, believed) !== sums(ofCase, zone, known);
  const change = { items: 0, closed: 0 };
  const turned = ofItems.flatMap((item) => {
    const entries = movedSince(item, notice, day);
    if (entries.length === 0) return [];
    const then = counted(item, zone, believed);
    const now = counted(item, zone, known);
    change.items += now.items - then.items;
    change.closed += now.closed - then.closed;
    return now.items === then.items && now.closed === then.closed ? [] : entries;
  });
  return [...(differs ? added : []), ...(change.items !== 0 || change.closed !== 0 ? turned : [])];
}

/** What a notice told the public of a day is not what the ledger knows of that day now. */
export const publishedTotalsDiffer: CaseRule = function* (history) {
  const { items, recorded, zone } = history;
  const notices = inOrderOfSeq(history.of('NoticePublished'));
  const [first] = notices;
  if (!first) return;
  const ofCase = movingIn(recorded, SUMS, zone);
  const ofItems = items
    .filter((item) => isLaterThan(first, item.recorded))
    .map((item) => movingIn(item.recorded, TURNS, zone));
  const entries = notices.flatMap((notice): readonly Pointed[] => {
    const moved = differing(notice, ofCase, ofItems, history);
    return moved.length > 0 ? [notice, ...moved] : [];
  });
  if (entries.length > 0) yield { itemId: null, entries };
};

/** When an entry took place, as the ledger had it at an instant. */
function dateAt(
  { seq, occurredOn }: LedgerEvent,
  at: Instant,
  recorded: readonly LedgerEvent[],
): PartialDate | undefined {
  const redated = recorded.findLast(
    (event): event is EventOf<'EntryCorrected'> =>
      event.known &&
      event.type === 'EntryCorrected' &&
      event.data.target === seq &&
      event.data.occurredOn !== undefined &&
      event.recordedAt <= at,
  );
  return redated ? (redated.data.occurredOn ?? undefined) : occurredOn;
}

/** Amendments of what a notice rested on, with their targets and the notice. */
function amendedSince(
  notices: readonly Notice[],
  recorded: readonly LedgerEvent[],
  zone: ZoneOffset,
): readonly Pointed[] {
  const [first] = notices;
  if (!first || !isLaterThan(first, recorded)) return [];
  const bySeq = new Map(recorded.map((event) => [event.seq, event]));
  return recorded.flatMap((event) => {
    const target =
      amends(event) && event.recordedAt > first.recordedAt ? bySeq.get(event.data.target) : undefined;
    if (!target || target.type === 'NoticePublished') return [];
    const notice = notices.find(
      ({ recordedAt, data }) =>
        target.recordedAt <= recordedAt &&
        recordedAt < event.recordedAt &&
        effectDay(dateAt(target, recordedAt, recorded), target.recordedAt, zone) <= data.asOf,
    );
    return notice ? [notice, target, event] : [];
  });
}

export const correctedAfterPublication: CaseRule = function* ({ of, items, recorded, zone }) {
  const notices = inOrderOfSeq(of('NoticePublished'));
  const streams: readonly (readonly [ItemId | null, readonly LedgerEvent[]])[] = [
    [null, recorded],
    ...items.map((item) => [item.itemId, item.recorded] as const),
  ];
  for (const [itemId, events] of streams) {
    const entries = amendedSince(notices, events, zone);
    if (entries.length > 0) yield { itemId, entries };
  }
};
