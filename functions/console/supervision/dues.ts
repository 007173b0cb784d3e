import type { OfficeStanding } from '../../app/office-standing.ts';

/** Columns of the dues; those of open items by the days left add up with `closed` to `all`. */
export const DUE_COLUMNS = [
  'overdue',
  'within10',
  'within20',
  'later',
  'undated',
  'requested',
  'closed',
  'all',
] as const;
export type DueColumn = (typeof DUE_COLUMNS)[number];
export type DueCounts = { readonly [C in DueColumn]: number };

export type CaseDues = Pick<OfficeStanding, 'caseId' | 'title'> & { readonly counts: DueCounts };

export interface OfficeDues {
  /** Null for items that nobody leads. */
  readonly office: string | null;
  readonly counts: DueCounts;
  readonly cases: readonly CaseDues[];
}

/** What each office leads, summed over cases; whoever has most overdue comes first, and what nobody leads last. */
export function duesByOffice(standing: readonly OfficeStanding[]): readonly OfficeDues[] {
  const offices = new Map<string | null, CaseDues[]>();
  for (const line of standing) {
    const { caseId, title, office } = line;
    offices.set(office, [...(offices.get(office) ?? []), { caseId, title, counts: countsOf(line) }]);
  }
  return [...offices]
    .map(([office, cases]) => ({
      office,
      counts: sumOf(cases),
      cases: cases.toSorted(
        (one, other) => byUrgency(one.counts, other.counts) || byName(one.caseId, other.caseId),
      ),
    }))
    .toSorted(
      (one, other) =>
        Number(one.office === null) - Number(other.office === null) ||
        byUrgency(one.counts, other.counts) ||
        byName(one.office ?? '', other.office ?? ''),
    );
}

export function sumOf(parts: readonly { readonly counts: DueCounts }[]): DueCounts {
  const sum = (column: DueColumn) => parts.reduce((total, { counts }) => total + counts[column], 0);
  return Object.fromEntries(DUE_COLUMNS.map((column) => [column, sum(column)])) as DueCounts;
}

function countsOf({ dues, byStatus }: OfficeStanding): DueCounts {
  const { overdue, within10, within20, later, undated } = dues;
  const { closed, 'closure-requested': requested } = byStatus;
  const all = overdue + within10 + within20 + later + undated + closed;
  return { overdue, within10, within20, later, undated, requested, closed, all };
}

const byUrgency = (one: DueCounts, other: DueCounts): number =>
  other.overdue - one.overdue || other.within10 - one.within10;

/** Chinese names in the order of their pronunciation, as on every page. */
export const byName = (one: string, other: string): number => one.localeCompare(other, 'zh-CN');

export interface ReturnsLine
  extends Pick<OfficeStanding, 'caseId' | 'title' | 'office' | 'returns' | 'returned' | 'resubmitted'> {
  /** Items whose last request was returned and that were not put forward again. */
  readonly toResubmit: number;
}

/** Offices and cases where closures were returned; where most wait to be put forward again comes first. */
export const returnsOf = (standing: readonly OfficeStanding[]): readonly ReturnsLine[] =>
  standing
    .filter(({ returns }) => returns > 0)
    .map((line) => ({ ...line, toResubmit: line.returned - line.resubmitted }))
    .toSorted(
      (one, other) =>
        other.toResubmit - one.toResubmit ||
        other.returns - one.returns ||
        byName(one.office ?? '', other.office ?? '') ||
        byName(one.caseId, other.caseId),
    );
