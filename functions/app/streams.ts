import { type Carried, packCase, packItem, unpackCase, unpackItem } from '../../domain/carried.ts';
import type { ZoneOffset } from '../../domain/dates.ts';
import { type DecodedEntry, decodeEntry, entryHash } from '../../domain/decode.ts';
import type { CaseEvent, ItemEvent, LedgerEvent } from '../../domain/events.ts';
import type { Stream } from '../../domain/ids.ts';
import { evolveCase } from '../../domain/inspection/evolve.ts';
import { type CaseState, initialCase } from '../../domain/inspection/state.ts';
import { evolveItem } from '../../domain/item/evolve.ts';
import { EMPTY_HEAD, type StreamHead } from '../../domain/item/present.ts';
import { type ItemState, initialItem } from '../../domain/item/state.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';
import { NO_COMMANDS, type RecentCommands, remember } from '../../domain/recent-commands.ts';
import { foldCase, foldItem } from '../../domain/replay.ts';
import { type Resolved, rereadsHistory, resolveOne } from '../../domain/resolve.ts';

/**
 * How a kind of stream is folded for decisions, and how its state rides on rows. A row carries the state when
 * that costs no further write unit, and at least every fourth row does, so that the newest four rows always tell.
 */
export interface StreamKind<State> {
  readonly initial: State;
  readonly evolve: (state: State, event: LedgerEvent, zone: ZoneOffset) => State;
  readonly fold: (events: readonly LedgerEvent[], zone: ZoneOffset) => State;
  readonly pack: (carried: Carried<State>) => string;
  readonly unpack: (packed: string | undefined) => Carried<State> | undefined;
}

export const itemStream: StreamKind<ItemState> = {
  initial: initialItem,
  evolve: (state, event, zone) =>
    event.known ? evolveItem(state, resolveOne(event, zone) as Resolved<ItemEvent>) : state,
  fold: foldItem,
  pack: packItem,
  unpack: unpackItem,
};

export const caseStream: StreamKind<CaseState> = {
  initial: initialCase,
  evolve: (state, event, zone) =>
    event.known ? evolveCase(state, resolveOne(event, zone) as Resolved<CaseEvent>) : state,
  fold: foldCase,
  pack: packCase,
  unpack: unpackCase,
};

export const CARRY_EVERY = 4;

/** A stream as a decision finds it. */
export interface StreamState<State> {
  readonly head: StreamHead;
  readonly state: State;
  readonly recent: RecentCommands;
  /** Rows since the newest one that carries the state. */
  readonly rowsSinceCarried: number;
  /** The newest entries as far as they are at hand, newest first. */
  readonly newest: readonly DecodedEntry[];
  /** An entry that this software does not know stands among those read. */
  readonly unreadable: boolean;
}

export function headOf(entry: DecodedEntry | undefined): StreamHead {
  if (!entry) return EMPTY_HEAD;
  return { version: entry.header.seq, hash: entryHash(entry.stored), recordedAt: entry.header.recordedAt };
}

export const decodeRow = (row: EventRow): DecodedEntry => decodeEntry(row.entry);

export async function readAll(events: EventStore, stream: Stream, after = 0): Promise<DecodedEntry[]> {
  const entries: DecodedEntry[] = [];
  for await (const page of events.stream(stream, after)) for (const row of page) entries.push(decodeRow(row));
  return entries;
}

const recall = (recent: RecentCommands, { header }: DecodedEntry): RecentCommands =>
  remember(recent, header.commandId, header.actor, header.recordedAt);

/** A stream before its first entry. */
export function emptyStream<State>(kind: StreamKind<State>): StreamState<State> {
  return {
    head: EMPTY_HEAD,
    state: kind.initial,
    recent: NO_COMMANDS,
    rowsSinceCarried: 0,
    newest: [],
    unreadable: false,
  };
}

/** Folds a stream from its first entry; `entries` in seq order. */
function stateFromHistory<State>(
  kind: StreamKind<State>,
  entries: readonly DecodedEntry[],
  zone: ZoneOffset,
): StreamState<State> {
  return {
    head: headOf(entries.at(-1)),
    state: kind.fold(
      entries.map((entry) => entry.event),
      zone,
    ),
    recent: entries.reduce(recall, NO_COMMANDS),
    rowsSinceCarried: CARRY_EVERY,
    newest: entries.slice(-CARRY_EVERY).reverse(),
    unreadable: entries.some((entry) => !entry.event.known),
  };
}

/**
 * Reads a stream's state at a cost that does not depend on its length: one read of its newest four rows. Only
 * where no row of this fold's version is among them, after an upgrade, is the whole history read.
 */
export async function readStreamState<State>(
  kind: StreamKind<State>,
  events: EventStore,
  stream: Stream,
  zone: ZoneOffset,
): Promise<StreamState<State>> {
  const rows = await events.newest(stream, CARRY_EVERY);
  const newest = rows.map(decodeRow);
  let base: Carried<State> | undefined;
  let at = 0;
  for (; at < rows.length; at += 1) {
    base = kind.unpack(rows[at]?.carried);
    if (base || rereadsHistory(newest[at]?.event.type ?? '')) break;
  }
  const fromStart = at === rows.length && (newest.at(-1)?.header.seq ?? 1) === 1;
  if (!base && !fromStart) return stateFromHistory(kind, await readAll(events, stream), zone);
  let { state, recent } = base ?? { state: kind.initial, recent: NO_COMMANDS };
  for (let index = at - 1; index >= 0; index -= 1) {
    const entry = newest[index] as DecodedEntry;
    state = kind.evolve(state, entry.event, zone);
    recent = recall(recent, entry);
  }
  return {
    head: headOf(newest[0]),
    state,
    recent,
    rowsSinceCarried: at,
    newest,
    unreadable: newest.some((entry) => !entry.event.known),
  };
}

/** The state after one more entry; a correction makes the whole history speak again. */
export function afterEntry<State>(
  kind: StreamKind<State>,
  before: StreamState<State>,
  entry: DecodedEntry,
  history: readonly LedgerEvent[] | undefined,
  zone: ZoneOffset,
): Omit<StreamState<State>, 'rowsSinceCarried'> {
  const state = rereadsHistory(entry.event.type)
    ? kind.fold([...(history ?? []), entry.event], zone)
    : kind.evolve(before.state, entry.event, zone);
  return {
    head: headOf(entry),
    state,
    recent: recall(before.recent, entry),
    newest: [entry, ...before.newest].slice(0, CARRY_EVERY),
    unreadable: before.unreadable,
  };
}
