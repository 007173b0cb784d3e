import type { Cut } from '../cut.ts';
import { type Day, dayOf, daysBetween, lastDay, type PartialDate, type ZoneOffset } from '../dates.ts';
import type { ItemId } from '../ids.ts';
import type { Status } from '../item/state.ts';
import type { Activity } from '../item/view.ts';

/** Days ahead within which an open item counts as due soon, and days of nothing after which it counts as silent. */
export interface DeadlineScope {
  readonly withinDays: number;
  readonly silentDays: number;
}

export const USUAL_SCOPE: DeadlineScope = { withinDays: 10, silentDays: 30 };

/** What of an item tells whether somebody has to look at it. */
export interface WatchedItem {
  readonly itemId: ItemId;
  /** Null once erased. */
  readonly title: string | null;
  readonly status: Status | null;
  readonly lead: string | null;
  readonly deadline: PartialDate | null;
  readonly lastActivity: Activity | null;
}

/** An open item with a deadline, and the days since it passed, or until it comes. */
export interface DueItem {
  readonly itemId: ItemId;
  readonly title: string | null;
  readonly deadline: PartialDate;
  readonly days: number;
}

/** An open item on which nothing has happened since that day, and how many days ago it was. */
export interface SilentItem {
  readonly itemId: ItemId;
  readonly title: string | null;
  readonly since: Day;
  readonly days: number;
}

/** What one office has to answer for; an overdue item, or one due soon, may be silent as well. */
export interface OfficeDeadlines {
  /** The lead office; null for items that nobody leads. */
  readonly office: string | null;
  /** 1 day over or more, the longest over first. */
  readonly overdue: readonly DueItem[];
  /** 0 to `withinDays` days left, the nearest first. */
  readonly due: readonly DueItem[];
  /** More than `silentDays` days, the longest silent first. */
  readonly silent: readonly SilentItem[];
}

/**
 * The day that silence counts from: on the effective clock the day on which the newest sign counts, else the day
 * on which the ledger learned of it.
 */
export const silentSince =
  ({ effectiveOn }: Cut, zone: ZoneOffset) =>
  ({ on, recordedAt }: Activity): Day =>
    effectiveOn === undefined ? dayOf(recordedAt, zone) : on;

/**
 * Open items that are overdue, due soon or silent on a day, by lead office: in the order of their codes, nobody's
 * last. A partial deadline ends with its last day. Offices that have nothing of the kind are left out.
 */
export function deadlinesOn(
  items: Iterable<WatchedItem>,
  day: Day,
  { withinDays, silentDays }: DeadlineScope,
  since: (activity: Activity) => Day,
): readonly OfficeDeadlines[] {
  const offices = new Map<string | null, { overdue: DueItem[]; due: DueItem[]; silent: SilentItem[] }>();
  for (const { itemId, title, status, lead, deadline, lastActivity } of items) {
    if (status === null || status === 'closed' || status === 'withdrawn') continue;
    const lists = offices.get(lead) ?? { overdue: [], due: [], silent: [] };
    offices.set(lead, lists);
    if (deadline !== null) {
      const left = daysBetween(day, lastDay(deadline));
      if (left < 0) lists.overdue.push({ itemId, title, deadline, days: -left });
      else if (left <= withinDays) lists.due.push({ itemId, title, deadline, days: left });
    }
    if (lastActivity !== null) {
      const quiet = since(lastActivity);
      const days = daysBetween(quiet, day);
      if (days > silentDays) lists.silent.push({ itemId, title, since: quiet, days });
    }
  }
  return [...offices]
    .filter(([, { overdue, due, silent }]) => overdue.length + due.length + silent.length > 0)
    .sort(([one], [other]) => byOffice(one, other))
    .map(([office, { overdue, due, silent }]) => ({
      office,
      overdue: overdue.sort(longestFirst),
      due: due.sort((one, other) => one.days - other.days || byId(one, other)),
      silent: silent.sort(longestFirst),
    }));
}

interface Counted {
  readonly itemId: ItemId;
  readonly days: number;
}

const byId = (one: Counted, other: Counted): number => (one.itemId < other.itemId ? -1 : 1);
const longestFirst = (one: Counted, other: Counted): number => other.days - one.days || byId(one, other);

function byOffice(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  return other === null || one < other ? -1 : 1;
}
