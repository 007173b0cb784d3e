import { canonical } from '../../domain/canonical.ts';
import { type DecodedEntry, decodeEntry, UndecodableEntry } from '../../domain/decode.ts';
import type { CaseId, Stream } from '../../domain/ids.ts';
import { type EventRow, StoreFault, type ViewRow } from '../../domain/ports.ts';
import type { Dependencies } from './dependencies.ts';
import { projectStream } from './project-stream.ts';
import { projectSummary } from './project-summary.ts';
import { DEAD_LETTERS } from './view-rows.ts';

/** A record that could not be projected: where it stands and why, without its words. */
export interface DeadLetter {
  readonly stream: Stream | undefined;
  readonly where: string;
  readonly why: string;
}

export interface Projected {
  readonly folded: number;
  readonly deadLetters: readonly DeadLetter[];
}

/**
 * Projects a batch of rows as the stream delivered them: at least once, in order for each stream. A row that is
 * no entry, or that no fold can take, is set aside and its stream stays where it was; the rest goes on. A fault
 * of the store is thrown: the whole batch comes again, and what was done is recognised.
 */
export async function projectBatch(deps: Dependencies, rows: readonly EventRow[]): Promise<Projected> {
  const streams = new Map<string, { stream: Stream; entries: DecodedEntry[] }>();
  const deadLetters: DeadLetter[] = [];
  for (const { entry } of rows) {
    const stream: Stream = { caseId: entry.caseId, itemId: entry.itemId };
    const name = `${stream.caseId}/${stream.itemId ?? 'case'}`;
    const decoded = setAsideIfPoisoned(() => decodeEntry(entry), stream, `${name}/${entry.seq}`, deadLetters);
    if (!decoded) continue;
    const batch = streams.get(name) ?? { stream, entries: [] };
    batch.entries.push(decoded);
    streams.set(name, batch);
  }
  let folded = 0;
  const cases = new Set<CaseId>();
  for (const [name, { stream, entries }] of streams) {
    entries.sort((one, other) => one.header.seq - other.header.seq);
    try {
      folded += await projectStream(deps, stream, entries);
      cases.add(stream.caseId);
    } catch (error) {
      if (error instanceof StoreFault) throw error;
      deadLetters.push({ stream, where: `${name}/${entries[0]?.header.seq ?? 0}`, why: reason(error) });
    }
  }
  for (const caseId of cases) await projectSummary(deps, caseId);
  if (deadLetters.length > 0) await deps.views.putAll(deadLetters.map(deadLetterRow));
  return { folded, deadLetters };
}

function setAsideIfPoisoned(
  decode: () => DecodedEntry,
  stream: Stream,
  where: string,
  deadLetters: DeadLetter[],
): DecodedEntry | undefined {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof UndecodableEntry)) throw error;
    deadLetters.push({ stream, where, why: reason(error) });
    return undefined;
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function deadLetterRow({ stream, where, why }: DeadLetter): ViewRow {
  const body = canonical({ caseId: stream?.caseId ?? null, itemId: stream?.itemId ?? null, why });
  return { partition: DEAD_LETTERS, sort: where, version: 1, body };
}

/** How many records are set aside; counted up to 1,000. */
export async function countDeadLetters(deps: Pick<Dependencies, 'views'>): Promise<number> {
  return (await deps.views.range(DEAD_LETTERS, {}, { limit: 1_000, consistent: true })).rows.length;
}

/** Projects the streams of what was set aside again, from the events; what succeeds is set aside no longer. */
export async function replayDeadLetters(deps: Dependencies): Promise<{ replayed: number; left: number }> {
  const { rows } = await deps.views.range(DEAD_LETTERS, {}, { limit: 1_000, consistent: true });
  let replayed = 0;
  for (const row of rows) {
    const { caseId, itemId } = JSON.parse(row.body) as {
      caseId: Stream['caseId'];
      itemId: Stream['itemId'] | null;
    };
    const stream: Stream = { caseId, itemId: itemId ?? undefined };
    if (!(await reproject(deps, stream))) continue;
    await deps.views.remove([row]);
    replayed += 1;
  }
  return { replayed, left: rows.length - replayed };
}

async function reproject(deps: Dependencies, stream: Stream): Promise<boolean> {
  try {
    const entries: DecodedEntry[] = [];
    for await (const page of deps.events.stream(stream))
      for (const row of page) entries.push(decodeEntry(row.entry));
    await projectStream(deps, stream, entries);
    await projectSummary(deps, stream.caseId);
    return true;
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    return false;
  }
}
