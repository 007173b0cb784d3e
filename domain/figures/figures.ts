import { daysBetween } from '../dates.ts';
import { TERMS, type Term } from '../entries.ts';
import type { ItemLine } from './item-line.ts';
import { type Spread, spreadOf } from './spread.ts';
import type { Week } from './weeks.ts';

/** What a set of items comes to. Withdrawn items are counted as such and nowhere else. */
export interface Figures {
  readonly items: number;
  readonly withdrawn: number;
  readonly closed: number;
  /** Closings that stand, by the week of their effect day: one number for each of the weeks, 0 included. */
  readonly closedByWeek: readonly number[];
  /** Closed in earlier weeks and in later ones: with `closedByWeek` they add up to `closed`. */
  readonly closedBefore: number;
  readonly closedAfter: number;
  /** From the raise to the closing that stands, by effect days; below 0 where a closing counts from before the raise. */
  readonly daysToClose: Spread;
  /** Closures returned, the items that had one, and returns for each item, to two decimals; null without items. */
  readonly returns: { readonly sum: number; readonly items: number; readonly perItem: number | null };
  /** Extensions granted, the items that had one, and the days that they moved deadlines by. */
  readonly extensions: { readonly sum: number; readonly items: number; readonly days: number };
}

export type OfficeFigures = { readonly office: string | null } & Figures;
export type TermFigures = { readonly term: Term | null } & Figures;

export interface GroupedFigures {
  readonly whole: Figures;
  /** By lead office, in the order of their codes; null, of what nobody leads, comes last. */
  readonly byOffice: readonly OfficeFigures[];
  /** Only terms that some item has; null comes last. */
  readonly byTerm: readonly TermFigures[];
}

export function figuresOf(lines: readonly ItemLine[], weeks: readonly Week[]): Figures {
  const standing = lines.filter(({ withdrawn }) => !withdrawn);
  const closedByWeek = weeks.map(() => 0);
  const first = weeks[0]?.from;
  const sums = { closed: 0, closedBefore: 0, closedAfter: 0 };
  const returns = { sum: 0, items: 0 };
  const extensions = { sum: 0, items: 0, days: 0 };
  const days: number[] = [];
  for (const line of standing) {
    returns.sum += line.returns;
    returns.items += line.returns > 0 ? 1 : 0;
    extensions.sum += line.extensions;
    extensions.items += line.extensions > 0 ? 1 : 0;
    extensions.days += line.extensionDays;
    const { raisedOn, closedOn } = line;
    if (closedOn === null) continue;
    sums.closed += 1;
    if (raisedOn !== null) days.push(daysBetween(raisedOn, closedOn));
    const week = first === undefined ? -1 : Math.floor(daysBetween(first, closedOn) / 7);
    if (week < 0) sums.closedBefore += 1;
    else if (week >= weeks.length) sums.closedAfter += 1;
    else closedByWeek[week] = (closedByWeek[week] ?? 0) + 1;
  }
  return {
    items: standing.length,
    withdrawn: lines.length - standing.length,
    closed: sums.closed,
    closedByWeek,
    closedBefore: sums.closedBefore,
    closedAfter: sums.closedAfter,
    daysToClose: spreadOf(days),
    returns: { ...returns, perItem: ratio(returns.sum, standing.length) },
    extensions,
  };
}

/** Rounded to two decimals. */
const ratio = (sum: number, of: number): number | null =>
  of === 0 ? null : Math.round((sum * 100) / of) / 100;

export function groupedFigures(lines: readonly ItemLine[], weeks: readonly Week[]): GroupedFigures {
  const offices = groupedBy(lines, ({ lead }) => lead);
  const terms = groupedBy(lines, ({ term }) => term);
  return {
    whole: figuresOf(lines, weeks),
    byOffice: [...offices.keys()]
      .toSorted(byCode)
      .map((office) => ({ office, ...figuresOf(offices.get(office) ?? [], weeks) })),
    byTerm: [...TERMS, null]
      .filter((term) => terms.has(term))
      .map((term) => ({ term, ...figuresOf(terms.get(term) ?? [], weeks) })),
  };
}

const byCode = (one: string | null, other: string | null): number =>
  one === other ? 0 : one === null ? 1 : other === null ? -1 : one < other ? -1 : 1;

function groupedBy<Key>(
  lines: readonly ItemLine[],
  keyOf: (line: ItemLine) => Key,
): ReadonlyMap<Key, readonly ItemLine[]> {
  const groups = new Map<Key, ItemLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return groups;
}
