import type { Principal } from '../../domain/actor.ts';
import { type Cut, isCut } from '../../domain/cut.ts';
import { earliestDay } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import { groupedBy } from '../../domain/look-back/grouping.ts';
import type { CaseEvents, EarlierProblem } from '../../domain/look-back/history.ts';
import { foldCaseView, foldItemView, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { readCaseEvents } from './read-case-events.ts';
import { readAll } from './streams.ts';
import { CASES, readSummary } from './view-rows.ts';

/** Cases of which the names are read at once. */
const CHUNK = 50;

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

/**
 * Of those that this person reaches, by the name of the body at the cut. The cases are read once, when they are first
 * asked for. The list of cases tells today's names; what they were called at a cut, only their own entries tell.
 */
export function casesByBody(deps: Dependencies, who: Principal, cut: Cut): CasesOfBody {
  let read: Promise<ReadonlyMap<string | null, readonly CaseId[]>> | undefined;
  return async (body) => {
    read ??= readBodies(deps, who, cut);
    return (await read).get(body) ?? [];
  };
}

async function readBodies(
  deps: Dependencies,
  who: Principal,
  cut: Cut,
): Promise<ReadonlyMap<string | null, readonly CaseId[]>> {
  const named: (readonly [CaseId, string | null])[] = [];
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: CHUNK });
    const reached = rows
      .map((row) => readSummary(row).summary)
      .filter(({ caseId }) => !reachesCase(who, caseId));
    const names = isCut(cut)
      ? await Promise.all(reached.map(({ caseId }) => bodyAt(deps, caseId, cut)))
      : reached.map(({ inspectedBody }) => inspectedBody);
    named.push(...reached.map(({ caseId }, index) => [caseId, names[index] ?? null] as const));
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) break;
  }
  const byBody = groupedBy(named, ([, body]) => body);
  return new Map([...byBody].map(([body, cases]) => [body, cases.map(([caseId]) => caseId)]));
}

async function bodyAt(deps: Dependencies, caseId: CaseId, cut: Cut): Promise<string | null> {
  const events = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  return foldCaseView(events, deps.identity.zone, cut).inspectedBody;
}
