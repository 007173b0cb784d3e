import { type CaseId, type ItemId, itemId } from '../../domain/ids.ts';
import { deadlinesOn, silentSince, type WatchedItem } from '../../domain/inspection/deadlines.ts';
import type { ItemState } from '../../domain/item/state.ts';
import type { ItemView } from '../../domain/item/view.ts';
import type { ViewStore } from '../../domain/ports.ts';
import type { CaseDeadlines, CountedOn } from './case-deadlines.ts';
import type { Dependencies } from './dependencies.ts';
import {
  CASES,
  pictureKey,
  REGISTER_PREFIX,
  readPicture,
  readSummary,
  type SummaryBody,
} from './view-rows.ts';

const CASES_AT_ONCE = 200;
/** As many as one answer of the store holds, more or less. */
const ITEMS_AT_ONCE = 1_000;

/** The views hold an item as another release made it: they are being rebuilt, or have to be. */
export class ViewsOfAnotherFold extends Error {
  override readonly name = 'ViewsOfAnotherFold';
}

/**
 * What stands in the views now, in every case, read from nothing but the views; a case with nothing of the kind is
 * left out.
 * @throws ViewsOfAnotherFold rather than tell of fewer items than there are
 */
export async function currentDeadlines(
  { views, identity }: Pick<Dependencies, 'views' | 'identity'>,
  counted: CountedOn,
): Promise<readonly CaseDeadlines[]> {
  const found: CaseDeadlines[] = [];
  for await (const { tally, summary } of casesAfter(views)) {
    if (!hasOpenItems(tally)) continue;
    const { caseId, title } = summary;
    const items = await currentItems(views, caseId, () => true);
    if (!items) throw new ViewsOfAnotherFold(`an item of ${caseId} cannot be read`);
    const offices = deadlinesOn(items, counted.day, counted, silentSince({}, identity.zone));
    if (offices.length > 0) found.push({ caseId, title, offices });
  }
  return found;
}

/** The list of cases from after a case, in the order of their ids. */
export async function* casesAfter(views: ViewStore, place?: string): AsyncGenerator<SummaryBody> {
  let after = place;
  for (;;) {
    const { rows, more } = await views.range(CASES, { after }, { limit: CASES_AT_ONCE });
    yield* rows.map(readSummary);
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return;
  }
}

/** Without one there is nothing to read: closed items are neither overdue nor silent. */
export const hasOpenItems = ({ byStatus }: SummaryBody['tally']): boolean =>
  byStatus.raised + byStatus.rectifying + byStatus['closure-requested'] + byStatus.reopened > 0;

/** The wanted items of a case, as its views have them; undefined when one of them was made by another fold. */
export async function currentItems(
  views: ViewStore,
  caseId: CaseId,
  wanted: (state: ItemState) => boolean,
): Promise<readonly WatchedItem[] | undefined> {
  const { partition } = pictureKey({ caseId });
  const items: WatchedItem[] = [];
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await views.range(
      partition,
      { prefix: REGISTER_PREFIX, after },
      { limit: ITEMS_AT_ONCE },
    );
    for (const row of rows) {
      const picture = readPicture<ItemView>(row);
      const id = itemId(row.sort.slice(REGISTER_PREFIX.length));
      if (!picture || !id) return undefined;
      if (wanted(picture.view.state)) items.push(watched(id, picture.view));
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return items;
  }
}

export const watched = (id: ItemId, { state, title, lastActivity }: ItemView): WatchedItem => ({
  itemId: id,
  title,
  status: state.status ?? null,
  lead: state.lead ?? null,
  deadline: state.deadline ?? null,
  lastActivity,
});
