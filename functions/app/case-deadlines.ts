import type { Day, ZoneOffset } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { DeadlineScope, OfficeDeadlines } from '../../domain/inspection/deadlines.ts';

/** Bounds that are left out are the usual ones. */
export interface DeadlineFilter {
  /** This case alone. */
  readonly caseId?: CaseId | undefined;
  /** Items that this office leads or supports. */
  readonly office?: string | undefined;
  readonly withinDays?: number | undefined;
  readonly silentDays?: number | undefined;
}

/** What is overdue, due soon and silent in one case. */
export interface CaseDeadlines {
  readonly caseId: CaseId;
  /** Null once erased. */
  readonly title: string | null;
  readonly offices: readonly OfficeDeadlines[];
}

/** What was counted: as of which day, and within which bounds. */
export interface CountedOn extends DeadlineScope {
  readonly day: Day;
  /** The ledger's, in which its days are counted. */
  readonly zone: ZoneOffset;
}
