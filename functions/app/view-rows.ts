import type { Actor } from '../../domain/actor.ts';
import { canonical, type Json } from '../../domain/canonical.ts';
import { dayOf, type Instant, type ZoneOffset } from '../../domain/dates.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import { type Hash, sha256Hex } from '../../domain/hashing.ts';
import type { CaseId, ItemId, Stream } from '../../domain/ids.ts';
import { type Tally, tally } from '../../domain/inspection/tally.ts';
import type { CaseView } from '../../domain/inspection/view.ts';
import type { StreamHead } from '../../domain/item/present.ts';
import type { ItemView } from '../../domain/item/view.ts';
import type { ViewRow } from '../../domain/ports.ts';
import type { CaseSummary } from './ledger.ts';

/** Raise it whenever a projection changes what it builds: rows of another number are rebuilt. */
export const VIEW_FOLD = 6;

export type ViewKey = Pick<ViewRow, 'partition' | 'sort'>;

/** A picture of one stream: the item's or the case's. */
export interface Picture<View> {
  readonly head: StreamHead;
  readonly view: View;
}

/** A case in the list of cases, with its tallies for everybody and for each office. */
export interface SummaryBody {
  /** Entries of all its streams: grows with each, so the newest summary wins. */
  readonly entries: number;
  readonly summary: Omit<CaseSummary, 'counts'>;
  readonly tally: Tally;
  /** The committee has published a notice: the public may know that there is such a case. */
  readonly published: boolean;
  /** What each office leads and what it supports: disjoint. */
  readonly offices: { readonly [office: string]: OfficeTally };
  /** Items that nobody leads. */
  readonly unassigned: Tally;
}

export interface OfficeTally {
  readonly lead?: Tally | undefined;
  readonly supporting?: Tally | undefined;
}

export const CASES = 'cases';
/** The same rows, of the cases that the public may know of: whoever asks without a token reads no other. */
export const PUBLISHED = 'published';
export const DEAD_LETTERS = 'dead-letters';
export const CHECKPOINTS = 'checkpoints';

const streamName = (itemId: ItemId | undefined): string => itemId ?? 'case';
const seqText = (seq: number): string => String(seq).padStart(6, '0');

export const pictureKey = ({ caseId, itemId }: Stream): ViewKey => ({
  partition: `case#${caseId}`,
  sort: itemId === undefined ? 'case' : `item#${itemId}`,
});
export const REGISTER_PREFIX = 'item#';

export const SNAPSHOTS = 'snapshot#';
export const snapshotPrefix = (itemId: ItemId): string => `${SNAPSHOTS}${itemId}#`;
export const snapshotKey = (caseId: CaseId, itemId: ItemId, recordedAt: Instant): ViewKey => ({
  partition: `case#${caseId}`,
  sort: snapshotPrefix(itemId) + recordedAt,
});

export const summaryKeys = (caseId: CaseId): readonly [ViewKey, ViewKey] => [
  { partition: CASES, sort: caseId },
  { partition: PUBLISHED, sort: caseId },
];

/** Where a command's entry is found again however many came since. */
export const commandKey = ({ caseId, itemId }: Stream, commandId: string, actor: Actor): ViewKey => ({
  partition: `command#${caseId}#${streamName(itemId)}`,
  sort: sha256Hex(`${commandId}\n${actor.iss}\n${actor.sub}`).slice(0, 32),
});

export const auditPartition = {
  office: (office: string): string => `audit-office#${office}`,
  actor: (sub: string): string => `audit-actor#${sub}`,
  day: (day: string): string => `audit-day#${day}`,
};

/** The rows of one entry in the audit trails: by office, actor and day of recording. They hold no words. */
export function auditRows(event: LedgerEvent, lagDays: number, zone: ZoneOffset): ViewRow[] {
  const sort = `${event.recordedAt}#${event.caseId}#${streamName(event.itemId)}#${seqText(event.seq)}`;
  const body = canonical({
    actor: { ...event.actor },
    caseId: event.caseId,
    itemId: event.itemId ?? null,
    lagDays,
    occurredOn: event.occurredOn ?? null,
    recordedAt: event.recordedAt,
    seq: event.seq,
    type: event.type,
  });
  return [
    auditPartition.office(event.actor.office),
    auditPartition.actor(event.actor.sub),
    auditPartition.day(dayOf(event.recordedAt, zone)),
  ].map((partition) => ({ partition, sort, version: event.seq, body }));
}

/** Up to which entry the index of a stream's commands is complete. */
export const indexedKey = ({ caseId, itemId }: Stream): ViewKey => ({
  partition: `command#${caseId}#${streamName(itemId)}`,
  sort: 'indexed',
});

export const indexedRow = (stream: Stream, seq: number): ViewRow => ({
  ...indexedKey(stream),
  version: seq,
  body: canonical({ seq }),
});

export function commandRow(event: LedgerEvent): ViewRow {
  return {
    ...commandKey(event, event.commandId, event.actor),
    version: event.seq,
    body: canonical({ seq: event.seq }),
  };
}

export function pictureRow<View extends ItemView | CaseView>(key: ViewKey, picture: Picture<View>): ViewRow {
  const { head, view } = picture;
  const body = canonical({
    fold: VIEW_FOLD,
    hash: head.hash,
    recordedAt: head.recordedAt,
    view: view as unknown as Json,
  });
  return { ...key, version: head.version, body };
}

/** The picture that a row holds; undefined when another fold made it. */
export function readPicture<View extends ItemView | CaseView>(
  row: ViewRow | undefined,
): Picture<View> | undefined {
  if (!row) return undefined;
  const body = JSON.parse(row.body) as { fold: number; hash: Hash; recordedAt: Instant; view: View };
  if (body.fold !== VIEW_FOLD) return undefined;
  return { head: { version: row.version, hash: body.hash, recordedAt: body.recordedAt }, view: body.view };
}

/** A tally as its row holds it: most offices have few of the statuses, and each zero would cost its name. */
interface SparseTally {
  readonly byStatus?: { readonly [status: string]: number };
  readonly openDeadlines?: Tally['openDeadlines'];
  readonly returns?: number;
  readonly returned?: number;
  readonly resubmitted?: number;
}

const without0 = (counts: object): { readonly [name: string]: number } =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

function sparse({ byStatus, openDeadlines, ...returns }: Tally): SparseTally {
  return {
    byStatus: without0(byStatus),
    ...(Object.keys(openDeadlines).length > 0 ? { openDeadlines } : {}),
    ...without0(returns),
  };
}

const NOTHING = tally([]);

function whole(row: SparseTally): Tally {
  const { openDeadlines = {}, byStatus, ...returns } = row;
  return { ...NOTHING, ...returns, openDeadlines, byStatus: { ...NOTHING.byStatus, ...byStatus } };
}

/** Each of the two parts of an office's tally, where it is there. */
function eachPart<From, To>(
  { lead, supporting }: { readonly lead?: From | undefined; readonly supporting?: From | undefined },
  change: (tally: From) => To,
): { readonly lead?: To; readonly supporting?: To } {
  return {
    ...(lead ? { lead: change(lead) } : {}),
    ...(supporting ? { supporting: change(supporting) } : {}),
  };
}

/** The case's row in the list of cases, and in the public's list once it has a published notice. */
export function summaryRows(body: SummaryBody): ViewRow[] {
  const [inCases, inPublished] = summaryKeys(body.summary.caseId);
  const stored = {
    ...body,
    fold: VIEW_FOLD,
    tally: sparse(body.tally),
    unassigned: sparse(body.unassigned),
    offices: Object.fromEntries(
      Object.entries(body.offices).map(([office, tallies]) => [office, eachPart(tallies, sparse)]),
    ),
  };
  const row = { version: body.entries, body: canonical(stored as unknown as Json) };
  return [{ ...inCases, ...row }, ...(body.published ? [{ ...inPublished, ...row }] : [])];
}

export function readSummary(row: ViewRow): SummaryBody {
  const stored = JSON.parse(row.body) as SummaryBody;
  return {
    ...stored,
    tally: whole(stored.tally),
    unassigned: whole(stored.unassigned),
    offices: Object.fromEntries(
      Object.entries(stored.offices).map(([office, tallies]) => [office, eachPart(tallies, whole)]),
    ),
  };
}
