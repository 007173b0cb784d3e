import { type Day, type Instant, lastDay, type PartialDate } from '../dates.ts';
import type { StatedStatus, Term } from '../entries.ts';
import { GENESIS, type Hash } from '../hashing.ts';
import { type CaseId, type ItemId, measureId } from '../ids.ts';
import type { ItemState, Status } from './state.ts';
import type { Activity, EvidenceView, ItemView, StatusChange } from './view.ts';

/** Where a stream stood: the seq and leaf hash of its newest entry. */
export interface StreamHead {
  readonly version: number;
  readonly hash: Hash;
  readonly recordedAt: Instant | null;
}

export const EMPTY_HEAD: StreamHead = { version: 0, hash: GENESIS, recordedAt: null };

/** An item as the API gives it. */
export interface Item {
  readonly caseId: CaseId;
  readonly itemId: ItemId;
  readonly title: string | null;
  readonly printedNumber: string | null;
  readonly heading: string | null;
  readonly aspect: string | null;
  readonly statedStatus: StatedStatus | null;
  readonly status: Status | null;
  readonly term: Term | null;
  readonly lead: string | null;
  readonly supporting: readonly string[];
  readonly deadline: PartialDate | null;
  readonly overdue: boolean;
  readonly measures: readonly {
    readonly measureId: string;
    readonly text: string | null;
    readonly printedNumber: string | null;
    readonly status: 'adopted' | 'completed' | 'continuing' | 'withdrawn';
    readonly due: PartialDate | null;
    readonly office: string;
    readonly occurredOn: PartialDate | null;
    readonly completedOn: PartialDate | null;
    readonly summary: string | null;
    /** Standing evidence from responsible offices that names it. */
    readonly evidence: number;
  }[];
  readonly evidence: readonly EvidenceView[];
  readonly endorsedBy: readonly string[];
  readonly returns: number;
  readonly lastReturnReason: string | null;
  readonly extensions: number;
  readonly extensionDays: number;
  readonly lastActivity: Activity | null;
  readonly progressReports: number;
  readonly findings: ItemView['findings'];
  readonly dismissedRules: readonly string[];
  readonly statusChanges: readonly StatusChange[];
  readonly version: number;
  readonly hash: Hash;
  readonly recordedAt: Instant | null;
}

export function isOverdue(state: ItemState, today: Day): boolean {
  const open = state.status !== 'closed' && state.status !== 'withdrawn';
  return open && state.deadline !== undefined && lastDay(state.deadline) < today;
}

/** What depends on the day is computed here, at read; `today` is the cut's day, or today's without one. */
export function presentItem(
  id: { readonly caseId: CaseId; readonly itemId: ItemId },
  view: ItemView,
  head: StreamHead,
  today: Day,
): Item {
  const { state } = view;
  return {
    caseId: id.caseId,
    itemId: id.itemId,
    title: view.title,
    printedNumber: view.printedNumber,
    heading: view.heading,
    aspect: view.aspect,
    statedStatus: view.statedStatus,
    status: state.status ?? null,
    term: state.term ?? null,
    lead: state.lead ?? null,
    supporting: state.supporting,
    deadline: state.deadline ?? null,
    overdue: isOverdue(state, today),
    measures: state.measures
      .filter((measure) => measure.adopted)
      .map((measure) => {
        const words = view.measures.find((one) => one.seq === measure.seq);
        return {
          measureId: measureId(measure.seq),
          text: words?.text ?? null,
          printedNumber: words?.printedNumber ?? null,
          status: measure.progress,
          due: words?.due ?? null,
          office: words?.office ?? '',
          occurredOn: words?.occurredOn ?? null,
          completedOn: words?.completedOn ?? null,
          summary: words?.summary ?? null,
          evidence: measure.evidence,
        };
      }),
    evidence: view.evidence,
    endorsedBy: state.endorsedBy,
    returns: view.returns,
    lastReturnReason: view.lastReturnReason,
    extensions: view.extensions,
    extensionDays: view.extensionDays,
    lastActivity: view.lastActivity,
    progressReports: view.progressReports,
    findings: view.findings,
    dismissedRules: view.dismissedRules,
    statusChanges: view.statusChanges,
    version: head.version,
    hash: head.hash,
    recordedAt: head.recordedAt,
  };
}
