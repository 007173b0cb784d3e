import type { RefusalCode } from '../../domain/refusals.ts';

// Which refusals an operation may answer with, put together from what it takes and does.

type Codes = readonly RefusalCode[];

/** Any address: a token is checked wherever it is shown, and the machine may fail. */
export const ANYWHERE: Codes = ['token-invalid', 'busy', 'unavailable', 'internal'];
/** A known address with another method. */
export const OTHER_METHOD: Codes = ['method-not-allowed'];

export const SIGNED_IN: Codes = ['token-missing', 'role-not-allowed', 'case-not-allowed'];
export const OF_A_CASE: Codes = ['case-not-found', 'office-not-responsible'];
export const OF_AN_ITEM: Codes = [...OF_A_CASE, 'item-not-found'];
export const PARAMETERS: Codes = ['invalid-request'];
export const CLOCKS: Codes = ['invalid-fields', 'cut-in-future'];
/** In the cloud an answer is at most 6 MB. */
export const PAGES: Codes = ['invalid-cursor', 'answer-too-large'];

const BODY: Codes = ['invalid-request', 'unsupported-media-type', 'body-too-large'];
export const WRITING: Codes = [
  ...BODY,
  'invalid-fields',
  'entry-too-large',
  'occurred-in-future',
  'idempotency-key-reused',
  'version-mismatch',
  'conflict',
  'stream-full',
  'stream-unreadable',
  'clock-behind',
  'clock-ahead',
];

/** Entries that amend or name earlier ones. */
const AMENDING: Codes = [
  'office-not-responsible',
  'entry-of-another-office',
  'unknown-entry',
  'unknown-item',
  'unknown-look-back',
  'look-back-concluded',
  'target-not-correctable',
  'target-not-voidable',
  'target-voided',
  'text-erased',
  'nothing-to-correct',
  'approver-is-actor',
  'decision-before-request',
];

export const CASE_RULES: Codes = [...AMENDING, 'case-exists', 'plan-not-issued', 'plan-already-accepted'];

export const ITEM_RULES: Codes = [
  ...AMENDING,
  'office-not-lead',
  'unknown-measure',
  'unknown-evidence',
  'issue-already-raised',
  'item-closed',
  'item-withdrawn',
  'item-not-closed',
  'closure-requested',
  'closure-already-requested',
  'closure-not-requested',
  'already-endorsed',
  'no-standing-measure',
  'measure-not-completed',
  'evidence-missing',
  'nothing-new-since-reopening',
  'endorsement-missing',
  'review-outdated',
  'closer-was-responsible',
  'closer-took-part',
  'measure-withdrawn',
  'measure-already-completed',
  'evidence-already-withdrawn',
  'plan-issued',
  'term-already-set',
  'no-deadline',
  'extension-not-later',
  'finding-missing',
];

export const IMPORTING: Codes = [
  ...BODY,
  'not-a-notice',
  'header-incomplete',
  'import-too-large',
  'invalid-fields',
  'entry-too-large',
  'occurred-in-future',
  'conflict',
  'stream-full',
  'stream-unreadable',
  'clock-behind',
  'clock-ahead',
];
