import type { Principal } from '../../domain/actor.ts';
import { isCut } from '../../domain/cut.ts';
import type { Change } from '../../domain/diff.ts';
import { caseId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusals.ts';
import { foldCaseView } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { CaseChanges, ChangeCounts, DiffAcross, Span } from './comparison.ts';
import { cursorAfter, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, Page } from './ledger.ts';
import { changedCase, readComparison } from './read-diff.ts';
import { echo } from './read-item.ts';
import { CASES, readSummary } from './view-rows.ts';

/** Entries that are read for one page, at most, unless a single case has more: a page is answered in time. */
const MOST_ENTRIES = 5_000;
/** Rows of the list of cases that are read at once. */
const CHUNK = 100;

/**
 * What changed between two dates, over all cases that this person reaches: those with a change, in the order of
 * their ids. A page looks at up to `page.limit` cases and ends earlier where they are long; it never ends within
 * a case. An office sees its own items only.
 */
export async function diffAcross(
  deps: Dependencies,
  who: Principal,
  span: Span,
  countsOnly: boolean,
  page: Page,
  asked: AskedCut,
): Promise<DiffAcross | Refusal> {
  const comparison = readComparison(deps, span, asked);
  if (isRefusal(comparison)) return comparison;
  const { bounds, cut, now } = comparison;
  const list = `diff ${JSON.stringify([span, asked, countsOnly])}`;
  const place = placeOf(list, page.cursor, (id) => caseId(id) !== undefined);
  if (!isPlace(place)) return place;
  const data: CaseChanges[] = [];
  let [later, looked, read] = [0, 0, 0];
  const answered = (end?: string): DiffAcross => ({
    axis: bounds.axis,
    from: bounds.from,
    to: bounds.to,
    data,
    ...(end === undefined ? {} : { nextCursor: cursorAfter(list, end) }),
    ...(isCut(cut) ? { cut: echo(cut, now, later) } : {}),
  });
  let after = place;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: CHUNK });
    for (const row of rows) {
      const { summary, offices } = readSummary(row);
      const mine = who.role !== 'office' || offices[who.office] !== undefined;
      if (mine && !reachesCase(who, summary.caseId)) {
        if (looked === page.limit || read >= MOST_ENTRIES) return answered(after);
        const changed = await changedCase(deps, who, summary.caseId, comparison);
        looked += 1;
        read += changed.read;
        later += changed.later;
        if (changed.changes.length > 0) {
          const { title } = foldCaseView(changed.ofCase, deps.identity.zone, {
            recordedAsOf: cut.recordedAsOf,
          });
          data.push({
            caseId: summary.caseId,
            title,
            ...counted(changed.changes),
            ...(countsOnly ? {} : { changes: changed.changes }),
          });
        }
      }
      after = row.sort;
    }
    if (!more || rows.length === 0) return answered();
  }
}

function counted(changes: readonly Change[]): Pick<CaseChanges, 'summary' | 'items'> {
  const of = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).length;
  const summary: ChangeCounts = { new: of('new'), backDated: of('back-dated'), corrected: of('corrected') };
  const items = new Set(changes.map((change) => change.itemId));
  items.delete(null);
  return { summary, items: items.size };
}
