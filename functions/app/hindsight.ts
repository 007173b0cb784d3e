import type { CutEcho } from '../../domain/cut.ts';
import type { Day, Instant } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { HindsightDifference, PictureTotals } from '../../domain/look-back/hindsight.ts';

/** When something was believed: exactly one of the two. */
export interface AskedMoment {
  /** The seq of a `NoticePublished`: what was recorded when it was published, about the day that it is of. */
  readonly notice?: number | undefined;
  /** An instant, or a date: its end. Without `effectiveOn` it is about its own day. */
  readonly believedAsOf?: string | undefined;
}

/** What was believed at an instant about a day, beside what is known of the same day. */
export interface Hindsight {
  readonly caseId: CaseId;
  readonly title: string | null;
  /** The notice that was named. */
  readonly notice: number | null;
  readonly believedAsOf: Instant;
  readonly believed: PictureTotals;
  readonly known: PictureTotals;
  /** What differs: the case itself first, then items in the order of their ids. */
  readonly differences: readonly HindsightDifference[];
  /** Of what is known; its day is that of both pictures. */
  readonly cut: CutEcho & { readonly effectiveOn: Day };
}
