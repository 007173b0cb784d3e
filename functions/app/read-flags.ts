import type { Principal } from '../../domain/actor.ts';
import { type Cut, dayOfCut, isCut, readCut } from '../../domain/cut.ts';
import type { Instant } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Flag } from '../../domain/look-back/flag.ts';
import { flagsOf } from '../../domain/look-back/flags.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { laterEntries, recordedBy } from '../../domain/replay.ts';
import { mayReadWholeCase, reachesCase } from './access.ts';
import { cursorAfter, isOffset, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import { type EarlierProblems, earlierProblems } from './earlier-problems.ts';
import type { FlagFilter } from './flagged-case.ts';
import type { AskedCut, Page, Paged, WithCut } from './ledger.ts';
import { readCaseEvents } from './read-case-events.ts';
import { echo } from './read-item.ts';

/** The look-back worklist of a case, now or on either clock. */
export async function readFlags(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  filter: FlagFilter,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<Flag> & WithCut) | Refusal> {
  const refused = reachesCase(who, caseId) ?? mayReadWholeCase(who);
  if (refused) return refused;
  const now = deps.clock.now();
  const cut = readCut(asked, now, deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const list = `flags ${caseId} ${JSON.stringify([filter, asked])}`;
  const place = placeOf(list, page.cursor, isOffset);
  if (!isPlace(place)) return place;
  const read = await flagsInCase(deps, earlierProblems(deps, who, cut), caseId, cut, now);
  if (isRefusal(read)) return read;
  const flags = read.flags.filter(wantedBy(filter));
  const from = Number(place ?? 0);
  const to = from + page.limit;
  return {
    data: flags.slice(from, to),
    ...(to < flags.length ? { nextCursor: cursorAfter(list, String(to)) } : {}),
    ...(isCut(cut) ? { cut: echo(cut, now, read.later) } : {}),
  };
}

export const wantedBy =
  (filter: FlagFilter) =>
  ({ itemId, rule, severity, lead, dismissed }: Flag): boolean =>
    (filter.item === undefined || itemId === filter.item) &&
    (filter.rule === undefined || rule === filter.rule) &&
    (filter.severity === undefined || severity === filter.severity) &&
    (filter.office === undefined || lead === filter.office) &&
    (filter.dismissed === undefined || (dismissed !== null) === filter.dismissed);

export interface CaseFlags {
  readonly flags: readonly Flag[];
  readonly entries: number;
  readonly later: number;
}

/** Every flag of the case at the cut, how many entries were read for them, and how many came later. */
export async function flagsInCase(
  deps: Dependencies,
  earlierIn: EarlierProblems,
  caseId: CaseId,
  cut: Cut,
  now: Instant,
): Promise<CaseFlags | Refusal> {
  const { zone } = deps.identity;
  const recorded = await readCaseEvents(deps, caseId);
  if (recordedBy(recorded.events, cut).length === 0) {
    return refuse('case-not-found', `there is no case ${caseId}`);
  }
  const streams = [recorded.events, ...recorded.items.map(({ events }) => events)];
  const today = dayOfCut(cut, now, zone);
  const earlier = await earlierIn(recorded);
  return {
    flags: flagsOf(recorded, { cut, today, zone, earlier }),
    entries: streams.reduce((sum, events) => sum + events.length, 0),
    later: streams.reduce((sum, events) => sum + laterEntries(events, cut), 0),
  };
}
