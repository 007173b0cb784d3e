import type { Actor } from '../actor.ts';
import { type Day, daysBetween, type Instant, lastDay, type PartialDate } from '../dates.ts';
import type { StatedStatus } from '../entries.ts';
import type { ItemEvent, ItemEventType } from '../events.ts';
import { evidenceId, mintedSeq } from '../ids.ts';
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

/** A turn in an item's life: from when on it had this status, and since when the ledger says so. */
export interface StatusChange {
  readonly seq: number;
  readonly status: Status;
  /** The day from which the entry that brought it counts. */
  readonly on: Day;
  readonly recordedAt: Instant;
}

/** The newest sign that work goes on, or that it begins anew: what silence is counted from. */
export interface Activity {
  readonly seq: number;
  /** The day from which the entry counts. */
  readonly on: Day;
  readonly recordedAt: Instant;
}

/** What the offices do, and after what they are expected to do something. */
const ACTIVITY: ReadonlySet<string> = new Set<ItemEventType>([
  'IssueRaised',
  'OfficeAssigned',
  'MeasureAdopted',
  'ProgressReported',
  'MeasureCompleted',
  'EvidenceAttached',
  'ClosureRequested',
  'ClosureReturned',
  'ItemReopened',
]);

export const isActivity = (type: string): boolean => ACTIVITY.has(type);

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
  /** From the first deadline to the one in force, in days, where it was extended; as the entries now stand. */
  readonly extensionDays: number;
  /** As it was assigned. */
  readonly firstDeadline: PartialDate | null;
  /** In the order of the fold; null before anything happened. */
  readonly lastActivity: Activity | null;
  readonly progressReports: number;
  readonly findings: readonly {
    readonly seq: number;
    readonly lookBackSeq: number;
    readonly verdict: string;
    readonly evidenceIds: readonly string[];
  }[];
  readonly dismissedRules: readonly string[];
  /** In the order of the fold. */
  readonly statusChanges: readonly StatusChange[];
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
  extensionDays: 0,
  firstDeadline: null,
  lastActivity: null,
  progressReports: 0,
  findings: [],
  dismissedRules: [],
  statusChanges: [],
};

/** Carries the view over one event; total, like the state's own. */
export function evolveItemView(view: ItemView, event: Resolved<ItemEvent>): ItemView {
  const evolved = evolveWords(view, event);
  const { seq, effectOn: on, recordedAt } = event;
  const next = isActivity(event.type) ? { ...evolved, lastActivity: { seq, on, recordedAt } } : evolved;
  const { status } = next.state;
  if (status === undefined || status === view.state.status) return next;
  return { ...next, statusChanges: [...view.statusChanges, { seq, status, on, recordedAt }] };
}

function evolveWords(view: ItemView, event: Resolved<ItemEvent>): ItemView {
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
      return {
        ...view,
        state,
        extensions: view.extensions + 1,
        extensionDays: daysMoved(view.firstDeadline, state.deadline),
      };
    case 'OfficeAssigned': {
      // On the effective clock an extension may come before the assignment.
      const firstDeadline = view.firstDeadline ?? event.data.deadline ?? null;
      const extensionDays = view.extensions > 0 ? daysMoved(firstDeadline, state.deadline) : 0;
      return { ...view, state, firstDeadline, extensionDays };
    }
    case 'ProgressReported':
      return { ...view, state, progressReports: view.progressReports + 1 };
    case 'LookBackFindingRecorded':
      return {
        ...view,
        state,
        findings: [
          ...view.findings,
          {
            seq: event.seq,
            lookBackSeq: event.data.lookBackSeq,
            verdict: event.data.verdict,
            evidenceIds: event.data.evidenceIds ?? [],
          },
        ],
      };
    case 'FlagDismissed':
      return { ...view, state, dismissedRules: [...view.dismissedRules, event.data.rule] };
    case 'IssueWithdrawn':
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

/** Whole days from the first deadline to that in force; 0 where there was none to move. */
const daysMoved = (first: PartialDate | null, inForce: PartialDate | undefined): number =>
  first === null || inForce === undefined ? 0 : daysBetween(lastDay(first), lastDay(inForce));

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
