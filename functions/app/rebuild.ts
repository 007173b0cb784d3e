import { type DecodedEntry, decodeEntry } from '../../domain/decode.ts';
import type { CaseId, Stream } from '../../domain/ids.ts';
import { StoreFault } from '../../domain/ports.ts';
import type { Dependencies } from './dependencies.ts';
import { completeErasures } from './erase.ts';
import { deadLetterRow } from './project.ts';
import { projectEntries, writeProjections } from './project-stream.ts';
import { projectSummaries } from './project-summary.ts';
import { CHECKPOINTS } from './view-rows.ts';

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
  for await (const { stream, entries, poison } of wholeStreams(deps)) {
    events += entries.length;
    await completeErasures(deps, stream, entries);
    rows += await rebuildStream(deps, stream, entries, poison);
    cases.add(stream.caseId);
    progress(events);
  }
  await projectSummaries(deps, cases);
  return { events, rows: rows + cases.size };
}

interface WholeStream {
  readonly stream: Stream;
  readonly entries: readonly DecodedEntry[];
  /** Why the entry after these could not be read. */
  readonly poison: { readonly seq: number; readonly why: string } | undefined;
}

async function* wholeStreams(deps: Dependencies): AsyncGenerator<WholeStream> {
  let stream: Stream | undefined;
  let entries: DecodedEntry[] = [];
  let poison: WholeStream['poison'];
  for await (const page of deps.events.scan()) {
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

async function rebuildStream(
  deps: Dependencies,
  stream: Stream,
  entries: readonly DecodedEntry[],
  poison: WholeStream['poison'],
): Promise<number> {
  const where = (seq: number): string => `${stream.caseId}/${stream.itemId ?? 'case'}/${seq}`;
  if (poison) await deps.views.putAll([deadLetterRow({ stream, where: where(poison.seq), why: poison.why })]);
  try {
    const projection = projectEntries(deps, stream, undefined, entries, entries);
    if (!projection) return 0;
    await writeProjections(deps, [projection]);
    return projection.rows.length + 2;
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    const why = error instanceof Error ? error.message : String(error);
    await deps.views.putAll([deadLetterRow({ stream, where: where(1), why })]);
    return 0;
  }
}
