import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import { type ItemId, itemId } from '../../../domain/ids.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import type { FlagFilter } from '../../../functions/app/flagged-case.ts';
import type { AskedCut } from '../../../functions/app/ledger.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { accepted, type LedgerBench, ledgerBench, OPENING, refusalOf } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const { committee, lead, outsider, reviewer, auditor } = people;
const CASE = aCaseId('flags-now');
const EARLIER = aCaseId('flags-before');
const LATER = aCaseId('flags-since');
const ITEM = itemId('0001') as ItemId;
const SECOND = itemId('0002') as ItemId;
const EARLIER_BODY = { ...OPENING, feedbackOn: '2024-01-15' };
const DAY = 86_400_000;

let bench: LedgerBench;
/** When everything but the dismissal was recorded, and before the other cases were. */
let undismissed: string;

beforeAll(async () => {
  bench = await ledgerBench();
  const { ledger, clock } = bench;
  const raise = async (caseId: typeof CASE, title: string) =>
    accepted(await ledger.raiseIssue(committee, caseId, { data: { title } }, {}));
  const on = async (who: Principal, item: ItemId, type: string, data: object, occurredOn?: string) =>
    accepted(await ledger.recordOnItem(who, CASE, item, { type, data, occurredOn }, {}));
  accepted(await ledger.openCase(committee, CASE, { data: OPENING }, {}));
  await raise(CASE, '台账不清');
  await raise(CASE, '公车私用');
  await on(committee, ITEM, 'OfficeAssigned', { lead: '财政办', deadline: '2026-02-28' });
  await on(committee, SECOND, 'OfficeAssigned', { lead: '城建办' });
  await on(lead, ITEM, 'ProgressReported', { text: '补记' }, '2026-01-01');
  await on(outsider, SECOND, 'ProgressReported', { text: '补记' }, '2026-01-02');
  const funds = { type: 'FundsRecovered', data: { amountFen: 100 } };
  undismissed = accepted(await ledger.recordOnCase(committee, CASE, funds, {})).entry.header.recordedAt;
  clock.advance(DAY);
  await on(reviewer, SECOND, 'FlagDismissed', { rule: 'recorded-late', reason: '有说明' });
  for (const [caseId, opening] of [
    [EARLIER, EARLIER_BODY],
    [LATER, { ...EARLIER_BODY, inspectedBody: '另一单位' }],
  ] as const) {
    accepted(await ledger.openCase(committee, caseId, { data: opening }, {}));
    await raise(caseId, '台账不清');
  }
  await raise(EARLIER, '公车私用');
  const merged = { type: 'IssueWithdrawn', data: { reason: '重复' } };
  accepted(await ledger.recordOnItem(committee, EARLIER, SECOND, merged, {}));
  await bench.projected();
});
afterAll(() => bench?.stop());

const inShort = ({ rule, itemId: item, dismissed }: Flag): string =>
  `${rule} ${item ?? 'case'}${dismissed ? ' dismissed' : ''}`;
const page = { limit: 100 };
/** A token that reaches this case alone, so that nothing recurs. */
const alone = narrowed(committee, CASE);

const flags = async (who: Principal, filter: FlagFilter = {}, asked: AskedCut = {}, limit = 100) =>
  accepted(await bench.ledger.flags(who, CASE, filter, { limit }, asked));
const shown = async (filter: FlagFilter = {}, asked: AskedCut = {}) =>
  (await flags(alone, filter, asked)).data.map(inShort);

const ALL = ['recorded-late 0001', 'recorded-late 0002 dismissed', 'overdue 0001', 'funds-without-item case'];

describe('the flags of a case', () => {
  test.each<[string, FlagFilter, readonly string[]]>([
    ['all', {}, ALL],
    ['of an item', { item: '0001' }, ['recorded-late 0001', 'overdue 0001']],
    ['of an item that is not there', { item: '0009' }, []],
    ['of a rule', { rule: 'overdue' }, ['overdue 0001']],
    ['of a severity', { severity: 'low' }, ['funds-without-item case']],
    ['of what an office leads', { office: '城建办' }, ['recorded-late 0002 dismissed']],
    ['that were dismissed', { dismissed: true }, ['recorded-late 0002 dismissed']],
    ['that stand', { dismissed: false }, ALL.filter((one) => !one.endsWith('dismissed'))],
    ['by two of these', { rule: 'recorded-late', office: '财政办' }, ['recorded-late 0001']],
  ])('%s', async (_, filter, expected) => {
    expect(await shown(filter)).toEqual(expected);
  });

  test('say what they rest on, and who dismissed them with what reason', async () => {
    const { data, cut } = await flags(alone, { item: '0002' });
    expect(cut).toBeUndefined();
    expect(data).toEqual([
      {
        caseId: CASE,
        itemId: '0002',
        title: '公车私用',
        lead: '城建办',
        rule: 'recorded-late',
        severity: 'medium',
        since: '2026-03-02',
        entries: [
          {
            caseId: CASE,
            itemId: '0002',
            seq: 3,
            type: 'ProgressReported',
            recordedAt: expect.stringContaining('2026-03-02'),
          },
        ],
        values: { days: 59 },
        dismissed: {
          seq: 4,
          recordedAt: expect.stringContaining('2026-03-03'),
          actor: expect.objectContaining({ sub: reviewer.sub }),
          reason: '有说明',
        },
      },
    ]);
  });

  test.each([1, 2, 3, 4])('come in pages of %i, each once', async (limit) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = accepted(await bench.ledger.flags(alone, CASE, {}, { limit, cursor }, {}));
      expect(answer.data.length).toBeLessThanOrEqual(limit);
      found.push(...answer.data.map(inShort));
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    expect(found).toEqual(ALL);
  });

  test('a cursor is of its case, its filter and its clocks', async () => {
    const { nextCursor: cursor } = await flags(alone, {}, {}, 1);
    const { ledger } = bench;
    const asks = [
      ledger.flags(alone, CASE, { severity: 'medium' }, { limit: 1, cursor }, {}),
      ledger.flags(alone, CASE, {}, { limit: 1, cursor }, { recordedAsOf: undismissed }),
      ledger.flags(committee, EARLIER, {}, { limit: 1, cursor }, {}),
      ledger.flags(alone, CASE, {}, { limit: 1, cursor: 'none' }, {}),
    ];
    for (const outcome of await Promise.all(asks)) expect(refusalOf(outcome)).toBe('invalid-cursor');
  });

  test('of a past instant are what the ledger said then, with how much came since', async () => {
    const then = await flags(alone, {}, { recordedAsOf: undismissed });
    expect(then.data.map(inShort)).toEqual(ALL.map((one) => one.replace(' dismissed', '')));
    expect(then.cut).toEqual({ recordedAsOf: undismissed, settled: true, laterEntries: 1 });
    expect(refusalOf(await bench.ledger.flags(alone, CASE, {}, page, { recordedAsOf: '2026-03-01' }))).toBe(
      'case-not-found',
    );
  });

  test('on a past day are what is known of it, and on both clocks what was known then', async () => {
    const on = async (effectiveOn: string, recordedAsOf?: string) =>
      shown({}, { effectiveOn, ...(recordedAsOf ? { recordedAsOf } : {}) });
    expect(await on('2026-01-01')).toEqual(['recorded-late 0001']);
    expect(await on('2026-01-02')).toEqual(['recorded-late 0001', 'recorded-late 0002']);
    expect(await on('2026-03-02')).toEqual(ALL.map((one) => one.replace(' dismissed', '')));
    expect(await on('2026-03-03')).toEqual(ALL);
    expect(await on('2026-03-02', undismissed)).toEqual(ALL.map((one) => one.replace(' dismissed', '')));
    const { cut } = await flags(alone, {}, { effectiveOn: '2026-03-02', recordedAsOf: undismissed });
    expect(cut).toMatchObject({ effectiveOn: '2026-03-02', recordedAsOf: undismissed, laterEntries: 1 });
    expect(refusalOf(await bench.ledger.flags(alone, CASE, {}, page, { effectiveOn: '2030-01-01' }))).toBe(
      'cut-in-future',
    );
  });

  test('are nobody’s who may not read the whole case', async () => {
    const { ledger } = bench;
    expect(refusalOf(await ledger.flags(lead, CASE, {}, page, {}))).toBe('role-not-allowed');
    expect(refusalOf(await ledger.flags(narrowed(committee, EARLIER), CASE, {}, page, {}))).toBe(
      'case-not-allowed',
    );
    expect(refusalOf(await ledger.flags(committee, aCaseId('none'), {}, page, {}))).toBe('case-not-found');
    for (const who of [reviewer, auditor]) expect((await flags(who)).data.length).toBeGreaterThan(0);
  });
});

describe('problems of earlier cases of the same body', () => {
  const recurs = async (who: Principal, asked: AskedCut = {}) =>
    (await flags(who, { rule: 'problem-recurs' }, asked)).data;

  test('are found, what was withdrawn there apart', async () => {
    const found = await recurs(committee);
    expect(found.map(inShort)).toEqual(['problem-recurs 0001']);
    expect(found[0]?.entries).toMatchObject([
      { caseId: EARLIER, itemId: '0001', seq: 1, type: 'IssueRaised' },
      { caseId: CASE, itemId: '0001', seq: 1, type: 'IssueRaised' },
    ]);
  });

  test('are found where the person reaches them, when the ledger knew them', async () => {
    expect(await recurs(alone)).toEqual([]);
    expect(await recurs(narrowed(committee, CASE, LATER))).toEqual([]);
    expect((await recurs(narrowed(committee, CASE, EARLIER))).length).toBe(1);
    expect(await recurs(committee, { recordedAsOf: undismissed })).toEqual([]);
  });

  test('are of earlier ones: the later case is none to the earlier', async () => {
    const rule = 'problem-recurs';
    const { data } = accepted(await bench.ledger.flags(committee, EARLIER, { rule }, page, {}));
    expect(data).toEqual([]);
  });
});

describe('cases by their flags', () => {
  const three = narrowed(reviewer, CASE, EARLIER, LATER);
  const across = async (who: Principal, filter: FlagFilter = {}, asked: AskedCut = {}, limit = 100) =>
    accepted(await bench.ledger.flaggedCases(who, filter, { limit }, asked));

  test('count the items with flags, and the flags by severity and rule; what was dismissed stands apart', async () => {
    const none = { items: 0, bySeverity: { high: 0, medium: 0, low: 0 }, byRule: {}, dismissed: 0 };
    expect((await across(three)).data).toEqual([
      { caseId: EARLIER, title: OPENING.title, ...none },
      {
        caseId: CASE,
        title: OPENING.title,
        items: 1,
        bySeverity: { high: 1, medium: 2, low: 1 },
        byRule: { 'recorded-late': 1, overdue: 1, 'problem-recurs': 1, 'funds-without-item': 1 },
        dismissed: 1,
      },
      { caseId: LATER, title: OPENING.title, ...none },
    ]);
    const [, filtered] = (await across(three, { severity: 'low' })).data;
    expect(filtered).toMatchObject({ items: 0, byRule: { 'funds-without-item': 1 }, dismissed: 0 });
  });

  test.each([1, 2, 3])('come in pages of %i, each case once', async (limit) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = accepted(await bench.ledger.flaggedCases(three, {}, { limit, cursor }, {}));
      expect(answer.data.length).toBeLessThanOrEqual(limit);
      found.push(...answer.data.map(({ caseId }) => caseId));
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    expect(found).toEqual([EARLIER, CASE, LATER]);
    const { nextCursor } = await across(three, {}, {}, 1);
    const elsewhere = { limit: 1, cursor: nextCursor };
    expect(refusalOf(await bench.ledger.flaggedCases(three, { severity: 'low' }, elsewhere, {}))).toBe(
      'invalid-cursor',
    );
  });

  test('at a past instant hold the cases that were known, and count all that came since', async () => {
    const { data, cut } = await across(three, {}, { recordedAsOf: undismissed });
    expect(data.map(({ caseId, dismissed }) => [caseId, dismissed])).toEqual([[CASE, 0]]);
    // The dismissal; the opening, two problems and a withdrawal of one case; the opening and a problem of the other.
    expect(cut).toMatchObject({ recordedAsOf: undismissed, laterEntries: 1 + 4 + 2 });
    expect(await across(three, {}, { recordedAsOf: '2026-03-01' })).toMatchObject({ data: [] });
  });

  test('read the list of cases once more for what earlier cases found, not once for each case', async () => {
    let ranges = 0;
    const { views } = bench.deps;
    const counting = new Proxy(views, {
      get: (target, name) => {
        if (name === 'range') ranges += 1;
        const member = Reflect.get(target, name) as unknown;
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const ledger = bench.another({ views: counting });
    const { data } = accepted(await ledger.flaggedCases(three, {}, page, {}));
    expect([data.length, data[1]?.byRule['problem-recurs'], ranges]).toEqual([3, 1, 2]);
  });

  test('hold the cases that the token reaches, and are not an office’s', async () => {
    expect((await across(alone)).data.map(({ caseId }) => caseId)).toEqual([CASE]);
    expect((await across(narrowed(committee))).data).toEqual([]);
    expect(refusalOf(await bench.ledger.flaggedCases(lead, {}, page, {}))).toBe('role-not-allowed');
  });
});

test('what an answer of then said of earlier cases does not change when a body is called otherwise since', async () => {
  const { ledger, clock } = bench;
  const before = accepted(await ledger.inspectionCase(committee, EARLIER, {}));
  clock.advance(DAY);
  const then = clock.now();
  clock.advance(DAY);
  const rename = { target: 1, set: { inspectedBody: '改称之后的单位' }, reason: '更名' };
  accepted(await ledger.recordOnCase(committee, EARLIER, { type: 'EntryCorrected', data: rename }, {}));
  await bench.projected();
  const asked = async (cut: AskedCut) =>
    (await flags(committee, { rule: 'problem-recurs' }, cut)).data.map(inShort);
  expect(before.inspectedBody).toBe(OPENING.inspectedBody);
  expect(await asked({})).toEqual([]);
  expect(await asked({ recordedAsOf: then })).toEqual(['problem-recurs 0001']);
});
