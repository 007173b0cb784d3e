import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../domain/actor.ts';
import { epochMs, type Instant, type PartialDate } from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import { type CaseId, mintItemId, type Stream } from '../../domain/ids.ts';
import { joinPayload, type Payload } from '../../domain/payload.ts';
import { countRemembered, mayHaveRecorded, RETRY_WINDOW_MS } from '../../domain/recent-commands.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';
import type { Dependencies } from './dependencies.ts';
import { decodeRow, type StreamState } from './streams.ts';
import { commandKey, indexedKey } from './view-rows.ts';

interface Asked extends Payload {
  readonly type: string;
  readonly occurredOn: PartialDate | undefined;
}

/** Fields that the ledger fills in: a request never holds them. */
export const filledIn = (type: string): readonly string[] => (type === 'DeadlineExtended' ? ['from'] : []);

const isCommand = (entry: DecodedEntry, commandId: string, who: Actor): boolean =>
  entry.header.commandId === commandId &&
  entry.header.actor.iss === who.iss &&
  entry.header.actor.sub === who.sub;

/** The first answer again, if the request is the same; a key used for something else is refused. */
export function answerAgain(found: DecodedEntry, asked: Asked): DecodedEntry | Refusal {
  const { event } = found;
  const filled = filledIn(event.type);
  const recorded = { ...(event.data as { readonly [name: string]: unknown }) };
  for (const name of filled) delete recorded[name];
  const words = event.text as { readonly [name: string]: unknown } | undefined;
  const said = words === undefined ? recorded : joinPayload(recorded, words);
  const wanted = words === undefined ? structureOnly(asked, recorded) : joinPayload(asked.data, asked.text);
  const same =
    event.type === asked.type && event.occurredOn === asked.occurredOn && isDeepStrictEqual(said, wanted);
  return same ? found : refuse('idempotency-key-reused', `the key recorded entry ${found.header.seq} before`);
}

/** Once the words are erased only the structure can be compared. */
function structureOnly(asked: Asked, recorded: object): { readonly [name: string]: unknown } {
  return Object.fromEntries(
    Object.entries(asked.data).filter(([name]) => name !== 'set' || 'set' in recorded),
  );
}

/**
 * The entry that this command recorded before, however many came since. Usually the state that rides on the
 * newest row tells that there is none; only a busy stream, or a likely retry, costs a further read.
 */
export async function findRecorded(
  { events, views }: Dependencies,
  stream: Stream,
  current: Pick<StreamState<unknown>, 'head' | 'recent' | 'newest'>,
  commandId: string,
  who: Actor,
  now: Instant,
): Promise<DecodedEntry | undefined> {
  const likely = mayHaveRecorded(current.recent, commandId, who, now);
  if (likely === 'no') return undefined;
  const inHand = current.newest.find((entry) => isCommand(entry, commandId, who));
  if (inHand) return inHand;
  const remembered = countRemembered(current.recent);
  if (likely === 'recently') {
    const recent = (await events.newest(stream, remembered)).map(decodeRow);
    const found = recent.find((entry) => isCommand(entry, commandId, who));
    if (found) return found;
  }
  // The entries that the state remembers are not it; older ones stand in the index.
  const before = current.head.version - remembered + 1;
  return before > 1 ? findOlder({ events, views }, stream, before, commandId, who) : undefined;
}

/** Looks in the projected index, and reads what the projector has not reached yet. */
async function findOlder(
  { events, views }: Pick<Dependencies, 'events' | 'views'>,
  stream: Stream,
  before: number,
  commandId: string,
  who: Actor,
): Promise<DecodedEntry | undefined> {
  const key = commandKey(stream, commandId, who);
  const reach = indexedKey(stream);
  const rows = await views.getMany([key, reach], true);
  const indexed = rows.find((row) => row.sort === key.sort);
  const row = indexed && (await events.row(stream, indexed.version));
  const entry = row && decodeRow(row);
  if (entry && isCommand(entry, commandId, who)) return entry;
  const projected = rows.find((one) => one.sort === reach.sort)?.version ?? 0;
  if (projected >= before - 1) return undefined;
  for await (const page of events.stream(stream, projected)) {
    for (const later of page) {
      const decoded = decodeRow(later);
      if (decoded.header.seq >= before) return undefined;
      if (isCommand(decoded, commandId, who)) return decoded;
    }
  }
  return undefined;
}

const FIRST_ENTRIES = 100;

/** The item that this command raised before: looks back over the first entries of the items raised in 24 hours. */
export async function findRaised(
  { events }: Dependencies,
  caseId: CaseId,
  items: number,
  commandId: string,
  who: Actor,
  now: Instant,
): Promise<DecodedEntry | undefined> {
  for (let to = items; to > 0; to -= FIRST_ENTRIES) {
    const ids = Array.from({ length: Math.min(FIRST_ENTRIES, to) }, (_, index) =>
      mintItemId(to - index),
    ).filter((id) => id !== undefined);
    const entries = (await events.firstEntries(caseId, ids)).map(decodeRow);
    const found = entries.find((entry) => isCommand(entry, commandId, who));
    if (found) return found;
    const horizon = epochMs(now) - RETRY_WINDOW_MS;
    if (entries.some((entry) => epochMs(entry.header.recordedAt) < horizon)) return undefined;
  }
  return undefined;
}
