import type { Cut } from '../../cut.ts';
import { type Day, effectDay, type ZoneOffset } from '../../dates.ts';
import type { EventOf, LedgerEvent } from '../../events.ts';
import type { ItemId } from '../../ids.ts';
import { foldCaseView, foldItem } from '../../replay.ts';
import { resolve } from '../../resolve.ts';
import type { CaseRule, Pointed } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import type { Standing } from '../item-history.ts';

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

/** What was recorded after the notice and moves its totals: such entries that count by its day, and amendments of them. */
function moving(
  recorded: readonly LedgerEvent[],
  types: ReadonlySet<string>,
  notice: Notice,
  day: Day,
  zone: ZoneOffset,
): readonly LedgerEvent[] {
  if ((recorded.at(-1)?.recordedAt ?? '') <= notice.recordedAt) return [];
  const typeOf = new Map(recorded.map(({ seq, type }) => [seq, type]));
  const dayNow = new Map(resolve(recorded, zone).map(({ seq, effectOn }) => [seq, effectOn]));
  return recorded.filter((event) => {
    if (event.recordedAt <= notice.recordedAt) return false;
    if (amends(event)) return types.has(typeOf.get(event.data.target) ?? '');
    const countsFrom = dayNow.get(event.seq);
    return types.has(event.type) && countsFrom !== undefined && countsFrom <= day;
  });
}

/** An item as far as totals tell: whether it counts, and as closed. */
function counted(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut) {
  const { status } = foldItem(events, zone, cut);
  return {
    items: status === undefined || status === 'withdrawn' ? 0 : 1,
    closed: status === 'closed' ? 1 : 0,
  };
}

function sums(events: readonly LedgerEvent[], zone: ZoneOffset, cut: Cut): string {
  const { accountability, institutions, fundsFen } = foldCaseView(events, zone, cut);
  const persons = accountability.map(({ kind, measure, persons: count }) => `${kind} ${measure} ${count}`);
  return JSON.stringify([persons.sort(), institutions, fundsFen]);
}

/** The entries that make the notice's totals differ from those known now for the same day. */
function differing(notice: Notice, { cut, items, recorded, zone }: CaseHistory): readonly LedgerEvent[] {
  const { asOf } = notice.data;
  const day = cut.effectiveOn !== undefined && cut.effectiveOn < asOf ? cut.effectiveOn : asOf;
  const known: Cut = { recordedAsOf: cut.recordedAsOf, effectiveOn: day };
  const believed: Cut = { recordedAsOf: notice.recordedAt, effectiveOn: day };
  const ofCase = moving(recorded, SUMS, notice, day, zone);
  const differs = ofCase.length > 0 && sums(recorded, zone, believed) !== sums(recorded, zone, known);
  const sum = { items: 0, closed: 0 };
  const ofItems = items.flatMap((item) => {
    const entries = moving(item.recorded, TURNS, notice, day, zone);
    if (entries.length === 0) return [];
    const then = counted(item.recorded, zone, believed);
    const now = counted(item.recorded, zone, known);
    sum.items += now.items - then.items;
    sum.closed += now.closed - then.closed;
    return now.items === then.items && now.closed === then.closed ? [] : entries;
  });
  return [...(differs ? ofCase : []), ...(sum.items !== 0 || sum.closed !== 0 ? ofItems : [])];
}

/** What a notice told the public of a day is not what the ledger knows of that day now. */
export const publishedTotalsDiffer: CaseRule = function* (inspection) {
  const entries: Pointed[] = [];
  for (const notice of inspection.of('NoticePublished')) {
    const moved = differing(notice, inspection);
    if (moved.length > 0) entries.push(notice, ...moved);
  }
  if (entries.length > 0) yield { itemId: null, entries };
};

/** Amendments of what a notice rested on, with their targets and the notice. */
function amendedSince(
  notices: readonly Notice[],
  recorded: readonly LedgerEvent[],
  zone: ZoneOffset,
): readonly Pointed[] {
  const first = notices[0]?.recordedAt;
  if (first === undefined || (recorded.at(-1)?.recordedAt ?? '') <= first) return [];
  const bySeq = new Map(recorded.map((event) => [event.seq, event]));
  return recorded.flatMap((event) => {
    const target = amends(event) && event.recordedAt > first ? bySeq.get(event.data.target) : undefined;
    if (!target || target.type === 'NoticePublished') return [];
    const day = effectDay(target.occurredOn, target.recordedAt, zone);
    const notice = notices.find(
      ({ recordedAt, data }) =>
        target.recordedAt <= recordedAt && recordedAt < event.recordedAt && day <= data.asOf,
    );
    return notice ? [notice, target, event] : [];
  });
}

export const correctedAfterPublication: CaseRule = function* ({ of, items, recorded, zone }) {
  const notices = [...of('NoticePublished')].sort((one, other) => one.seq - other.seq);
  const streams: readonly (readonly [ItemId | null, readonly LedgerEvent[]])[] = [
    [null, recorded],
    ...items.map((item) => [item.itemId, item.recorded] as const),
  ];
  for (const [itemId, events] of streams) {
    const entries = amendedSince(notices, events, zone);
    if (entries.length > 0) yield { itemId, entries };
  }
};
