import type { Principal } from '../../domain/actor.ts';
import { type Cut, dayOfCut, isCut, readCut } from '../../domain/cut.ts';
import type { Day, Instant } from '../../domain/dates.ts';
import { type CaseId, type ItemId, itemId } from '../../domain/ids.ts';
import { type Item, presentItem } from '../../domain/item/present.ts';
import { isResponsible } from '../../domain/item/state.ts';
import type { ItemView } from '../../domain/item/view.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldItemView, laterEntries, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import { cursorAfter, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, Page, Paged, RegisterFilter, WithCut } from './ledger.ts';
import { echo } from './read-item.ts';
import { readItems } from './read-partition.ts';
import { headOf } from './streams.ts';
import { pictureKey, REGISTER_PREFIX, readPicture } from './view-rows.ts';

/** The register of a case, now or on either clock, filtered and paged. */
export async function readRegister(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  filter: RegisterFilter,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<Item> & WithCut) | Refusal> {
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const now = deps.clock.now();
  const cut = readCut(asked, now, deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const list = `register ${caseId} ${JSON.stringify([filter, asked])}`;
  const place = placeOf(list, page.cursor, (id) => itemId(id) !== undefined);
  if (!isPlace(place)) return place;
  if ((await deps.events.newest({ caseId }, 1)).length === 0) {
    return refuse('case-not-found', `there is no case ${caseId}`);
  }
  const today = dayOfCut(cut, now, deps.identity.zone);
  const wanted = (item: Item, mine: boolean): boolean =>
    mine &&
    item.status !== null &&
    (filter.status === undefined || item.status === filter.status) &&
    (filter.office === undefined || item.lead === filter.office || item.supporting.includes(filter.office)) &&
    (filter.overdue === undefined || item.overdue === filter.overdue);
  if (isCut(cut)) return registerAtCut(deps, who, caseId, cut, now, today, page, list, place, wanted);
  return currentRegister(deps, who, caseId, today, page, list, place, wanted);
}

type Wanted = (item: Item, mine: boolean) => boolean;

const readsItem = (who: Principal, state: ItemView['state']): boolean =>
  who.role !== 'office' || isResponsible(state, who.office);

/** As many as one answer of the store holds, more or less. */
const CHUNK = 1_000;

async function currentRegister(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  today: Day,
  page: Page,
  list: string,
  place: string | undefined,
  wanted: Wanted,
): Promise<Paged<Item>> {
  const { partition } = pictureKey({ caseId });
  const data: Item[] = [];
  let after = place === undefined ? undefined : REGISTER_PREFIX + place;
  for (;;) {
    const { rows, more } = await deps.views.range(
      partition,
      { prefix: REGISTER_PREFIX, after },
      { limit: Math.min(CHUNK, page.limit + 1) },
    );
    for (const row of rows) {
      const picture = readPicture<ItemView>(row);
      const id = itemId(row.sort.slice(REGISTER_PREFIX.length));
      if (!picture || !id) continue;
      const item = presentItem({ caseId, itemId: id }, picture.view, picture.head, today);
      if (!wanted(item, readsItem(who, picture.view.state))) continue;
      if (data.length === page.limit) return { data, nextCursor: cursorAfter(list, lastId(data)) };
      data.push(item);
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return { data };
  }
}

const lastId = (data: readonly Item[]): ItemId => (data.at(-1) as Item).itemId;

async function registerAtCut(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  cut: Cut,
  now: Instant,
  today: Day,
  page: Page,
  list: string,
  place: string | undefined,
  wanted: Wanted,
): Promise<Paged<Item> & WithCut> {
  const { zone } = deps.identity;
  const data: Item[] = [];
  let later = 0;
  let more = false;
  for await (const { itemId: id, entries } of readItems(deps.events, caseId)) {
    const events = entries.map((entry) => entry.event);
    if (who.role === 'office' && !readsItem(who, foldItemView(events, zone).state)) continue;
    later += laterEntries(events, cut);
    if (more || (place !== undefined && id <= place)) continue;
    const kept = recordedBy(events, cut).length;
    const item = presentItem(
      { caseId, itemId: id },
      foldItemView(events, zone, cut),
      headOf(entries[kept - 1]),
      today,
    );
    if (!wanted(item, true)) continue;
    if (data.length === page.limit) more = true;
    else data.push(item);
  }
  return {
    data,
    ...(more ? { nextCursor: cursorAfter(list, lastId(data)) } : {}),
    cut: echo(cut, now, later),
  };
}
