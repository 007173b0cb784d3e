import type { CaseId } from '../../domain/ids.ts';
import type { Dues, Tally } from '../../domain/inspection/tally.ts';

/** Where an office stands in one case: the items that it leads. */
export interface OfficeStanding {
  readonly caseId: CaseId;
  /** Null once erased. */
  readonly title: string | null;
  /** Null for items that nobody leads. */
  readonly office: string | null;
  readonly byStatus: Tally['byStatus'];
  readonly dues: Dues;
  readonly returns: number;
  readonly returned: number;
  readonly resubmitted: number;
}
