import type { CutEcho } from '../../domain/cut.ts';
import type { Day } from '../../domain/dates.ts';
import type { Figures, GroupedFigures } from '../../domain/figures/figures.ts';
import type { Week } from '../../domain/figures/weeks.ts';
import type { CaseId } from '../../domain/ids.ts';

/** Days, YYYY-MM-DD: whole weeks are shown, from the one that holds the first to the one that holds the last. */
export interface AskedWeeks {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface FiguresOnDay extends GroupedFigures {
  /** The day of the picture: the cut's, or today. */
  readonly on: Day;
  readonly weeks: readonly Week[];
  readonly cut?: CutEcho;
}

interface Named {
  readonly caseId: CaseId;
  /** Null once erased. */
  readonly title: string | null;
}

export type CaseFigures = Named & FiguresOnDay;

export interface AllFigures extends FiguresOnDay {
  /** In the order of their ids. */
  readonly byCase: readonly (Named & Figures)[];
}
