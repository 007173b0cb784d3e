import { type Day, effectDay, type Instant, type ZoneOffset } from '../../dates.ts';
import type { LedgerEvent } from '../../events.ts';
import type { ItemId } from '../../ids.ts';
import { DaySums } from '../day-sums.ts';
import type { CaseRule, Pointed } from '../flag.ts';
import {
  addedByItem,
  amends,
  type Change,
  changesIn,
  changesOfCase,
  type Moving,
  movingIn,
  type Notice,
  SUMS,
  type Told,
  TURNS,
} from '../told-changes.ts';

const after =
  ({ notice, day }: Told) =>
  (one: { readonly recordedAt: Instant; readonly day: Day | undefined }) =>
    one.recordedAt > notice.recordedAt && (one.day === undefined || one.day <= day);

/** The notices, of those in the order of recording, whose day has other totals now: one pass from the newest on. */
function differing(told: readonly Told[], changes: readonly Change[]): readonly Told[] {
  const newestFirst = [...changes].sort((one, other) => (one.recordedAt > other.recordedAt ? -1 : 1));
  const days = [...new Set(changes.map(({ day }) => day))].sort();
  const totals = new Map<string, DaySums>();
  let next = 0;
  return [...told]
    .reverse()
    .filter(({ notice, day }) => {
      for (; next < newestFirst.length; next += 1) {
        const { recordedAt, total, amount, day: from } = newestFirst[next] as Change;
        if (recordedAt <= notice.recordedAt) break;
        const sums = totals.get(total) ?? new DaySums(days);
        totals.set(total, sums);
        sums.add(from, amount);
      }
      return [...totals.values()].some((sums) => sums.upTo(day) !== 0);
    })
    .reverse();
}

/** The entries of an item that came after such a notice and move what it told. */
function movedAfter({ changes, entries }: Moving, told: readonly Told[]): readonly LedgerEvent[] {
  const newest =
    changes
      .map(({ recordedAt }) => recordedAt)
      .sort()
      .at(-1) ?? '';
  let left = entries;
  const moved: LedgerEvent[] = [];
  for (const one of told) {
    if (left.length === 0 || one.notice.recordedAt >= newest) break;
    const isAfter = after(one);
    const sums = new Map<string, number>();
    for (const change of changes) {
      if (isAfter(change)) sums.set(change.total, (sums.get(change.total) ?? 0) + change.amount);
    }
    if ([...sums.values()].every((sum) => sum === 0)) continue;
    const counts = ({ event, day }: Moving['entries'][number]): boolean =>
      isAfter({ recordedAt: event.recordedAt, day });
    moved.push(...left.filter(counts).map(({ event }) => event));
    left = left.filter((entry) => !counts(entry));
  }
  return moved;
}

/** The entries that came after one of these notices and count by its day. */
function countedBy({ entries }: Moving, told: readonly Told[]): readonly LedgerEvent[] {
  let next = 0;
  let latest: Day | undefined;
  return entries.flatMap(({ event, day }) => {
    for (; next < told.length; next += 1) {
      const one = told[next] as Told;
      if (one.notice.recordedAt >= event.recordedAt) break;
      if (latest === undefined || one.day > latest) latest = one.day;
    }
    return latest !== undefined && (day === undefined || day <= latest) ? [event] : [];
  });
}

/** What a notice told the public of a day is not what the ledger knows of that day now. */
export const publishedTotalsDiffer: CaseRule = function* ({ of, cut, items, recorded, zone }) {
  const told = [...of('NoticePublished')]
    .sort((one, other) => one.seq - other.seq)
    .map((notice): Told => {
      const { asOf } = notice.data;
      return {
        notice,
        day: cut.effectiveOn !== undefined && cut.effectiveOn < asOf ? cut.effectiveOn : asOf,
      };
    });
  const [first] = told;
  if (!first) return;
  const isLate = (events: readonly LedgerEvent[]): boolean =>
    (events.at(-1)?.recordedAt ?? '') > first.notice.recordedAt;
  const ofCase = movingIn(recorded, SUMS, zone, (all) => changesOfCase(all, { told, zone }));
  const ofItems = items
    .filter((item) => isLate(item.recorded))
    .map((item) =>
      movingIn(item.recorded, TURNS, zone, (all) => changesIn(all, { told, zone }, addedByItem)),
    );
  const sums = differing(told, ofCase.changes);
  const counts = differing(
    told,
    ofItems.flatMap(({ changes }) => changes),
  );
  if (sums.length === 0 && counts.length === 0) return;
  const moved = [...countedBy(ofCase, sums), ...ofItems.flatMap((item) => movedAfter(item, counts))];
  yield {
    itemId: null,
    entries: [...[...sums, ...counts].map(({ notice }) => notice), ...moved],
  };
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
