import type { Stream } from '../../domain/ids.ts';
import type { Dependencies } from './dependencies.ts';
import type { Ledger } from './ledger.ts';
import { countDeadLetters } from './project.ts';
import { listCases, readCase } from './read-case.ts';
import { readDiff } from './read-diff.ts';
import { readAudit, readEntry, readHistory, streamHistory } from './read-history.ts';
import { readItem } from './read-item.ts';
import { readRegister } from './read-register.ts';
import { createStreamQueue } from './stream-queue.ts';
import { supervise } from './supervise.ts';
import { openCase, recordOnCase } from './write-case.ts';
import { raiseIssue, recordOnItem } from './write-item.ts';

/**
 * The use cases over one store, as the doors ask for them. What reads and writes notices is large and asked for
 * seldom, so it is imported when first asked for: a cold start does not pay for it.
 */
export function openLedger(deps: Dependencies): Ledger {
  const inTurn = createStreamQueue();
  const name = ({ caseId, itemId }: Stream): string => `${caseId}/${itemId ?? ''}`;
  return {
    openCase: (who, caseId, request, options) =>
      inTurn(name({ caseId }), () => openCase(deps, who, caseId, request, options)),
    recordOnCase: (who, caseId, request, options) =>
      inTurn(name({ caseId }), () => recordOnCase(deps, who, caseId, request, options)),
    raiseIssue: (who, caseId, request, options) =>
      inTurn(`${caseId}/items`, () => raiseIssue(deps, who, caseId, request, options)),
    recordOnItem: (who, caseId, itemId, request, options) =>
      inTurn(name({ caseId, itemId }), () => recordOnItem(deps, who, caseId, itemId, request, options)),
    importNotice: async (who, caseId, text, commit) => {
      const { importNotice } = await import('./import-notice.ts');
      return commit
        ? inTurn(`${caseId}/items`, () => importNotice(deps, who, caseId, text, true))
        : importNotice(deps, who, caseId, text, false);
    },
    cases: (who, page, asked) => listCases(deps, who, page, asked),
    inspectionCase: (who, caseId, asked) => readCase(deps, who, caseId, asked),
    register: (who, caseId, filter, page, asked) => readRegister(deps, who, caseId, filter, page, asked),
    item: (who, caseId, itemId, asked) => readItem(deps, who, { caseId, itemId }, asked),
    entry: (who, stream, seq, asked) => readEntry(deps, who, stream, seq, asked ?? {}),
    history: (who, stream, page, asked) => readHistory(deps, who, stream, page, asked),
    historyStream: (who, stream, asked) => streamHistory(deps, who, stream, asked),
    audit: (who, stream, page, asked) => readAudit(deps, who, stream, page, asked),
    diff: (who, caseId, axis, from, to, asked) => readDiff(deps, who, caseId, axis, { from, to, ...asked }),
    supervision: (who, filter, page) => supervise(deps, who, filter, page),
    notice: async (who, caseId, asked) => {
      const { readNotice } = await import('./read-notice.ts');
      return readNotice(deps, who, caseId, asked);
    },
    health: async () => ({ ok: true, deadLetters: await countDeadLetters(deps) }),
  };
}
