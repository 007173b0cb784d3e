import type { Principal } from '../../domain/actor.ts';
import { type Cut, dayOfCut, isCut, readCut } from '../../domain/cut.ts';
import type { Day, Instant } from '../../domain/dates.ts';
import { figuresOf, groupedFigures } from '../../domain/figures/figures.ts';
import type { ItemLine } from '../../domain/figures/item-line.ts';
import { weeksShown } from '../../domain/figures/weeks.ts';
import type { CaseId } from '../../domain/ids.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { reachesCase } from './access.ts';
import { currentLines, linesAtCut, nameAtCut } from './count-items.ts';
import type { Dependencies } from './dependencies.ts';
import type { AllFigures, AskedWeeks, CaseFigures } from './figures.ts';
import { readWeeks } from './figures-weeks.ts';
import type { AskedCut } from './ledger.ts';
import { echo } from './read-item.ts';
import { CASES, readSummary } from './view-rows.ts';

const CHUNK = 200;

interface Asked {
  readonly now: Instant;
  readonly cut: Cut;
  /** The day of the picture. */
  readonly on: Day;
  readonly from: Day | undefined;
  readonly to: Day;
}

function readAsked(deps: Dependencies, weeks: AskedWeeks, asked: AskedCut): Asked | Refusal {
  const now = deps.clock.now();
  const { zone } = deps.identity;
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const on = dayOfCut(cut, now, zone);
  const span = readWeeks(weeks, on);
  return isRefusal(span) ? span : { now, cut, on, ...span };
}

/** The figures of one case, now or on either clock. */
export async function readCaseFigures(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  weeks: AskedWeeks,
  clocks: AskedCut,
): Promise<CaseFigures | Refusal> {
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const asked = readAsked(deps, weeks, clocks);
  if (isRefusal(asked)) return asked;
  const { now, cut, on, from, to } = asked;
  const { name, later } = await nameAtCut(deps, caseId, cut);
  if (!name) return refuse('case-not-found', `there is no case ${caseId}`);
  const current = isCut(cut) ? undefined : await currentLines(deps, who, caseId);
  // Views may lag: an office assigned a moment ago is not refused on their word.
  const counted = current ?? (await linesAtCut(deps, who, caseId, cut));
  if (!counted)
    return refuse('office-not-responsible', `${who.office} leads or supports no item of this case`);
  const shown = weeksShown(counted.lines, from, to);
  return {
    caseId,
    title: name.title,
    on,
    weeks: shown,
    ...groupedFigures(counted.lines, shown),
    ...(isCut(cut) ? { cut: echo(cut, now, later + counted.later) } : {}),
  };
}

interface CountedCase {
  readonly caseId: CaseId;
  readonly title: string | null;
  readonly lines: readonly ItemLine[];
}

/** The figures of all cases that this person reaches, an office's of those in which it leads or supports an item. */
export async function readAllFigures(
  deps: Dependencies,
  who: Principal,
  weeks: AskedWeeks,
  clocks: AskedCut,
): Promise<AllFigures | Refusal> {
  const asked = readAsked(deps, weeks, clocks);
  if (isRefusal(asked)) return asked;
  const { now, cut, on, from, to } = asked;
  const cases: CountedCase[] = [];
  let later = 0;
  for await (const { caseId, title } of reachedCases(deps, who)) {
    const counted = isCut(cut)
      ? await linesAtCut(deps, who, caseId, cut)
      : await currentLines(deps, who, caseId);
    if (!counted) continue;
    // A case that the cut does not know yet is not listed, and all its entries came later.
    const then = isCut(cut) ? await nameAtCut(deps, caseId, cut) : { name: { title }, later: 0 };
    later += then.later + counted.later;
    if (then.name) cases.push({ caseId, title: then.name.title, lines: counted.lines });
  }
  const lines = cases.flatMap((one) => one.lines);
  const shown = weeksShown(lines, from, to);
  return {
    on,
    weeks: shown,
    ...groupedFigures(lines, shown),
    byCase: cases.map((one) => ({
      caseId: one.caseId,
      title: one.title,
      ...figuresOf(one.lines, shown),
    })),
    ...(isCut(cut) ? { cut: echo(cut, now, later) } : {}),
  };
}

async function* reachedCases(
  deps: Dependencies,
  who: Principal,
): AsyncGenerator<Pick<CountedCase, 'caseId' | 'title'>> {
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: CHUNK });
    for (const row of rows) {
      const { summary, offices } = readSummary(row);
      const mine = who.role !== 'office' || Object.hasOwn(offices, who.office);
      if (mine && !reachesCase(who, summary.caseId)) yield summary;
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return;
  }
}
