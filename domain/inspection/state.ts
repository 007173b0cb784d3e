import type { Day } from '../dates.ts';
import type { Settings } from '../entries.ts';

export interface LookBackState {
  /** Seq of the entry that opened it: how items name it. */
  readonly seq: number;
  /** The day from which its opening counts; nothing is drawn, found or concluded before. */
  readonly openedOn: Day;
  readonly concluded: boolean;
}

/** All that a decision on a case, or on one of its items, reads of the case. It holds no words. */
export interface CaseState {
  readonly opened: boolean;
  readonly settings: Settings;
  /** The earliest day on which the plan may have been issued. */
  readonly planIssuedOn: Day | undefined;
  readonly planAccepted: boolean;
  readonly lookBacks: readonly LookBackState[];
}

export const initialCase: CaseState = {
  opened: false,
  settings: {},
  planIssuedOn: undefined,
  planAccepted: false,
  lookBacks: [],
};
