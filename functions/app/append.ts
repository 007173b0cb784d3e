import type { Principal } from '../../domain/actor.ts';
import type { Json } from '../../domain/canonical.ts';
import type { Instant, PartialDate } from '../../domain/dates.ts';
import { type DecodedEntry, decodeEntry } from '../../domain/decode.ts';
import { entryBytes, MAX_ENTRY_BYTES, type StoredEntry, seal } from '../../domain/envelope.ts';
import { EVENT_VERSION, type LedgerEvent, type Source } from '../../domain/events.ts';
import { type CaseId, type ItemId, MAX_SEQ, type Stream } from '../../domain/ids.ts';
import type { Payload } from '../../domain/payload.ts';
import { type EventRow, StoreFault } from '../../domain/ports.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';
import { rereadsHistory } from '../../domain/resolve.ts';
import type { Dependencies } from './dependencies.ts';
import { afterEntry, CARRY_EVERY, type StreamKind, type StreamState } from './streams.ts';

/** The table holds another ledger than this deployment says it is: an entry of ours would mix two chains. */
class ForeignLedger extends Error {
  override readonly name = 'ForeignLedger';
}

/** A decision, ready to be stamped into the stream. */
export interface Decided extends Payload {
  readonly type: string;
  readonly occurredOn: PartialDate | undefined;
  readonly commandId: string;
  readonly source?: Source | undefined;
  readonly recordedAt: Instant;
}

/** An attempt is abandoned after this long, so that its stamp cannot land in a picture settled meanwhile. */
const ATTEMPT_MS = 2_000;

/** DynamoDB's write unit, in bytes of the whole row with its attribute names. */
const WRITE_UNIT = 1_024;
const NAMES = ['caseId', 'entry', 'header', 'data', 'text', 'dataSalt', 'textSalt'].join('').length;
const CARRIED_NAME = 'carried'.length;

/** Bytes of a row without what it carries. */
export function rowBytes(entry: StoredEntry): number {
  const sortKey = entry.itemId === undefined ? 8 : 13;
  return (
    NAMES +
    entry.caseId.length +
    sortKey +
    entryBytes(entry) +
    entry.dataSalt.length +
    (entry.textSalt?.length ?? 0)
  );
}

/**
 * Seals the decision as the stream's next entry and appends it. Resolves to the stream's new state once durable,
 * or to `clash` when another writer took the seq: then nothing of ours was written.
 * @throws StoreFault when it is unknown what the write left
 * @throws ForeignLedger when the stream is another ledger's; nothing was written
 */
export async function appendDecided<State>(
  { identity, events, entropy, written }: Dependencies,
  kind: StreamKind<State>,
  stream: Stream,
  before: StreamState<State>,
  decided: Decided,
  who: Principal,
  history?: readonly LedgerEvent[],
): Promise<{ readonly entry: DecodedEntry; readonly after: StreamState<State> } | 'clash' | Refusal> {
  const seq = before.head.version + 1;
  if (seq > MAX_SEQ) return refuse('stream-full');
  const there = before.newest[0]?.header.ledger;
  if (there !== undefined && there !== identity.ledger) {
    throw new ForeignLedger(
      `${stream.caseId} is of the ledger ${there}, and this deployment is ${identity.ledger}`,
    );
  }
  const { stored } = seal({
    actor: who,
    caseId: stream.caseId as CaseId,
    itemId: stream.itemId as ItemId | undefined,
    commandId: decided.commandId,
    ledger: identity.ledger,
    occurredOn: decided.occurredOn,
    prev: before.head.hash,
    recordedAt: decided.recordedAt,
    seq,
    source: decided.source,
    type: decided.type,
    v: EVENT_VERSION,
    data: decided.data as Json,
    text: decided.text as { readonly [name: string]: Json },
    names: { actorName: who.actorName, officeName: who.officeName },
    dataSalt: entropy.salt(),
    textSalt: entropy.salt(),
  });
  const bytes = entryBytes(stored);
  if (bytes > MAX_ENTRY_BYTES) return refuse('entry-too-large', `the entry has ${bytes} bytes`);
  const entry = decodeEntry(stored);
  const after = afterEntry(kind, before, entry, history, identity.zone);
  const packed = kind.pack(after);
  const mustCarry = before.rowsSinceCarried >= CARRY_EVERY - 1 || rereadsHistory(decided.type);
  const bare = rowBytes(stored);
  const full = bare + CARRIED_NAME + Buffer.byteLength(packed);
  const carries = mustCarry || Math.ceil(full / WRITE_UNIT) === Math.ceil(bare / WRITE_UNIT);
  const row: EventRow = carries ? { entry: stored, carried: packed } : { entry: stored };
  written.forget(stream);
  const result = await appendWithin(events, row);
  if (result !== 'appended' && result.clash.entry.header !== stored.header) return 'clash';
  const state = { ...after, rowsSinceCarried: carries ? 0 : before.rowsSinceCarried + 1 };
  // Its entries may be large, and only a retry asks for them.
  written.keep(stream, { ...state, newest: [] }, packed.length);
  return { entry, after: state };
}

async function appendWithin(events: Dependencies['events'], row: EventRow) {
  const abort = AbortSignal.timeout(ATTEMPT_MS);
  try {
    return await events.append(row, abort);
  } catch (error) {
    if (abort.aborted && !(error instanceof StoreFault)) throw new StoreFault('unavailable', error);
    throw error;
  }
}
