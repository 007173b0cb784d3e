import type { FieldError } from './fields.ts';

/**
 * Every reason for which the ledger says no, with its HTTP status and title (RFC 9457). The code is stable:
 * clients may switch on it. What each means in words stands in the title; the detail names the case at hand.
 */
export const refusals = {
  // the request
  'invalid-request': [400, 'The request cannot be read'],
  'invalid-fields': [422, 'Some fields are wrong; nothing was recorded'],
  'unsupported-media-type': [415, 'This content type is not taken here'],
  'method-not-allowed': [405, 'This address does not take that method'],
  'not-acceptable': [406, 'No representation of that type'],
  'body-too-large': [413, 'The body is larger than the limit'],
  'answer-too-large': [400, 'The answer is larger than can be sent; ask for less'],
  'entry-too-large': [422, 'The entry is larger than 32 KiB'],
  'invalid-cursor': [400, 'The cursor is not one that this list gave'],
  'cut-in-future': [422, 'A clock cannot be asked about the future'],
  'occurred-in-future': [422, 'An entry cannot have happened after the day on which it is recorded'],
  'idempotency-key-reused': [422, 'The key was used for another request'],
  'version-mismatch': [412, 'The stream has moved on since that version'],
  // the person
  'token-missing': [401, 'A bearer token is required'],
  'token-invalid': [401, 'The bearer token is not valid'],
  'sign-in-failed': [401, 'Signing in did not succeed'],
  'sign-in-insufficient': [403, 'The issuer does not say who this person is in the ledger'],
  'sign-in-ended': [401, 'The sign-in has ended; nothing was recorded'],
  'sign-in-changed': [403, 'The form is too old, or is not of the person who is signed in'],
  'role-not-allowed': [403, 'This role may not do that'],
  'case-not-allowed': [403, 'The token does not reach this case'],
  'office-not-responsible': [403, 'The office neither leads nor supports this item'],
  'office-not-lead': [403, 'Only the lead office may do that'],
  'entry-of-another-office': [403, 'The entry was made by another office'],
  // what is not there
  'not-found': [404, 'There is nothing at this address'],
  'case-not-found': [404, 'There is no such case'],
  'item-not-found': [404, 'There is no such item'],
  'entry-not-found': [404, 'There is no such entry'],
  'look-back-not-found': [404, 'There is no such look-back'],
  'notice-not-published': [404, 'The committee has published no notice of this case'],
  'unknown-measure': [422, 'The item has no such measure'],
  'unknown-evidence': [422, 'The item has no such evidence'],
  'unknown-entry': [422, 'The stream has no such entry'],
  'unknown-item': [422, 'The case has no such item'],
  'unknown-look-back': [422, 'The case has no such look-back'],
  // what stands in the way
  'case-exists': [409, 'There is a case of that id already'],
  'issue-already-raised': [409, 'The issue of this item was raised already'],
  'item-closed': [409, 'The item is closed'],
  'item-withdrawn': [409, 'The item was withdrawn'],
  'item-not-closed': [409, 'The item is not closed'],
  'closure-requested': [409, 'A closure request stands; withdraw it first'],
  'closure-already-requested': [409, 'Closure was requested already'],
  'closure-not-requested': [409, 'No closure request stands'],
  'already-endorsed': [409, 'That body has endorsed this request already'],
  'no-standing-measure': [409, 'No measure stands'],
  'measure-not-completed': [409, 'A standing measure is not completed'],
  'evidence-missing': [409, 'A standing measure has no standing evidence from a responsible office'],
  'nothing-new-since-reopening': [409, 'No completion with its evidence is new since the reopening'],
  'endorsement-missing': [409, 'An endorsement that the case requires is missing'],
  'review-outdated': [409, 'Entries were recorded after the reviewed version'],
  'closer-was-responsible': [409, 'The closer belongs to an office that was responsible for the item'],
  'closer-took-part': [409, 'The closer recorded measures or evidence of this item'],
  'measure-withdrawn': [409, 'The measure was withdrawn'],
  'measure-already-completed': [409, 'The measure is completed'],
  'evidence-already-withdrawn': [409, 'The evidence was withdrawn or voided'],
  'plan-issued': [409, 'The plan is issued; only the committee may withdraw a measure'],
  'plan-not-issued': [409, 'No plan is issued'],
  'plan-already-accepted': [409, 'The plan is accepted'],
  'term-already-set': [409, 'Term and deadline are set once; a deadline changes by extension'],
  'no-deadline': [409, 'The item has no deadline'],
  'extension-not-later': [422, 'An extension must end later than the deadline'],
  'decision-before-request': [422, 'A decision cannot occur before what it answers'],
  'look-back-concluded': [409, 'The look-back is concluded'],
  'finding-missing': [409, 'No finding of that look-back says that the item is not put right'],
  'nothing-closed': [409, 'No item is closed: there is nothing to draw from'],
  'target-not-correctable': [422, 'That entry cannot be corrected'],
  'target-not-voidable': [422, 'A decision cannot be voided'],
  'target-voided': [409, 'The entry was voided'],
  'text-erased': [409, 'The text was erased'],
  'nothing-to-correct': [422, 'The correction changes nothing'],
  'approver-is-actor': [422, 'Erasure needs two persons'],
  'stream-full': [409, 'The stream or the case has reached its greatest number'],
  'stream-unreadable': [409, 'The stream holds an entry that this software does not know'],
  // imports
  'not-a-notice': [422, 'The text is no notice; nothing was imported'],
  'header-incomplete': [422, 'The notice does not say what a case needs; open the case first'],
  'import-too-large': [422, 'The notice holds more than a case can hold'],
  // the machine
  'clock-behind': [503, 'The clock of this writer is behind the stream'],
  'clock-ahead': [503, 'The clock of this writer is implausibly ahead'],
  busy: [503, 'The store is busy; try again'],
  unavailable: [503, 'The store cannot be reached; try again'],
  conflict: [409, 'Others kept writing to the stream; try again'],
  internal: [500, 'Something failed; the log has it under the request id'],
} as const satisfies { readonly [code: string]: readonly [status: number, title: string] };

export type RefusalCode = keyof typeof refusals;

/** Saying no is a value. */
export interface Refusal {
  readonly refused: RefusalCode;
  /** What is in the way, in a sentence that names it. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** The version that the stream has, where that helps the client. */
  readonly version?: number;
  /** What the detail names: an id, an office or a body, for whoever says it in another language. */
  readonly subject?: string;
}

export function refuse(
  refused: RefusalCode,
  detail: string = refusals[refused][1],
  subject?: string,
): Refusal {
  return subject === undefined ? { refused, detail } : { refused, detail, subject };
}

export function refuseFields(errors: readonly FieldError[]): Refusal {
  return { refused: 'invalid-fields', detail: refusals['invalid-fields'][1], errors };
}

export const isRefusal = (value: object): value is Refusal => 'refused' in value;
