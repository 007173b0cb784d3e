import type { Principal } from '../../domain/actor.ts';
import { type Cut, type CutEcho, dayOfCut, isCut, isSettled, readCut } from '../../domain/cut.ts';
import type { Instant } from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { ItemEvent } from '../../domain/events.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';
import { type Item, presentItem } from '../../domain/item/present.ts';
import { evolveItemView, type ItemView, initialItemView } from '../../domain/item/view.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldItemView, laterEntries, recordedBy } from '../../domain/replay.ts';
import { type Resolved, rereadsHistory, resolveOne } from '../../domain/resolve.ts';
import { mayReadItem, reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, WithCut } from './ledger.ts';
import { decodeRow, headOf, readAll } from './streams.ts';
import { type Picture, pictureKey, readPicture, snapshotPrefix } from './view-rows.ts';

/** An item's stream; both parts of its key are there. */
export interface ItemStream {
  readonly caseId: CaseId;
  readonly itemId: ItemId;
}

/** How many of the newest rows are read beside the projection: what it may lag behind without a further read. */
const LAG = 8;

/** A projection is carried on over later entries unless one of them makes the history read differently. */
const carriesOn = ({ event }: DecodedEntry): boolean =>
  event.known && !rereadsHistory(event.type) && event.type !== 'TextErased';

function carriedOn(
  base: Picture<ItemView>,
  later: readonly DecodedEntry[],
  deps: Dependencies,
): Picture<ItemView> {
  const view = later.reduce(
    (before, { event }) =>
      evolveItemView(before, resolveOne(event as ItemEvent, deps.identity.zone) as Resolved<ItemEvent>),
    base.view,
  );
  return { view, head: later.length > 0 ? headOf(later.at(-1)) : base.head };
}

async function fromHistory(
  deps: Dependencies,
  stream: ItemStream,
  cut: Cut,
): Promise<Picture<ItemView> & { later: number }> {
  const entries = await readAll(deps.events, stream);
  const events = entries.map((entry) => entry.event);
  const kept = recordedBy(events, cut).length;
  return {
    view: foldItemView(events, deps.identity.zone, cut),
    head: headOf(entries[kept - 1]),
    later: laterEntries(events, cut),
  };
}

/** The item as it stands: the projection, carried on over what it has not seen. Never behind the stream. */
async function currentItem(deps: Dependencies, stream: ItemStream): Promise<Picture<ItemView> | undefined> {
  const key = pictureKey(stream);
  const [row, rows] = await Promise.all([
    deps.views.get(key.partition, key.sort),
    deps.events.newest(stream, LAG),
  ]);
  if (rows.length === 0) return undefined;
  const newest = rows.map(decodeRow).reverse();
  const base = readPicture<ItemView>(row) ?? { head: headOf(undefined), view: initialItemView };
  const { version } = base.head;
  const inHand = newest.filter((entry) => entry.header.seq > version);
  const reaches = (inHand[0]?.header.seq ?? version + 1) === version + 1;
  const later = reaches ? inHand : await readAll(deps.events, stream, version);
  return later.every(carriesOn) ? carriedOn(base, later, deps) : fromHistory(deps, stream, {});
}

/** Entries between snapshots of an item; a reader of a past date reads at most so many rows after one. */
export const SNAPSHOT_EVERY = 16;

/** What the ledger said at an instant: the last snapshot before it, carried on over the rows that follow. */
async function itemRecordedAsOf(
  deps: Dependencies,
  stream: ItemStream,
  recordedAsOf: Instant,
): Promise<(Picture<ItemView> & { later: number }) | undefined> {
  const prefix = snapshotPrefix(stream.itemId);
  const [newestRows, snapshots] = await Promise.all([
    deps.events.newest(stream, 1),
    deps.views.range(
      pictureKey(stream).partition,
      { from: prefix, to: prefix + recordedAsOf },
      { limit: 1, descending: true, only: true },
    ),
  ]);
  const newest = newestRows[0] && decodeRow(newestRows[0]);
  if (!newest) return undefined;
  const base = readPicture<ItemView>(snapshots.rows[0]) ?? { head: headOf(undefined), view: initialItemView };
  const later: DecodedEntry[] = [];
  reading: for await (const page of deps.events.stream(stream, base.head.version, SNAPSHOT_EVERY)) {
    for (const row of page) {
      const entry = decodeRow(row);
      if (entry.header.recordedAt > recordedAsOf) break reading;
      later.push(entry);
    }
  }
  if (!later.every(carriesOn)) return fromHistory(deps, stream, { recordedAsOf });
  const picture = carriedOn(base, later, deps);
  return { ...picture, later: newest.header.seq - picture.head.version };
}

/** One item, now or on either clock. */
export async function readItem(
  deps: Dependencies,
  who: Principal,
  stream: ItemStream,
  asked: AskedCut,
): Promise<(Item & WithCut) | Refusal> {
  const refused = reachesCase(who, stream.caseId);
  if (refused) return refused;
  const now = deps.clock.now();
  const cut = readCut(asked, now, deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const absent = refuse('item-not-found', `case ${stream.caseId} has no item ${stream.itemId}`);
  const asks = isCut(cut);
  const [current, past] = await Promise.all([
    asks && who.role !== 'office' ? undefined : currentItem(deps, stream),
    asks ? itemAtCut(deps, stream, cut) : undefined,
  ]);
  const picture = asks ? past : current;
  if (!picture || (asks && picture.head.version === 0)) return absent;
  const hidden = who.role === 'office' ? current && mayReadItem(who, current.view.state) : undefined;
  if (hidden) return hidden;
  const today = dayOfCut(cut, now, deps.identity.zone);
  const item = presentItem(stream, picture.view, picture.head, today);
  return asks ? { ...item, cut: echo(cut, now, past?.later ?? 0) } : item;
}

function itemAtCut(
  deps: Dependencies,
  stream: ItemStream,
  cut: Cut,
): Promise<(Picture<ItemView> & { later: number }) | undefined> {
  return cut.effectiveOn === undefined && cut.recordedAsOf !== undefined
    ? itemRecordedAsOf(deps, stream, cut.recordedAsOf)
    : fromHistory(deps, stream, cut);
}

/** The cut as resolved, for the answer. */
export function echo(cut: Cut, now: Instant, later: number): CutEcho {
  return {
    ...(cut.recordedAsOf === undefined ? {} : { recordedAsOf: cut.recordedAsOf }),
    ...(cut.effectiveOn === undefined ? {} : { effectiveOn: cut.effectiveOn }),
    settled: isSettled(cut, now),
    laterEntries: later,
  };
}
