import { decideAmendment } from '../amending.ts';
import type { Command, ItemCircumstances } from '../command.ts';
import { type Day, earliestDay, type PartialDate } from '../dates.ts';
import { beforeOpening, findingOf, movedBeforeOpening } from '../decision-order.ts';
import type { ItemEventType, LedgerEvent } from '../events.ts';
import { mintedSeq } from '../ids.ts';
import { initialCase } from '../inspection/state.ts';
import { unknownRule } from '../look-back/catalogue.ts';
import type { Payload } from '../payload.ts';
import { isRefusal, type Refusal, refuse } from '../refusals.ts';
import { resolve, voidedSeqs } from '../resolve.ts';
import { unmetClosingRules } from './closing.ts';
import { notLater, overtaken } from './extensions.ts';
import { fitsStatus, mayRecord } from './permissions.ts';
import { type ItemState, type MeasureState, stands } from './state.ts';

export type ItemCommand = Command<ItemEventType>;

/** Types whose decision reads the state of the case as well. */
export const needsCase = (command: ItemCommand, role: string): boolean =>
  command.type === 'ItemClosed' ||
  command.type === 'LookBackFindingRecorded' ||
  (command.type === 'ItemReopened' && command.data.lookBackSeq !== undefined) ||
  (command.type === 'EntryCorrected' && command.data.occurredOn !== undefined) ||
  (command.type === 'MeasureWithdrawn' && role === 'office');

/** Types that name an earlier entry, whatever it said and however it was corrected since. */
export const needsHistory = ({ type, data }: Command<string>): boolean =>
  type === 'EntryCorrected' ||
  type === 'EntryVoided' ||
  type === 'TextErased' ||
  type === 'EvidenceWithdrawn' ||
  (type === 'LookBackFindingRecorded' && data.evidenceIds !== undefined) ||
  (type === 'ItemReopened' && data.lookBackSeq !== undefined);

export const needsItems = (command: ItemCommand): boolean =>
  command.type === 'IssueWithdrawn' && command.data.mergedInto !== undefined;

/**
 * Decides on one entry: the payload to record, with what the ledger fills in, or a refusal. Permission comes
 * first, then the item's status, then the rule of the type. Reads no clock and changes nothing.
 */
export function decideItem(command: ItemCommand, state: ItemState, at: ItemCircumstances): Payload | Refusal {
  if (command.occurredOn !== undefined && earliestDay(command.occurredOn) > at.today) {
    return refuse('occurred-in-future', `${command.occurredOn} is after ${at.today}, the day of recording`);
  }
  return (
    mayRecord(command.type, at.principal, state) ??
    fitsStatus(command.type, at.principal, state) ??
    decideByType(command, state, at)
  );
}

function decideByType(command: ItemCommand, state: ItemState, at: ItemCircumstances): Payload | Refusal {
  const { data } = command;
  switch (command.type) {
    case 'IssueRaised':
    case 'ProgressReported':
      return (
        unknownMeasures(state, data.measureId === undefined ? [] : [data.measureId as string]) ?? command
      );
    case 'MeasureAdopted':
    case 'ClosureRequestWithdrawn':
      return command;
    case 'FlagDismissed':
      return unknownRule(data.rule as string) ?? command;
    case 'IssueWithdrawn':
      return unknownItem(data.mergedInto, at) ?? command;
    case 'OfficeAssigned':
      return (state.term !== undefined && data.term !== undefined) ||
        (state.deadline !== undefined && data.deadline !== undefined)
        ? refuse('term-already-set')
        : command;
    case 'MeasureCompleted':
      return completion(state, data.measureId as string) ?? command;
    case 'MeasureWithdrawn':
      return measureWithdrawal(state, data.measureId as string, at) ?? command;
    case 'EvidenceAttached':
      return unknownMeasures(state, (data.measureIds ?? []) as readonly string[]) ?? command;
    case 'EvidenceWithdrawn':
      return evidenceWithdrawal(data.evidenceId as string, at) ?? command;
    case 'ClosureRequested':
      return state.measures.some(stands) ? command : refuse('no-standing-measure');
    case 'ClosureEndorsed':
      return (
        before(at.effectOn, state.requestedOn) ??
        (state.endorsedBy.includes(data.body as string) ? refuse('already-endorsed') : command)
      );
    case 'ClosureReturned':
      return before(at.effectOn, state.requestedOn) ?? command;
    case 'ItemClosed':
      return closing(data.reviewedSeq as number, state, at) ?? command;
    case 'ItemReopened':
      return (
        before(at.effectOn, state.closedOn) ??
        unknownLookBack(data.lookBackSeq, at, true) ??
        unfounded(data.lookBackSeq, at) ??
        command
      );
    case 'ExtensionRequested':
      return notLater(state, data.to as PartialDate) ?? command;
    case 'DeadlineExtended':
      return (
        notLater(state, data.to as PartialDate) ??
        before(at.effectOn, state.extensionRequestedOn) ?? {
          data: { ...data, from: state.deadline },
          text: command.text,
        }
      );
    case 'LookBackFindingRecorded':
      return (
        unknownLookBack(data.lookBackSeq, at, false) ??
        unseenEvidence((data.evidenceIds ?? []) as readonly string[], at) ??
        command
      );
    case 'EntryCorrected':
      return decideCorrection(command, at);
    case 'EntryVoided':
    case 'TextErased':
      return decideAmendment(command, at, at.history ?? []);
    default:
      return command.type satisfies never;
  }
}

function decideCorrection(command: ItemCommand, at: ItemCircumstances): Payload | Refusal {
  const history = at.history ?? [];
  const corrected = decideAmendment(command, at, history);
  const occurredOn = command.data.occurredOn as PartialDate | null | undefined;
  if (isRefusal(corrected)) return corrected;
  const refused = overtaken(corrected, at);
  if (refused || occurredOn === undefined) return refused ?? corrected;
  const target = history.find(({ seq }) => seq === command.data.target);
  const lookBacks = at.inspection?.lookBacks ?? [];
  return movedBeforeOpening(target?.known ? target : undefined, occurredOn, lookBacks, at.zone) ?? corrected;
}

/** A committee decision never occurs before what it answers. */
function before(effectOn: Day, answered: Day | undefined): Refusal | undefined {
  if (answered === undefined || effectOn >= answered) return undefined;
  return refuse(
    'decision-before-request',
    `${effectOn} is before ${answered}, when what it answers took place`,
  );
}

function standingMeasure(state: ItemState, id: string): MeasureState | Refusal {
  const seq = mintedSeq('m', id);
  const measure = state.measures.find((one) => one.seq === seq && one.adopted);
  if (!measure) return refuse('unknown-measure', `the item has no measure ${id}`);
  return measure.progress === 'withdrawn'
    ? refuse('measure-withdrawn', `measure ${id} was withdrawn`)
    : measure;
}

function unknownMeasures(state: ItemState, ids: readonly string[]): Refusal | undefined {
  for (const id of ids) {
    const found = standingMeasure(state, id);
    if ('refused' in found) return found;
  }
  return undefined;
}

/** Under way, continuing, or completed before the newest reopening. */
export function isCompletable(measure: MeasureState, { reopenedSeq }: ItemState): boolean {
  const again = measure.completedSeq > 0 && measure.completedSeq < reopenedSeq;
  return stands(measure) && (measure.progress === 'adopted' || measure.progress === 'continuing' || again);
}

function completion(state: ItemState, id: string): Refusal | undefined {
  const measure = standingMeasure(state, id);
  if ('refused' in measure) return measure;
  return isCompletable(measure, state)
    ? undefined
    : refuse('measure-already-completed', `measure ${id} is completed`);
}

function measureWithdrawal(state: ItemState, id: string, at: ItemCircumstances): Refusal | undefined {
  const measure = standingMeasure(state, id);
  if ('refused' in measure) return measure;
  const issued = at.principal.role === 'office' && at.inspection?.planIssuedOn !== undefined;
  return issued ? refuse('plan-issued') : undefined;
}

function evidenceWithdrawal(id: string, at: ItemCircumstances): Refusal | undefined {
  const seq = mintedSeq('e', id);
  const history = at.history ?? [];
  const attached = history.find((event) => event.seq === seq);
  if (!attached?.known || attached.type !== 'EvidenceAttached') {
    return refuse('unknown-evidence', `the item has no evidence ${id}`);
  }
  const { role, office } = at.principal;
  if (role !== 'committee' && attached.actor.office !== office) {
    return refuse('entry-of-another-office', `evidence ${id} was attached by ${attached.actor.office}`);
  }
  return isGone(attached, id, history) ? refuse('evidence-already-withdrawn') : undefined;
}

/** Was this evidence withdrawn, by an entry that stands, or voided? */
function isGone(attached: LedgerEvent, id: string, history: readonly LedgerEvent[]): boolean {
  const gone = voidedSeqs(history);
  const withdrawn = history.some(
    (event) =>
      event.known &&
      event.type === 'EvidenceWithdrawn' &&
      event.data.evidenceId === id &&
      !gone.has(event.seq),
  );
  return withdrawn || gone.has(attached.seq);
}

/** What a finding rests on must stand. */
function unseenEvidence(ids: readonly string[], at: ItemCircumstances): Refusal | undefined {
  const history = at.history ?? [];
  for (const id of ids) {
    const attached = history.find((event) => event.seq === mintedSeq('e', id));
    if (!attached?.known || attached.type !== 'EvidenceAttached') {
      return refuse('unknown-evidence', `the item has no evidence ${id}`);
    }
    if (isGone(attached, id, history)) return refuse('evidence-already-withdrawn');
  }
  return undefined;
}

function unknownLookBack(seq: unknown, at: ItemCircumstances, mayBeConcluded: boolean): Refusal | undefined {
  if (seq === undefined) return undefined;
  const lookBack = at.inspection?.lookBacks.find((one) => one.seq === seq);
  if (!lookBack) return refuse('unknown-look-back', `entry ${seq} of the case opened no look-back`);
  return lookBack.concluded && !mayBeConcluded
    ? refuse('look-back-concluded')
    : beforeOpening(lookBack, at.effectOn);
}

/** Who reopens because of a look-back needs its finding: the newest that stands, and it is not `genuine`. */
function unfounded(lookBackSeq: unknown, at: ItemCircumstances): Refusal | undefined {
  if (lookBackSeq === undefined) return undefined;
  const finding = findingOf(lookBackSeq, resolve(at.history ?? [], at.zone));
  if (!finding) return refuse('finding-missing', `look-back ${lookBackSeq} found nothing on this item`);
  return finding.data.verdict === 'genuine'
    ? refuse('finding-missing', `finding ${finding.seq} of look-back ${lookBackSeq} says genuine`)
    : before(at.effectOn, finding.effectOn);
}

function unknownItem(id: unknown, at: ItemCircumstances): Refusal | undefined {
  if (id === undefined) return undefined;
  const number = Number(id);
  if (number > (at.itemCount ?? 0)) return refuse('unknown-item', `the case has no item ${id}`);
  return number === at.itemNumber
    ? refuse('unknown-item', 'an item cannot be merged into itself')
    : undefined;
}

function closing(reviewedSeq: number, state: ItemState, at: ItemCircumstances): Refusal | undefined {
  const version = at.seq - 1;
  if (reviewedSeq !== version) {
    return {
      ...refuse('review-outdated', `entry ${reviewedSeq} was reviewed, the item is at ${version}`),
      version,
    };
  }
  const [first, ...others] = unmetClosingRules(state, at.inspection ?? initialCase, at.principal);
  if (!first) return before(at.effectOn, state.requestedOn);
  return { ...first, detail: [first, ...others].map((refusal) => refusal.detail).join('; ') };
}
