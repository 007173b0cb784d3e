import type { Json } from './canonical.ts';
import type { PartialDate } from './dates.ts';
import {
  aPartialDate,
  type FieldError,
  type FieldMap,
  fixed,
  integer,
  isRecord,
  type Kind,
  listOf,
  mapOf,
  object,
  optional,
  required,
  step,
  token,
  type ValuesOf,
  words,
} from './fields.ts';
import { MAX_SEQ } from './ids.ts';
import { normaliseText } from './text.ts';

export const TERMS = ['immediate', 'time-bound', 'long-term'] as const;
export type Term = (typeof TERMS)[number];
export const STATED_STATUSES = ['completed', 'basically-completed', 'continuing', 'not-completed'] as const;
export type StatedStatus = (typeof STATED_STATUSES)[number];
export const VERDICTS = ['genuine', 'partial', 'false'] as const;
export const ACCOUNTABILITY_KINDS = [
  'party-discipline',
  'administrative-sanction',
  'admonition',
  'reminder-talk',
  'criticism-education',
  'organisational',
  'transferred',
] as const;
export type AccountabilityKind = (typeof ACCOUNTABILITY_KINDS)[number];

/** Which sanctions a kind has; a kind that is not here has none. */
export const SANCTIONS: { readonly [K in AccountabilityKind]?: readonly string[] } = {
  'party-discipline': ['警告', '严重警告', '撤销党内职务', '留党察看', '开除党籍'],
  'administrative-sanction': ['警告', '记过', '记大过', '降级', '撤职', '开除'],
};

/** The longest words of one field, in UTF-16 code units; the whole entry has its own limit in bytes. */
export const LONG_TEXT = 10_000;
const SHORT_TEXT = 500;

export const title = words(SHORT_TEXT);
export const long = words(LONG_TEXT);
/** The code of an office, which may be its Chinese name. */
export const office = token(64);
/** Of a draw: whoever knows it can draw again. */
export const seed = token(64);
export const entrySeq = integer(1, MAX_SEQ);
/**
 * Words in their stored form already, so that a retry is recognised; whether they are right, the decider says.
 * Undefined for what no field holds, such as fractions and deep nesting.
 */
function normalisedChange(member: unknown, depth = 4): Json | undefined {
  if (typeof member === 'string') {
    const text = normaliseText(member, LONG_TEXT);
    return 'value' in text ? text.value : member;
  }
  if (member === null || typeof member === 'boolean' || Number.isSafeInteger(member)) return member as Json;
  if (typeof member !== 'object' || depth === 0) return undefined;
  const parts = Object.entries(member).map(
    ([name, part]) => [name, normalisedChange(part, depth - 1)] as const,
  );
  if (parts.some(([, part]) => part === undefined)) return undefined;
  return Array.isArray(member) ? parts.map(([, part]) => part as Json) : Object.fromEntries(parts);
}

/** The target's fields that change; what they may hold depends on the target, so the decider checks them. */
const changes: Kind<{ readonly [name: string]: Json }> = {
  schema: { type: 'object', additionalProperties: true },
  check(value, at, errors) {
    if (!isRecord(value)) {
      errors.push({ pointer: at, code: 'wrong-type', message: 'must be an object' });
      return undefined;
    }
    const normalised = Object.entries(value).map(
      ([name, member]) => [name, normalisedChange(member)] as const,
    );
    for (const [name, member] of normalised) {
      if (member !== undefined) continue;
      errors.push({ pointer: at + step(name), code: 'wrong-type', message: 'is nothing that a field holds' });
    }
    // Members of their own, whatever they are called: `__proto__` is an unknown field, not a silent nothing.
    return Object.fromEntries(normalised) as { [name: string]: Json };
  },
};
const changedDate: Kind<PartialDate | null> = {
  schema: { anyOf: [aPartialDate.schema, { type: 'null' }] },
  check: (value, at, errors) => (value === null ? null : aPartialDate.check(value, at, errors)),
};
export const settingsKind = object({
  /** Length of the concentrated period, in months. */
  concentratedMonths: optional(integer(1, 60)),
  /** Bodies whose endorsement a closing needs. */
  requiredEndorsements: optional(listOf(office, 20)),
  /** Parameters of look-back flags, by name. */
  flagThresholds: optional(mapOf(integer(0, 1_000_000), 100)),
});
export type Settings = ValuesOf<{
  concentratedMonths: ReturnType<typeof optional<number>>;
  requiredEndorsements: ReturnType<typeof optional<readonly string[]>>;
  flagThresholds: ReturnType<typeof optional<{ readonly [name: string]: number }>>;
}>;

export interface Entry<S extends 'case' | 'item', D extends FieldMap, T extends FieldMap> {
  readonly stream: S;
  /** Structure: all that a fold or a decision needs. */
  readonly data: D;
  /** Words: erasable, and read by no decision. */
  readonly text: T;
  /** What holds between fields, once each is right. Fields of both parts stand together. */
  readonly rule?: (fields: { readonly [name: string]: unknown }, errors: FieldError[]) => void;
  /** What a new entry must say besides, whatever else is wrong with it; a stored one is read without. */
  readonly onEntry?: (fields: { readonly [name: string]: unknown }, errors: FieldError[]) => void;
  /** Fills in what the input may leave out. */
  readonly complete?: (fields: { readonly [name: string]: unknown }) => { readonly [name: string]: unknown };
}

export function entry<S extends 'case' | 'item', D extends FieldMap, T extends FieldMap>(
  stream: S,
  data: D,
  text: T,
  more: Pick<Entry<S, D, T>, 'rule' | 'onEntry' | 'complete'> = {},
): Entry<S, D, T> {
  return { stream, data, text, ...more };
}

export const corrected = <S extends 'case' | 'item'>(stream: S) =>
  entry(
    stream,
    { target: required(entrySeq), set: optional(changes), occurredOn: optional(changedDate) },
    { reason: required(long), set: optional(changes) },
  );
export const voided = <S extends 'case' | 'item'>(stream: S) =>
  entry(stream, { target: required(entrySeq) }, { reason: required(long) });
/** A flag of an item stands in its stream, one of the case in the case's; which rules there are, the decider says. */
export const flagDismissed = <S extends 'case' | 'item'>(stream: S) =>
  entry(stream, { rule: fixed(required(token(64))) }, { reason: required(long) });
export const erased = <S extends 'case' | 'item'>(stream: S) =>
  entry(
    stream,
    { target: required(entrySeq), ground: required(token(200)), approvedBy: required(token(200)) },
    {},
  );
