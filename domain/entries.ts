import type { Json } from './canonical.ts';
import type { PartialDate } from './dates.ts';
import {
  aPartialDate,
  type FieldError,
  type FieldMap,
  integer,
  isRecord,
  type Kind,
  listOf,
  mapOf,
  object,
  optional,
  required,
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
export const SHORT_TEXT = 500;

export const title = words(SHORT_TEXT);
export const long = words(LONG_TEXT);
/** The code of an office, which may be its Chinese name. */
export const office = token(64);
export const entrySeq = integer(1, MAX_SEQ);
/** Words in their stored form already, so that a retry is recognised; whether they are right, the decider says. */
function normalisedChange(member: unknown): Json {
  if (typeof member !== 'string') return member as Json;
  const text = normaliseText(member, LONG_TEXT);
  return 'value' in text ? text.value : member;
}

/** The target's fields that change; what they may hold depends on the target, so the decider checks them. */
const changes: Kind<{ readonly [name: string]: Json }> = {
  schema: { type: 'object', additionalProperties: true },
  check(value, at, errors) {
    if (!isRecord(value)) {
      errors.push({ pointer: at, code: 'wrong-type', message: 'must be an object' });
      return undefined;
    }
    const normalised: { [name: string]: Json } = {};
    for (const [name, member] of Object.entries(value)) normalised[name] = normalisedChange(member);
    return normalised;
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
  /** Fills in what the input may leave out. */
  readonly complete?: (fields: { readonly [name: string]: unknown }) => { readonly [name: string]: unknown };
}

export function entry<S extends 'case' | 'item', D extends FieldMap, T extends FieldMap>(
  stream: S,
  data: D,
  text: T,
  more: Pick<Entry<S, D, T>, 'rule' | 'complete'> = {},
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
export const erased = <S extends 'case' | 'item'>(stream: S) =>
  entry(
    stream,
    { target: required(entrySeq), ground: required(token(200)), approvedBy: required(token(200)) },
    {},
  );
