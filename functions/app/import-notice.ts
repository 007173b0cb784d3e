import type { Principal } from '../../domain/actor.ts';
import { type Day, dayOf, earliestDay } from '../../domain/dates.ts';
import { sha256Hex } from '../../domain/hashing.ts';
import type { CaseId } from '../../domain/ids.ts';
import { type ImportPlan, type PlannedEntry, planImport } from '../../domain/import-plan.ts';
import { parseNotice, parserVersion } from '../../domain/notice/parse.ts';
import { type NoticeWarning, noticeWarning } from '../../domain/notice/warnings.ts';
import { type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { ImportReport } from './ledger.ts';
import { plannedPayload, recordPlan } from './record-plan.ts';
import { readAll } from './streams.ts';

/**
 * Reads a public notice and, with `commit`, records what it says: the case where there is none, its totals, its
 * items and their measures. Each entry is recognised by its place in the text, so the same text again, or a text
 * whose import was killed half-way, records only what is missing.
 */
export async function importNotice(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  text: string,
  commit: boolean,
): Promise<ImportReport | Refusal> {
  if (who.role !== 'committee') return refuse('role-not-allowed', 'importing a notice is the committee’s');
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const parsed = parseNotice(text);
  if (parsed.kind === 'not-a-notice') {
    const tooLarge = parsed.reason === 'too-large' || parsed.reason === 'too-many-items';
    return refuse(tooLarge ? 'import-too-large' : 'not-a-notice', parsed.message);
  }
  const { kind: _, ...read } = parsed;
  const today = dayOf(deps.clock.now(), deps.identity.zone);
  const { plan, futureLines } = withoutFuture(
    planImport(parsed, sha256Hex(text), sha256Hex(samenessOf(text)), parserVersion),
    today,
  );
  const report = {
    ...read,
    warnings: [
      ...(await otherSources(deps, caseId, plan)),
      ...read.warnings,
      ...futureLines.map((line) => noticeWarning(line, 'future-date')),
    ],
  };
  const wrong = checkPlan(plan);
  if (wrong) return wrong;
  if (!commit) return { committed: false, recorded: 0, ...report };
  const recorded = await recordPlan(deps, who, caseId, plan);
  return typeof recorded === 'number' ? { committed: true, recorded, ...report } : recorded;
}

/** A case that holds the import of another text would hold this one beside it, counts and all. */
async function otherSources(deps: Dependencies, caseId: CaseId, plan: ImportPlan): Promise<NoticeWarning[]> {
  const imported = (await readAll(deps.events, { caseId })).filter(
    ({ event }) => event.type === 'SourceImported',
  );
  const same = imported.some(({ event }) =>
    plan.completion.some((entry) => entry.commandId === event.commandId),
  );
  return imported.length > 0 && !same ? [noticeWarning(1, 'other-source')] : [];
}

/** What makes two texts the same notice: how it was saved does not. */
const samenessOf = (text: string): string =>
  text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .trimEnd();

/** A date after today cannot be when something happened: such an entry is recorded without one. */
function withoutFuture(plan: ImportPlan, today: Day): { plan: ImportPlan; futureLines: number[] } {
  const futureLines: number[] = [];
  const dated = (entry: PlannedEntry): PlannedEntry => {
    if (entry.occurredOn === undefined || earliestDay(entry.occurredOn) <= today) return entry;
    futureLines.push(entry.source.lines?.[0] ?? 1);
    return { ...entry, occurredOn: undefined };
  };
  return {
    plan: {
      opening: plan.opening && dated(plan.opening),
      totals: plan.totals.map(dated),
      completion: plan.completion,
      items: plan.items.map(({ raised, measures }) => ({
        raised: dated(raised),
        measures: measures.map(dated),
      })),
    },
    futureLines: [...new Set(futureLines)],
  };
}

/** Refuses the whole import before its first entry if any of them could not be recorded. */
function checkPlan(plan: ImportPlan): Refusal | undefined {
  const entries = [
    ...(plan.opening ? [plan.opening] : []),
    ...plan.totals,
    ...plan.items.flatMap((item) => [item.raised, ...item.measures]),
    ...plan.completion,
  ];
  for (const entry of entries) {
    const payload = plannedPayload(entry);
    if (!('errors' in payload)) continue;
    const lines = entry.source.lines ?? [0, 0];
    return refuseFields(
      payload.errors.map((error) => ({
        ...error,
        pointer: `/lines/${lines[0]}${error.pointer}`,
        message: `line ${lines[0]}: ${error.message}`,
      })),
    );
  }
  return undefined;
}
