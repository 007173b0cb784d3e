import type { OfficeDeadlines } from '../../../domain/inspection/deadlines.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { CaseDeadlines } from '../../app/case-deadlines.ts';
import type { SignedIn } from '../visit.ts';
import { byName } from './dues.ts';

/** Each case reads its items, unlike the dues: so many are shown at a time. */
const CASES = 20;

/** Items of one lead office in one case of which nothing was heard, the longest silent first. */
export interface SilentLine
  extends Pick<CaseDeadlines, 'caseId' | 'title'>,
    Pick<OfficeDeadlines, 'office' | 'silent'> {}

export interface SilentPage {
  readonly lines: readonly SilentLine[];
  /** Days of nothing after which an item is in the list. */
  readonly silentDays: number;
  readonly cursor: string | undefined;
  readonly nextCursor: string | undefined;
}

/** What is silent now, in the cases from where the address says. */
export async function readSilent({ c, ledger, who }: SignedIn): Promise<SilentPage | Refusal> {
  const cursor = c.req.query('silentAfter') || undefined;
  const found = await ledger.deadlines(who, {}, { limit: CASES, cursor }, {});
  if (isRefusal(found)) return found;
  const { data, silentDays, nextCursor } = found;
  return { lines: silentLines(data), silentDays, cursor, nextCursor };
}

/** Whoever has most silent items in a case comes first; among equals what nobody leads comes last. */
export const silentLines = (cases: readonly CaseDeadlines[]): readonly SilentLine[] =>
  cases
    .flatMap(({ caseId, title, offices }) =>
      offices.map(({ office, silent }) => ({ caseId, title, office, silent })),
    )
    .filter(({ silent }) => silent.length > 0)
    .toSorted(
      (one, other) =>
        other.silent.length - one.silent.length ||
        Number(one.office === null) - Number(other.office === null) ||
        byName(one.office ?? '', other.office ?? '') ||
        byName(one.caseId, other.caseId),
    );
