import type { Principal } from '../../domain/actor.ts';
import type { Cut } from '../../domain/cut.ts';
import { type ItemLine, lineOf } from '../../domain/figures/item-line.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { CaseView } from '../../domain/inspection/view.ts';
import type { ItemView } from '../../domain/item/view.ts';
import { foldCaseView, foldItem, foldItemView, laterEntries, recordedBy } from '../../domain/replay.ts';
import { mayReadItem } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { readItems } from './read-partition.ts';
import { readAll } from './streams.ts';
import { pictureKey, REGISTER_PREFIX, readPicture } from './view-rows.ts';

/** The items of a case that a person may count. */
interface CountedItems {
  readonly lines: readonly ItemLine[];
  /** Entries on them that were recorded after the cut. */
  readonly later: number;
}

const CHUNK = 1_000;

/** As the register has them now; undefined of an office that has none there. */
export async function currentLines(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
): Promise<CountedItems | undefined> {
  const { partition } = pictureKey({ caseId });
  const lines: ItemLine[] = [];
  let mine = who.role !== 'office';
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await deps.views.range(
      partition,
      { prefix: REGISTER_PREFIX, after },
      { limit: CHUNK },
    );
    for (const row of rows) {
      const picture = readPicture<ItemView>(row);
      if (!picture || mayReadItem(who, picture.view.state)) continue;
      mine = true;
      const line = lineOf(picture.view);
      if (line) lines.push(line);
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return mine ? { lines, later: 0 } : undefined;
  }
}

/** From the entries themselves; an office sees by today's assignment. Undefined of an office that has none. */
export async function linesAtCut(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  cut: Cut,
): Promise<CountedItems | undefined> {
  const { zone } = deps.identity;
  const lines: ItemLine[] = [];
  let mine = who.role !== 'office';
  let later = 0;
  for await (const { entries } of readItems(deps.events, caseId)) {
    const events = entries.map((entry) => entry.event);
    if (who.role === 'office' && mayReadItem(who, foldItem(events, zone))) continue;
    mine = true;
    later += laterEntries(events, cut);
    const line = lineOf(foldItemView(events, zone, cut));
    if (line) lines.push(line);
  }
  return mine ? { lines, later } : undefined;
}

interface NamedCase {
  /** Undefined where the ledger knew of no such case then. */
  readonly name: Pick<CaseView, 'title'> | undefined;
  /** Entries of the case itself that were recorded after the cut. */
  readonly later: number;
}

/**
 * What the case was called as far as the ledger knew then. A name counts for every day: items may count from days
 * before the one on which their case was opened.
 */
export async function nameAtCut(deps: Dependencies, caseId: CaseId, cut: Cut): Promise<NamedCase> {
  const { recordedAsOf } = cut;
  const events = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  const known = recordedBy(events, { recordedAsOf }).length > 0;
  return {
    name: known ? foldCaseView(events, deps.identity.zone, { recordedAsOf }) : undefined,
    later: laterEntries(events, cut),
  };
}
