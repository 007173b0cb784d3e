import { lagDays } from '../../domain/audit.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { CaseEvent, ItemEvent, KnownEvent, LedgerEvent } from '../../domain/events.ts';
import type { Stream } from '../../domain/ids.ts';
import { type CaseView, evolveCaseView, initialCaseView } from '../../domain/inspection/view.ts';
import { evolveItemView, type ItemView, initialItemView } from '../../domain/item/view.ts';
import type { ViewRow } from '../../domain/ports.ts';
import { foldCaseView, foldItemView } from '../../domain/replay.ts';
import { type Resolved, rereadsHistory, resolveOne } from '../../domain/resolve.ts';
import type { Dependencies } from './dependencies.ts';
import { SNAPSHOT_EVERY } from './read-item.ts';
import { headOf, readAll } from './streams.ts';
import {
  auditRows,
  commandRow,
  indexedRow,
  type Picture,
  pictureKey,
  pictureRow,
  readPicture,
  snapshotKey,
} from './view-rows.ts';

type View = ItemView | CaseView;

/** How a stream's picture is folded; the same for one event after the other and for a whole history. */
interface Folding {
  readonly initial: View;
  readonly evolve: (view: View, event: LedgerEvent) => View;
  readonly fold: (events: readonly LedgerEvent[]) => View;
}

function foldingOf({ itemId }: Stream, zone: number): Folding {
  const resolved = (event: KnownEvent): Resolved => resolveOne(event, zone);
  return itemId === undefined
    ? {
        initial: initialCaseView,
        evolve: (view, event) =>
          event.known ? evolveCaseView(view as CaseView, resolved(event) as Resolved<CaseEvent>) : view,
        fold: (events) => foldCaseView(events, zone),
      }
    : {
        initial: initialItemView,
        evolve: (view, event) =>
          event.known ? evolveItemView(view as ItemView, resolved(event) as Resolved<ItemEvent>) : view,
        fold: (events) => foldItemView(events, zone),
      };
}

/** After these the picture cannot be carried on from the entry alone. */
const refolds = (type: string): boolean => rereadsHistory(type) || type === 'TextErased';

/** Brings the picture of one stream up to the newest entry that is known, or as far as `arrived` goes. */
export async function projectStream(
  deps: Dependencies,
  stream: Stream,
  arrived: readonly DecodedEntry[],
): Promise<void> {
  const pictures = await readPictures(deps, [stream]);
  const projection = await follow(deps, stream, [...pictures.values()][0], arrived);
  if (projection) await writeProjections(deps, [projection]);
}

/** Pictures as they stand, by `caseId/itemId`, or `caseId/case` for the case's own. */
export async function readPictures(
  deps: Dependencies,
  streams: readonly Stream[],
): Promise<ReadonlyMap<string, Picture<View>>> {
  const pictures = new Map<string, Picture<View>>();
  if (streams.length === 0) return pictures;
  const rows = await deps.views.getMany(streams.map(pictureKey), true);
  const rowOf = new Map(rows.map((row) => [`${row.partition}\n${row.sort}`, row]));
  for (const stream of streams) {
    const { partition, sort } = pictureKey(stream);
    const picture = readPicture<View>(rowOf.get(`${partition}\n${sort}`));
    if (picture) pictures.set(`${stream.caseId}/${stream.itemId ?? 'case'}`, picture);
  }
  return pictures;
}

export interface Projection {
  /** Rows whose content depends on their key alone. */
  readonly rows: readonly ViewRow[];
  readonly picture: ViewRow;
  /** How far the index of commands reaches, in a row of its own: a picture can be large, and this is read often. */
  readonly indexed: ViewRow;
  readonly folded: number;
}

/**
 * Rows that depend on their key alone are written before any picture moves, so that a crash in between repeats
 * them and loses none; the picture moves last, for what it holds is not projected again.
 */
export async function writeProjections(
  { views }: Pick<Dependencies, 'views'>,
  projections: readonly Projection[],
): Promise<void> {
  if (projections.length === 0) return;
  await views.putAll(projections.flatMap(({ rows }) => rows));
  await views.advanceAll(projections.map(({ indexed }) => indexed));
  await views.advanceAll(projections.map(({ picture }) => picture));
}

/**
 * What one stream's picture becomes, with its snapshots, its audit rows and its index of commands. `arrived` are
 * the entries that the stream delivered, in seq order; where they do not follow the picture, the history is read.
 * Undefined when the picture holds them all.
 */
export async function follow(
  deps: Dependencies,
  stream: Stream,
  base: Picture<View> | undefined,
  arrived: readonly DecodedEntry[],
): Promise<Projection | undefined> {
  const version = base?.head.version ?? 0;
  const fresh = arrived.filter((entry) => entry.header.seq > version);
  const first = fresh[0];
  if (!first) return undefined;
  const inOrder = fresh.every((entry, index) => entry.header.seq === version + 1 + index);
  if (inOrder && !fresh.some((entry) => refolds(entry.event.type))) {
    return projectEntries(deps, stream, base, fresh, undefined);
  }
  const all = await readAll(deps.events, stream);
  return projectEntries(deps, stream, base, all.slice(version), all);
}

/** The rows that `entries`, which follow `base`, bring; `all` is the whole history where one of them rereads it. */
export function projectEntries(
  deps: Pick<Dependencies, 'identity'>,
  stream: Stream,
  base: Picture<View> | undefined,
  entries: readonly DecodedEntry[],
  all: readonly DecodedEntry[] | undefined,
): Projection | undefined {
  if (entries.length === 0) return undefined;
  const { zone } = deps.identity;
  const folding = foldingOf(stream, zone);
  const history = all?.map((entry) => entry.event) ?? [];
  const rows: ViewRow[] = [];
  let view = base?.view ?? folding.initial;
  for (const entry of entries) {
    const { event } = entry;
    view = refolds(event.type) ? folding.fold(history.slice(0, event.seq)) : folding.evolve(view, event);
    rows.push(...auditRows(event, lagDays(event, zone), zone), commandRow(event));
    if (event.type === 'TextErased') rows.push(...snapshots(stream, all ?? [], event.seq, folding));
    else if (event.seq % SNAPSHOT_EVERY === 0) rows.push(...snapshot(stream, entry, view));
  }
  const picture = pictureRow(pictureKey(stream), { head: headOf(entries.at(-1)), view });
  const indexed = indexedRow(stream, picture.version);
  return { rows: lastOfEach(rows), picture, indexed, folded: entries.length };
}

function snapshot({ caseId, itemId }: Stream, entry: DecodedEntry, view: View): ViewRow[] {
  if (itemId === undefined) return [];
  const key = snapshotKey(caseId, itemId, entry.header.recordedAt);
  return [pictureRow(key, { head: headOf(entry), view })];
}

/** Once words are erased, no earlier snapshot may show them: all of them are made again. */
function snapshots(stream: Stream, all: readonly DecodedEntry[], upTo: number, folding: Folding): ViewRow[] {
  const erased = new Set<number>();
  for (const { event } of all.slice(0, upTo)) {
    if (event.known && event.type === 'TextErased') erased.add(event.data.target);
  }
  const events = all.map(({ event }) =>
    erased.has(event.seq) ? ({ ...event, text: undefined } as LedgerEvent) : event,
  );
  const rows: ViewRow[] = [];
  for (let seq = SNAPSHOT_EVERY; seq <= upTo; seq += SNAPSHOT_EVERY) {
    rows.push(...snapshot(stream, all[seq - 1] as DecodedEntry, folding.fold(events.slice(0, seq))));
  }
  return rows;
}

/** One write a key: a later row of the same key replaces an earlier one. */
function lastOfEach(rows: readonly ViewRow[]): ViewRow[] {
  return [...new Map(rows.map((row) => [`${row.partition}\n${row.sort}`, row])).values()];
}
