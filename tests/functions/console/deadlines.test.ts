import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Day } from '../../../domain/dates.ts';
import type { CaseId, ItemId } from '../../../domain/ids.ts';
import { countedByOffice, sumOf } from '../../../functions/console/deadlines/by-office.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { type Shown, type Visitor, visitor } from '../../kit/console-visitor.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { accepted, openedCase } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const { committee, lead, support, outsider, auditor } = people;
const DAY_MS = 86_400_000;
const HOSTILE = '=<b>账目</b>';

test('counts: each office over all cases, most overdue first, what nobody leads last', () => {
  const of = (office: string | null, overdue: number, due: number, silent: number) => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ itemId: `000${at + 1}` as ItemId, title: null, days: 1 }));
    return {
      office,
      overdue: list(overdue).map((one) => ({ ...one, deadline: '2026-01' as Day })),
      due: list(due).map((one) => ({ ...one, deadline: '2026-02-03' as Day })),
      silent: list(silent).map((one) => ({ ...one, since: '2026-01-01' as Day })),
    };
  };
  const offices = countedByOffice([
    { caseId: 'case-a' as CaseId, title: 'a', offices: [of('民政办', 1, 0, 0), of(null, 9, 0, 0)] },
    {
      caseId: 'case-b' as CaseId,
      title: 'b',
      offices: [of('财政办', 1, 0, 2), of('民政办', 1, 2, 3), of('党建办', 0, 0, 1)],
    },
  ]);
  expect(offices).toEqual([
    { office: '民政办', counts: { overdue: 2, due: 2, silent: 3 } },
    { office: '财政办', counts: { overdue: 1, due: 0, silent: 2 } },
    { office: '党建办', counts: { overdue: 0, due: 0, silent: 1 } },
    { office: null, counts: { overdue: 9, due: 0, silent: 0 } },
  ]);
  expect(sumOf(offices)).toEqual({ overdue: 12, due: 2, silent: 6 });
  expect(sumOf([])).toEqual({ overdue: 0, due: 0, silent: 0 });
});

describe('the page of deadlines', () => {
  let api: ApiBench;
  let who: Visitor;
  let recordedAt: string;
  const one = aCaseId('deadlines-1');
  const other = aCaseId('deadlines-2');

  async function raised(inCase: CaseId, itemId: string, title: string, assigned: object): Promise<void> {
    accepted(await api.ledger.raiseIssue(committee, inCase, { data: { title } }, {}));
    const entry = { type: 'OfficeAssigned', data: assigned };
    const recorded = await api.ledger.recordOnItem(committee, inCase, itemId as ItemId, entry, {});
    recordedAt = accepted(recorded).entry.event.recordedAt;
  }

  /** The rows of the counts: office, overdue, due, silent. */
  const counts = ({ html }: Shown): string[] =>
    [...html.matchAll(/<tr><th scope="row">([^<]*)<\/th>(.*?)<\/tr>/g)].map(([, office = '', cells = '']) =>
      [office, ...[...cells.matchAll(/>(\d+)</g)].map(([, count]) => count)].join(' '),
    );
  /** Each item listed: where it leads, and what is said of it. */
  const items = ({ html }: Shown): string[] =>
    [...html.matchAll(/<li><a href="([^"]*)">[^<]*<\/a><small>(.*?)<\/small>/g)].map(
      ([, href = '', said = '']) => `${href.replaceAll('&amp;', '&')} ${said.replaceAll(/<[^>]*>/g, '')}`,
    );
  const nextOf = ({ html }: Shown): string =>
    (/<a rel="next" href="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');

  // Recorded on 2 March 2026; asked 40 days later, on 11 April.
  beforeAll(async () => {
    api = await apiBench({ onItsClock: true, casesAtOnce: 1 });
    await openedCase(api.ledger, committee, one);
    const both = { lead: lead.office, supporting: [support.office] };
    await raised(one, '0001', '台账不清', { ...both, deadline: '2026-03' });
    await raised(one, '0002', '账实不符', { lead: support.office, deadline: '2026-04-20' });
    await raised(one, '0003', '合同未清理', { lead: lead.office, deadline: '2027-12-31' });
    accepted(await api.ledger.raiseIssue(committee, one, { data: { title: '尚未分派' } }, {}));
    await openedCase(api.ledger, committee, other);
    await raised(other, '0001', HOSTILE, { lead: lead.office, deadline: '2026-04-11' });
    api.clock.advance(40 * DAY_MS);
    const report = { type: 'ProgressReported', occurredOn: '2026-03-05', data: { text: '进展' } };
    accepted(await api.ledger.recordOnItem(lead, one, '0003' as ItemId, report, {}));
    await api.projected();
    who = await visitor(api, auditor);
  });
  afterAll(() => api?.stop());

  // As the counts have them: the finance office has most overdue, and nobody stands last.
  const NOW = [
    `/cases/${one}/items/0001 时限 2026-03 · 已逾期 11 天`,
    `/cases/${one}/items/0001 最近动静 2026-03-02 · 距今 40 天`,
    `/cases/${one}/items/0002 时限 2026-04-20 · 还剩 9 天`,
    `/cases/${one}/items/0002 最近动静 2026-03-02 · 距今 40 天`,
    `/cases/${one}/items/0004 最近动静 2026-03-02 · 距今 40 天`,
  ];

  test('three lists for each office, and their numbers at a glance', async () => {
    const shown = await who.show('/deadlines');
    expect(shown.status).toBe(200);
    expect(items(shown)).toEqual(NOW);
    expect(counts(shown)).toEqual(['财政办 1 0 1', '民政办 0 1 1', '尚未分派牵头单位 0 0 1', '合计 1 1 3']);
    for (const said of ['截至 2026-04-11', '10 天内到期', '超过 30 天没有动静', '其他项目在别的页上']) {
      expect(shown.html).toContain(said);
    }
    expect(shown.html).toContain(`<a href="/cases/${one}">巡察整改</a>`);
  });

  test('further cases on further pages, under the same filters; words are escaped', async () => {
    const first = await who.show(`/deadlines?office=${lead.office}&silentDays=39`);
    expect(items(first)).toEqual(NOW.slice(0, 2));
    expect(nextOf(first)).toMatch(/^\/deadlines\?office=%E8[^&]*&silentDays=39&cursor=/);
    const second = await who.show(nextOf(first));
    expect(items(second)).toEqual([
      `/cases/${other}/items/0001 时限 2026-04-11 · 当日到期`,
      `/cases/${other}/items/0001 最近动静 2026-03-02 · 距今 40 天`,
    ]);
    expect(nextOf(second)).toBe('');
    expect(second.html).toContain('回到最前的项目');
    expect(second.html).toContain('0001 =&lt;b&gt;账目');
    expect(second.html).not.toContain('<b>账目');
  });

  test('bounds are taken, and shown in their fields and over their lists', async () => {
    const shown = await who.show('/deadlines?withinDays=8&silentDays=40');
    expect(items(shown)).toEqual([NOW[0]]);
    for (const part of ['8 天内到期', '超过 40 天没有动静', 'value="8"', 'value="40"', '恢复通常范围']) {
      expect(shown.html).toContain(part);
    }
    const nobody = await who.show('/deadlines?office=无此办');
    expect(items(nobody)).toEqual([]);
    expect(nobody.html).toContain('没有逾期、临近到期或久无动静的问题。');
    expect(nobody.html).toContain('只列无此办牵头或配合的问题');
  });

  test('on a clock every link keeps it, and what was asked stays with the clocks', async () => {
    const past = await who.show('/deadlines?effectiveOn=2026-04-05&withinDays=20');
    expect(items(past)).toContain(
      `/cases/${one}/items/0001?effectiveOn=2026-04-05 时限 2026-03 · 已逾期 5 天`,
    );
    expect(items(past)).toContain(
      `/cases/${one}/items/0003?effectiveOn=2026-04-05 最近动静 2026-03-05 · 距今 31 天`,
    );
    expect(past.html).toContain('截至 2026-04-05');
    expect(past.html).toContain('您看到的不是现在的情况');
    expect(past.html).toContain('<a href="/deadlines?withinDays=20">回到现在</a>');
    expect(past.html).toContain('<input type="hidden" name="withinDays" value="20"');
    expect(past.html).toContain('<input type="hidden" name="effectiveOn" value="2026-04-05"');
    expect(nextOf(past)).toContain('effectiveOn=2026-04-05');
    const then = await who.show(`/deadlines?recordedAsOf=${encodeURIComponent(recordedAt)}`);
    expect(items(then)).toEqual([]);
    expect(then.html).toContain('截至 2026-03-02');
  });

  test.each([
    ['withinDays=x', 'withinDays', 'x', '应为 0 至 3650 的整数'],
    ['silentDays=3651', 'silentDays', '3651', '应为 0 至 3650 的整数'],
    ['withinDays=-1&effectiveOn=2026-04-05', 'withinDays', '-1', '应为 0 至 3650 的整数'],
    [`office=${'x'.repeat(257)}`, 'office', 'x'.repeat(257), '最多 256 个字符'],
  ])('%s is refused at its field, as the API refuses it', async (query, field, kept, said) => {
    const shown = await who.show(`/deadlines?${query}`);
    expect(shown.status).toBe(400);
    expect((await api.ask(auditor, 'GET', `/v1/deadlines?${query}`)).status).toBe(400);
    const [input = ''] =
      new RegExp(`<input[^>]*name="${field}"[^>]*>(?:<small class="fault">[^<]*)?`).exec(shown.html) ?? [];
    for (const part of [`value="${kept}"`, 'aria-invalid="true"', said]) expect(input).toContain(part);
    expect(shown.html.match(/aria-invalid/g)).toHaveLength(1);
    expect(shown.html.includes('name="effectiveOn" value="2026-04-05"')).toBe(query.includes('effectiveOn'));
    expect(items(shown)).toEqual([]);
  });

  test.each([
    ['effectiveOn=2026-02-30', 422, '日期填写不对'],
    ['recordedAsOf=2026-04-12', 422, '回到现在'],
    ['cursor=odd', 400, '翻页位置无效'],
  ])('%s is refused, and the clocks can be set anew under the same filters', async (query, status, said) => {
    const shown = await who.show(`/deadlines?${query}&silentDays=5`);
    expect(shown.status).toBe(status);
    expect(shown.html).toContain(said);
    const kept = '<input type="hidden" name="silentDays" value="5"';
    expect(shown.html.includes(kept)).toBe(status === 422);
  });

  test('an office sees its own only, a narrowed token its own cases', async () => {
    const own = await (await visitor(api, support)).show('/deadlines');
    expect(items(own)).toEqual(NOW.slice(0, 4));
    expect(own.html).toContain('只统计本单位牵头或配合的问题');
    const leads = await (await visitor(api, lead)).show('/deadlines');
    expect(items(leads)).toEqual(NOW.slice(0, 2));
    expect(leads.html).not.toContain('账实不符');
    for (const nobody of [outsider, narrowed(committee, 'deadlines-3')]) {
      const shown = await (await visitor(api, nobody)).show('/deadlines');
      expect([shown.status, items(shown)]).toEqual([200, []]);
      expect(shown.html).not.toContain('巡察整改');
    }
  });

  test('supervision leads there, and the page speaks English', async () => {
    expect((await who.show('/supervision')).html).toContain('href="/deadlines"');
    const { html } = await who.show('/deadlines?lang=en');
    for (const said of [
      'due within 10 days',
      'silent for over 30 days',
      '11 days over',
      'As of 2026-04-11',
    ]) {
      expect(html).toContain(said);
    }
    expect(html).not.toMatch(/逾期|时限|动静/);
    await who.show('/deadlines?lang=zh');
  });
});
