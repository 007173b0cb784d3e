import type { Actor } from '../actor.ts';
import type { Day, Instant, PartialDate } from '../dates.ts';
import { lastDay } from '../dates.ts';
import type { StatedStatus, Term } from '../entries.ts';
import type { ItemEvent } from '../events.ts';
import { GENESIS, type Hash } from '../hashing.ts';
import { type CaseId, evidenceId, type ItemId, measureId, mintedSeq } from '../ids.ts';
import type { Resolved } from '../resolve.ts';
import { evolveItem } from './evolve.ts';
import { type ItemState, initialItem, type Status } from './state.ts';

/** What a measure says; whether it stands is in the state. Null words were erased. */
interface MeasureWords {
  readonly seq: number;
  readonly text: string | null;
  readonly printedNumber: string | null;
  readonly due: PartialDate | null;
  readonly office: string;
  readonly occurredOn: PartialDate | null;
  readonly completedOn: PartialDate | null;
  readonly summary: string | null;
}

export interface EvidenceView {
  readonly evidenceId: string;
  readonly name: string | null;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly measureIds: readonly string[];
  readonly documentDate: PartialDate | null;
  readonly office: string;
  readonly role: Actor['role'];
  readonly recordedAt: Instant;
  readonly occurredOn: PartialDate | null;
  readonly standing: boolean;
}

/** An item with its words: what people read. It rests on the state that decisions rest on. */
export interface ItemView {
  readonly state: ItemState;
  readonly title: string | null;
  readonly printedNumber: string | null;
  readonly heading: string | null;
  readonly aspect: string | null;
  readonly statedStatus: StatedStatus | null;
  readonly measures: readonly MeasureWords[];
  readonly evidence: readonly EvidenceView[];
  /** Evidence withdrawn before, in effect order, it was attached. */
  readonly withdrawnEvidence: readonly string[];
  readonly returns: number;
  readonly lastReturnReason: string | null;
  readonly extensions: number;
  readonly progressReports: number;
  readonly findings: readonly {
    readonly seq: number;
    readonly lookBackSeq: number;
    readonly verdict: string;
  }[];
  readonly dismissedRules: readonly string[];
}

export const initialItemView: ItemView = {
  state: initialItem,
  title: null,
  printedNumber: null,
  heading: null,
  aspect: null,
  statedStatus: null,
  measures: [],
  evidence: [],
  withdrawnEvidence: [],
  returns: 0,
  lastReturnReason: null,
  extensions: 0,
  progressReports: 0,
  findings: [],
  dismissedRules: [],
};

/** Carries the view over one event; total, like the state's own. */
export function evolveItemView(view: ItemView, event: Resolved<ItemEvent>): ItemView {
  const state = evolveItem(view.state, event);
  switch (event.type) {
    case 'IssueRaised':
      return {
        ...view,
        state,
        title: event.text?.title ?? null,
        heading: event.text?.heading ?? null,
        aspect: event.text?.aspect ?? null,
        printedNumber: event.data.printedNumber ?? null,
        statedStatus: event.data.statedStatus ?? null,
      };
    case 'MeasureAdopted':
      return withWords(view, state, event.seq, {
        text: event.text?.text ?? null,
        printedNumber: event.data.printedNumber ?? null,
        due: event.data.due ?? null,
        office: event.actor.office,
        occurredOn: event.occurredOn ?? null,
      });
    case 'MeasureCompleted':
      return withWords(view, state, mintedSeq('m', event.data.measureId) ?? 0, {
        completedOn: event.occurredOn ?? null,
        summary: event.text?.summary ?? null,
      });
    case 'EvidenceAttached': {
      const id = evidenceId(event.seq);
      const evidence: EvidenceView = {
        evidenceId: id,
        name: event.text?.name ?? null,
        mediaType: event.data.mediaType,
        bytes: event.data.bytes,
        sha256: event.data.sha256,
        measureIds: event.data.measureIds ?? [],
        documentDate: event.data.documentDate ?? null,
        office: event.actor.office,
        role: event.actor.role,
        recordedAt: event.recordedAt,
        occurredOn: event.occurredOn ?? null,
        standing: !view.withdrawnEvidence.includes(id),
      };
      return { ...view, state, evidence: [...view.evidence, evidence] };
    }
    case 'EvidenceWithdrawn': {
      const id = event.data.evidenceId;
      return {
        ...view,
        state,
        withdrawnEvidence: [...view.withdrawnEvidence, id],
        evidence: view.evidence.map((one) => (one.evidenceId === id ? { ...one, standing: false } : one)),
      };
    }
    case 'ClosureReturned':
      return { ...view, state, returns: view.returns + 1, lastReturnReason: event.text?.reason ?? null };
    case 'DeadlineExtended':
      return { ...view, state, extensions: view.extensions + 1 };
    case 'ProgressReported':
      return { ...view, state, progressReports: view.progressReports + 1 };
    case 'LookBackFindingRecorded':
      return {
        ...view,
        state,
        findings: [
          ...view.findings,
          { seq: event.seq, lookBackSeq: event.data.lookBackSeq, verdict: event.data.verdict },
        ],
      };
    case 'FlagDismissed':
      return { ...view, state, dismissedRules: [...view.dismissedRules, event.data.rule] };
    case 'IssueWithdrawn':
    case 'OfficeAssigned':
    case 'MeasureWithdrawn':
    case 'ClosureRequested':
    case 'ClosureRequestWithdrawn':
    case 'ClosureEndorsed':
    case 'ItemClosed':
    case 'ItemReopened':
    case 'ExtensionRequested':
    case 'EntryCorrected':
    case 'EntryVoided':
    case 'TextErased':
      return state === view.state ? view : { ...view, state };
    default:
      return event satisfies never;
  }
}

function withWords(view: ItemView, state: ItemState, seq: number, words: Partial<MeasureWords>): ItemView {
  const index = view.measures.findIndex((measure) => measure.seq === seq);
  const blank: MeasureWords = {
    seq,
    text: null,
    printedNumber: null,
    due: null,
    office: '',
    occurredOn: null,
    completedOn: null,
    summary: null,
  };
  const changed = { ...(view.measures[index] ?? blank), ...words };
  return {
    ...view,
    state,
    measures: index < 0 ? [...view.measures, changed] : view.measures.with(index, changed),
  };
}

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
  readonly progressReports: number;
  readonly findings: ItemView['findings'];
  readonly dismissedRules: readonly string[];
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
    progressReports: view.progressReports,
    findings: view.findings,
    dismissedRules: view.dismissedRules,
    version: head.version,
    hash: head.hash,
    recordedAt: head.recordedAt,
  };
}
