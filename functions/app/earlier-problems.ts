import type { Principal } from '../../domain/actor.ts';
import type { Cut } from '../../domain/cut.ts';
import { earliestDay } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { CaseEvents, EarlierProblem } from '../../domain/look-back/history.ts';
import { foldCaseView, foldItemView, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { readCaseEvents } from './read-case-events.ts';
import { CASES, readSummary } from './view-rows.ts';

const CHUNK = 200;

/** What earlier inspections of the same body had found, as the ledger said at the cut. */
export async function earlierProblems(
  deps: Dependencies,
  casesOf: CasesOfBody,
  { caseId, events }: CaseEvents,
  cut: Cut,
): Promise<readonly EarlierProblem[]> {
  const { zone } = deps.identity;
  const { inspectedBody, feedbackOn } = foldCaseView(events, zone, cut);
  if (inspectedBody === null || feedbackOn === null) return [];
  const problems: EarlierProblem[] = [];
  for (const other of await casesOf(inspectedBody)) {
    if (other === caseId) continue;
    const read = await readCaseEvents(deps, other);
    const then = foldCaseView(read.events, zone, cut);
    if (then.inspectedBody !== inspectedBody || then.feedbackOn === null) continue;
    if (earliestDay(then.feedbackOn) >= earliestDay(feedbackOn)) continue;
    for (const item of read.items) {
      const { title, state } = foldItemView(item.events, zone, cut);
      const [raised] = recordedBy(item.events, cut);
      if (title === null || raised === undefined || state.status === 'withdrawn') continue;
      problems.push({ caseId: other, title, raised });
    }
  }
  return problems;
}

/** The cases of an inspected body. */
export type CasesOfBody = (body: string) => Promise<readonly CaseId[]>;

/** Of those that this person reaches. The list of cases is read once, when it is first asked for. */
export function casesByBody(deps: Dependencies, who: Principal): CasesOfBody {
  let read: Promise<ReadonlyMap<string | null, readonly CaseId[]>> | undefined;
  return async (body) => {
    read ??= readBodies(deps, who);
    return (await read).get(body) ?? [];
  };
}

async function readBodies(
  deps: Dependencies,
  who: Principal,
): Promise<ReadonlyMap<string | null, readonly CaseId[]>> {
  const found = new Map<string | null, CaseId[]>();
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: CHUNK });
    for (const row of rows) {
      const { inspectedBody, caseId } = readSummary(row).summary;
      if (reachesCase(who, caseId)) continue;
      const cases = found.get(inspectedBody);
      if (cases) cases.push(caseId);
      else found.set(inspectedBody, [caseId]);
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return found;
  }
}
