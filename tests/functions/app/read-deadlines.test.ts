import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import { CHINA, type Day } from '../../../domain/dates.ts';
import { type CaseId, type ItemId, itemId } from '../../../domain/ids.ts';
import type { DeadlineFilter } from '../../../functions/app/case-deadlines.ts';
import { currentDeadlines, ViewsOfAnotherFold } from '../../../functions/app/current-deadlines.ts';
import type { AskedCut } from '../../../functions/app/ledger.ts';
import { REGISTER_PREFIX, VIEW_FOLD } from '../../../functions/app/view-rows.ts';
import { accepted, type LedgerBench, ledgerBench, openedCase, refusalOf } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const { committee, lead, support, outsider, auditor } = people;
const DAY_MS = 86_400_000;
const ALL = { limit: 100 };

let bench: LedgerBench;
let caseId: CaseId;
let other: CaseId;

const id = (n: number) => itemId(`000${n}`) as ItemId;

async function raised(inCase: CaseId, n: number, assigned: object): Promise<void> {
  accepted(await bench.ledger.raiseIssue(committee, inCase, { data: { title: `问题${n}` } }, {}));
  accepted(
    await bench.ledger.recordOnItem(committee, inCase, id(n), { type: 'OfficeAssigned', data: assigned }, {}),
  );
}

// Recorded on 2 March 2026; asked 40 days later, on 11 April.
beforeAll(async () => {
  bench = await ledgerBench();
  caseId = await openedCase(bench.ledger, committee);
  await raised(caseId, 1, { lead: '财政办', supporting: ['民政办'], deadline: '2026-03' });
  await raised(caseId, 2, { lead: '民政办', deadline: '2026-04-20' });
  await raised(caseId, 3, { lead: '财政办', deadline: '2027-12-31' });
  other = await openedCase(bench.ledger, committee);
  await raised(other, 1, { lead: '财政办', deadline: '2026-04-11' });
  await openedCase(bench.ledger, committee);
  bench.clock.advance(40 * DAY_MS);
  const report = { type: 'ProgressReported', occurredOn: '2026-03-05', data: { text: '进展' } };
  accepted(await bench.ledger.recordOnItem(lead, caseId, id(3), report, {}));
  await bench.projected();
});
afterAll(() => bench?.stop());

const read = async (who: Principal, filter: DeadlineFilter = {}, asked: AskedCut = {}) =>
  accepted(await bench.ledger.deadlines(who, filter, ALL, asked));

/** Case, office, and the ids of each of its lists. */
async function lists(who: Principal, filter: DeadlineFilter = {}, asked: AskedCut = {}) {
  const { data } = await read(who, filter, asked);
  const ids = (list: readonly { readonly itemId: ItemId }[]) => list.map((one) => one.itemId).join(' ');
  return data.flatMap((one) =>
    one.offices.map(({ office, overdue, due, silent }) => [
      one.caseId === caseId ? 'one' : one.caseId === other ? 'other' : 'empty',
      office,
      ids(overdue),
      ids(due),
      ids(silent),
    ]),
  );
}

const EVERYTHING = [
  ['one', '民政办', '', '0002', '0002'],
  ['one', '财政办', '0001', '', '0001'],
  ['other', '财政办', '', '0001', '0001'],
].sort();

describe('deadlines across cases', () => {
  test('name what is overdue, due soon and silent by lead office, and no case without', async () => {
    expect((await lists(committee)).sort()).toEqual(EVERYTHING);
    const { day, zone, withinDays, silentDays, data, cut } = await read(auditor, { caseId });
    expect({ day, zone, withinDays, silentDays, cut }).toEqual({
      day: '2026-04-11',
      zone: CHINA,
      withinDays: 10,
      silentDays: 30,
    });
    expect(data).toEqual([
      {
        caseId,
        title: '巡察整改',
        offices: [
          {
            office: '民政办',
            overdue: [],
            due: [{ itemId: '0002', title: '问题2', deadline: '2026-04-20', days: 9 }],
            silent: [{ itemId: '0002', title: '问题2', since: '2026-03-02', days: 40 }],
          },
          {
            office: '财政办',
            overdue: [{ itemId: '0001', title: '问题1', deadline: '2026-03', days: 11 }],
            due: [],
            silent: [{ itemId: '0001', title: '问题1', since: '2026-03-02', days: 40 }],
          },
        ],
      },
    ]);
  });

  test('take other bounds, and one office: what it leads or supports', async () => {
    expect(await lists(committee, { caseId, withinDays: 8, silentDays: 40 })).toEqual([
      ['one', '财政办', '0001', '', ''],
    ]);
    expect(await lists(committee, { caseId, office: '民政办' })).toEqual([
      ['one', '民政办', '', '0002', '0002'],
      ['one', '财政办', '0001', '', '0001'],
    ]);
    expect(await lists(committee, { office: '无此办' })).toEqual([]);
  });

  test('are an office’s own alone; a token that reaches one case has that case', async () => {
    expect((await lists(lead)).sort()).toEqual(
      [
        ['one', '财政办', '0001', '', '0001'],
        ['other', '财政办', '', '0001', '0001'],
      ].sort(),
    );
    expect((await lists(support)).map(([where, office]) => [where, office])).toEqual([
      ['one', '民政办'],
      ['one', '财政办'],
    ]);
    expect(await lists(outsider)).toEqual([]);
    expect(await lists(narrowed(committee, other))).toEqual([['other', '财政办', '', '0001', '0001']]);
    const refused = await bench.ledger.deadlines(narrowed(committee, other), { caseId }, ALL, {});
    expect(refusalOf(refused)).toBe('case-not-allowed');
  });

  test('page by case, to the end, and a cursor is of its filter alone', async () => {
    const found: CaseId[] = [];
    let cursor: string | undefined;
    do {
      const page = accepted(await bench.ledger.deadlines(committee, {}, { limit: 1, cursor }, {}));
      expect(page.data).toHaveLength(1);
      found.push(...page.data.map((one) => one.caseId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(found).toEqual([caseId, other].sort());
    const { nextCursor } = accepted(await bench.ledger.deadlines(committee, {}, { limit: 1 }, {}));
    const elsewhere = { limit: 1, cursor: nextCursor };
    expect(refusalOf(await bench.ledger.deadlines(committee, { silentDays: 9 }, elsewhere, {}))).toBe(
      'invalid-cursor',
    );
  });
});

describe('deadlines at a past date', () => {
  test('are those that the ledger told then, counted on that day', async () => {
    expect(await lists(committee, { caseId }, { recordedAsOf: '2026-04-10' })).toEqual([
      ['one', '民政办', '', '0002', '0002'],
      ['one', '财政办', '0001', '', '0001 0003'],
    ]);
    const then = await read(committee, { caseId }, { recordedAsOf: '2026-04-10' });
    expect(then.day).toBe('2026-04-10');
    expect(then.cut).toMatchObject({ settled: true, laterEntries: 1 });
    expect(await lists(committee, {}, { recordedAsOf: '2026-03-01' })).toEqual([]);
    expect((await read(committee, {}, { recordedAsOf: '2026-03-01' })).cut?.laterEntries).toBe(12);
  });

  test('count silence on the effective clock from the day on which the report counts', async () => {
    expect(await lists(committee, { caseId }, { effectiveOn: '2026-04-11' })).toEqual([
      ['one', '民政办', '', '0002', '0002'],
      ['one', '财政办', '0001', '', '0001 0003'],
    ]);
    expect(
      (await lists(committee, { caseId, silentDays: 36 }, { effectiveOn: '2026-04-11' })).at(-1)?.at(-1),
    ).toBe('0001 0003');
    expect(
      (await lists(committee, { caseId, silentDays: 37 }, { effectiveOn: '2026-04-11' })).at(-1)?.at(-1),
    ).toBe('0001');
    const both = { effectiveOn: '2026-04-10', recordedAsOf: '2026-04-10' };
    expect((await read(committee, { caseId }, both)).cut).toMatchObject({ laterEntries: 1 });
  });

  test('a settled answer stays when more is recorded', async () => {
    const asked = { recordedAsOf: '2026-04-10' };
    const { cut: _, ...before } = await read(committee, {}, asked);
    const report = { type: 'ProgressReported', data: { text: '又有进展' } };
    accepted(await bench.ledger.recordOnItem(lead, other, id(1), report, {}));
    await bench.projected();
    const { cut: __, ...after } = await read(committee, {}, asked);
    expect(after).toEqual(before);
    expect(await lists(committee, { caseId: other })).toEqual([['other', '财政办', '', '0001', '']]);
  });
});

describe('views that another fold made', () => {
  test('are not read: the events tell instead, and where they may not be read it is said', async () => {
    const counted = { day: '2026-04-11' as Day, zone: CHINA, withinDays: 10, silentDays: 30 };
    const current = () => currentDeadlines(bench.deps, counted);
    expect((await current()).map((one) => one.caseId)).toEqual([caseId, other].sort());
    const before = await read(committee, { caseId });
    const row = await bench.deps.views.get(`case#${caseId}`, `${REGISTER_PREFIX}0002`);
    if (!row) throw new Error('the view is not there');
    const body = JSON.stringify({ ...JSON.parse(row.body), fold: VIEW_FOLD + 1 });
    await bench.deps.views.advance({ ...row, version: row.version + 1, body });
    expect(await read(committee, { caseId })).toEqual(before);
    await expect(current()).rejects.toThrow(ViewsOfAnotherFold);
  });
});
