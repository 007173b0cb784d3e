import type { Actor } from './actor.ts';
import type { Json } from './canonical.ts';
import type { Instant, PartialDate } from './dates.ts';
import {
  aDay,
  aMark,
  aMeasureId,
  anEvidenceId,
  anItemId,
  aPartialDate,
  aSha256,
  type FieldError,
  type FieldMap,
  fixed,
  integer,
  isRecord,
  type Kind,
  listOf,
  mapOf,
  object,
  oneOf,
  optional,
  orderedDays,
  required,
  token,
  type ValuesOf,
  words,
} from './fields.ts';
import { type CaseId, type ItemId, MAX_SEQ } from './ids.ts';
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

const title = words(SHORT_TEXT);
const long = words(LONG_TEXT);
/** The code of an office, which may be its Chinese name. */
export const office = token(64);
const entrySeq = integer(1, MAX_SEQ);
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

interface Entry<S extends 'case' | 'item', D extends FieldMap, T extends FieldMap> {
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

function entry<S extends 'case' | 'item', D extends FieldMap, T extends FieldMap>(
  stream: S,
  data: D,
  text: T,
  more: Pick<Entry<S, D, T>, 'rule' | 'complete'> = {},
): Entry<S, D, T> {
  return { stream, data, text, ...more };
}

const corrected = <S extends 'case' | 'item'>(stream: S) =>
  entry(
    stream,
    { target: required(entrySeq), set: optional(changes), occurredOn: optional(changedDate) },
    { reason: required(long), set: optional(changes) },
  );
const voided = <S extends 'case' | 'item'>(stream: S) =>
  entry(stream, { target: required(entrySeq) }, { reason: required(long) });
const erased = <S extends 'case' | 'item'>(stream: S) =>
  entry(
    stream,
    { target: required(entrySeq), ground: required(token(200)), approvedBy: required(token(200)) },
    {},
  );

/** Every fact of the case stream, version 1. */
export const caseEvents = {
  CaseOpened: entry(
    'case',
    {
      inspection: optional(
        object({ from: required(aPartialDate), to: required(aPartialDate) }, ({ from, to }, at, errors) =>
          orderedDays(from, to, at, errors),
        ),
      ),
      feedbackOn: required(aPartialDate),
      settings: optional(settingsKind),
    },
    { title: required(title), inspectedBody: required(title), inspectingBody: required(title) },
  ),
  CaseSettingsChanged: entry('case', { settings: required(settingsKind) }, {}),
  SourceImported: entry(
    'case',
    {
      sha256: fixed(required(aSha256)),
      parserVersion: fixed(required(token(20))),
      counts: fixed(required(mapOf(integer(0), 20))),
    },
    { narrative: optional(long), tail: optional(long) },
  ),
  PlanIssued: entry('case', { issuedOn: required(aPartialDate) }, { title: required(title) }),
  PlanAccepted: entry('case', { acceptedOn: required(aPartialDate) }, {}),
  AccountabilityRecorded: entry(
    'case',
    {
      kind: fixed(required(oneOf(ACCOUNTABILITY_KINDS))),
      measure: optional(token(20)),
      persons: required(integer(0, 1_000_000)),
      inexact: optional(aMark),
      itemId: fixed(optional(anItemId)),
    },
    {},
    {
      rule({ kind, measure }, errors) {
        if (measure === undefined) return;
        const known = SANCTIONS[kind as AccountabilityKind] ?? [];
        if (known.includes(measure as string)) return;
        const message = known.length > 0 ? `must be one of ${known.join(', ')}` : `${kind} has no measures`;
        errors.push({ pointer: '/measure', code: 'invalid-value', message });
      },
    },
  ),
  InstitutionRecorded: entry(
    'case',
    {
      documentNo: optional(token(100)),
      count: required(integer(1, 100_000)),
      itemId: fixed(optional(anItemId)),
    },
    { title: optional(title) },
    {
      complete: (fields) =>
        fields.title !== undefined && fields.count === undefined ? { ...fields, count: 1 } : fields,
      rule({ title, count }, errors) {
        if (title !== undefined && count !== 1) {
          errors.push({
            pointer: '/count',
            code: 'invalid-value',
            message: 'must be 1 for a titled institution',
          });
        }
      },
    },
  ),
  FundsRecovered: entry(
    'case',
    { amountFen: optional(integer(0)), itemId: fixed(optional(anItemId)) },
    { note: optional(long) },
    {
      rule({ amountFen, note }, errors) {
        if (amountFen !== undefined || note !== undefined) return;
        errors.push({ pointer: '/amountFen', code: 'required', message: 'an amount or a note is required' });
      },
    },
  ),
  NoticePublished: entry('case', { asOf: required(aDay), sha256: fixed(required(aSha256)) }, {}),
  LookBackOpened: entry('case', {}, { scope: required(long) }),
  SampleDrawn: entry(
    'case',
    {
      lookBackSeq: fixed(required(entrySeq)),
      seed: fixed(required(token(64))),
      itemIds: fixed(required(listOf(anItemId, 9_999))),
    },
    {},
  ),
  LookBackConcluded: entry(
    'case',
    { lookBackSeq: fixed(required(entrySeq)) },
    { conclusion: required(long) },
  ),
  EntryCorrected: corrected('case'),
  EntryVoided: voided('case'),
  TextErased: erased('case'),
} as const;

/** Every fact of an item's stream, version 1. */
export const itemEvents = {
  IssueRaised: entry(
    'item',
    { printedNumber: optional(token(40)), statedStatus: optional(oneOf(STATED_STATUSES)) },
    { title: required(words(2_000)), heading: optional(words(4_000)), aspect: optional(words(2_000)) },
  ),
  IssueWithdrawn: entry('item', { mergedInto: fixed(optional(anItemId)) }, { reason: required(long) }),
  OfficeAssigned: entry(
    'item',
    {
      lead: required(office),
      supporting: optional(listOf(office, 50)),
      term: optional(oneOf(TERMS)),
      deadline: optional(aPartialDate),
    },
    {},
    {
      rule({ lead, supporting }, errors) {
        const index = ((supporting ?? []) as readonly string[]).indexOf(lead as string);
        if (index >= 0) {
          errors.push({
            pointer: `/supporting/${index}`,
            code: 'duplicate',
            message: 'is the lead office already',
          });
        }
      },
    },
  ),
  MeasureAdopted: entry(
    'item',
    { printedNumber: optional(token(40)), due: optional(aPartialDate) },
    { text: required(long) },
  ),
  ProgressReported: entry('item', { measureId: fixed(optional(aMeasureId)) }, { text: required(long) }),
  MeasureCompleted: entry(
    'item',
    { measureId: fixed(required(aMeasureId)), continuing: optional(aMark) },
    { summary: required(long) },
  ),
  MeasureWithdrawn: entry('item', { measureId: fixed(required(aMeasureId)) }, { reason: required(long) }),
  EvidenceAttached: entry(
    'item',
    {
      mediaType: required(
        token(
          100,
          /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/,
          'a media type such as application/pdf',
        ),
      ),
      bytes: fixed(required(integer(0))),
      sha256: fixed(required(aSha256)),
      measureIds: fixed(optional(listOf(aMeasureId, 100))),
      documentDate: optional(aPartialDate),
    },
    { name: required(words(255)) },
  ),
  EvidenceWithdrawn: entry('item', { evidenceId: fixed(required(anEvidenceId)) }, { reason: required(long) }),
  ClosureRequested: entry('item', {}, { statement: required(long) }),
  ClosureRequestWithdrawn: entry('item', {}, { reason: required(long) }),
  ClosureEndorsed: entry('item', { body: fixed(required(office)) }, { opinion: required(long) }),
  ClosureReturned: entry('item', {}, { reason: required(long) }),
  ItemClosed: entry('item', { reviewedSeq: fixed(required(entrySeq)) }, { opinion: required(long) }),
  ItemReopened: entry('item', { lookBackSeq: fixed(optional(entrySeq)) }, { reason: required(long) }),
  ExtensionRequested: entry('item', { to: required(aPartialDate) }, { reason: required(long) }),
  DeadlineExtended: entry(
    'item',
    { to: required(aPartialDate), from: fixed(optional(aPartialDate)) },
    { reason: required(long) },
  ),
  LookBackFindingRecorded: entry(
    'item',
    { lookBackSeq: fixed(required(entrySeq)), verdict: fixed(required(oneOf(VERDICTS))) },
    { text: required(long) },
  ),
  FlagDismissed: entry('item', { rule: fixed(required(token(64))) }, { reason: required(long) }),
  EntryCorrected: corrected('item'),
  EntryVoided: voided('item'),
  TextErased: erased('item'),
} as const;

export type CaseEventType = keyof typeof caseEvents;
export type ItemEventType = keyof typeof itemEvents;
export type EventType = CaseEventType | ItemEventType;
type EntryOf<T extends EventType> = T extends ItemEventType
  ? (typeof itemEvents)[T]
  : T extends CaseEventType
    ? (typeof caseEvents)[T]
    : never;

export type DataOf<T extends EventType> = ValuesOf<EntryOf<T>['data']>;
export type TextOf<T extends EventType> = ValuesOf<EntryOf<T>['text']>;

/** Where an imported entry stands in its source: lines from 1, inclusive, or the cells of a sheet. */
export interface Source {
  readonly sha256: string;
  readonly lines?: readonly [number, number];
  readonly cells?: string;
}

/** What every entry carries, whatever happened. */
export interface Stamp {
  readonly caseId: CaseId;
  readonly itemId: ItemId | undefined;
  readonly seq: number;
  readonly v: number;
  readonly actor: Actor;
  /** When the ledger learned it. */
  readonly recordedAt: Instant;
  /** When it happened, as precise as known; undefined is unknown. */
  readonly occurredOn: PartialDate | undefined;
  readonly commandId: string;
  readonly source: Source | undefined;
}

export interface EventOf<T extends EventType> extends Stamp {
  readonly known: true;
  readonly type: T;
  readonly data: DataOf<T>;
  /** Undefined once erased by law. */
  readonly text: TextOf<T> | undefined;
}

export type CaseEvent = { [T in CaseEventType]: EventOf<T> }[CaseEventType];
export type ItemEvent = { [T in ItemEventType]: EventOf<T> }[ItemEventType];
export type KnownEvent = CaseEvent | ItemEvent;

/** A type or version that this software does not know: it verifies and shows, and blocks commands on its stream. */
export interface UnknownEvent extends Stamp {
  readonly known: false;
  readonly type: string;
  readonly data: Json;
  readonly text: Json | undefined;
}

export type LedgerEvent = KnownEvent | UnknownEvent;

/** The newest version of each type that this software writes and reads. */
export const EVENT_VERSION = 1;
