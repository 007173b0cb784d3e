import { decideAmendment } from '../amending.ts';
import type { CaseCircumstances, Command } from '../command.ts';
import { type Day, earliestDay, lastDay, type PartialDate } from '../dates.ts';
import type { CaseEventType } from '../events.ts';
import { isResponsible } from '../item/state.ts';
import { dayToCome } from '../past-days.ts';
import type { Payload } from '../payload.ts';
import { type Refusal, refuse } from '../refusals.ts';
import type { CaseState } from './state.ts';

export type CaseCommand = Command<CaseEventType>;

/** Which roles record what on the case stream, besides the committee. */
const OFFICE: ReadonlySet<CaseEventType> = new Set(['PlanIssued', 'InstitutionRecorded', 'FundsRecovered']);
const REVIEWER: ReadonlySet<CaseEventType> = new Set(['LookBackOpened', 'SampleDrawn', 'LookBackConcluded']);

/** Which items must be read before deciding: one, all (an office that names none), or only how many there are. */
export function itemsInQuestion(
  command: CaseCommand,
  role: string,
): 'none' | 'count' | 'all' | { itemId: string } {
  const { itemId } = command.data;
  if (role === 'office' && OFFICE.has(command.type))
    return itemId === undefined ? 'all' : { itemId: String(itemId) };
  return itemId !== undefined || command.type === 'SampleDrawn' ? 'count' : 'none';
}

/** Decides on one entry of the case stream: the payload to record, or a refusal. Reads no clock. */
export function decideCase(command: CaseCommand, state: CaseState, at: CaseCircumstances): Payload | Refusal {
  if (command.occurredOn !== undefined && earliestDay(command.occurredOn) > at.today) {
    return refuse('occurred-in-future', `${command.occurredOn} is after ${at.today}, the day of recording`);
  }
  return (
    mayRecordOnCase(command.type, at) ??
    dayToCome(command.data, at.today) ??
    unknownItems(command, at) ??
    decideByType(command, state, at)
  );
}

function mayRecordOnCase(type: CaseEventType, at: CaseCircumstances): Refusal | undefined {
  const { role, office } = at.principal;
  const allowed =
    role === 'committee' ||
    (role === 'office' && OFFICE.has(type)) ||
    (role === 'reviewer' && REVIEWER.has(type));
  if (!allowed) return refuse('role-not-allowed', `${role} ${office} may not record ${type}`);
  if (role !== 'office' || at.items?.some((item) => isResponsible(item, office))) return undefined;
  return refuse('office-not-responsible', `${office} neither leads nor supports what this entry is about`);
}

function unknownItems(command: CaseCommand, at: CaseCircumstances): Refusal | undefined {
  const { itemId, itemIds } = command.data;
  const named = [...(itemId === undefined ? [] : [itemId]), ...((itemIds ?? []) as readonly string[])];
  const unknown = named.find((id) => Number(id) > (at.itemCount ?? 0));
  return unknown === undefined ? undefined : refuse('unknown-item', `the case has no item ${unknown}`);
}

function decideByType(command: CaseCommand, state: CaseState, at: CaseCircumstances): Payload | Refusal {
  const { data } = command;
  switch (command.type) {
    case 'CaseOpened':
      return state.opened ? refuse('case-exists') : command;
    case 'PlanAccepted':
      return planAcceptance(data.acceptedOn as PartialDate, state) ?? command;
    case 'SampleDrawn':
    case 'LookBackConcluded':
      return openLookBack(data.lookBackSeq as number, state) ?? command;
    case 'CaseSettingsChanged':
    case 'SourceImported':
    case 'PlanIssued':
    case 'AccountabilityRecorded':
    case 'InstitutionRecorded':
    case 'FundsRecovered':
    case 'NoticePublished':
    case 'LookBackOpened':
      return command;
    case 'EntryCorrected':
    case 'EntryVoided':
    case 'TextErased':
      return decideAmendment(command, at, at.history ?? []);
    default:
      return command.type satisfies never;
  }
}

function planAcceptance(acceptedOn: PartialDate, state: CaseState): Refusal | undefined {
  if (state.planIssuedOn === undefined) return refuse('plan-not-issued');
  if (state.planAccepted) return refuse('plan-already-accepted');
  const accepted: Day = lastDay(acceptedOn);
  return accepted < state.planIssuedOn
    ? refuse(
        'decision-before-request',
        `${acceptedOn} is before ${state.planIssuedOn}, when the plan was issued`,
      )
    : undefined;
}

function openLookBack(seq: number, state: CaseState): Refusal | undefined {
  const lookBack = state.lookBacks.find((one) => one.seq === seq);
  if (!lookBack) return refuse('unknown-look-back', `entry ${seq} opened no look-back`);
  return lookBack.concluded ? refuse('look-back-concluded') : undefined;
}
