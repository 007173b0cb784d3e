import type { Principal } from '../../domain/actor.ts';
import type { CaseCircumstances, Circumstances, Command, ItemCircumstances } from '../../domain/command.ts';
import { dayOf, effectDay, type Instant } from '../../domain/dates.ts';
import { type DecodedEntry, entryHash } from '../../domain/decode.ts';
import type { LedgerEvent, Source } from '../../domain/events.ts';
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
export type CaseAround = Pick<CaseCircumstances, 'history' | 'itemCount' | 'items'>;

/** How often a write is tried again after losing the race for a seq. */
const ATTEMPTS = 12;

export const recorded = (entry: DecodedEntry, repeated: boolean): RecordedEntry => ({
  entry,
  hash: entryHash(entry.stored),
  repeated,
});

/**
 * Records one entry: reads the stream's newest rows, decides, appends; again from the reading when another
 * writer was faster. A retry with the same key gets the first answer and writes nothing.
 */
export async function recordEntry<State, Around>(
  deps: Dependencies,
  stream: Stream,
  command: Command<string>,
  deciding: Deciding<State, Around>,
  who: Principal,
  options: WriteOptions,
  source?: Source,
): Promise<RecordedEntry | Refusal> {
  const commandId = options.idempotencyKey ?? deps.entropy.uuid();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(attempt);
    const [current, around] = await Promise.all([
      readStreamState(deciding.kind, deps.events, stream, deps.identity.zone),
      deciding.around(),
    ]);
    if (current.head.version === 0 && deciding.absent) return deciding.absent;
    if (options.idempotencyKey !== undefined) {
      const found = await findRecorded(deps, stream, current, commandId, who, deps.clock.now());
      if (found) return repeat(found, command);
    }
    const outcome = await tryOnce(
      deps,
      stream,
      command,
      deciding,
      current,
      around,
      who,
      options,
      commandId,
      source,
    );
    if (outcome !== 'clash') return outcome;
  }
  return refuse('conflict');
}

function repeat(found: DecodedEntry, command: Command<string>): RecordedEntry | Refusal {
  const again = answerAgain(found, command);
  return isRefusal(again) ? again : recorded(again, true);
}

async function tryOnce<State, Around>(
  deps: Dependencies,
  stream: Stream,
  command: Command<string>,
  deciding: Deciding<State, Around>,
  current: StreamState<State>,
  around: Around & { readonly history?: readonly LedgerEvent[] },
  who: Principal,
  options: WriteOptions,
  commandId: string,
  source: Source | undefined,
): Promise<RecordedEntry | Refusal | 'clash'> {
  const { version } = current.head;
  if (options.ifMatch !== undefined && options.ifMatch !== version) {
    return { ...refuse('version-mismatch', `the stream is at version ${version}`), version };
  }
  if (current.unreadable) return refuse('stream-unreadable');
  const stamped = stampAfter(current.head.recordedAt, deps.clock);
  if (typeof stamped !== 'string') return stamped;
  const { history } = around;
  if (history && (history.at(-1)?.seq ?? 0) !== version) return 'clash';
  const payload = deciding.decide(current.state, {
    ...around,
    ...circumstances(deps, who, version + 1, stamped, command, source !== undefined),
  });
  if (isRefusal(payload)) return payload;
  const decided = { ...payload, ...pick(command), commandId, source, recordedAt: stamped };
  const result = await appendDecided(deps, deciding.kind, stream, current, decided, who, history);
  if (result === 'clash') return 'clash';
  return isRefusal(result) ? result : recorded(result.entry, false);
}

const pick = ({ type, occurredOn }: Command<string>) => ({ type, occurredOn });

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
    imported,
  };
}

/** Full jitter, so that writers that clashed once do not clash again in step. */
function pause(attempt: number): Promise<void> {
  const most = Math.min(200, 5 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}
