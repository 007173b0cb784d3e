import type { Principal } from '../../domain/actor.ts';
import { type AuditEntry, auditTrail } from '../../domain/audit.ts';
import { type Cut, isCut, readCut } from '../../domain/cut.ts';
import { type DecodedEntry, entryHash } from '../../domain/decode.ts';
import type { Stream } from '../../domain/ids.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldOrder, laterEntries, recordedBy } from '../../domain/replay.ts';
import { mayReadItem, mayReadWholeCase, reachesCase } from './access.ts';
import { cursorAfter, isOffset, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, Page, Paged, RecordedEntry, WithCut } from './ledger.ts';
import { echo, type ItemStream } from './read-item.ts';
import { decodeRow, itemStream, readAll, readStreamState } from './streams.ts';

const isItemStream = (stream: Stream): stream is ItemStream => stream.itemId !== undefined;

function absent({ caseId, itemId }: Stream): Refusal {
  return itemId === undefined
    ? refuse('case-not-found', `there is no case ${caseId}`)
    : refuse('item-not-found', `case ${caseId} has no item ${itemId}`);
}

/** May this person read the stream's entries? `undefined` for yes. */
async function mayReadStream(
  deps: Dependencies,
  who: Principal,
  stream: Stream,
): Promise<Refusal | undefined> {
  const refused = reachesCase(who, stream.caseId);
  if (refused || who.role !== 'office') return refused;
  if (!isItemStream(stream)) return mayReadWholeCase(who);
  const { head, state } = await readStreamState(itemStream, deps.events, stream, deps.identity.zone);
  return head.version === 0 ? absent(stream) : mayReadItem(who, state);
}

/** One entry of a stream. An office may read its own entries on the case stream, too. */
export async function readEntry(
  deps: Dependencies,
  who: Principal,
  stream: Stream,
  seq: number,
  asked: AskedCut,
): Promise<RecordedEntry | Refusal> {
  const cut = readCut(asked, deps.clock.now(), deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const [refused, row] = await Promise.all([mayReadStream(deps, who, stream), deps.events.row(stream, seq)]);
  const entry = row && decodeRow(row);
  const own =
    entry?.header.actor.office === who.office && !isItemStream(stream) && !reachesCase(who, stream.caseId);
  if (refused && !own) return refused;
  const kept = isCut(cut) && entry ? inCutOrder(deps, await readAll(deps.events, stream), cut) : undefined;
  if (!entry || kept?.every((one) => one.header.seq !== seq)) {
    return refuse('entry-not-found', `the stream has no entry ${seq}${kept ? ' at that cut' : ''}`);
  }
  return { entry, hash: entryHash(entry.stored), repeated: false };
}

/** The entries that a cut keeps, in the order in which it folds them; amendments stay where they were recorded. */
function inCutOrder(deps: Dependencies, entries: readonly DecodedEntry[], cut: Cut): readonly DecodedEntry[] {
  const { recordedAsOf, effectiveOn } = cut;
  const kept = entries.filter(
    (entry) => recordedAsOf === undefined || entry.header.recordedAt <= recordedAsOf,
  );
  if (effectiveOn === undefined) return kept;
  const bySeq = new Map(kept.map((entry) => [entry.header.seq, entry]));
  return foldOrder(
    kept.map((entry) => entry.event),
    { effectiveOn },
    deps.identity.zone,
  )
    .map((event) => bySeq.get(event.seq))
    .filter((entry) => entry !== undefined);
}

/** A page of a stream's entries, as recorded. */
export async function readHistory(
  deps: Dependencies,
  who: Principal,
  stream: Stream,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<DecodedEntry> & WithCut) | Refusal> {
  const now = deps.clock.now();
  const cut = readCut(asked, now, deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const list = `history ${stream.caseId} ${stream.itemId ?? ''} ${JSON.stringify(asked)}`;
  const place = placeOf(list, page.cursor, isOffset);
  if (!isPlace(place)) return place;
  const refused = await mayReadStream(deps, who, stream);
  if (refused) return refused;
  const start = Number(place ?? 0);
  if (isCut(cut)) {
    const entries = await readAll(deps.events, stream);
    if (entries.length === 0) return absent(stream);
    const ordered = inCutOrder(deps, entries, cut);
    const events = entries.map((entry) => entry.event);
    return { ...paged(ordered, start, page, list), cut: echo(cut, now, laterEntries(events, cut)) };
  }
  const data: DecodedEntry[] = [];
  for await (const rows of deps.events.stream(stream, start, page.limit + 1)) {
    data.push(...rows.map(decodeRow));
    if (data.length > page.limit) break;
  }
  if (data.length === 0 && start === 0) return absent(stream);
  if (data.length <= page.limit) return { data };
  return { data: data.slice(0, page.limit), nextCursor: cursorAfter(list, String(start + page.limit)) };
}

function paged<T>(all: readonly T[], start: number, page: Page, list: string): Paged<T> {
  const data = all.slice(start, start + page.limit);
  const end = start + data.length;
  return end < all.length ? { data, nextCursor: cursorAfter(list, String(end)) } : { data };
}

/** Every entry of a stream, page after page, without holding them all. */
export async function streamHistory(
  deps: Dependencies,
  who: Principal,
  stream: Stream,
  asked: AskedCut,
): Promise<AsyncIterable<readonly DecodedEntry[]> | Refusal> {
  const cut = readCut(asked, deps.clock.now(), deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const refused = await mayReadStream(deps, who, stream);
  if (refused) return refused;
  if ((await deps.events.newest(stream, 1)).length === 0) return absent(stream);
  return cut.effectiveOn === undefined ? streamed(deps, stream, cut) : ordered(deps, stream, cut);
}

async function* streamed(
  deps: Dependencies,
  stream: Stream,
  cut: Cut,
): AsyncGenerator<readonly DecodedEntry[]> {
  const { recordedAsOf } = cut;
  for await (const rows of deps.events.stream(stream)) {
    const entries = rows.map(decodeRow);
    yield recordedAsOf === undefined
      ? entries
      : entries.filter((entry) => entry.header.recordedAt <= recordedAsOf);
  }
}

async function* ordered(
  deps: Dependencies,
  stream: Stream,
  cut: Cut,
): AsyncGenerator<readonly DecodedEntry[]> {
  yield inCutOrder(deps, await readAll(deps.events, stream), cut);
}

/** A page of a stream's audit trail. On the effective clock it shows the entries of that cut. */
export async function readAudit(
  deps: Dependencies,
  who: Principal,
  stream: Stream,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<AuditEntry> & WithCut) | Refusal> {
  const now = deps.clock.now();
  const { zone } = deps.identity;
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const list = `audit ${stream.caseId} ${stream.itemId ?? ''} ${JSON.stringify(asked)}`;
  const place = placeOf(list, page.cursor, isOffset);
  if (!isPlace(place)) return place;
  const refused = await mayReadStream(deps, who, stream);
  if (refused) return refused;
  const events = (await readAll(deps.events, stream)).map((entry) => entry.event);
  if (events.length === 0) return absent(stream);
  const trail = auditTrail(recordedBy(events, cut), zone);
  const shown = cut.effectiveOn === undefined ? trail : effective(trail, events, cut, zone);
  const answer = paged(shown, Number(place ?? 0), page, list);
  return isCut(cut) ? { ...answer, cut: echo(cut, now, laterEntries(events, cut)) } : answer;
}

function effective(
  trail: readonly AuditEntry[],
  events: Parameters<typeof foldOrder>[0],
  cut: Cut,
  zone: number,
): readonly AuditEntry[] {
  const bySeq = new Map(trail.map((entry) => [entry.seq, entry]));
  return foldOrder(events, cut, zone)
    .map((event) => bySeq.get(event.seq))
    .filter((entry) => entry !== undefined);
}
