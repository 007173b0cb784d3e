import type { Principal } from '../../domain/actor.ts';
import { type Day, dayOf } from '../../domain/dates.ts';
import { duesOn, type Tally } from '../../domain/inspection/tally.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { OfficeStanding } from './office-standing.ts';
import { CASES, readSummary, type SummaryBody } from './view-rows.ts';

const CHUNK = 200;

/**
 * What each office has to do in the cases that this person reaches, case by case, from the list of cases alone:
 * no item is read. An office sees its own line.
 */
export async function readStanding(deps: Dependencies, who: Principal): Promise<readonly OfficeStanding[]> {
  const today = dayOf(deps.clock.now(), deps.identity.zone);
  const standing: OfficeStanding[] = [];
  let after: string | undefined;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: CHUNK });
    for (const row of rows) {
      const body = readSummary(row);
      if (!reachesCase(who, body.summary.caseId)) standing.push(...standingIn(body, who, today));
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return standing;
  }
}

function standingIn({ summary, offices, unassigned }: SummaryBody, who: Principal, today: Day) {
  const { caseId, title } = summary;
  const line = (office: string | null, tallied: Tally): OfficeStanding => {
    const { byStatus, returns, returned, resubmitted } = tallied;
    return { caseId, title, office, byStatus, dues: duesOn(tallied, today), returns, returned, resubmitted };
  };
  const lines = Object.entries(offices)
    .filter(([office]) => who.role !== 'office' || office === who.office)
    .flatMap(([office, { lead }]) => (lead ? [line(office, lead)] : []));
  const nobodys = Object.values(unassigned.byStatus).some((count) => count > 0);
  return who.role !== 'office' && nobodys ? [...lines, line(null, unassigned)] : lines;
}
