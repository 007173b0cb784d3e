import type { CaseDeadlines } from '../../app/case-deadlines.ts';
import { byName } from '../supervision/dues.ts';

export const LISTS = ['overdue', 'due', 'silent'] as const;
/** How many items stand in each list; one that is overdue, or due soon, may be silent as well. */
export type ListCounts = { readonly [L in (typeof LISTS)[number]]: number };

export interface OfficeCounts {
  /** Null for items that nobody leads. */
  readonly office: string | null;
  readonly counts: ListCounts;
}

const NOTHING: ListCounts = { overdue: 0, due: 0, silent: 0 };

const added = (one: ListCounts, other: ListCounts): ListCounts => ({
  overdue: one.overdue + other.overdue,
  due: one.due + other.due,
  silent: one.silent + other.silent,
});

export const sumOf = (offices: readonly OfficeCounts[]): ListCounts =>
  offices.reduce((sum, { counts }) => added(sum, counts), NOTHING);

/** The same cases, with the offices of each in the order of the counts: what is worst is read first everywhere. */
export function inOrderOf(
  offices: readonly OfficeCounts[],
  cases: readonly CaseDeadlines[],
): readonly CaseDeadlines[] {
  const places = new Map(offices.map(({ office }, place) => [office, place]));
  const placeOf = (office: string | null): number => places.get(office) ?? offices.length;
  return cases.map((one) => ({
    ...one,
    offices: one.offices.toSorted((first, second) => placeOf(first.office) - placeOf(second.office)),
  }));
}

/** Each office over all cases; whoever has most overdue comes first, and what nobody leads last. */
export function countedByOffice(cases: readonly CaseDeadlines[]): readonly OfficeCounts[] {
  const offices = new Map<string | null, ListCounts>();
  for (const { office, overdue, due, silent } of cases.flatMap((one) => one.offices)) {
    const here: ListCounts = { overdue: overdue.length, due: due.length, silent: silent.length };
    offices.set(office, added(offices.get(office) ?? NOTHING, here));
  }
  return [...offices]
    .map(([office, counts]) => ({ office, counts }))
    .toSorted(
      (one, other) =>
        Number(one.office === null) - Number(other.office === null) ||
        other.counts.overdue - one.counts.overdue ||
        other.counts.due - one.counts.due ||
        other.counts.silent - one.counts.silent ||
        byName(one.office ?? '', other.office ?? ''),
    );
}
