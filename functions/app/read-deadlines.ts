import type { Principal } from '../../domain/actor.ts';
import { type Cut, dayOfCut, isCut, readCut } from '../../domain/cut.ts';
import { type CaseId, caseId } from '../../domain/ids.ts';
import {
  deadlinesOn,
  silentSince,
  USUAL_SCOPE,
  type WatchedItem,
} from '../../domain/inspection/deadlines.ts';
import { type ItemState, isResponsible } from '../../domain/item/state.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldCaseView, foldItem, foldItemView, laterEntries } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { CaseDeadlines, CountedOn, DeadlineFilter } from './case-deadlines.ts';
import { casesAfter, currentItems, hasOpenItems, watched } from './current-deadlines.ts';
import { cursorAfter, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, Page, Paged, WithCut } from './ledger.ts';
import { echo } from './read-item.ts';
import { readItems } from './read-partition.ts';
import { readAll } from './streams.ts';
import { readSummary, type SummaryBody, summaryKeys } from './view-rows.ts';

/**
 * What is overdue, due soon and silent in the cases that this person reaches, or in one, now or on either clock; a
 * page holds so many cases with something of the kind. An office sees the items that it leads or supports.
 */
export async function readDeadlines(
  deps: Dependencies,
  who: Principal,
  filter: DeadlineFilter,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<CaseDeadlines> & CountedOn & WithCut) | Refusal> {
  const only = filter.caseId;
  const refused = only && reachesCase(who, only);
  if (refused) return refused;
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const list = `deadlines ${JSON.stringify([filter, asked])}`;
  const place = placeOf(list, page.cursor, (id) => caseId(id) !== undefined);
  if (!isPlace(place)) return place;
  if (only && (await deps.events.newest({ caseId: only }, 1)).length === 0)
    return refuse('case-not-found', `there is no case ${only}`);
  const { withinDays = USUAL_SCOPE.withinDays, silentDays = USUAL_SCOPE.silentDays } = filter;
  const counted: CountedOn = { day: dayOfCut(cut, now, zone), zone, withinDays, silentDays };
  const since = silentSince(cut, zone);
  const data: CaseDeadlines[] = [];
  let later = 0;
  // The next page begins after the last case that was read for this one, shown or not: none is counted twice.
  let passed: CaseId | undefined;
  const answer = (more: { nextCursor?: string }) => ({
    ...counted,
    data,
    ...more,
    ...(isCut(cut) ? { cut: echo(cut, now, later) } : {}),
  });
  for await (const body of only ? oneCase(deps, only, place) : casesAfter(deps.views, place)) {
    if (!mayHaveItems(who, body)) continue;
    const read = isCut(cut) ? itemsAtCut : itemsNow;
    const found = await read(deps, who, filter.office, body, cut);
    const offices = deadlinesOn(found.items, counted.day, counted, since);
    if (offices.length > 0 && passed && data.length === page.limit)
      return answer({ nextCursor: cursorAfter(list, passed) });
    later += found.later;
    passed = body.summary.caseId;
    if (offices.length > 0) data.push({ caseId: body.summary.caseId, title: found.title, offices });
  }
  return answer({});
}

async function* oneCase({ views }: Dependencies, only: CaseId, place: string | undefined) {
  const [key] = summaryKeys(only);
  const row = place === undefined ? await views.get(key.partition, key.sort) : undefined;
  if (row) yield readSummary(row);
}

/** An office without an item in a case has nothing to read there. */
const mayHaveItems = (who: Principal, { summary, offices }: SummaryBody): boolean =>
  !reachesCase(who, summary.caseId) && (who.role !== 'office' || Object.hasOwn(offices, who.office));

const reads = (who: Principal, state: ItemState): boolean =>
  who.role !== 'office' || isResponsible(state, who.office);

interface Found {
  readonly items: readonly WatchedItem[];
  readonly title: string | null;
  /** Entries recorded after the cut. */
  readonly later: number;
}

async function itemsNow(
  deps: Dependencies,
  who: Principal,
  office: string | undefined,
  body: SummaryBody,
): Promise<Found> {
  const { caseId: id, title } = body.summary;
  if (!hasOpenItems(body.tally)) return { items: [], title, later: 0 };
  const items = await currentItems(
    deps.views,
    id,
    (state) => reads(who, state) && (office === undefined || isResponsible(state, office)),
  );
  // Views of another fold are being rebuilt; until then the events tell.
  return items ? { items, title, later: 0 } : itemsAtCut(deps, who, office, body, {});
}

async function itemsAtCut(
  { events: store, identity: { zone } }: Dependencies,
  who: Principal,
  office: string | undefined,
  { summary }: SummaryBody,
  cut: Cut,
): Promise<Found> {
  const ofCase = (await readAll(store, summary)).map((entry) => entry.event);
  let later = laterEntries(ofCase, cut);
  const items: WatchedItem[] = [];
  for await (const { itemId, entries } of readItems(store, summary.caseId)) {
    const events = entries.map((entry) => entry.event);
    if (!reads(who, foldItem(events, zone))) continue;
    later += laterEntries(events, cut);
    const view = foldItemView(events, zone, cut);
    if (office === undefined || isResponsible(view.state, office)) items.push(watched(itemId, view));
  }
  // A name counts for every day: items may count from days before the one on which their case was opened.
  return { items, title: foldCaseView(ofCase, zone, { recordedAsOf: cut.recordedAsOf }).title, later };
}
