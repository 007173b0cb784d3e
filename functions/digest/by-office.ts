import type { CaseId } from '../../domain/ids.ts';
import type { DueItem, SilentItem } from '../../domain/inspection/deadlines.ts';
import type { CaseDeadlines } from '../app/case-deadlines.ts';

type InCase<Listed> = Listed & { readonly caseId: CaseId };

/** What one office has to answer for in all cases together. */
export interface OfficeDigest {
  /** Null for items that nobody leads. */
  readonly office: string | null;
  readonly overdue: readonly InCase<DueItem>[];
  readonly due: readonly InCase<DueItem>[];
  readonly silent: readonly InCase<SilentItem>[];
}

/** Across cases: the office with most overdue first, nobody's last, and in each list the most urgent first. */
export function byOffice(cases: readonly CaseDeadlines[]): readonly OfficeDigest[] {
  const lists = () => ({
    overdue: [] as InCase<DueItem>[],
    due: [] as InCase<DueItem>[],
    silent: [] as InCase<SilentItem>[],
  });
  const offices = new Map<string | null, ReturnType<typeof lists>>();
  for (const { caseId, offices: ofCase } of cases) {
    for (const { office, overdue, due, silent } of ofCase) {
      const all = offices.get(office) ?? lists();
      offices.set(office, all);
      for (const item of overdue) all.overdue.push({ caseId, ...item });
      for (const item of due) all.due.push({ caseId, ...item });
      for (const item of silent) all.silent.push({ caseId, ...item });
    }
  }
  return [...offices]
    .map(([office, { overdue, due, silent }]) => ({
      office,
      // Sorting keeps the order of cases and items where the days are the same.
      overdue: overdue.sort(mostDays),
      due: due.sort((one, other) => one.days - other.days),
      silent: silent.sort(mostDays),
    }))
    .sort(
      (one, other) =>
        Number(one.office === null) - Number(other.office === null) ||
        other.overdue.length - one.overdue.length ||
        other.due.length - one.due.length ||
        other.silent.length - one.silent.length ||
        ((one.office ?? '') < (other.office ?? '') ? -1 : 1),
    );
}

const mostDays = (one: { readonly days: number }, other: { readonly days: number }): number =>
  other.days - one.days;
