import { type Day, dayOf, daysAfter, daysBetween, type ZoneOffset } from '../dates.ts';
import type { Status } from '../item/state.ts';
import type { StatusChange } from '../item/view.ts';

/** How far the work was on one day. */
export interface ProgressPoint {
  readonly day: Day;
  /** Items raised and not withdrawn. */
  readonly items: number;
  readonly closed: number;
  /** Closed as far as had been recorded by that day: less than `closed` where closings were recorded late. */
  readonly closedAsRecorded: number;
}

type History = readonly StatusChange[];

/** Days from the first change to `until`, evenly apart, both ends included; none where nothing happened. */
export function daysOfProgress(items: readonly History[], until: Day, most: number): readonly Day[] {
  let first = until;
  for (const changes of items) for (const { on } of changes) if (on < first) first = on;
  if (items.every((changes) => changes.length === 0)) return [];
  const span = daysBetween(first, until);
  const steps = Math.min(span, most - 1);
  if (steps === 0) return [until];
  return Array.from({ length: steps + 1 }, (_, index) =>
    daysAfter(first, Math.round((span * index) / steps)),
  );
}

const isAlive = (status: Status | undefined): number =>
  status === undefined || status === 'withdrawn' ? 0 : 1;
const isClosed = (status: Status | undefined): number => (status === 'closed' ? 1 : 0);

/** The first of the days, in order, that is not before this one; their number when all are. */
function placeOf(days: readonly Day[], day: Day): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as Day) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds up from day to day what each turn of an item changes. */
function summed(
  histories: readonly History[],
  days: readonly Day[],
  dayOfTurn: (turn: StatusChange) => Day,
  counts: (status: Status | undefined) => number,
): readonly number[] {
  const changes = new Array<number>(days.length + 1).fill(0);
  for (const history of histories) {
    let before: Status | undefined;
    for (const turn of history) {
      const change = counts(turn.status) - counts(before);
      if (change !== 0) {
        const place = placeOf(days, dayOfTurn(turn));
        changes[place] = (changes[place] ?? 0) + change;
      }
      before = turn.status;
    }
  }
  let sum = 0;
  return days.map((_, index) => {
    sum += changes[index] ?? 0;
    return sum;
  });
}

const bySeq = (one: StatusChange, other: StatusChange): number => one.seq - other.seq;
const byEffect = (one: StatusChange, other: StatusChange): number =>
  one.on < other.on ? -1 : one.on > other.on ? 1 : bySeq(one, other);

/** A withdrawal ends an item, also where it is dated before what had been recorded. */
function untilWithdrawn(turns: History): History {
  const end = turns.findIndex(({ status }) => status === 'withdrawn');
  return end < 0 ? turns : turns.slice(0, end + 1);
}

/**
 * How far the work was on each of the days, in order, from the turns in the life of every item. On the effective
 * clock a turn counts from its day; on the recorded one from the day on which the ledger learned of it.
 */
export function progressOverTime(
  items: readonly History[],
  days: readonly Day[],
  zone: ZoneOffset,
): readonly ProgressPoint[] {
  const effective = items.map((turns) => untilWithdrawn([...turns].sort(byEffect)));
  const recorded = items.map((turns) => [...turns].sort(bySeq));
  const alive = summed(effective, days, ({ on }) => on, isAlive);
  const closed = summed(effective, days, ({ on }) => on, isClosed);
  const known = summed(recorded, days, ({ recordedAt }) => dayOf(recordedAt, zone), isClosed);
  return days.map((day, index) => ({
    day,
    items: alive[index] ?? 0,
    closed: closed[index] ?? 0,
    closedAsRecorded: known[index] ?? 0,
  }));
}
