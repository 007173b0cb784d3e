import { type Day, daysBetween, lastDay, monthsAfter, type PartialDate } from '../dates.ts';
import type { AccountabilityKind, Settings } from '../entries.ts';
import type { CaseEvent } from '../events.ts';
import type { Hash } from '../hashing.ts';
import type { CaseId } from '../ids.ts';
import type { StreamHead } from '../item/present.ts';
import { STATUSES, type Status } from '../item/state.ts';
import type { ItemView } from '../item/view.ts';
import type { Resolved } from '../resolve.ts';
import { evolveCase } from './evolve.ts';
import { type CaseState, initialCase } from './state.ts';

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
    readonly scope: string | null;
    readonly conclusion: string | null;
    readonly concluded: boolean;
    readonly sample: readonly string[];
  }[];
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

/** What a case list needs of an item: kept small, since every case has one a row. */
export interface Tally {
  readonly byStatus: { readonly [S in Status]: number };
  /** Deadlines of open items and how many share each; overdue is counted from them at read. */
  readonly openDeadlines: { readonly [deadline: string]: number };
  /** Closures returned, all items together. */
  readonly returns: number;
  /** Items with a return … */
  readonly returned: number;
  /** … and those of them that were put forward again since. */
  readonly resubmitted: number;
}

export function tally(items: readonly ItemView[]): Tally {
  const byStatus = Object.fromEntries(STATUSES.map((status) => [status, 0])) as { [S in Status]: number };
  const openDeadlines: { [deadline: string]: number } = {};
  const sums = { returns: 0, returned: 0, resubmitted: 0 };
  for (const { state, returns } of items) {
    const { status, deadline } = state;
    if (status === undefined) continue;
    byStatus[status] += 1;
    sums.returns += returns;
    if (returns > 0) sums.returned += 1;
    if (returns > 0 && (status === 'closure-requested' || status === 'closed')) sums.resubmitted += 1;
    if (status === 'closed' || status === 'withdrawn' || deadline === undefined) continue;
    openDeadlines[deadline] = (openDeadlines[deadline] ?? 0) + 1;
  }
  return { byStatus, openDeadlines, ...sums };
}

/** What two disjoint sets of items are together. */
export function joinedTally(one: Tally, other: Tally): Tally {
  const openDeadlines = { ...one.openDeadlines };
  for (const [deadline, count] of Object.entries(other.openDeadlines)) {
    openDeadlines[deadline] = (openDeadlines[deadline] ?? 0) + count;
  }
  return {
    byStatus: Object.fromEntries(
      STATUSES.map((status) => [status, one.byStatus[status] + other.byStatus[status]]),
    ) as Tally['byStatus'],
    openDeadlines,
    returns: one.returns + other.returns,
    returned: one.returned + other.returned,
    resubmitted: one.resubmitted + other.resubmitted,
  };
}

export interface Counts {
  readonly items: number;
  readonly byStatus: Tally['byStatus'];
  readonly overdue: number;
}

export function countsOn(tallied: Tally, today: Day): Counts {
  let overdue = 0;
  for (const [deadline, count] of Object.entries(tallied.openDeadlines)) {
    if (lastDay(deadline as PartialDate) < today) overdue += count;
  }
  return {
    items: Object.values(tallied.byStatus).reduce((sum, count) => sum + count, 0),
    // In the order of the statuses, whatever order the stored tally has.
    byStatus: Object.fromEntries(
      STATUSES.map((status) => [status, tallied.byStatus[status]]),
    ) as Tally['byStatus'],
    overdue,
  };
}

/** Open items by the days that they have left. */
export interface Dues {
  readonly overdue: number;
  /** 0 to 10 days. */
  readonly within10: number;
  /** 11 to 20 days. */
  readonly within20: number;
  /** More than 20 days. */
  readonly later: number;
  readonly undated: number;
}

export const DUES = ['overdue', 'within10', 'within20', 'later', 'undated'] as const;
export type Due = (typeof DUES)[number];

export function dueOn(deadline: PartialDate | null, today: Day): Due {
  if (deadline === null) return 'undated';
  const left = daysBetween(today, lastDay(deadline));
  return left < 0 ? 'overdue' : left <= 10 ? 'within10' : left <= 20 ? 'within20' : 'later';
}

export function duesOn({ byStatus, openDeadlines }: Tally, today: Day): Dues {
  const dues = { overdue: 0, within10: 0, within20: 0, later: 0, undated: 0 };
  let dated = 0;
  for (const [deadline, count] of Object.entries(openDeadlines)) {
    dues[dueOn(deadline as PartialDate, today)] += count;
    dated += count;
  }
  const open = STATUSES.filter((status) => status !== 'closed' && status !== 'withdrawn');
  dues.undated = open.reduce((sum, status) => sum + byStatus[status], 0) - dated;
  return dues;
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
