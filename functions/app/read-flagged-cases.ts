import type { Principal } from '../../domain/actor.ts';
import { isCut, readCut } from '../../domain/cut.ts';
import { caseId as parseCaseId } from '../../domain/ids.ts';
import { type FlagRule, SEVERITIES, type Severity } from '../../domain/look-back/catalogue.ts';
import type { Flag } from '../../domain/look-back/flag.ts';
import { isRefusal, type Refusal } from '../../domain/refusals.ts';
import { mayReadWholeCase, reachesCase } from './access.ts';
import { cursorAfter, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import { earlierProblems } from './earlier-problems.ts';
import type { FlagFilter, FlaggedCase } from './flagged-case.ts';
import type { AskedCut, Page, Paged, WithCut } from './ledger.ts';
import { flagsInCase, wantedBy } from './read-flags.ts';
import { echo } from './read-item.ts';
import { CASES, readSummary } from './view-rows.ts';

/** A page ends once so many entries were read for it, so that it takes seconds in a district of any size. */
const MOST_ENTRIES = 100_000;

/** Cases by their flags, in the order of the list of cases; those without any are there, with none. */
export async function readFlaggedCases(
  deps: Dependencies,
  who: Principal,
  filter: FlagFilter,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<FlaggedCase> & WithCut) | Refusal> {
  const refused = mayReadWholeCase(who);
  if (refused) return refused;
  const now = deps.clock.now();
  const cut = readCut(asked, now, deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const list = `flagged cases ${JSON.stringify([filter, asked])}`;
  const place = placeOf(list, page.cursor, (id) => parseCaseId(id) !== undefined);
  if (!isPlace(place)) return place;
  const data: FlaggedCase[] = [];
  let [entries, later] = [0, 0];
  const answer = (nextCursor?: string) => ({
    data,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    ...(isCut(cut) ? { cut: echo(cut, now, later) } : {}),
  });
  const earlier = earlierProblems(deps, who, cut);
  let after = place;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: page.limit + 1 });
    for (const row of rows) {
      const { summary, entries: all } = readSummary(row);
      const { caseId, title } = summary;
      if (reachesCase(who, caseId)) continue;
      const last = data.at(-1);
      if (last && (data.length === page.limit || entries >= MOST_ENTRIES)) {
        return answer(cursorAfter(list, last.caseId));
      }
      const read = await flagsInCase(deps, earlier, caseId, cut, now);
      if (isRefusal(read)) {
        // The cut does not know the case yet: all that it holds came later.
        later += all;
        continue;
      }
      entries += read.entries;
      later += read.later;
      data.push(counted({ caseId, title }, read.flags.filter(wantedBy(filter))));
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return answer();
  }
}

function counted(of: Pick<FlaggedCase, 'caseId' | 'title'>, flags: readonly Flag[]): FlaggedCase {
  const raised = flags.filter(({ dismissed }) => dismissed === null);
  const byRule: { [R in FlagRule]?: number } = {};
  const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as {
    [S in Severity]: number;
  };
  for (const { rule, severity } of raised) {
    byRule[rule] = (byRule[rule] ?? 0) + 1;
    bySeverity[severity] += 1;
  }
  const items = new Set(raised.map(({ itemId }) => itemId).filter((itemId) => itemId !== null));
  return { ...of, items: items.size, bySeverity, byRule, dismissed: flags.length - raised.length };
}
