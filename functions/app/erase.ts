import type { Command } from '../../domain/command.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { Stream } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusals.ts';
import type { Dependencies } from './dependencies.ts';
import type { RecordedEntry } from './ledger.ts';

/**
 * Removes the words that a recorded `TextErased` names. The entry comes first: should the process die in between,
 * the erasure is announced, and a repeated command or a rebuild completes it.
 */
export async function eraseAnnounced(
  deps: Dependencies,
  stream: Stream,
  command: Command<string>,
  outcome: RecordedEntry | Refusal,
): Promise<RecordedEntry | Refusal> {
  if (command.type !== 'TextErased') return outcome;
  const announced = !isRefusal(outcome) || outcome.refused === 'text-erased';
  if (announced) await deps.events.eraseText(stream, command.data.target as number);
  return outcome;
}

/** Completes erasures that are announced and whose words still stand; resolves to how many there were. */
export async function completeErasures(
  deps: Dependencies,
  stream: Stream,
  entries: readonly DecodedEntry[],
): Promise<number> {
  const standing = new Set(
    entries.filter((entry) => entry.stored.text !== undefined).map((entry) => entry.header.seq),
  );
  let completed = 0;
  for (const { event } of entries) {
    if (!event.known || event.type !== 'TextErased' || !standing.has(event.data.target)) continue;
    await deps.events.eraseText(stream, event.data.target);
    completed += 1;
  }
  return completed;
}
