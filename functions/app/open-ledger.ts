import type { Stream } from '../../domain/ids.ts';
import { countDeadLetters } from './dead-letters.ts';
import type { Dependencies } from './dependencies.ts';
import type { Ledger } from './ledger.ts';
import { createStreamQueue } from './stream-queue.ts';

/** Imports when first asked for, and then has it at hand. */
function later<Module>(load: () => Promise<Module>): () => Module | Promise<Module> {
  let module: Module | undefined;
  return () => module ?? load().then((loaded) => (module = loaded));
}

/**
 * The use cases over one store, as the doors ask for them. A process that starts for a request loads what this
 * request needs: who reads does not wait for what decides, nor who records for what compares, and what reads and
 * writes notices is large and asked for seldom.
 */
export function openLedger(deps: Dependencies): Ledger {
  const inTurn = createStreamQueue();
  const name = ({ caseId, itemId }: Stream): string => `${caseId}/${itemId ?? ''}`;
  const commands = later(() => import('./commands.ts'));
  const queries = later(() => import('./queries.ts'));
  const comparisons = later(() => import('./comparisons.ts'));
  const figures = later(() => import('./read-figures.ts'));
  const notices = later(() => import('./notices.ts'));
  const lookBacks = later(() => import('./look-backs.ts'));
  return {
    openCase: async (who, caseId, request, options) => {
      const { openCase } = await commands();
      return inTurn(name({ caseId }), () => openCase(deps, who, caseId, request, options));
    },
    recordOnCase: async (who, caseId, request, options) => {
      const { recordOnCase } = await commands();
      return inTurn(name({ caseId }), () => recordOnCase(deps, who, caseId, request, options));
    },
    raiseIssue: async (who, caseId, request, options) => {
      const { raiseIssue } = await commands();
      return inTurn(`${caseId}/items`, () => raiseIssue(deps, who, caseId, request, options));
    },
    recordOnItem: async (who, caseId, itemId, request, options) => {
      const { recordOnItem } = await commands();
      return inTurn(name({ caseId, itemId }), () =>
        recordOnItem(deps, who, caseId, itemId, request, options),
      );
    },
    importNotice: async (who, caseId, text, commit) => {
      const { importNotice } = await notices();
      return commit
        ? inTurn(`${caseId}/items`, () => importNotice(deps, who, caseId, text, true))
        : importNotice(deps, who, caseId, text, false);
    },
    drawSample: async (who, caseId, lookBackSeq, request, options) => {
      const { drawSampleOf } = await lookBacks();
      return inTurn(name({ caseId }), () => drawSampleOf(deps, who, caseId, lookBackSeq, request, options));
    },
    lookBacks: async (who, caseId, page, asked) =>
      (await lookBacks()).listLookBacks(deps, who, caseId, page, asked),
    lookBack: async (who, caseId, seq, asked) =>
      (await lookBacks()).readLookBack(deps, who, caseId, seq, asked),
    cases: async (who, page, asked) => (await queries()).listCases(deps, who, page, asked),
    inspectionCase: async (who, caseId, asked) => (await queries()).readCase(deps, who, caseId, asked),
    register: async (who, caseId, filter, page, asked) =>
      (await queries()).readRegister(deps, who, caseId, filter, page, asked),
    item: async (who, caseId, itemId, asked) =>
      (await queries()).readItem(deps, who, { caseId, itemId }, asked),
    life: async (who, caseId, itemId, asked) =>
      (await queries()).readLife(deps, who, { caseId, itemId }, asked),
    nextOnItem: async (who, caseId, itemId) => (await queries()).readNext(deps, who, { caseId, itemId }),
    standing: async (who) => (await queries()).readStanding(deps, who),
    deadlines: async (who, filter, page, asked) =>
      (await queries()).readDeadlines(deps, who, filter, page, asked),
    entry: async (who, stream, seq, asked) =>
      (await queries()).readEntry(deps, who, stream, seq, asked ?? {}),
    history: async (who, stream, page, asked) =>
      (await queries()).readHistory(deps, who, stream, page, asked),
    historyStream: async (who, stream, asked) => (await queries()).streamHistory(deps, who, stream, asked),
    audit: async (who, stream, page, asked) => (await queries()).readAudit(deps, who, stream, page, asked),
    diff: async (who, caseId, span, asked) => (await queries()).readDiff(deps, who, caseId, span, asked),
    itemDiff: async (who, caseId, itemId, span, asked) =>
      (await queries()).readItemDiff(deps, who, { caseId, itemId }, span, asked),
    diffAcross: async (who, span, countsOnly, page, asked) =>
      (await comparisons()).diffAcross(deps, who, span, countsOnly, page, asked),
    hindsight: async (who, caseId, moment, asked) =>
      (await comparisons()).readHindsight(deps, who, caseId, moment, asked),
    flags: async (who, caseId, filter, page, asked) =>
      (await lookBacks()).readFlags(deps, who, caseId, filter, page, asked),
    flaggedCases: async (who, filter, page, asked) =>
      (await lookBacks()).readFlaggedCases(deps, who, filter, page, asked),
    supervision: async (who, filter, page) => (await queries()).supervise(deps, who, filter, page),
    figures: async (who, caseId, weeks, asked) =>
      (await figures()).readCaseFigures(deps, who, caseId, weeks, asked),
    allFigures: async (who, weeks, asked) => (await figures()).readAllFigures(deps, who, weeks, asked),
    notice: async (who, caseId, asked) => {
      const { readNotice } = await notices();
      return readNotice(deps, who, caseId, asked);
    },
    health: async () => ({ ok: true, deadLetters: await countDeadLetters(deps) }),
  };
}
