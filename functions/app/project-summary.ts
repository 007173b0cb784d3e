import type { CaseId } from '../../domain/ids.ts';
import { tally } from '../../domain/inspection/tally.ts';
import { type CaseView, concentratedUntil } from '../../domain/inspection/view.ts';
import type { ItemView } from '../../domain/item/view.ts';
import type { ViewRow } from '../../domain/ports.ts';
import type { Dependencies } from './dependencies.ts';
import {
  type OfficeTally,
  type Picture,
  pictureKey,
  REGISTER_PREFIX,
  readPicture,
  type SummaryBody,
  summaryRows,
} from './view-rows.ts';

const CHUNK = 200;

/** Makes the rows of these cases in the list of cases from their pictures and registers; the newest one wins. */
export async function projectSummaries(deps: Dependencies, caseIds: Iterable<CaseId>): Promise<void> {
  const rows: ViewRow[] = [];
  for (const caseId of caseIds) {
    rows.push(...(await summaryOf(deps, caseId)));
  }
  if (rows.length > 0) await deps.views.advanceAll(rows);
}

async function summaryOf(deps: Dependencies, caseId: CaseId): Promise<ViewRow[]> {
  const key = pictureKey({ caseId });
  const ofCase = readPicture<CaseView>(await deps.views.get(key.partition, key.sort, true));
  if (!ofCase) return [];
  const items: Picture<ItemView>[] = [];
  let after: string | undefined;
  do {
    const { rows, more } = await deps.views.range(
      key.partition,
      { prefix: REGISTER_PREFIX, after },
      { limit: CHUNK, consistent: true },
    );
    for (const row of rows) {
      const picture = readPicture<ItemView>(row);
      if (picture) items.push(picture);
    }
    after = more ? rows.at(-1)?.sort : undefined;
  } while (after !== undefined);
  return summaryRows(summarise(caseId, ofCase, items));
}

function summarise(
  caseId: CaseId,
  { head, view }: Picture<CaseView>,
  items: readonly Picture<ItemView>[],
): SummaryBody {
  const views = items.map((item) => item.view);
  return {
    entries: items.reduce((sum, item) => sum + item.head.version, head.version),
    summary: {
      caseId,
      title: view.title,
      inspectedBody: view.inspectedBody,
      inspectingBody: view.inspectingBody,
      feedbackOn: view.feedbackOn,
      concentratedUntil: concentratedUntil(view),
      accountability: view.accountability,
      institutions: view.institutions,
      fundsFen: view.fundsFen,
      version: head.version,
    },
    tally: tally(views),
    published: view.notices.length > 0,
    offices: byOffice(views),
    unassigned: tally(views.filter(({ state }) => state.lead === undefined)),
  };
}

function byOffice(views: readonly ItemView[]): { readonly [office: string]: OfficeTally } {
  const leads = new Map<string, ItemView[]>();
  const supports = new Map<string, ItemView[]>();
  const add = (to: Map<string, ItemView[]>, office: string, view: ItemView): void => {
    const own = to.get(office);
    if (own) own.push(view);
    else to.set(office, [view]);
  };
  for (const view of views) {
    const { lead, supporting } = view.state;
    if (lead !== undefined) add(leads, lead, view);
    for (const office of supporting) if (office !== lead) add(supports, office, view);
  }
  const offices: { [office: string]: OfficeTally } = {};
  for (const office of new Set([...leads.keys(), ...supports.keys()])) {
    const [led, supported] = [leads.get(office), supports.get(office)];
    offices[office] = {
      ...(led ? { lead: tally(led) } : {}),
      ...(supported ? { supporting: tally(supported) } : {}),
    };
  }
  return offices;
}
