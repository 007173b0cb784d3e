import type { Instant } from './dates.ts';
import type { StoredEntry } from './envelope.ts';
import type { CaseId, ItemId, Stream } from './ids.ts';

/** A row of the events table: the entry, and the running state that may ride on it outside the hashed header. */
export interface EventRow {
  readonly entry: StoredEntry;
  readonly carried?: string | undefined;
}

/** Every fault of the store that is no answer: throttled, timed out, unreachable. What a write left is unknown. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly kind: 'busy' | 'unavailable';
  constructor(kind: 'busy' | 'unavailable', cause: unknown) {
    super(`the store is ${kind}`, { cause });
    this.kind = kind;
  }
}

/** The facts. All reads are strongly consistent and page to their end; all throw `StoreFault`. */
export interface EventStore {
  /**
   * Appends one row where none is. When it resolves to `appended` the row is durable; on a clash nothing was
   * written, and the row that stands there is given: it may be our own, kept but unacknowledged.
   */
  append(row: EventRow, signal?: AbortSignal): Promise<'appended' | { readonly clash: EventRow }>;
  /** The newest rows of one stream, newest first; fewer than `limit` means that the stream's first is among them. */
  newest(stream: Stream, limit: number): Promise<readonly EventRow[]>;
  /** One row, or undefined. */
  row(stream: Stream, seq: number): Promise<EventRow | undefined>;
  /**
   * One stream in seq order, from the entry after `after` (0: from its first), page by page. A reader that may
   * stop early gives a `pageSize` in rows, so that it pays for little more than it takes.
   */
  stream(stream: Stream, after?: number, pageSize?: number): AsyncIterable<readonly EventRow[]>;
  /** A whole case: its own stream, then each item's, in key order; `items` leaves the case stream out. */
  partition(caseId: CaseId, part: 'all' | 'items'): AsyncIterable<readonly EventRow[]>;
  /** The highest item id of the case. */
  newestItem(caseId: CaseId): Promise<ItemId | undefined>;
  /** The first entries of these items, at most 100, in no order. */
  firstEntries(caseId: CaseId, itemIds: readonly ItemId[]): Promise<readonly EventRow[]>;
  /** Every row of the table, streams whole and in seq order, cases in no order; resumes after a key. */
  scan(after?: {
    readonly caseId: CaseId;
    readonly itemId: ItemId | undefined;
    readonly seq: number;
  }): AsyncIterable<readonly EventRow[]>;
  /** Every case that has an entry, once, in no order, from after `after`; a read unit each. */
  caseIds(after?: CaseId): AsyncIterable<CaseId>;
  /** Removes text and its salt from a row, which must exist: the one update there is. Idempotent. */
  eraseText(stream: Stream, seq: number): Promise<void>;
}

/** A stored projection: disposable, and recognised by the version of the fold that made it. */
export interface ViewRow {
  readonly partition: string;
  readonly sort: string;
  /** Position in what it projects; a row only ever moves forward. */
  readonly version: number;
  /** RFC 8785 JSON. */
  readonly body: string;
}

/** Projections. Reads are eventually consistent unless they say otherwise. */
export interface ViewStore {
  get(partition: string, sort: string, consistent?: boolean): Promise<ViewRow | undefined>;
  getMany(
    keys: readonly Pick<ViewRow, 'partition' | 'sort'>[],
    consistent?: boolean,
  ): Promise<readonly ViewRow[]>;
  /**
   * Rows of a partition by sort key, from after `after` to `to` inclusive, at most `limit`; whether more follow.
   * `only` these are wanted: the answer need not say rightly whether more follow, which saves reading one more.
   */
  range(
    partition: string,
    bounds: {
      readonly prefix?: string | undefined;
      readonly after?: string | undefined;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    },
    options: {
      readonly limit: number;
      readonly descending?: boolean;
      readonly consistent?: boolean;
      readonly only?: boolean;
    },
  ): Promise<{ readonly rows: readonly ViewRow[]; readonly more: boolean }>;
  /** Puts a row unless a newer or equal version stands there; false when it stood. */
  advance(row: ViewRow): Promise<boolean>;
  /** The same for many rows: each stands afterwards, or a newer one does. On an error any of them may stand. */
  advanceAll(rows: readonly ViewRow[]): Promise<void>;
  /** Puts rows whose content depends on their key alone; all or an error. */
  putAll(rows: readonly ViewRow[]): Promise<void>;
  remove(keys: readonly Pick<ViewRow, 'partition' | 'sort'>[]): Promise<void>;
  /** Every row, for comparison and for rebuilding. */
  scan(): AsyncIterable<readonly ViewRow[]>;
}

/** Wall time, and whether it can be trusted. */
export interface Clock {
  now(): Instant;
  /** Milliseconds by which the clock is implausibly ahead of what else is known; 0 when plausible. */
  aheadBy(): number;
}

/** Fresh randomness: 16-byte salts and UUIDs. */
export interface Entropy {
  salt(): Uint8Array;
  uuid(): string;
}
