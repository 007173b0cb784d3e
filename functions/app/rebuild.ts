import { type DecodedEntry, decodeEntry } from '../../domain/decode.ts';
import type { CaseId, Stream } from '../../domain/ids.ts';
import { type EventRow, StoreFault } from '../../domain/ports.ts';
import { deadLetterRow } from './dead-letters.ts';
import type { Dependencies } from './dependencies.ts';
import { completeErasures } from './erase.ts';
import { projectEntries, writeProjections } from './project-stream.ts';
import { projectSummaries } from './project-summary.ts';
import { readAll } from './streams.ts';
import { CHECKPOINTS, pictureKey, summaryKeys } from './view-rows.ts';

/**
 * Drops every view and makes it again from the events, beside a live projector if there is one. Checkpoints stay:
 * they say what the stream has delivered, not what was built. Until it has finished, lists are incomplete. An
 * erasure that was announced and not carried out is completed on the way.
 */
export async function rebuildViews(
  deps: Dependencies,
  progress: (events: number) => void = () => {},
): Promise<{ events: number; rows: number }> {
  // Read to the end once before anything is dropped: a table that cannot be read keeps the views it has.
  for await (const _ of deps.events.scan());
  for await (const page of deps.views.scan()) {
    await deps.views.remove(page.filter((row) => row.partition !== CHECKPOINTS));
  }
  let events = 0;
  let rows = 0;
  const cases = new Set<CaseId>();
  for await (const whole of wholeStreams(deps.events.scan())) {
    events += whole.entries.length;
    await completeErasures(deps, whole.stream, whole.entries);
    rows += await rebuildStream(deps, whole);
    cases.add(whole.stream.caseId);
    progress(events);
  }
  await projectSummaries(deps, cases);
  return { events, rows: rows + cases.size };
}

/**
 * Makes the views of one case again from its events. Its pictures go first, for a picture is only ever replaced by
 * a newer one; the projector may write beside it. Erasures are left to whoever may carry them out.
 */
export async function rebuildCase(
  deps: Dependencies,
  caseId: CaseId,
): Promise<{ events: number; rows: number }> {
  const { partition } = pictureKey({ caseId });
  for (let more = true; more; ) {
    const found = await deps.views.range(partition, {}, { limit: 1_000, consistent: true });
    await deps.views.remove(found.rows);
    more = found.more;
  }
  await deps.views.remove(summaryKeys(caseId));
  let events = 0;
  let rows = 0;
  for await (const whole of wholeStreams(deps.events.partition(caseId, 'all'))) {
    events += whole.entries.length;
    rows += await rebuildStream(deps, whole);
  }
  await projectSummaries(deps, [caseId]);
  return { events, rows: rows + 1 };
}

interface WholeStream {
  readonly stream: Stream;
  readonly entries: readonly DecodedEntry[];
  /** Why the entry after these could not be read. */
  readonly poison: { readonly seq: number; readonly why: string } | undefined;
}

export async function* wholeStreams(pages: AsyncIterable<readonly EventRow[]>): AsyncGenerator<WholeStream> {
  let stream: Stream | undefined;
  let entries: DecodedEntry[] = [];
  let poison: WholeStream['poison'];
  for await (const page of pages) {
    for (const { entry } of page) {
      if (stream?.caseId !== entry.caseId || stream.itemId !== entry.itemId) {
        if (stream) yield { stream, entries, poison };
        stream = { caseId: entry.caseId, itemId: entry.itemId };
        entries = [];
        poison = undefined;
      }
      if (poison) continue;
      try {
        entries.push(decodeEntry(entry));
      } catch (error) {
        poison = { seq: entry.seq, why: error instanceof Error ? error.message : String(error) };
      }
    }
  }
  if (stream) yield { stream, entries, poison };
}

async function rebuildStream(deps: Dependencies, { stream, entries, poison }: WholeStream): Promise<number> {
  const where = (seq: number): string => `${stream.caseId}/${stream.itemId ?? 'case'}/${seq}`;
  if (poison) await deps.views.putAll([deadLetterRow({ stream, where: where(poison.seq), why: poison.why })]);
  try {
    for (let known = entries; ; ) {
      const projection = projectEntries(deps, stream, undefined, known, known);
      if (!projection) return 0;
      await writeProjections(deps, [projection]);
      // Words erased meanwhile are out of the views; what was just written would bring them back for good.
      const later = poison ? [] : await readAll(deps.events, stream, known.length);
      if (!later.some(({ event }) => event.type === 'TextErased')) return projection.rows.length + 2;
      known = [...known, ...later];
    }
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    const why = error instanceof Error ? error.message : String(error);
    await deps.views.putAll([deadLetterRow({ stream, where: where(1), why })]);
    return 0;
  }
}
