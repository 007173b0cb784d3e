import type { CutEcho } from '../../domain/cut.ts';
import type { Change, DiffAxis } from '../../domain/diff.ts';
import type { CaseId } from '../../domain/ids.ts';

/** What is compared: the clock, and both dates as the request has them; `from` is exclusive, `to` inclusive. */
export interface Span {
  readonly axis: DiffAxis;
  readonly from: string;
  readonly to: string;
}

/** What changed in a case, or in one item; the span with its bounds resolved. */
export interface Diff extends Span {
  readonly changes: readonly Change[];
  readonly cut?: CutEcho;
}

/** How many changes of each kind. */
export interface ChangeCounts {
  readonly new: number;
  readonly backDated: number;
  readonly corrected: number;
}

/** What changed in one of many cases. */
export interface CaseChanges {
  readonly caseId: CaseId;
  /** Null once erased. */
  readonly title: string | null;
  readonly summary: ChangeCounts;
  /** Items with a change; the case itself is none. */
  readonly items: number;
  /** Absent where only counts were asked for. */
  readonly changes?: readonly Change[];
}

/** The cases in which something changed, in the order of their ids; a page holds whole cases. */
export interface DiffAcross extends Span {
  readonly data: readonly CaseChanges[];
  readonly nextCursor?: string;
  readonly cut?: CutEcho;
}
