import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import type { Page, Paged, WithCut } from '../../../functions/app/ledger.ts';
import { aCaseId, anItemId } from '../../kit/event-rows.ts';
import { accepted, type LedgerBench, ledgerBench, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

const { committee, lead } = people;
const DAY_MS = 86_400_000;
const ITEM = anItemId('0001');

/** Known on the day of the picture, with an overdue item. */
const WATCHED = ['later-1', 'later-4', 'later-6'].map(aCaseId);
/** Known then, with nothing to watch. */
const QUIET = ['later-2', 'later-7'].map(aCaseId);
/** Opened afterwards. */
const UNKNOWN = ['later-3', 'later-5', 'later-8'].map(aCaseId);
const asked = { recordedAsOf: '2026-03-03' };

describe('entries recorded after the cut', () => {
  let bench: LedgerBench;

  beforeAll(async () => {
    bench = await ledgerBench();
    const { ledger, clock } = bench;
    const onItem = async (caseId: CaseId, type: string, data: object) =>
      accepted(await ledger.recordOnItem(committee, caseId, ITEM, { type, data }, {}));
    for (const caseId of WATCHED) {
      await openedCase(ledger, committee, caseId);
      accepted(await ledger.raiseIssue(committee, caseId, { data: { title: '问题' } }, {}));
      await onItem(caseId, 'OfficeAssigned', { lead: lead.office, deadline: '2026-03-01' });
    }
    for (const caseId of QUIET) await openedCase(ledger, committee, caseId);
    clock.advance(5 * DAY_MS);
    for (const caseId of UNKNOWN) await openedCase(ledger, committee, caseId);
    // One more of each case itself, and of the first also one of its item.
    for (const caseId of [...WATCHED, ...QUIET, ...UNKNOWN]) {
      const funds = { type: 'FundsRecovered', data: { amountFen: 1 } };
      accepted(await ledger.recordOnCase(committee, caseId, funds, {}));
    }
    await onItem(WATCHED[0] as CaseId, 'DeadlineExtended', { to: '2026-09-30', reason: '同意' });
    await bench.projected();
  });
  afterAll(() => bench?.stop());

  /** In all: eight of the cases, one of an item, and the openings of those that came afterwards. */
  const LATER = 8 + 1 + 3;

  const lists: readonly (readonly [string, (page: Page) => Promise<(Paged<unknown> & WithCut) | Refusal>])[] =
    [
      ['cases', (page) => bench.ledger.cases(committee, page, asked)],
      ['flagged cases', (page) => bench.ledger.flaggedCases(committee, {}, page, asked)],
      ['deadlines', (page) => bench.ledger.deadlines(committee, {}, page, asked)],
      [
        'comparisons',
        (page) =>
          bench.ledger.diffAcross(
            committee,
            { axis: 'recorded', from: '2026-02-28', to: '2026-03-03' },
            true,
            page,
            asked,
          ),
      ],
    ];

  test.each(lists)('of %s are counted once, however they are paged', async (_what, read) => {
    for (const limit of [1, 2, 3, 4, 100]) {
      let [later, cases] = [0, 0];
      let cursor: string | undefined;
      do {
        const page = accepted(await read({ limit, cursor }));
        later += page.cut?.laterEntries ?? Number.NaN;
        cases += page.data.length;
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect([limit, later]).toEqual([limit, LATER]);
      expect(cases).toBeGreaterThanOrEqual(WATCHED.length);
    }
  });

  test('are the same of every answer about a case; of an item and the register those of items', async () => {
    const { ledger } = bench;
    const caseId = WATCHED[0] as CaseId;
    const page = { limit: 10 };
    const later = async (answer: Promise<WithCut | Refusal>) => accepted(await answer).cut?.laterEntries;
    expect([
      await later(ledger.inspectionCase(committee, caseId, asked)),
      await later(ledger.figures(committee, caseId, {}, asked)),
      await later(ledger.figures(lead, caseId, {}, asked)),
      await later(ledger.deadlines(committee, { caseId }, page, asked)),
      await later(ledger.flags(committee, caseId, {}, page, asked)),
    ]).toEqual([2, 2, 2, 2, 2]);
    expect([
      await later(ledger.register(committee, caseId, {}, page, asked)),
      await later(ledger.item(committee, caseId, ITEM, asked)),
    ]).toEqual([1, 1]);
    expect(await later(ledger.allFigures(committee, {}, asked))).toBe(LATER);
    expect((await bench.ledger.figures(committee, UNKNOWN[0] as CaseId, {}, asked)) as object).toMatchObject({
      refused: 'case-not-found',
    });
  });
});
