import type { Principal } from '../../domain/actor.ts';
import type { CaseCircumstances, Circumstances, Command, ItemCircumstances } from '../../domain/command.ts';
import { dayOf, effectDay, type Instant } from '../../domain/dates.ts';
import { type DecodedEntry, entryHash } from '../../domain/decode.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import type { Stream } from '../../domain/ids.ts';
import type { Payload } from '../../domain/payload.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { appendDecided } from './append.ts';
import type { Dependencies } from './dependencies.ts';
import { answerAgain, findRecorded } from './idempotency.ts';
import type { RecordedEntry, WriteOptions } from './ledger.ts';
import { stampAfter } from './stamp.ts';
import { readStreamState, type StreamKind, type StreamState } from './streams.ts';

/** How one kind of stream is decided upon: what must be read besides the stream, and the decider. */
export interface Deciding<State, Around> {
  readonly kind: StreamKind<State>;
  /** Reads what the decision needs from elsewhere, side by side with the stream itself. */
  readonly around: () => Promise<Around & { readonly history?: readonly LedgerEvent[] }>;
  readonly decide: (state: State, at: Circumstances & Around) => Payload | Refusal;
  /** The refusal for a stream that has no entry yet; undefined lets the first one in. */
  readonly absent: Refusal | undefined;
}

export type ItemAround = Pick<ItemCircumstances, 'inspection' | 'history' | 'itemCount' | 'itemNumber'>;
export type CaseAround = Pick<CaseCircumstances, 'history' | 'itemCount' | 'items' | 'ofLookBack'>;

/** How often a write is tried again after losing the race for a seq. */
const ATTEMPTS = 12;

export const recorded = (entry: DecodedEntry, repeated: boolean): RecordedEntry => ({
  entry,
  hash: entryHash(entry.stored),
  repeated,
});

/** One wish to record, with everything that stays the same however often it is tried. */
export interface Recording<State, Around> {
  readonly stream: Stream;
  readonly command: Command<string>;
  readonly deciding: Deciding<State, Around>;
  readonly who: Principal;
  readonly options: WriteOptions;
}

/**
 * Records one entry: reads the stream's newest rows, decides, appends; again from the reading when another
 * writer was faster. A retry with the same key gets the first answer and writes nothing.
 *
 * What this process wrote last itself needs no reading. Another process may have written since: an append then
 * meets its entry, and a refusal is not believed, so both begin again from the reading.
 */
export async function recordEntry<State, Around>(
  deps: Dependencies,
  recording: Recording<State, Around>,
): Promise<RecordedEntry | Refusal> {
  const { stream, deciding, options } = recording;
  const commandId = options.idempotencyKey ?? deps.entropy.uuid();
  const written = deps.written.find<State>(stream);
  if (written) {
    const outcome = await recordAfter(deps, recording, written, commandId);
    if (outcome !== 'clash' && !isRefusal(outcome)) return outcome;
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(attempt);
    const current = readStreamState(deciding.kind, deps.events, stream, deps.identity.zone);
    const outcome = await recordAfter(deps, recording, current, commandId);
    if (outcome !== 'clash') return outcome;
  }
  return refuse('conflict');
}

async function recordAfter<State, Around>(
  deps: Dependencies,
  recording: Recording<State, Around>,
  stream: StreamState<State> | Promise<StreamState<State>>,
  commandId: string,
): Promise<RecordedEntry | Refusal | 'clash'> {
  const { command, deciding, who, options } = recording;
  const [current, around] = await Promise.all([stream, deciding.around()]);
  if (current.head.version === 0 && deciding.absent) return deciding.absent;
  if (options.idempotencyKey !== undefined) {
    const found = await findRecorded(deps, recording.stream, current, commandId, who, deps.clock.now());
    if (found) return repeat(found, command);
  }
  return decideAndAppend(deps, recording, current, around, commandId);
}

export function repeat(found: DecodedEntry, command: Command<string>): RecordedEntry | Refusal {
  const again = answerAgain(found, command);
  return isRefusal(again) ? again : recorded(again, true);
}

async function decideAndAppend<State, Around>(
  deps: Dependencies,
  { stream, command, deciding, who, options }: Recording<State, Around>,
  current: StreamState<State>,
  around: Around & { readonly history?: readonly LedgerEvent[] },
  commandId: string,
): Promise<RecordedEntry | Refusal | 'clash'> {
  const { version } = current.head;
  if (options.ifMatch !== undefined && options.ifMatch !== version) {
    return { ...refuse('version-mismatch', `the stream is at version ${version}`), version };
  }
  if (current.unreadable) return refuse('stream-unreadable');
  const recordedAt = stampAfter(current.head.recordedAt, deps.clock);
  if (typeof recordedAt !== 'string') return recordedAt;
  const { history } = around;
  if (history && (history.at(-1)?.seq ?? 0) !== version) return 'clash';
  const at = circumstances(deps, who, version + 1, recordedAt, command, false);
  const payload = deciding.decide(current.state, { ...around, ...at });
  if (isRefusal(payload)) return payload;
  const { type, occurredOn } = command;
  const decided = { ...payload, type, occurredOn, commandId, recordedAt };
  const result = await appendDecided(deps, deciding.kind, stream, current, decided, who, history);
  if (result === 'clash') return 'clash';
  return isRefusal(result) ? result : recorded(result.entry, false);
}

export function circumstances(
  deps: Dependencies,
  principal: Principal,
  seq: number,
  recordedAt: Instant,
  command: Command<string>,
  imported: boolean,
): Circumstances {
  const { zone } = deps.identity;
  return {
    principal,
    seq,
    today: dayOf(recordedAt, zone),
    effectOn: effectDay(command.occurredOn, recordedAt, zone),
    zone,
    imported,
  };
}

/** Full jitter, so that writers that clashed once do not clash again in step. */
function pause(attempt: number): Promise<void> {
  const most = Math.min(200, 5 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}
