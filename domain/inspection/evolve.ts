import { earliestDay } from '../dates.ts';
import type { CaseEvent } from '../events.ts';
import type { Resolved } from '../resolve.ts';
import type { CaseState } from './state.ts';

/** Carries the state over one event. It refuses nothing: it happened. Total in any order and on any subset. */
export function evolveCase(state: CaseState, event: Resolved<CaseEvent>): CaseState {
  switch (event.type) {
    case 'CaseOpened':
      return { ...state, opened: true, settings: { ...event.data.settings, ...state.settings } };
    case 'CaseSettingsChanged':
      return { ...state, settings: { ...state.settings, ...event.data.settings } };
    case 'PlanIssued':
      return { ...state, planIssuedOn: earliestDay(event.data.issuedOn), planAccepted: false };
    case 'PlanAccepted':
      return { ...state, planAccepted: true };
    case 'LookBackOpened':
      return {
        ...state,
        lookBacks: [...state.lookBacks, { seq: event.seq, openedOn: event.effectOn, concluded: false }],
      };
    case 'LookBackConcluded':
      return {
        ...state,
        lookBacks: state.lookBacks.map((lookBack) =>
          lookBack.seq === event.data.lookBackSeq ? { ...lookBack, concluded: true } : lookBack,
        ),
      };
    case 'SourceImported':
    case 'AccountabilityRecorded':
    case 'InstitutionRecorded':
    case 'FundsRecovered':
    case 'NoticePublished':
    case 'SampleDrawn':
    case 'FlagDismissed':
    case 'EntryCorrected':
    case 'EntryVoided':
    case 'TextErased':
      return state;
    default:
      return event satisfies never;
  }
}
