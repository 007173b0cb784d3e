import type { StoredEntry } from '../../domain/envelope.ts';
import type { EventStore } from '../../domain/ports.ts';
import { readEnvelopes } from './envelope-lines.ts';
import { refused } from './problems.ts';

/** Streams that load at once. */
const LANES = 16;
/** Entries in hand, at most. */
const IN_HAND = 256;

/** Appends the entries of a file exactly as they are: each stream in its order, several streams at once. */
export async function loadEntries(
  path: string,
  events: EventStore,
  progress: (done: number) => void,
): Promise<void> {
  const lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve());
  let failure: { readonly error: unknown } | undefined;
  let stream = '';
  let lane = 0;
  let inHand = 0;
  let done = 0;

  async function append(entry: StoredEntry): Promise<void> {
    if (failure) return;
    try {
      const result = await events.append({ entry });
      // A lost answer, asked for again by the store's own client, meets the row that it wrote.
      if (result !== 'appended' && result.clash.entry.header !== entry.header)
        throw refused(
          'restore-failed',
          `${entry.caseId}/${entry.itemId ?? 'case'}/${entry.seq} is there already`,
        );
      done += 1;
      progress(done);
    } catch (error) {
      failure = { error };
    } finally {
      inHand -= 1;
    }
  }

  for await (const { entry } of readEnvelopes(path)) {
    const current = `${entry.caseId}/${entry.itemId ?? ''}`;
    if (current !== stream) lane = (lane + 1) % LANES;
    stream = current;
    inHand += 1;
    const before = lanes[lane] ?? Promise.resolve();
    lanes[lane] = before.then(() => append(entry));
    if (inHand >= IN_HAND) await lanes[lane];
    if (failure) break;
  }
  await Promise.all(lanes);
  if (failure) throw failure.error;
}
