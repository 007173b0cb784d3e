import type { Principal } from '../../domain/actor.ts';
import { type Cut, isCut } from '../../domain/cut.ts';
import { earliestDay } from '../../domain/dates.ts';
import { groupedBy } from '../../domain/grouping.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { CaseView } from '../../domain/inspection/view.ts';
import type { CaseEvents, EarlierProblem } from '../../domain/look-back/history.ts';
import { foldCaseView, foldItemView, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { readCaseEvents } from './read-case-events.ts';
import { readAll } from './streams.ts';
import { CASES, readSummary } from './view-rows.ts';

/** What earlier inspections of a case's body had found, as the ledger said at the cut. */
export type EarlierProblems = (of: CaseEvents) => Promise<readonly EarlierProblem[]>;

/**
 * Of the cases that this person reaches. Within one request the list of cases is read once, and so is each earlier
 * case, however many later ones ask for it.
 */
export function earlierProblems(deps: Dependencies, who: Principal, cut: Cut): EarlierProblems {
  const { zone } = deps.identity;
  const found = new Map<CaseId, Promise<readonly EarlierProblem[]>>();
  let cases: Promise<ReadonlyMap<string | null, readonly Inspected[]>> | undefined;
  return async ({ caseId, events }) => {
    const { inspectedBody, feedbackOn } = foldCaseView(events, zone, cut);
    if (inspectedBody === null || feedbackOn === null) return [];
    cases ??= casesByBody(deps, who, cut);
    const earlier = ((await cases).get(inspectedBody) ?? []).filter(
      (other) =>
        other.caseId !== caseId &&
        other.feedbackOn !== null &&
        earliestDay(other.feedbackOn) < earliestDay(feedbackOn),
    );
    const problems: EarlierProblem[] = [];
    for (const { caseId: other } of earlier) {
      const read = found.get(other) ?? problemsOf(deps, other, cut);
      found.set(other, read);
      problems.push(...(await read));
    }
    return problems;
  };
}

async function problemsOf(deps: Dependencies, caseId: CaseId, cut: Cut): Promise<readonly EarlierProblem[]> {
  const { items } = await readCaseEvents(deps, caseId);
  return items.flatMap(({ events }) => {
    const { title, state } = foldItemView(events, deps.identity.zone, cut);
    const recorded = recordedBy(events, cut);
    const [raised] = recorded;
    const stands = title !== null && raised !== undefined && state.status !== 'withdrawn';
    const corrections = recorded.filter(
      (event) => event.known && event.type === 'EntryCorrected' && event.data.target === raised?.seq,
    );
    return stands ? [{ caseId, title, raised, corrections }] : [];
  });
}

interface Inspected extends Pick<CaseView, 'inspectedBody' | 'feedbackOn'> {
  readonly caseId: CaseId;
}

/** Cases that are read at once. */
const CHUNK = 50;

/** The list of cases tells what holds today; what a case was called at a cut, only its own entries tell. */
async function casesByBody(
  deps: Dependencies,
  who: Principal,
  cut: Cut,
): Promise<ReadonlyMap<string | null, readonly Inspected[]>> {
  const cases: Inspected[] = [];
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: CHUNK });
    const reached = rows
      .map((row) => readSummary(row).summary)
      .filter(({ caseId }) => !reachesCase(who, caseId));
    cases.push(
      ...(isCut(cut) ? await Promise.all(reached.map(({ caseId }) => caseAt(deps, caseId, cut))) : reached),
    );
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return groupedBy(cases, ({ inspectedBody }) => inspectedBody);
  }
}

async function caseAt(deps: Dependencies, caseId: CaseId, cut: Cut): Promise<Inspected> {
  const events = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  const { inspectedBody, feedbackOn } = foldCaseView(events, deps.identity.zone, cut);
  return { caseId, inspectedBody, feedbackOn };
}
