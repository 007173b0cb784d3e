import type { Day, PartialDate } from '../dates.ts';
import type { Term } from '../entries.ts';

export const STATUSES = [
  'raised',
  'rectifying',
  'closure-requested',
  'closed',
  'reopened',
  'withdrawn',
] as const;
export type Status = (typeof STATUSES)[number];

/** What a decision needs to know of a measure; its words stand in the entry. */
export interface MeasureState {
  /** The seq of the entry that adopted it: measure `m<seq>`. */
  readonly seq: number;
  /** False while only entries that name it have been folded: in effect order they may come first. */
  readonly adopted: boolean;
  readonly progress: 'adopted' | 'completed' | 'continuing' | 'withdrawn';
  /** Seq of the newest completion, 0 for none. */
  readonly completedSeq: number;
  /** Standing evidence from responsible offices that names it. */
  readonly evidence: number;
  /** Of that, attached since the newest reopening. */
  readonly freshEvidence: number;
}

/** All that a decision on an item reads. It holds no words. */
export interface ItemState {
  /** Undefined until the issue is raised. */
  readonly status: Status | undefined;
  readonly lead: string | undefined;
  readonly supporting: readonly string[];
  /** Every office that ever led or supported it. */
  readonly everResponsible: readonly string[];
  readonly term: Term | undefined;
  readonly deadline: PartialDate | undefined;
  readonly measures: readonly MeasureState[];
  /** Short digests of the persons who recorded measures or evidence, imports apart. */
  readonly contributors: readonly string[];
  /** Seq of the last raise, return or reopening. */
  readonly turnSeq: number;
  readonly reopenedSeq: number;
  /** Seq of the standing closure request, 0 for none. */
  readonly requestSeq: number;
  /** Effect day of what the committee would answer next: the request, the closing, the raise. */
  readonly raisedOn: Day | undefined;
  readonly requestedOn: Day | undefined;
  readonly closedOn: Day | undefined;
  readonly extensionRequestedOn: Day | undefined;
  /** Bodies that endorsed the standing request. */
  readonly endorsedBy: readonly string[];
}

export const initialItem: ItemState = {
  status: undefined,
  lead: undefined,
  supporting: [],
  everResponsible: [],
  term: undefined,
  deadline: undefined,
  measures: [],
  contributors: [],
  turnSeq: 0,
  reopenedSeq: 0,
  requestSeq: 0,
  raisedOn: undefined,
  requestedOn: undefined,
  closedOn: undefined,
  extensionRequestedOn: undefined,
  endorsedBy: [],
};

export const stands = (measure: MeasureState): boolean => measure.adopted && measure.progress !== 'withdrawn';

export const isResponsible = (state: ItemState, office: string): boolean =>
  state.lead === office || state.supporting.includes(office);
