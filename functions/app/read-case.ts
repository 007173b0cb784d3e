import type { Principal } from '../../domain/actor.ts';
import { type Cut, dayOfCut, isCut, readCut } from '../../domain/cut.ts';
import { dayOf } from '../../domain/dates.ts';
import { type CaseId, caseId } from '../../domain/ids.ts';
import { countsOn, joinedTally, type Tally, tally } from '../../domain/inspection/tally.ts';
import { type InspectionCase, presentCase } from '../../domain/inspection/view.ts';
import { isResponsible } from '../../domain/item/state.ts';
import type { ItemView } from '../../domain/item/view.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldCaseView, foldItem, foldItemView, laterEntries, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import { cursorAfter, isPlace, placeOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut, CaseSummary, Page, Paged, WithCut } from './ledger.ts';
import { echo } from './read-item.ts';
import { readItems } from './read-partition.ts';
import { headOf, readAll } from './streams.ts';
import { CASES, readSummary, type SummaryBody, summaryKeys } from './view-rows.ts';

/** What this person may count: everybody's items, or an office's own. */
function tallyFor(who: Principal, summary: SummaryBody | undefined): Tally | undefined {
  if (!summary) return who.role === 'office' ? undefined : tally([]);
  if (who.role !== 'office') return summary.tally;
  const { lead, supporting } = summary.offices[who.office] ?? {};
  return lead && supporting ? joinedTally(lead, supporting) : (lead ?? supporting);
}

/** One case, now or on either clock, with its counts. */
export async function readCase(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  asked: AskedCut,
): Promise<(InspectionCase & WithCut) | Refusal> {
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const entries = await readAll(deps.events, { caseId });
  const events = entries.map((entry) => entry.event);
  const kept = recordedBy(events, cut).length;
  if (kept === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  const counted = isCut(cut)
    ? await tallyAtCut(deps, who, caseId, cut)
    : await currentTally(deps, who, caseId);
  if (!counted)
    return refuse('office-not-responsible', `${who.office} leads or supports no item of this case`);
  const today = dayOfCut(cut, now, zone);
  const presented = presentCase(
    caseId,
    foldCaseView(events, zone, cut),
    headOf(entries[kept - 1]),
    counted.tally,
    today,
  );
  if (!isCut(cut)) return presented;
  return { ...presented, cut: echo(cut, now, laterEntries(events, cut) + counted.later) };
}

async function currentTally(deps: Dependencies, who: Principal, caseId: CaseId) {
  const [key] = summaryKeys(caseId);
  const row = await deps.views.get(key.partition, key.sort);
  const counted = tallyFor(who, row && readSummary(row));
  // The list may lag: an office assigned a moment ago is not refused on its word.
  return counted ? { tally: counted, later: 0 } : tallyAtCut(deps, who, caseId, {});
}

async function tallyAtCut(deps: Dependencies, who: Principal, caseId: CaseId, cut: Cut) {
  const { zone } = deps.identity;
  const items: ItemView[] = [];
  let mine = who.role !== 'office';
  let later = 0;
  for await (const { entries } of readItems(deps.events, caseId)) {
    const events = entries.map((entry) => entry.event);
    if (who.role === 'office' && !isResponsible(foldItem(events, zone), who.office)) continue;
    mine = true;
    later += laterEntries(events, cut);
    items.push(foldItemView(events, zone, cut));
  }
  return mine ? { tally: tally(items), later } : undefined;
}

/** The cases that this person reaches; an office sees those in which it leads or supports an item. */
export async function listCases(
  deps: Dependencies,
  who: Principal,
  page: Page,
  asked: AskedCut,
): Promise<(Paged<CaseSummary> & WithCut) | Refusal> {
  const now = deps.clock.now();
  const cut = readCut(asked, now, deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const list = `cases ${JSON.stringify(asked)}`;
  const place = placeOf(list, page.cursor, (id) => caseId(id) !== undefined);
  if (!isPlace(place)) return place;
  const data: CaseSummary[] = [];
  let later = 0;
  // The next page begins after the last case that was read for this one, listed or not: none is counted twice.
  let passed: CaseId | undefined;
  let after = place;
  for (;;) {
    const { rows, more } = await deps.views.range(CASES, { after }, { limit: page.limit + 1 });
    for (const row of rows) {
      const body = readSummary(row);
      const listed = await listedCase(deps, who, body, asked, isCut(cut));
      if (!listed) continue;
      if (listed.listed && passed && data.length === page.limit) {
        const nextCursor = cursorAfter(list, passed);
        return { data, nextCursor, ...(isCut(cut) ? { cut: echo(cut, now, later) } : {}) };
      }
      later += listed.later;
      passed = body.summary.caseId;
      if (listed.listed) data.push(listed.listed);
    }
    after = rows.at(-1)?.sort;
    if (!more || after === undefined) return isCut(cut) ? { data, cut: echo(cut, now, later) } : { data };
  }
}

async function listedCase(
  deps: Dependencies,
  who: Principal,
  body: SummaryBody,
  asked: AskedCut,
  atCut: boolean,
): Promise<{ listed: CaseSummary | undefined; later: number } | undefined> {
  const { summary } = body;
  const counted = tallyFor(who, body);
  if (!counted || reachesCase(who, summary.caseId)) return undefined;
  if (!atCut) {
    const counts = countsOn(counted, dayOf(deps.clock.now(), deps.identity.zone));
    return { listed: { ...summary, counts }, later: 0 };
  }
  const then = await readCase(deps, who, summary.caseId, asked);
  // A case that the cut does not know yet is not listed, and all its entries came later.
  if (isRefusal(then)) return { listed: undefined, later: who.role === 'office' ? 0 : body.entries };
  const listed: CaseSummary = {
    caseId: then.caseId,
    title: then.title,
    inspectedBody: then.inspectedBody,
    inspectingBody: then.inspectingBody,
    feedbackOn: then.feedbackOn,
    concentratedUntil: then.concentratedUntil,
    counts: then.counts,
    accountability: then.accountability,
    institutions: then.institutions,
    fundsFen: then.fundsFen,
    version: then.version,
  };
  return { listed, later: then.cut?.laterEntries ?? 0 };
}
