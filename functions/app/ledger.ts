import type { Principal } from '../../domain/actor.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { Cut, CutEcho } from '../../domain/cut.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { Hash } from '../../domain/hashing.ts';
import type { CaseId, ItemId, Stream } from '../../domain/ids.ts';
import type { InspectionCase } from '../../domain/inspection/view.ts';
import type { Item } from '../../domain/item/present.ts';
import type { Status } from '../../domain/item/state.ts';
import type { Flag } from '../../domain/look-back/flag.ts';
import type { LookBackReport } from '../../domain/look-back/report.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { CaseDeadlines, CountedOn, DeadlineFilter } from './case-deadlines.ts';
import type { Diff, DiffAcross, Span } from './comparison.ts';
import type { AllFigures, AskedWeeks, CaseFigures } from './figures.ts';
import type { FlagFilter, FlaggedCase } from './flagged-case.ts';
import type { AskedMoment, Hindsight } from './hindsight.ts';
import type { ItemLife, ItemNext } from './item-life.ts';
import type { OfficeStanding } from './office-standing.ts';

/** One entry as a client asks for it; the fields are unchecked. */
export interface EntryRequest {
  readonly type: string;
  readonly occurredOn?: unknown;
  readonly data: unknown;
}

/** A draw as a client asks for it; the fields are unchecked. */
export interface SampleRequest {
  readonly size: unknown;
  readonly seed?: unknown;
}

/** A look-back in the list of its case. */
export type LookBackLine = Pick<
  LookBackReport,
  'caseId' | 'seq' | 'scope' | 'opened' | 'conclusion' | 'counts'
>;

export interface WriteOptions {
  /** 1 to 64 visible ASCII characters; a retry with it never records twice. */
  readonly idempotencyKey?: string | undefined;
  /** The version that the client has seen; another one is refused with `version-mismatch`. */
  readonly ifMatch?: number | undefined;
}

export interface RecordedEntry {
  readonly entry: DecodedEntry;
  readonly hash: Hash;
  /** The key had recorded this entry before; nothing new was written. */
  readonly repeated: boolean;
}

/** Both clocks as the request has them. */
export interface AskedCut {
  readonly recordedAsOf?: string | undefined;
  readonly effectiveOn?: string | undefined;
}

export interface Page {
  /** 1 to 1,000. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Paged<T> {
  readonly data: readonly T[];
  readonly nextCursor?: string;
}

export interface RegisterFilter {
  readonly status?: Status | undefined;
  /** Leads or supports. */
  readonly office?: string | undefined;
  readonly overdue?: boolean | undefined;
}

export interface SupervisionFilter {
  readonly office?: string | undefined;
  /** `sub`, of any issuer. */
  readonly actor?: string | undefined;
  /** Of entry, such as `ClosureReturned`. */
  readonly type?: string | undefined;
  /** Days of recording, YYYY-MM-DD, inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Of recording; oldest first without it. */
  readonly order?: TrailOrder | undefined;
}

export const TRAIL_ORDERS = ['oldest', 'newest'] as const;
export type TrailOrder = (typeof TRAIL_ORDERS)[number];

/** An entry in the supervision trail: structure only, no words. */
export interface SupervisedEntry extends Omit<AuditEntry, 'changes' | 'summary'> {
  readonly caseId: CaseId;
  readonly itemId: ItemId | null;
}

export type CaseSummary = Pick<
  InspectionCase,
  | 'caseId'
  | 'title'
  | 'inspectedBody'
  | 'inspectingBody'
  | 'feedbackOn'
  | 'concentratedUntil'
  | 'counts'
  | 'accountability'
  | 'institutions'
  | 'fundsFen'
  | 'version'
>;

export interface WithCut {
  readonly cut?: CutEcho;
}

export type { Cut, CutEcho };

/**
 * All that the doors (HTTP, CLI, Lambda) may ask. Every call checks what the principal may do; saying no is a
 * value. Faults of the store are thrown as `StoreFault`.
 */
export interface Ledger {
  openCase(
    who: Principal,
    caseId: CaseId,
    request: Omit<EntryRequest, 'type'>,
    options: WriteOptions,
  ): Promise<RecordedEntry | Refusal>;
  recordOnCase(
    who: Principal,
    caseId: CaseId,
    request: EntryRequest,
    options: WriteOptions,
  ): Promise<RecordedEntry | Refusal>;
  raiseIssue(
    who: Principal,
    caseId: CaseId,
    request: Omit<EntryRequest, 'type'>,
    options: WriteOptions,
  ): Promise<RecordedEntry | Refusal>;
  recordOnItem(
    who: Principal,
    caseId: CaseId,
    itemId: ItemId,
    request: EntryRequest,
    options: WriteOptions,
  ): Promise<RecordedEntry | Refusal>;

  /** Draws closed items to be checked on site, by office and by flags, and records the draw on the case. */
  drawSample(
    who: Principal,
    caseId: CaseId,
    lookBackSeq: number,
    request: SampleRequest,
    options: WriteOptions,
  ): Promise<RecordedEntry | Refusal>;

  cases(who: Principal, page: Page, asked: AskedCut): Promise<Paged<CaseSummary> | Refusal>;
  inspectionCase(
    who: Principal,
    caseId: CaseId,
    asked: AskedCut,
  ): Promise<(InspectionCase & WithCut) | Refusal>;
  register(
    who: Principal,
    caseId: CaseId,
    filter: RegisterFilter,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<Item> & WithCut) | Refusal>;
  item(who: Principal, caseId: CaseId, itemId: ItemId, asked: AskedCut): Promise<(Item & WithCut) | Refusal>;
  /** The item with its whole history, the check of its chain, and what may be recorded on it next. */
  life(who: Principal, caseId: CaseId, itemId: ItemId, asked: AskedCut): Promise<ItemLife | Refusal>;
  /** What this person may record on the item now, and which rules a closing would break. */
  nextOnItem(who: Principal, caseId: CaseId, itemId: ItemId): Promise<ItemNext | Refusal>;
  /** What each office has to do, over all cases that this person reaches. */
  standing(who: Principal): Promise<readonly OfficeStanding[]>;
  /** What is overdue, due soon and silent: a page of cases that have something of the kind. */
  deadlines(
    who: Principal,
    filter: DeadlineFilter,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<CaseDeadlines> & CountedOn & WithCut) | Refusal>;
  /** On a cut, only an entry that it keeps. */
  entry(who: Principal, stream: Stream, seq: number, asked?: AskedCut): Promise<RecordedEntry | Refusal>;
  /** In seq order; on a recorded cut only what it keeps, on an effective cut in its fold order. */
  history(
    who: Principal,
    stream: Stream,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<DecodedEntry> & WithCut) | Refusal>;
  /** The same, streamed whole. */
  historyStream(
    who: Principal,
    stream: Stream,
    asked: AskedCut,
  ): Promise<AsyncIterable<readonly DecodedEntry[]> | Refusal>;
  audit(
    who: Principal,
    stream: Stream,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<AuditEntry> & WithCut) | Refusal>;
  /** What changed in a case between two dates; an office sees its own items only. */
  diff(who: Principal, caseId: CaseId, span: Span, asked: AskedCut): Promise<Diff | Refusal>;
  itemDiff(
    who: Principal,
    caseId: CaseId,
    itemId: ItemId,
    span: Span,
    asked: AskedCut,
  ): Promise<Diff | Refusal>;
  /** The same over all cases that this person reaches; `limit` is of cases looked at. */
  diffAcross(
    who: Principal,
    span: Span,
    countsOnly: boolean,
    page: Page,
    asked: AskedCut,
  ): Promise<DiffAcross | Refusal>;
  /** What was believed of the case at an instant about a day, and what is known of the same day. */
  hindsight(
    who: Principal,
    caseId: CaseId,
    moment: AskedMoment,
    asked: AskedCut,
  ): Promise<Hindsight | Refusal>;
  /** The look-back worklist of a case: prompts for a person to look, each with the entries that it rests on. */
  flags(
    who: Principal,
    caseId: CaseId,
    filter: FlagFilter,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<Flag> & WithCut) | Refusal>;
  /** How many flags each case has that this person reaches; a page is of cases. */
  flaggedCases(
    who: Principal,
    filter: FlagFilter,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<FlaggedCase> & WithCut) | Refusal>;
  lookBacks(
    who: Principal,
    caseId: CaseId,
    page: Page,
    asked: AskedCut,
  ): Promise<(Paged<LookBackLine> & WithCut) | Refusal>;
  /** What one look-back checked and found, each number with the entries that it rests on. */
  lookBack(
    who: Principal,
    caseId: CaseId,
    seq: number,
    asked: AskedCut,
  ): Promise<(LookBackReport & WithCut) | Refusal>;
  supervision(
    who: Principal,
    filter: SupervisionFilter,
    page: Page,
  ): Promise<Paged<SupervisedEntry> | Refusal>;
  /** Closings by week, days to closure, returns and extensions of a case; an office's are of its own items. */
  figures(who: Principal, caseId: CaseId, weeks: AskedWeeks, asked: AskedCut): Promise<CaseFigures | Refusal>;
  /** The same of all cases that this person reaches, together and one by one. */
  allFigures(who: Principal, weeks: AskedWeeks, asked: AskedCut): Promise<AllFigures | Refusal>;
  /** The notice as text: rendered as of a date for those who may read the case; the last one published for the public (`undefined`). */
  notice(who: Principal | undefined, caseId: CaseId, asked: AskedCut): Promise<string | Refusal>;
  importNotice(
    who: Principal,
    caseId: CaseId,
    text: string,
    commit: boolean,
  ): Promise<ImportReport | Refusal>;
  /** Poisoned records set aside by the projector, and whether the store answers. */
  health(): Promise<{ readonly ok: boolean; readonly deadLetters: number }>;
}

/** The notice parser's report, and whether it was recorded. */
export type ImportReport = {
  readonly committed: boolean;
  readonly recorded: number;
} & import('../../domain/notice/report.ts').NoticeReport;
