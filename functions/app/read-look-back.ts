import type { Principal } from '../../domain/actor.ts';
import { type Cut, isCut, readCut } from '../../domain/cut.ts';
import type { CaseId } from '../../domain/ids.ts';
import { justBefore } from '../../domain/look-back/draw.ts';
import type { CaseEvents, EarlierProblem } from '../../domain/look-back/history.ts';
import {
  type BareReport,
  type LookBackReport,
  lookBackReports,
  withFlagsAgain,
} from '../../domain/look-back/report.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { laterEntries } from '../../domain/replay.ts';
import { mayReadWholeCase, reachesCase } from './access.ts';
import { cursorAfter, isOffset, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import { earlierProblems } from './earlier-problems.ts';
import type { AskedCut, LookBackLine, Page, Paged, WithCut } from './ledger.ts';
import { readCaseEvents } from './read-case-events.ts';
import { echo } from './read-item.ts';

interface Reports extends WithCut {
  readonly reports: readonly BareReport[];
  readonly recorded: CaseEvents;
}

/** Every look-back of a case with its report. It speaks of all items, so it is no office's to read. */
async function readReports(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  asked: AskedCut,
): Promise<Reports | Refusal> {
  const refused = reachesCase(who, caseId) ?? mayReadWholeCase(who);
  if (refused) return refused;
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const cut: Cut | Refusal = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const recorded = await readCaseEvents(deps, caseId);
  if (recorded.events.length === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  const reports = lookBackReports(recorded, cut, zone);
  if (!isCut(cut)) return { reports, recorded };
  const streams = [recorded.events, ...recorded.items.map(({ events }) => events)];
  const later = streams.reduce((sum, events) => sum + laterEntries(events, cut), 0);
  return { reports, recorded, cut: echo(cut, now, later) };
}

/** A page of the look-backs of a case, oldest first. */
export async function listLookBacks(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<LookBackLine> & WithCut) | Refusal> {
  const list = `look-backs ${caseId} ${JSON.stringify(asked)}`;
  const place = placeOf(list, page.cursor, isOffset);
  if (!isPlace(place)) return place;
  const read = await readReports(deps, who, caseId, asked);
  if (isRefusal(read)) return read;
  const start = Number(place ?? 0);
  const end = start + page.limit;
  const data = read.reports.slice(start, end).map(({ seq, scope, opened, conclusion, counts }) => ({
    caseId,
    seq,
    scope,
    opened,
    conclusion,
    counts,
  }));
  return {
    data,
    ...(end < read.reports.length ? { nextCursor: cursorAfter(list, String(end)) } : {}),
    ...(read.cut ? { cut: read.cut } : {}),
  };
}

/** One look-back: what was checked, what was found, and on which entries each number rests. */
export async function readLookBack(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  seq: number,
  asked: AskedCut,
): Promise<(LookBackReport & WithCut) | Refusal> {
  const read = await readReports(deps, who, caseId, asked);
  if (isRefusal(read)) return read;
  const report = read.reports.find((one) => one.seq === seq);
  if (!report) return refuse('look-back-not-found', `entry ${seq} of case ${caseId} opened no look-back`);
  const earlier = await earlierOfDraws(deps, who, read.recorded, report);
  return {
    ...withFlagsAgain(report, read.recorded, deps.identity.zone, earlier),
    ...(read.cut ? { cut: read.cut } : {}),
  };
}

/** What earlier cases had found when each draw was recorded, of those that this reader reaches. */
async function earlierOfDraws(
  deps: Dependencies,
  who: Principal,
  recorded: CaseEvents,
  { samples }: BareReport,
): Promise<ReadonlyMap<number, readonly EarlierProblem[]>> {
  const found = new Map<number, readonly EarlierProblem[]>();
  for (const { seq, recordedAt, flagged } of samples) {
    if (flagged === null) continue;
    const cut: Cut = { recordedAsOf: justBefore(recordedAt) };
    found.set(seq, await earlierProblems(deps, who, cut)(recorded));
  }
  return found;
}
