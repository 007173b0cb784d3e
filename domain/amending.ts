import type { Principal } from './actor.ts';
import { canonical, type Json } from './canonical.ts';
import type { Circumstances, Command } from './command.ts';
import { effectDay, type PartialDate } from './dates.ts';
import { answerTo, misdatedDecision } from './decision-order.ts';
import type { KnownEvent, LedgerEvent } from './events.ts';
import { checkMembers, type FieldError, type FieldMap, isRecord, step } from './fields.ts';
import { dayToCome } from './past-days.ts';
import { checkPayload, entryRule, joinPayload, type Payload } from './payload.ts';
import { type Refusal, refuse, refuseFields } from './refusals.ts';
import { resolve, voidedSeqs } from './resolve.ts';

type Amending = 'EntryCorrected' | 'EntryVoided' | 'TextErased';

const AMENDMENTS: ReadonlySet<string> = new Set<Amending>(['EntryCorrected', 'EntryVoided', 'TextErased']);

/**
 * Entries that report work or claims, and judgements such as a finding or a dismissal, as long as no decision answers
 * them. Everything else is a decision, and no decision can be voided.
 */
const VOIDABLE: ReadonlySet<string> = new Set([
  'MeasureAdopted',
  'ProgressReported',
  'MeasureCompleted',
  'MeasureWithdrawn',
  'EvidenceAttached',
  'EvidenceWithdrawn',
  'ClosureRequested',
  'ClosureRequestWithdrawn',
  'ExtensionRequested',
  'LookBackFindingRecorded',
  'FlagDismissed',
  'PlanIssued',
  'AccountabilityRecorded',
  'InstitutionRecorded',
  'FundsRecovered',
]);

export const isAmendment = (type: string): type is Amending => AMENDMENTS.has(type);
export const isVoidable = (type: string): boolean => VOIDABLE.has(type);

/** Decides on a correction, a voiding or an erasure; the history is the whole stream. */
export function decideAmendment(
  command: Command<string>,
  at: Circumstances,
  history: readonly LedgerEvent[],
): Payload | Refusal {
  const who = at.principal;
  const targetSeq = command.data.target as number;
  const target = history.find((event) => event.seq === targetSeq);
  if (!target) return refuse('unknown-entry', `the stream has no entry ${targetSeq}`);
  if (!target.known)
    return refuse('stream-unreadable', `entry ${targetSeq} is of an unknown type or version`);
  if (who.role === 'office' && target.actor.office !== who.office) {
    return refuse('entry-of-another-office', `entry ${targetSeq} was made by ${target.actor.office}`);
  }
  if (command.type === 'TextErased') return decideErasure(command, who, target, history);
  if (AMENDMENTS.has(target.type)) {
    return refuse(
      'target-not-correctable',
      `entry ${targetSeq} is itself a ${target.type}; name the original entry`,
    );
  }
  if (voidedSeqs(history).has(targetSeq)) return refuse('target-voided', `entry ${targetSeq} was voided`);
  if (command.type === 'EntryVoided') {
    if (!VOIDABLE.has(target.type)) {
      return refuse('target-not-voidable', `entry ${targetSeq} is a ${target.type}, a decision`);
    }
    const answer = answerTo(target, resolve(history, at.zone));
    return answer
      ? refuse('target-not-voidable', `the ${answer.type} of entry ${answer.seq} answers it`)
      : command;
  }
  return decideCorrection(command, target, history, at);
}

function decideErasure(
  command: Command<string>,
  who: Principal,
  target: KnownEvent,
  history: readonly LedgerEvent[],
): Payload | Refusal {
  if (command.data.approvedBy === who.sub) return refuse('approver-is-actor');
  const erased = history.some(
    (event) => event.known && event.type === 'TextErased' && event.data.target === target.seq,
  );
  return erased ? refuse('text-erased', `the text of entry ${target.seq} was erased before`) : command;
}

function decideCorrection(
  command: Command<string>,
  target: KnownEvent,
  history: readonly LedgerEvent[],
  at: Circumstances,
): Payload | Refusal {
  const occurredOn = command.data.occurredOn as PartialDate | null | undefined;
  if (occurredOn && effectDay(occurredOn, target.recordedAt, at.zone) > at.today) {
    return refuse('occurred-in-future', `${occurredOn} ends after ${at.today}, the day of recording`);
  }
  const stream = target.itemId === undefined ? 'case' : 'item';
  const rule = entryRule(stream, target.type);
  const now = resolve(history, 0).find((event) => event.seq === target.seq);
  if (!rule || !now) return refuse('target-not-correctable');
  if (now.text === undefined) return refuse('text-erased', `the text of entry ${target.seq} was erased`);
  const set = isRecord(command.data.set) ? command.data.set : {};
  const errors = checkChanges(target.type, { ...rule.text, ...rule.data }, set);
  if (errors.length > 0) return refuseFields(errors);
  const before = joinPayload(now.data, now.text);
  const fields: { [name: string]: unknown } = { ...before };
  for (const [name, value] of Object.entries(set)) {
    if (value === null) delete fields[name];
    else fields[name] = value;
  }
  const checked = checkPayload(stream, target.type, fields);
  if ('errors' in checked) {
    return refuseFields(checked.errors.map((error) => ({ ...error, pointer: `/data/set${error.pointer}` })));
  }
  const redated = occurredOn !== undefined && (occurredOn ?? undefined) !== now.occurredOn;
  if (!redated && canonical(joinPayload(checked.data, checked.text) as Json) === canonical(before as Json)) {
    return refuse('nothing-to-correct', `entry ${target.seq} says so already`);
  }
  const future = dayToCome(set, at.today);
  if (future) return future;
  const split = splitChanges(command, set, { ...checked.data, ...checked.text }, (name) =>
    Object.hasOwn(rule.data, name),
  );
  return misdated(target, split, history, at) ?? split;
}

/** Every field that is unknown, fixed, missing or wrong in itself; pointers start at the request's body. */
function checkChanges(
  type: string,
  members: FieldMap,
  set: { readonly [name: string]: unknown },
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(set)) {
    const pointer = `/data/set${step(name)}`;
    const field = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!field) errors.push({ pointer, code: 'unknown-field', message: `is not a field of ${type}` });
    else if (field.fixed) errors.push({ pointer, code: 'not-correctable', message: 'cannot be corrected' });
    else if (value === null && !field.optional)
      errors.push({ pointer, code: 'required', message: 'is required' });
    else if (value !== null) checkMembers({ [name]: field }, { [name]: value }, '/data/set', errors);
  }
  return errors;
}

/** A correction must not make a decision occur before what it answers. */
function misdated(
  target: KnownEvent,
  correction: Payload,
  history: readonly LedgerEvent[],
  { seq, zone }: Circumstances,
): Refusal | undefined {
  const corrected = { ...target, ...correction, type: 'EntryCorrected', seq } as KnownEvent;
  const why = misdatedDecision(resolve([...history, corrected], zone));
  return why === undefined ? undefined : refuse('decision-before-request', why);
}

/** Structural changes stay in the data, words go to the text; both normalised as the target's schema says. */
function splitChanges(
  command: Command<string>,
  set: { readonly [name: string]: unknown },
  checked: { readonly [name: string]: unknown },
  isStructure: (name: string) => boolean,
): Payload {
  const structure: { [name: string]: unknown } = {};
  const words: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(set)) {
    (isStructure(name) ? structure : words)[name] = value === null ? null : checked[name];
  }
  const { set: _, ...data } = command.data;
  return {
    data: Object.keys(structure).length > 0 ? { ...data, set: structure } : data,
    text: Object.keys(words).length > 0 ? { ...command.text, set: words } : command.text,
  };
}
