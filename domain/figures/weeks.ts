import { type Day, daysAfter, daysBetween, earliestDay, type PartialDate } from '../dates.ts';
import type { ItemLine } from './item-line.ts';

/** A week as ISO 8601 counts it: from Monday to Sunday, and of the year that has its Thursday. */
export interface Week {
  /** Such as `2026-W05`. */
  readonly week: string;
  /** Its Monday, in the ledger's zone. */
  readonly from: Day;
}

/** The longest span of weeks, in days. */
export const MOST_DAYS = 3_660;

const A_MONDAY = '1970-01-05' as Day;

export function mondayOf(date: Day): Day {
  const past = daysBetween(A_MONDAY, date) % 7;
  return daysAfter(date, -(past < 0 ? past + 7 : past));
}

function weekFrom(monday: Day): Week {
  const thursday = daysAfter(monday, 3);
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(earliestDay(year as PartialDate), thursday) / 7) + 1;
  return { week: `${year}-W${String(number).padStart(2, '0')}`, from: monday };
}

/** Every week from the one that holds the first day to the one that holds the last. */
export function weeksBetween(first: Day, last: Day): readonly Week[] {
  const monday = mondayOf(first);
  const count = Math.max(0, daysBetween(monday, mondayOf(last)) / 7 + 1);
  return Array.from({ length: count }, (_, index) => weekFrom(daysAfter(monday, index * 7)));
}

/**
 * The weeks to show: those asked for; without a first day from the first closing on, as far back as a span goes.
 * None where nothing says when to begin.
 */
export function weeksShown(lines: readonly ItemLine[], from: Day | undefined, to: Day): readonly Week[] {
  if (from !== undefined) return weeksBetween(from, to);
  let first: Day | undefined;
  for (const { closedOn } of lines) {
    if (closedOn !== null && (first === undefined || closedOn < first)) first = closedOn;
  }
  if (first === undefined) return [];
  const earliest = daysAfter(to, -MOST_DAYS);
  return weeksBetween(first < earliest ? earliest : first > to ? to : first, to);
}
