import type { Role } from '../actor.ts';
import { decideAmendment } from '../amending.ts';
import type { CaseCircumstances, Command } from '../command.ts';
import { type Day, earliestDay, lastDay, type PartialDate } from '../dates.ts';
import { beforeOpening, openedAfter, redatedOpening } from '../decision-order.ts';
import type { CaseEventType } from '../events.ts';
import { isResponsible } from '../item/state.ts';
import { unknownRule, wrongThresholds } from '../look-back/catalogue.ts';
import { dayToCome } from '../past-days.ts';
import { caseEventTypes, type Payload } from '../payload.ts';
import { isRefusal, type Refusal, refuse } from '../refusals.ts';
import type { CaseState, LookBackState } from './state.ts';

export type CaseCommand = Command<CaseEventType>;

/** Which roles record what on the case stream, besides the committee. */
const OFFICE: ReadonlySet<CaseEventType> = new Set(['PlanIssued', 'InstitutionRecorded', 'FundsRecovered']);
const REVIEWER: ReadonlySet<CaseEventType> = new Set([
  'LookBackOpened',
  'SampleDrawn',
  'LookBackConcluded',
  'FlagDismissed',
]);
/** What is said of a look-back that is not concluded. */
const OF_LOOK_BACK: ReadonlySet<CaseEventType> = new Set(['SampleDrawn', 'LookBackConcluded']);

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

const isOfRole = (type: CaseEventType, role: Role): boolean =>
  role === 'committee' ||
  (role === 'office' && OFFICE.has(type)) ||
  (role === 'reviewer' && REVIEWER.has(type));

/**
 * What a role may record on the case as it stands, in the order of the facts; what a field says may still be wrong,
 * and an office must lead or support something.
 */
export const recordableOnCase = (role: Role, state: CaseState): readonly CaseEventType[] =>
  caseEventTypes.filter(
    (type) =>
      isOfRole(type, role) &&
      !fitsCase(type, state) &&
      (!OF_LOOK_BACK.has(type) || state.lookBacks.some(isOpen)),
  );

function mayRecordOnCase(type: CaseEventType, at: CaseCircumstances): Refusal | undefined {
  const { role, office } = at.principal;
  if (!isOfRole(type, role)) return refuse('role-not-allowed', `${role} ${office} may not record ${type}`);
  if (role !== 'office' || at.items?.some((item) => isResponsible(item, office))) return undefined;
  return refuse('office-not-responsible', `${office} neither leads nor supports what this entry is about`);
}

function unknownItems(command: CaseCommand, at: CaseCircumstances): Refusal | undefined {
  const { itemId, itemIds = [], flagged = [] } = command.data;
  const listed = [itemIds, flagged] as readonly (readonly string[])[];
  const named = [...(itemId === undefined ? [] : [itemId]), ...listed.flat()];
  const unknown = named.find((id) => Number(id) > (at.itemCount ?? 0));
  return unknown === undefined ? undefined : refuse('unknown-item', `the case has no item ${unknown}`);
}

/** Does the case as it stands let this entry in, whatever its fields say? */
function fitsCase(type: CaseEventType, state: CaseState): Refusal | undefined {
  if (type === 'CaseOpened') return state.opened ? refuse('case-exists') : undefined;
  if (type !== 'PlanAccepted') return undefined;
  if (state.planIssuedOn === undefined) return refuse('plan-not-issued');
  return state.planAccepted ? refuse('plan-already-accepted') : undefined;
}

function decideByType(command: CaseCommand, state: CaseState, at: CaseCircumstances): Payload | Refusal {
  const { data } = command;
  const unfit = fitsCase(command.type, state);
  if (unfit) return unfit;
  switch (command.type) {
    case 'PlanAccepted':
      return acceptedTooEarly(data.acceptedOn as PartialDate, state) ?? command;
    case 'SampleDrawn':
    case 'LookBackConcluded':
      return openLookBack(data.lookBackSeq as number, state, at.effectOn) ?? command;
    case 'CaseOpened':
    case 'CaseSettingsChanged':
      return wrongThresholds(data.settings, '/data/settings') ?? command;
    case 'SourceImported':
    case 'PlanIssued':
    case 'AccountabilityRecorded':
    case 'InstitutionRecorded':
    case 'FundsRecovered':
    case 'NoticePublished':
    case 'LookBackOpened':
      return command;
    case 'FlagDismissed':
      return unknownRule(data.rule as string) ?? command;
    case 'EntryCorrected': {
      const { settings } = (data.set ?? {}) as { readonly settings?: unknown };
      return wrongThresholds(settings, '/data/set/settings') ?? decideCorrection(command, at);
    }
    case 'EntryVoided':
    case 'TextErased':
      return decideAmendment(command, at, at.history ?? []);
    default:
      return command.type satisfies never;
  }
}

function decideCorrection(command: CaseCommand, at: CaseCircumstances): Payload | Refusal {
  const history = at.history ?? [];
  const corrected = decideAmendment(command, at, history);
  const opening = redatedOpening(command, history);
  if (isRefusal(corrected) || !opening) return corrected;
  const occurredOn = command.data.occurredOn as PartialDate | null;
  return openedAfter(opening, occurredOn, at.ofLookBack ?? [], at.zone) ?? corrected;
}

function acceptedTooEarly(acceptedOn: PartialDate, { planIssuedOn }: CaseState): Refusal | undefined {
  const accepted: Day = lastDay(acceptedOn);
  return planIssuedOn !== undefined && accepted < planIssuedOn
    ? refuse('decision-before-request', `${acceptedOn} is before ${planIssuedOn}, when the plan was issued`)
    : undefined;
}

const isOpen = ({ concluded }: LookBackState): boolean => !concluded;

function openLookBack(seq: number, state: CaseState, effectOn: Day): Refusal | undefined {
  const lookBack = state.lookBacks.find((one) => one.seq === seq);
  if (!lookBack) return refuse('unknown-look-back', `entry ${seq} opened no look-back`);
  return isOpen(lookBack) ? beforeOpening(lookBack, effectOn) : refuse('look-back-concluded');
}
