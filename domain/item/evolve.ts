import type { Actor } from '../actor.ts';
import { lastDay, type PartialDate } from '../dates.ts';
import type { EventOf, ItemEvent } from '../events.ts';
import { shortDigest } from '../hashing.ts';
import { mintedSeq } from '../ids.ts';
import type { Resolved } from '../resolve.ts';
import { type ItemState, type MeasureState, type Status, stands } from './state.ts';

/** Carries the state over one event. It refuses nothing: it happened. Total in any order and on any subset. */
export function evolveItem(state: ItemState, event: Resolved<ItemEvent>): ItemState {
  const next = evolve(state, event);
  // A withdrawal ends the item, also where it was back-dated and what came before it follows in effect order.
  return state.status === 'withdrawn' ? { ...next, status: 'withdrawn', requestSeq: 0 } : next;
}

function evolve(state: ItemState, event: Resolved<ItemEvent>): ItemState {
  switch (event.type) {
    case 'IssueRaised':
      return {
        ...state,
        status: state.status ?? workingStatus(state),
        turnSeq: event.seq,
        raisedOn: event.effectOn,
      };
    case 'IssueWithdrawn':
      return { ...state, status: 'withdrawn', requestSeq: 0 };
    case 'OfficeAssigned':
      return assigned(state, event);
    case 'MeasureAdopted':
      return settled({
        ...state,
        measures: withMeasure(state.measures, event.seq, (measure) => ({ ...measure, adopted: true })),
        contributors: withContributor(state.contributors, event),
      });
    case 'MeasureCompleted':
      return {
        ...state,
        measures: withMeasure(state.measures, mintedSeq('m', event.data.measureId) ?? 0, (measure) => ({
          ...measure,
          progress:
            measure.progress === 'withdrawn'
              ? 'withdrawn'
              : event.data.continuing
                ? 'continuing'
                : 'completed',
          completedSeq: event.seq,
        })),
        contributors: withContributor(state.contributors, event),
      };
    case 'MeasureWithdrawn':
      return settled({
        ...state,
        measures: withMeasure(state.measures, mintedSeq('m', event.data.measureId) ?? 0, (measure) => ({
          ...measure,
          progress: 'withdrawn',
        })),
      });
    case 'EvidenceAttached':
      return {
        ...state,
        measures:
          event.actor.role === 'office'
            ? counted(state, event.data.measureIds ?? [], event.seq, 1)
            : state.measures,
        contributors: withContributor(state.contributors, event),
      };
    case 'EvidenceWithdrawn': {
      const { withdraws } = event;
      if (!withdraws?.fromOffice) return state;
      return { ...state, measures: counted(state, withdraws.measureIds, withdraws.seq, -1) };
    }
    case 'ClosureRequested':
      return {
        ...state,
        status: 'closure-requested',
        requestSeq: event.seq,
        requestedOn: event.effectOn,
        endorsedBy: [],
      };
    case 'ClosureRequestWithdrawn':
      return { ...state, status: returnedStatus(state), requestSeq: 0, endorsedBy: [] };
    case 'ClosureEndorsed':
      return { ...state, endorsedBy: [...state.endorsedBy, event.data.body] };
    case 'ClosureReturned':
      return { ...state, status: returnedStatus(state), requestSeq: 0, endorsedBy: [], turnSeq: event.seq };
    case 'ItemClosed':
      return { ...state, status: 'closed', closedOn: event.effectOn, requestSeq: 0 };
    case 'ItemReopened':
      return {
        ...state,
        status: 'reopened',
        reopenedSeq: event.seq,
        turnSeq: event.seq,
        measures: state.measures.map((measure) => ({ ...measure, freshEvidence: 0 })),
      };
    case 'ExtensionRequested':
      return { ...state, extensionRequestedOn: event.effectOn };
    case 'DeadlineExtended':
      return { ...state, deadline: later(state.deadline, event.data.to), extensionRequestedOn: undefined };
    case 'ProgressReported':
    case 'LookBackFindingRecorded':
    case 'FlagDismissed':
    case 'EntryCorrected':
    case 'EntryVoided':
    case 'TextErased':
      return state;
    default:
      return event satisfies never;
  }
}

/** Each extension was later than what it extended: in whatever order all come, the latest is in force. */
const later = (deadline: PartialDate | undefined, to: PartialDate): PartialDate =>
  deadline !== undefined && lastDay(deadline) > lastDay(to) ? deadline : to;

function assigned(state: ItemState, event: EventOf<'OfficeAssigned'>): ItemState {
  const { lead, supporting = [], term, deadline } = event.data;
  const offices = [lead, ...supporting];
  const added = offices.filter((office) => !state.everResponsible.includes(office));
  return {
    ...state,
    lead,
    supporting,
    everResponsible: added.length > 0 ? [...state.everResponsible, ...added] : state.everResponsible,
    term: state.term ?? term,
    deadline: deadline === undefined ? state.deadline : later(state.deadline, deadline),
  };
}

const hasStandingMeasure = (state: ItemState): boolean => state.measures.some(stands);

/** The status of open work: a standing measure means rectifying; without one it is raised, or reopened, again. */
function workingStatus(state: ItemState): Status {
  if (hasStandingMeasure(state)) return 'rectifying';
  return state.reopenedSeq > 0 ? 'reopened' : 'raised';
}

/** A return or a withdrawn request goes back to rectifying. */
const returnedStatus = (state: ItemState): Status => workingStatus(state);

/** After a measure came or went; a request, a closing or a reopening is not undone by it. */
function settled(state: ItemState): ItemState {
  if (state.status === 'raised' || state.status === 'rectifying')
    return { ...state, status: workingStatus(state) };
  return state;
}

function withMeasure(
  measures: readonly MeasureState[],
  seq: number,
  change: (measure: MeasureState) => MeasureState,
): readonly MeasureState[] {
  const index = measures.findIndex((measure) => measure.seq === seq);
  if (index >= 0) return measures.with(index, change(measures[index] as MeasureState));
  const unseen: MeasureState = {
    seq,
    adopted: false,
    progress: 'adopted',
    completedSeq: 0,
    evidence: 0,
    freshEvidence: 0,
  };
  return [...measures, change(unseen)];
}

function counted(
  state: ItemState,
  measureIds: readonly string[],
  evidenceSeq: number,
  by: 1 | -1,
): readonly MeasureState[] {
  const fresh = evidenceSeq > state.reopenedSeq ? by : 0;
  let { measures } = state;
  for (const id of measureIds) {
    measures = withMeasure(measures, mintedSeq('m', id) ?? 0, (measure) => ({
      ...measure,
      evidence: measure.evidence + by,
      freshEvidence: measure.freshEvidence + fresh,
    }));
  }
  return measures;
}

/** Digests of the persons met last: a fold meets few, and each of them often. */
const digests = new Map<string, Map<string, string>>();
const MOST_DIGESTS = 1_000;

/** A person, recognisable but not named. */
export function contributor({ iss, sub }: Actor): string {
  const ofIssuer = digests.get(iss) ?? new Map<string, string>();
  const known = ofIssuer.get(sub);
  if (known !== undefined) return known;
  if (digests.size === MOST_DIGESTS) digests.clear();
  if (ofIssuer.size === MOST_DIGESTS) ofIssuer.clear();
  const digest = shortDigest(`${iss}\n${sub}`);
  digests.set(iss, ofIssuer.set(sub, digest));
  return digest;
}

function withContributor(contributors: readonly string[], event: ItemEvent): readonly string[] {
  if (event.source !== undefined) return contributors;
  const digest = contributor(event.actor);
  return contributors.includes(digest) ? contributors : [...contributors, digest];
}
