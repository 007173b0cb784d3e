import { type Day, lastDay, monthsAfter, type PartialDate } from '../dates.ts';
import type { AccountabilityKind, Settings } from '../entries.ts';
import type { CaseEvent } from '../events.ts';
import type { Hash } from '../hashing.ts';
import type { CaseId } from '../ids.ts';
import type { StreamHead } from '../item/present.ts';
import type { Resolved } from '../resolve.ts';
import { evolveCase } from './evolve.ts';
import { type CaseState, initialCase } from './state.ts';
import { type Counts, countsOn, type Tally } from './tally.ts';

export interface Accountability {
  readonly kind: AccountabilityKind;
  readonly measure: string | null;
  readonly persons: number;
  readonly inexact: boolean;
}

/** A case with its words; null words were erased. */
export interface CaseView {
  readonly state: CaseState;
  readonly title: string | null;
  readonly inspectedBody: string | null;
  readonly inspectingBody: string | null;
  readonly inspection: { readonly from: PartialDate; readonly to: PartialDate } | null;
  readonly feedbackOn: PartialDate | null;
  readonly plan: {
    readonly title: string | null;
    readonly issuedOn: PartialDate;
    readonly acceptedOn: PartialDate | null;
  } | null;
  readonly accountability: readonly Accountability[];
  readonly institutions: number;
  readonly fundsFen: number;
  readonly sources: readonly string[];
  readonly narrative: string | null;
  readonly tail: string | null;
  readonly notices: readonly { readonly seq: number; readonly asOf: Day; readonly sha256: string }[];
  readonly lookBacks: readonly {
    readonly seq: number;
    /** The day from which its opening counts. */
    readonly openedOn: Day;
    readonly scope: string | null;
    readonly conclusion: string | null;
    readonly concluded: boolean;
    readonly sample: readonly string[];
  }[];
  readonly dismissedRules: readonly string[];
}

export const initialCaseView: CaseView = {
  state: initialCase,
  title: null,
  inspectedBody: null,
  inspectingBody: null,
  inspection: null,
  feedbackOn: null,
  plan: null,
  accountability: [],
  institutions: 0,
  fundsFen: 0,
  sources: [],
  narrative: null,
  tail: null,
  notices: [],
  lookBacks: [],
  dismissedRules: [],
};

const joined = (one: string | null, other: string | undefined): string | null =>
  other === undefined ? one : one === null ? other : `${one}\n${other}`;

/** Carries the view over one event; total, like the state's own. */
export function evolveCaseView(view: CaseView, event: Resolved<CaseEvent>): CaseView {
  const next = { ...view, state: evolveCase(view.state, event) };
  switch (event.type) {
    case 'CaseOpened':
      return {
        ...next,
        title: event.text?.title ?? null,
        inspectedBody: event.text?.inspectedBody ?? null,
        inspectingBody: event.text?.inspectingBody ?? null,
        inspection: event.data.inspection ?? null,
        feedbackOn: event.data.feedbackOn,
      };
    case 'SourceImported':
      return {
        ...next,
        sources: view.sources.includes(event.data.sha256)
          ? view.sources
          : [...view.sources, event.data.sha256],
        narrative: joined(view.narrative, event.text?.narrative),
        tail: joined(view.tail, event.text?.tail),
      };
    case 'PlanIssued':
      return {
        ...next,
        plan: { title: event.text?.title ?? null, issuedOn: event.data.issuedOn, acceptedOn: null },
      };
    case 'PlanAccepted':
      return { ...next, plan: view.plan && { ...view.plan, acceptedOn: event.data.acceptedOn } };
    case 'AccountabilityRecorded':
      return {
        ...next,
        accountability: withPersons(view.accountability, {
          kind: event.data.kind,
          measure: event.data.measure ?? null,
          persons: event.data.persons,
          inexact: event.data.inexact ?? false,
        }),
      };
    case 'InstitutionRecorded':
      return { ...next, institutions: view.institutions + event.data.count };
    case 'FundsRecovered':
      return { ...next, fundsFen: view.fundsFen + (event.data.amountFen ?? 0) };
    case 'NoticePublished':
      return {
        ...next,
        notices: [...view.notices, { seq: event.seq, asOf: event.data.asOf, sha256: event.data.sha256 }],
      };
    case 'LookBackOpened':
      return {
        ...next,
        lookBacks: [
          ...view.lookBacks,
          {
            seq: event.seq,
            openedOn: event.effectOn,
            scope: event.text?.scope ?? null,
            conclusion: null,
            concluded: false,
            sample: [],
          },
        ],
      };
    case 'SampleDrawn':
    case 'LookBackConcluded':
      return {
        ...next,
        lookBacks: view.lookBacks.map((lookBack) => {
          if (lookBack.seq !== event.data.lookBackSeq) return lookBack;
          return event.type === 'SampleDrawn'
            ? { ...lookBack, sample: event.data.itemIds }
            : { ...lookBack, concluded: true, conclusion: event.text?.conclusion ?? null };
        }),
      };
    case 'FlagDismissed':
      return { ...next, dismissedRules: [...view.dismissedRules, event.data.rule] };
    case 'CaseSettingsChanged':
    case 'EntryCorrected':
    case 'EntryVoided':
    case 'TextErased':
      return next;
    default:
      return event satisfies never;
  }
}

/** One line a kind and measure, in the order in which they first appeared. */
function withPersons(lines: readonly Accountability[], added: Accountability): readonly Accountability[] {
  const index = lines.findIndex((line) => line.kind === added.kind && line.measure === added.measure);
  const line = lines[index];
  if (!line) return [...lines, added];
  const sum = { ...line, persons: line.persons + added.persons, inexact: line.inexact || added.inexact };
  return lines.with(index, sum);
}

/** A case as the API gives it. */
export interface InspectionCase extends Omit<CaseView, 'state'> {
  readonly caseId: CaseId;
  readonly settings: Settings;
  /** The last day of the concentrated period; null where its length is not set. */
  readonly concentratedUntil: Day | null;
  readonly counts: Counts;
  readonly version: number;
  readonly hash: Hash;
}

/** It runs from the feedback; of a partial date, from its last day. */
export function concentratedUntil({ state, feedbackOn }: CaseView): Day | null {
  const months = state.settings.concentratedMonths;
  return months === undefined || feedbackOn === null ? null : monthsAfter(lastDay(feedbackOn), months);
}

export function presentCase(
  id: CaseId,
  view: CaseView,
  head: StreamHead,
  tallied: Tally,
  today: Day,
): InspectionCase {
  const { state, ...words } = view;
  return {
    caseId: id,
    ...words,
    settings: state.settings,
    concentratedUntil: concentratedUntil(view),
    counts: countsOn(tallied, today),
    version: head.version,
    hash: head.hash,
  };
}
