import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import type { Instant } from '../../../domain/dates.ts';
import type { CaseId, ItemId } from '../../../domain/ids.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import type { AskedWeeks } from '../../../functions/app/figures.ts';
import type { AskedCut } from '../../../functions/app/ledger.ts';
import { anItemOfLife } from '../../kit/closed-item.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { accepted, type LedgerBench, ledgerBench, openedCase, refusalOf } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const { committee, lead, support, outsider, auditor } = people;
const DAY_MS = 86_400_000;

// The clock begins on 2 March 2026; what happened before is recorded late.
describe('figures', () => {
  let bench: LedgerBench;
  let [one, two] = [aCaseId('figures-one'), aCaseId('figures-two')];
  let reopened: ItemId;
  /** The end of each stage of the history. */
  let begun: Instant;
  let closedAgain: Instant;

  const of = async (who: Principal, caseId: CaseId, asked: AskedCut = {}, weeks: AskedWeeks = {}) =>
    accepted(await bench.ledger.figures(who, caseId, weeks, asked));
  const ofAll = async (who: Principal, asked: AskedCut = {}, weeks: AskedWeeks = {}) =>
    accepted(await bench.ledger.allFigures(who, weeks, asked));

  beforeAll(async () => {
    bench = await ledgerBench();
    const { ledger, clock } = bench;
    one = await openedCase(ledger, committee, one);
    two = await openedCase(ledger, committee, two);
    reopened = await anItemOfLife(ledger, one, { raisedOn: '2026-01-15', closedOn: '2026-01-25' });
    const immediate = { term: 'immediate', raisedOn: '2026-01-15', closedOn: '2026-02-10' };
    await anItemOfLife(ledger, one, immediate);
    await anItemOfLife(ledger, one, { lead: support, raisedOn: '2026-01-15', closedOn: '2026-02-28' });
    await anItemOfLife(ledger, one, { lead: support, raisedOn: '2026-01-20' });
    await anItemOfLife(ledger, two, { raisedOn: '2026-02-01', closedOn: '2026-02-11' });
    begun = clock.now();
    clock.advance(10 * DAY_MS);
    const on = async (who: Principal, type: string, data: object) =>
      accepted(await ledger.recordOnItem(who, one, reopened, { type, data }, {})).entry.header.seq;
    await on(committee, 'ItemReopened', { reason: '反弹' });
    await on(committee, 'DeadlineExtended', { to: '2026-07-10', reason: '同意' });
    clock.advance(10 * DAY_MS);
    await on(lead, 'MeasureCompleted', { measureId: 'm3', summary: '再次完成' });
    const file = { name: '复查.pdf', mediaType: 'application/pdf', bytes: 7, sha256: 'cd'.repeat(32) };
    await on(lead, 'EvidenceAttached', { ...file, measureIds: ['m3'] });
    await on(lead, 'ClosureRequested', { statement: '申请' });
    await on(committee, 'ClosureReturned', { reason: '不足' });
    const reviewedSeq = await on(lead, 'ClosureRequested', { statement: '再次申请' });
    await on(committee, 'ItemClosed', { opinion: '同意', reviewedSeq });
    closedAgain = clock.now();
    clock.advance(7 * DAY_MS);
    await bench.projected();
  });
  afterAll(() => bench?.stop());

  test('count closings by week up to today, at the closing that stands', async () => {
    const { on, weeks, whole, title, cut } = await of(committee, one);
    expect([title, on, cut]).toEqual(['巡察整改', '2026-03-29', undefined]);
    expect(weeks.map(({ week }, index) => [week, whole.closedByWeek[index]])).toEqual([
      ['2026-W07', 1],
      ['2026-W08', 0],
      ['2026-W09', 1],
      ['2026-W10', 0],
      ['2026-W11', 0],
      ['2026-W12', 1],
      ['2026-W13', 0],
    ]);
    expect(whole).toMatchObject({
      items: 4,
      closed: 3,
      daysToClose: { count: 3, sum: 26 + 44 + 66, median: 44, lowerQuartile: 35, upperQuartile: 55 },
      returns: { sum: 1, items: 1 },
      extensions: { sum: 1, items: 1, days: 10 },
    });
  });

  test('stand by lead office and by term', async () => {
    const { byOffice, byTerm } = await of(auditor, one);
    expect(
      byOffice.map(({ office, items, closed, daysToClose }) => [office, items, closed, daysToClose.median]),
    ).toEqual([
      ['民政办', 2, 1, 44],
      ['财政办', 2, 2, 46],
    ]);
    expect(byTerm.map(({ term, items }) => [term, items])).toEqual([
      ['immediate', 1],
      [null, 3],
    ]);
  });

  test('as the ledger said then, before the reopening, and what is now known to have been true then', async () => {
    const then = await of(committee, one, { recordedAsOf: begun });
    expect(then).toMatchObject({
      on: '2026-03-02',
      whole: { closed: 3, daysToClose: { sum: 10 + 26 + 44 }, returns: { sum: 0 }, extensions: { days: 0 } },
      cut: { recordedAsOf: begun, settled: true, laterEntries: 8 },
    });
    expect(then.weeks[0]?.week).toBe('2026-W04');
    const true1 = await of(committee, one, { effectiveOn: '2026-02-15' });
    expect(true1.whole).toMatchObject({ items: 4, closed: 2, daysToClose: { sum: 36, median: 18 } });
    expect((await of(committee, one, { effectiveOn: '2026-03-15' })).whole).toMatchObject({ closed: 2 });
  });

  test('with nothing cut off the entries give what the views give', async () => {
    const { cut, ...replayed } = await of(committee, one, { recordedAsOf: '2026-03-29' });
    expect(cut).toMatchObject({ laterEntries: 0 });
    expect(replayed).toEqual(await of(committee, one));
    const { cut: ofCut, ...all } = await ofAll(committee, { recordedAsOf: '2026-03-29' });
    expect(ofCut).toMatchObject({ laterEntries: 0 });
    expect(all).toEqual(await ofAll(committee));
  });

  test('across cases are those of each case together', async () => {
    const { whole, byCase, byOffice } = await ofAll(committee);
    expect(byCase.map(({ caseId, items, closed }) => [caseId, items, closed])).toEqual([
      [one, 4, 3],
      [two, 1, 1],
    ]);
    expect(whole).toMatchObject({ items: 5, closed: 4, daysToClose: { count: 4, sum: 146, median: 35 } });
    expect(byOffice.map(({ office, items }) => [office, items])).toEqual([
      ['民政办', 2],
      ['财政办', 3],
    ]);
    const only = narrowed(committee, two);
    expect((await ofAll(only)).byCase.map(({ caseId }) => caseId)).toEqual([two]);
    expect(refusalOf(await bench.ledger.figures(only, one, {}, {}))).toBe('case-not-allowed');
  });

  test('across cases on a clock leave out what was not there yet, and count what came later', async () => {
    const before = await ofAll(committee, { recordedAsOf: '2026-02-28' });
    expect([before.byCase, before.whole.items, before.weeks]).toEqual([[], 0, []]);
    expect(before.cut?.laterEntries).toBeGreaterThan(30);
    const early = await ofAll(committee, { effectiveOn: '2026-01-20' });
    expect(early.byCase.map(({ title, items }) => [title, items])).toEqual([
      ['巡察整改', 4],
      ['巡察整改', 0],
    ]);
    const again = await ofAll(committee, { recordedAsOf: closedAgain });
    expect(again.byCase).toEqual((await ofAll(committee, {}, { to: '2026-03-22' })).byCase);
  });

  test('an office has its own items only, and none where it has none', async () => {
    const own = await of(support, one);
    expect(own.whole).toMatchObject({ items: 2, closed: 1, extensions: { sum: 0 } });
    expect(own.byOffice.map(({ office }) => office)).toEqual(['民政办']);
    const then = await of(support, one, { recordedAsOf: begun });
    expect([then.whole.items, then.cut?.laterEntries]).toEqual([2, 0]);
    expect((await ofAll(support)).byCase.map(({ caseId }) => caseId)).toEqual([one]);
    expect((await ofAll(outsider)).byCase).toEqual([]);
    expect((await ofAll(outsider, { effectiveOn: '2026-03-01' })).byCase).toEqual([]);
    for (const asked of [{}, { effectiveOn: '2026-03-01' }])
      expect(refusalOf(await bench.ledger.figures(outsider, one, {}, asked))).toBe('office-not-responsible');
  });

  test('weeks are those asked for, whole; the other closings stand beside them', async () => {
    const { weeks, whole } = await of(committee, one, {}, { from: '2026-02-19', to: '2026-02-25' });
    expect(weeks).toEqual([
      { week: '2026-W08', from: '2026-02-16' },
      { week: '2026-W09', from: '2026-02-23' },
    ]);
    expect(whole).toMatchObject({ closed: 3, closedBefore: 1, closedByWeek: [0, 1], closedAfter: 1 });
  });

  test.each<[AskedWeeks, AskedCut, string, string]>([
    [{ from: '2026-02-30' }, {}, '/from', 'invalid-date'],
    [{ to: 'soon' }, {}, '/to', 'invalid-date'],
    [{ to: '2026-03-30' }, {}, '/to', 'out-of-range'],
    [{ to: '2026-03-10' }, { effectiveOn: '2026-03-01' }, '/to', 'out-of-range'],
    [{ from: '2026-03-02' }, { effectiveOn: '2026-03-01' }, '/from', 'out-of-range'],
    [{ from: '2016-01-01' }, {}, '/from', 'out-of-range'],
  ])('weeks of %j on the clock %j are refused', async (weeks, asked, pointer, code) => {
    for (const answer of [
      await bench.ledger.figures(committee, one, weeks, asked),
      await bench.ledger.allFigures(committee, weeks, asked),
    ])
      expect(isRefusal(answer) && answer.errors).toMatchObject([{ pointer, code }]);
  });

  test('of a case that is not there, or was not yet, are refused', async () => {
    const refused = async (caseId: CaseId, asked: AskedCut) =>
      refusalOf(await bench.ledger.figures(committee, caseId, {}, asked));
    expect(await refused(aCaseId('no-such-case'), {})).toBe('case-not-found');
    expect(await refused(one, { recordedAsOf: '2026-02-28' })).toBe('case-not-found');
    expect(await refused(one, { effectiveOn: '2026-03-30' })).toBe('cut-in-future');
  });

  test('an office that was assigned a moment ago is not refused on the word of a view', async () => {
    const lagging = bench.another({
      views: { ...bench.deps.views, range: async () => ({ rows: [], more: false }) },
    });
    expect(accepted(await lagging.figures(support, one, {}, {})).whole.items).toBe(2);
  });
});
