import { type DecodedEntry, decodeEntry, UndecodableEntry } from '../../domain/decode.ts';
import type { Stream } from '../../domain/ids.ts';
import { type EventRow, StoreFault } from '../../domain/ports.ts';
import { type DeadLetter, deadLetterRow } from './dead-letters.ts';
import type { Dependencies } from './dependencies.ts';
import { follow, type Projection, projectStream, readPictures, writeProjections } from './project-stream.ts';
import { projectSummaries } from './project-summary.ts';
import { DEAD_LETTERS } from './view-rows.ts';

export interface Projected {
  readonly folded: number;
  readonly deadLetters: readonly DeadLetter[];
}

interface Arrived {
  readonly name: string;
  readonly stream: Stream;
  readonly entries: DecodedEntry[];
}

/**
 * Projects a batch of rows as the stream delivered them: at least once, in order for each stream. A row that is
 * no entry, or that no fold can take, is set aside and its stream stays where it was; the rest goes on. A fault
 * of the store is thrown: the whole batch comes again, and what was done is recognised.
 *
 * What a batch costs does not depend on how many entries of how many streams it holds: all pictures are read at
 * once, all rows written at once, and each case's summary is made once.
 */
export async function projectBatch(deps: Dependencies, rows: readonly EventRow[]): Promise<Projected> {
  const deadLetters: DeadLetter[] = [];
  const streams = byStream(rows, deadLetters);
  const pictures = await readPictures(
    deps,
    streams.map(({ stream }) => stream),
  );
  const projections: (Arrived & { readonly projection: Projection | undefined })[] = [];
  for (const arrived of streams) {
    const { stream, entries } = arrived;
    await orSetAside(arrived, deadLetters, async () => {
      const projection = await follow(deps, stream, pictures.get(nameOf(stream)), entries);
      projections.push({ ...arrived, projection });
    });
  }
  await writeAll(deps, projections, deadLetters);
  const setAside = new Set(deadLetters.map(({ where }) => where));
  const done = projections.filter((one) => !setAside.has(placeOf(one)));
  await projectSummaries(deps, new Set(done.map(({ stream }) => stream.caseId)));
  if (deadLetters.length > 0) await deps.views.putAll(deadLetters.map(deadLetterRow));
  return { folded: done.reduce((sum, { projection }) => sum + (projection?.folded ?? 0), 0), deadLetters };
}

const nameOf = ({ caseId, itemId }: Stream): string => `${caseId}/${itemId ?? 'case'}`;
const placeOf = ({ name, entries }: Arrived): string => `${name}/${entries[0]?.header.seq ?? 0}`;

function byStream(rows: readonly EventRow[], deadLetters: DeadLetter[]): Arrived[] {
  const streams = new Map<string, Arrived>();
  for (const { entry } of rows) {
    const stream: Stream = { caseId: entry.caseId, itemId: entry.itemId };
    const name = nameOf(stream);
    const decoded = setAsideIfPoisoned(() => decodeEntry(entry), stream, `${name}/${entry.seq}`, deadLetters);
    if (!decoded) continue;
    const arrived = streams.get(name) ?? { name, stream, entries: [] };
    arrived.entries.push(decoded);
    streams.set(name, arrived);
  }
  const all = [...streams.values()];
  for (const { entries } of all) entries.sort((one, other) => one.header.seq - other.header.seq);
  return all;
}

/** Runs one stream's part of the work; a fault of the store is everybody's, anything else that stream's alone. */
async function orSetAside(
  arrived: Arrived,
  deadLetters: DeadLetter[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    deadLetters.push({ stream: arrived.stream, where: placeOf(arrived), why: reason(error) });
  }
}

/** Writes all at once; where the store refuses that, stream by stream, so that one bad row holds up one stream. */
async function writeAll(
  deps: Dependencies,
  projections: readonly (Arrived & { readonly projection: Projection | undefined })[],
  deadLetters: DeadLetter[],
): Promise<void> {
  const all = projections.flatMap(({ projection }) => projection ?? []);
  try {
    return await writeProjections(deps, all);
  } catch (error) {
    if (error instanceof StoreFault || all.length === 0) throw error;
  }
  for (const one of projections) {
    const { projection } = one;
    if (projection) await orSetAside(one, deadLetters, () => writeProjections(deps, [projection]));
  }
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
    // Set aside was a row that is no entry of any stream: it stays until somebody has looked.
    if (entries.length === 0) return false;
    await projectStream(deps, stream, entries);
    await projectSummaries(deps, [stream.caseId]);
    return true;
  } catch (error) {
    if (error instanceof StoreFault) throw error;
    return false;
  }
}
