import type { Actor } from './actor.ts';
import type { Json } from './canonical.ts';
import type { caseEvents } from './case-events.ts';
import type { Instant, PartialDate } from './dates.ts';
import type { ValuesOf } from './fields.ts';
import type { CaseId, ItemId } from './ids.ts';
import type { itemEvents } from './item-events.ts';

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
