import type { Principal } from '../../domain/actor.ts';
import { type Cut, readCut } from '../../domain/cut.ts';
import { type Day, endOfDay } from '../../domain/dates.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import { sha256Hex } from '../../domain/hashing.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { CaseView } from '../../domain/inspection/view.ts';
import type { ItemView } from '../../domain/item/view.ts';
import { type NoticeContent, renderNotice } from '../../domain/notice/render.ts';
import type { NoticeTotal } from '../../domain/notice/report.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldCaseView, foldItemView } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedCut } from './ledger.ts';
import { readItems } from './read-partition.ts';
import { readAll } from './streams.ts';

/**
 * The notice as text. The committee, reviewers and auditors read it as of any date, as the ledger then stood; an
 * office and the public read the last one that the committee published, and only if rendering it again gives
 * the very document whose hash was recorded.
 */
export async function readNotice(
  deps: Dependencies,
  who: Principal | undefined,
  caseId: CaseId,
  asked: AskedCut,
): Promise<string | Refusal> {
  const refused = who && reachesCase(who, caseId);
  if (refused) return refused;
  const cut = readCut(asked, deps.clock.now(), deps.identity.zone);
  if (isRefusal(cut)) return cut;
  const events = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  if (who === undefined || who.role === 'office') return published(deps, caseId, events);
  if (events.length === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  return render(deps, caseId, events, cut);
}

async function published(
  deps: Dependencies,
  caseId: CaseId,
  events: readonly LedgerEvent[],
): Promise<string | Refusal> {
  const last = foldCaseView(events, deps.identity.zone).notices.at(-1);
  if (!last) return refuse('notice-not-published');
  const text = await render(deps, caseId, events, {
    recordedAsOf: endOfDay(last.asOf as Day, deps.identity.zone),
  });
  return sha256Hex(text) === last.sha256
    ? text
    : refuse('notice-not-published', 'the published document is not the one that the ledger renders');
}

async function render(
  deps: Dependencies,
  caseId: CaseId,
  events: readonly LedgerEvent[],
  cut: Cut,
): Promise<string> {
  const { zone } = deps.identity;
  const items: ItemView[] = [];
  for await (const { entries } of readItems(deps.events, caseId)) {
    const view = foldItemView(
      entries.map((entry) => entry.event),
      zone,
      cut,
    );
    if (view.state.status !== undefined && view.state.status !== 'withdrawn') items.push(view);
  }
  return renderNotice(content(foldCaseView(events, zone, cut), items));
}

function content(view: CaseView, items: readonly ItemView[]): NoticeContent {
  return {
    header: {
      ...(view.inspectedBody === null ? {} : { inspectedBody: view.inspectedBody }),
      ...(view.inspectingBody === null ? {} : { inspectingBody: view.inspectingBody }),
      ...(view.inspection === null
        ? {}
        : { inspectionFrom: view.inspection.from, inspectionTo: view.inspection.to }),
      ...(view.feedbackOn === null ? {} : { feedbackOn: view.feedbackOn }),
      totals: totals(view),
      ...(view.narrative === null ? {} : { narrative: view.narrative }),
    },
    items: items.map((item) => ({
      printedNumber: item.printedNumber,
      heading: item.heading ?? `关于“${item.title ?? ''}”问题的整改情况`,
      ...(item.aspect === null ? {} : { aspect: item.aspect }),
      measures: standing(item),
    })),
    tail: { text: view.tail ?? '' },
  };
}

function standing(item: ItemView): { printedNumber: string | null; text: string }[] {
  return item.measures.flatMap((words) => {
    const state = item.state.measures.find((measure) => measure.seq === words.seq);
    if (!state?.adopted || state.progress === 'withdrawn' || words.text === null) return [];
    return [{ printedNumber: words.printedNumber, text: words.text }];
  });
}

/** A sum of a kind with its parts behind it, as notices print them. */
function totals(view: CaseView): NoticeTotal[] {
  const found: NoticeTotal[] = [];
  for (const kind of new Set(view.accountability.map((line) => line.kind))) {
    const lines = view.accountability.filter((line) => line.kind === kind);
    const inexact = lines.some((line) => line.inexact);
    found.push({
      kind,
      value: lines.reduce((sum, line) => sum + line.persons, 0),
      ...(inexact ? { inexact: true as const } : {}),
    });
    for (const line of lines) {
      if (line.measure === null) continue;
      found.push({
        kind,
        measure: line.measure,
        value: line.persons,
        ...(line.inexact ? { inexact: true as const } : {}),
      });
    }
  }
  if (view.institutions > 0) found.push({ kind: 'institutions', value: view.institutions });
  if (view.fundsFen > 0) found.push({ kind: 'fundsFen', value: view.fundsFen });
  return found;
}
