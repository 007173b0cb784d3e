import { type Day, daysBetween, lastDay, type PartialDate } from '../dates.ts';
import { STATUSES, type Status } from '../item/state.ts';
import type { ItemView } from '../item/view.ts';

/** What a case list needs of an item: kept small, since every case has one a row. */
export interface Tally {
  readonly byStatus: { readonly [S in Status]: number };
  /** Deadlines of open items and how many share each; overdue is counted from them at read. */
  readonly openDeadlines: { readonly [deadline: string]: number };
  /** Closures returned, all items together. */
  readonly returns: number;
  /** Items with a return … */
  readonly returned: number;
  /** … and those of them that were put forward again since. */
  readonly resubmitted: number;
}

export function tally(items: readonly ItemView[]): Tally {
  const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as { [S in Status]: number };
  const openDeadlines: { [deadline: string]: number } = {};
  const sums = { returns: 0, returned: 0, resubmitted: 0 };
  for (const { state, returns } of items) {
    const { status, deadline } = state;
    if (status === undefined) continue;
    byStatus[status] += 1;
    sums.returns += returns;
    if (returns > 0) sums.returned += 1;
    if (returns > 0 && (status === 'closure-requested' || status === 'closed')) sums.resubmitted += 1;
    if (status === 'closed' || status === 'withdrawn' || deadline === undefined) continue;
    openDeadlines[deadline] = (openDeadlines[deadline] ?? 0) + 1;
  }
  return { byStatus, openDeadlines, ...sums };
}

/** What two disjoint sets of items are together. */
export function joinedTally(one: Tally, other: Tally): Tally {
  const openDeadlines = { ...one.openDeadlines };
  for (const [deadline, count] of Object.entries(other.openDeadlines)) {
    openDeadlines[deadline] = (openDeadlines[deadline] ?? 0) + count;
  }
  return {
    byStatus: Object.fromEntries(
      STATUSES.map((status) => [status, one.byStatus[status] + other.byStatus[status]]),
    ) as Tally['byStatus'],
    openDeadlines,
    returns: one.returns + other.returns,
    returned: one.returned + other.returned,
    resubmitted: one.resubmitted + other.resubmitted,
  };
}

export interface Counts {
  readonly items: number;
  readonly byStatus: Tally['byStatus'];
  readonly overdue: number;
}

export function countsOn(tallied: Tally, today: Day): Counts {
  let overdue = 0;
  for (const [deadline, count] of Object.entries(tallied.openDeadlines)) {
    if (lastDay(deadline as PartialDate) < today) overdue += count;
  }
  return {
    items: Object.values(tallied.byStatus).reduce((sum, count) => sum + count, 0),
    // In the order of the statuses, whatever order the stored tally has.
    byStatus: Object.fromEntries(
      STATUSES.map((status) => [status, tallied.byStatus[status]]),
    ) as Tally['byStatus'],
    overdue,
  };
}

/** Open items by the days that they have left. */
export interface Dues {
  readonly overdue: number;
  /** 0 to 10 days. */
  readonly within10: number;
  /** 11 to 20 days. */
  readonly within20: number;
  /** More than 20 days. */
  readonly later: number;
  readonly undated: number;
}

export const DUES = ['overdue', 'within10', 'within20', 'later', 'undated'] as const;
export type Due = (typeof DUES)[number];

export function dueOn(deadline: PartialDate | null, today: Day): Due {
  if (deadline === null) return 'undated';
  const left = daysBetween(today, lastDay(deadline));
  return left < 0 ? 'overdue' : left <= 10 ? 'within10' : left <= 20 ? 'within20' : 'later';
}

export function duesOn({ byStatus, openDeadlines }: Tally, today: Day): Dues {
  const dues = { overdue: 0, within10: 0, within20: 0, later: 0, undated: 0 };
  let dated = 0;
  for (const [deadline, count] of Object.entries(openDeadlines)) {
    dues[dueOn(deadline as PartialDate, today)] += count;
    dated += count;
  }
  const open = STATUSES.filter((status) => status !== 'closed' && status !== 'withdrawn');
  dues.undated = open.reduce((sum, status) => sum + byStatus[status], 0) - dated;
  return dues;
}
