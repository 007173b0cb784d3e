import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { anItemOfLife } from '../../kit/closed-item.ts';
import { type Visitor, visitor } from '../../kit/console-visitor.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { accepted } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

const { committee, lead, support, outsider } = people;
const TITLE = '=<b>整改</b>';

describe('the pages of figures', () => {
  let bench: ApiBench;
  let who: Visitor;
  let of: string;

  const file = async (visiting: Visitor, path: string): Promise<string[][]> => {
    const { status, html } = await visiting.show(path);
    expect([path, status]).toEqual([path, 200]);
    return html
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
  };

  beforeAll(async () => {
    bench = await apiBench();
    const { ledger } = bench;
    const caseId: CaseId = aCaseId('figures-case');
    const opening = {
      title: TITLE,
      inspectedBody: '街道',
      inspectingBody: '巡察组',
      feedbackOn: '2026-01-05',
    };
    accepted(await ledger.openCase(committee, caseId, { data: opening, occurredOn: '2026-01-05' }, {}));
    await anItemOfLife(ledger, caseId, { raisedOn: '2026-01-05', closedOn: '2026-01-26' });
    const long = { lead: support, term: 'long-term', raisedOn: '2026-01-05', closedOn: '2026-02-12' };
    await anItemOfLife(ledger, caseId, long);
    const open = await anItemOfLife(ledger, caseId, { raisedOn: '2026-01-05' });
    const on = async (by: Principal, type: string, data: object) =>
      accepted(await ledger.recordOnItem(by, caseId, open, { type, data }, {}));
    await on(lead, 'MeasureAdopted', { text: '再清理' });
    await on(lead, 'ClosureRequested', { statement: '申请' });
    await on(committee, 'ClosureReturned', { reason: '不足' });
    await on(committee, 'DeadlineExtended', { to: '2026-07-31', reason: '同意' });
    await bench.projected();
    who = await visitor(bench, committee);
    of = `/cases/${caseId}`;
  });
  afterAll(() => bench?.stop());

  test('show each week in a chart and in a table, weeks without a closing too', async () => {
    const { status, html } = await who.show(`${of}/figures`);
    expect(status).toBe(200);
    expect([...html.matchAll(/<rect[^>]*><title>([^<]*)<\/title>/g)].map((match) => match[1])).toEqual([
      '2026-W05：1 个',
      '2026-W07：1 个',
    ]);
    const rows = [...html.matchAll(/<th scope="row">(\d{4}-W\d\d)<\/th><td>([\d-]+)<\/td><td[^>]*>(\d+)</g)];
    expect(rows.slice(0, 4).map(([, ...cells]) => cells)).toEqual([
      ['2026-W05', '2026-01-26', '1'],
      ['2026-W06', '2026-02-02', '0'],
      ['2026-W07', '2026-02-09', '1'],
      ['2026-W08', '2026-02-16', '0'],
    ]);
    expect(html).toMatch(
      /<desc id="weeks-desc">2026-W05 至 2026-W\d\d 每周销号的柱形图：共销号 2 个，最多的一周 1 个</,
    );
  });

  /** What each bar of a chart says. */
  const barsOf = (html: string, id: string): readonly (string | undefined)[] => {
    const [svg = ''] =
      html.match(new RegExp(`<svg[^>]*aria-labelledby="${id}-title ${id}-desc".*?</svg>`, 's')) ?? [];
    return [...svg.matchAll(/<g><title>([^<]*)</g)].map((match) => match[1]);
  };

  test('show median days of each office, the most first, and the same in the table', async () => {
    const { html } = await who.show(`${of}/figures`);
    expect(barsOf(html, 'office-days')).toEqual([
      '民政办：38 天（已销号 1 个）',
      '财政办：21 天（已销号 1 个）',
    ]);
    expect(html).toMatch(/<th scope="row">财政办<\/th><td[^>]*>2<\/td><td[^>]*>1<\/td><td[^>]*>21</);
    expect(html).toMatch(
      /<tfoot><tr><th scope="row">合计<\/th><td[^>]*>3<\/td><td[^>]*>2<\/td><td[^>]*>29.5</,
    );
  });

  test('show returns per item and days of extension by office, those above 0, and the same by term', async () => {
    const { html } = await who.show(`${of}/figures`);
    expect(barsOf(html, 'office-returns')).toEqual(['财政办：平均 0.50 次（2 个问题，共退回 1 次）']);
    expect(barsOf(html, 'office-extensions')).toEqual(['财政办：共 31 天（1 个问题）']);
    expect(barsOf(html, 'term-days')).toEqual([
      '长期坚持：38 天（已销号 1 个）',
      '未定类型：21 天（已销号 1 个）',
    ]);
    expect(barsOf(html, 'term-returns')).toEqual(['未定类型：平均 0.50 次（2 个问题，共退回 1 次）']);
    expect(barsOf(html, 'term-extensions')).toEqual(['未定类型：共 31 天（1 个问题）']);
    const { html: own } = await (await visitor(bench, support)).show('/figures');
    expect([barsOf(own, 'office-extensions'), own.includes('没有时限因延期而后移')]).toEqual([[], true]);
    expect(await file(who, `${of}/figures.csv`)).toContainEqual(
      expect.arrayContaining(['财政办', '平均每个问题退回', '0.5']),
    );
  });

  test('escape what people wrote, on the page and in the file', async () => {
    for (const path of ['/figures', `${of}/figures`]) {
      const { html } = await who.show(path);
      expect(html).toContain('=&lt;b&gt;整改');
      expect(html).not.toContain('<b>整改');
    }
    const rows = await file(who, `${of}/figures.csv`);
    expect(rows[1]?.[2]).toBe(`'${TITLE}`);
  });

  test('the file has each number once, with words of the language', async () => {
    const rows = await file(who, `${of}/figures.csv`);
    expect(rows[0]?.slice(3)).toEqual(['牵头单位', '整改类型', '指标', '周次', '周一日期', '数值']);
    const value = (office: string, term: string, measure: string, week = '') =>
      rows.filter((row) => row[3] === office && row[4] === term && row[5] === measure && row[6] === week);
    expect(value('', '', '已销号').map((row) => row.at(-1))).toEqual(['2']);
    expect(value('民政办', '', '从提出到销号天数中位数').map((row) => row.at(-1))).toEqual(['38']);
    expect(value('', '长期坚持', '本周销号', '2026-W07').map((row) => row.at(-1))).toEqual(['1']);
    expect(value('', '未定类型', '天数下四分位').map((row) => row.at(-1))).toEqual(['21']);
    for (const row of rows) expect(row).toHaveLength(9);
    const english = await file(who, '/figures.csv?lang=en');
    expect(english[1]).toEqual(['All', '', '', '', '', '"Items', ' withdrawn ones left out"', '', '', '3']);
  });

  test('on a clock the links keep it, and weeks asked for are kept by the clocks', async () => {
    const { html } = await who.show('/figures?effectiveOn=2026-02-01&from=2026-01-12');
    expect(html).toContain('您看到的不是现在的情况');
    expect(html).toContain(`href="${of}/figures?effectiveOn=2026-02-01"`);
    expect(html).toContain('href="/figures.csv?from=2026-01-12&amp;effectiveOn=2026-02-01"');
    expect(html).toContain('<input type="hidden" name="from" value="2026-01-12"');
    expect(html).toContain('<input type="hidden" name="effectiveOn" value="2026-02-01"');
    expect([...html.matchAll(/<th scope="row">(\d{4}-W\d\d)/g)].map((match) => match[1])).toEqual([
      '2026-W03',
      '2026-W04',
      '2026-W05',
    ]);
  });

  test.each([
    ['?from=2026-02-30', 422, '起止日期不对'],
    ['?to=2099-01-01', 422, '起止日期不对'],
    ['?effectiveOn=2026-02-30', 422, '日期填写不对'],
    ['?recordedAsOf=2099-01-01', 422, '回到现在'],
  ])('%s is refused with what to mend', async (query, status, said) => {
    for (const path of ['/figures', '/figures.csv', `${of}/figures`, `${of}/figures.csv`]) {
      const shown = await who.show(path + query);
      expect([path, shown.status]).toEqual([path, status]);
      expect(shown.html).toContain(said);
    }
  });

  test('a day before the case was opened is said to be one', async () => {
    const { status, html } = await who.show(`${of}/figures?recordedAsOf=2026-02-01`);
    expect(status).toBe(404);
    expect(html).toContain('那时还没有这个项目或问题');
    expect((await who.show('/cases/no-such-case/figures')).status).toBe(404);
    expect((await who.show('/cases/NO/figures.csv')).status).toBe(404);
  });

  test('an office sees its own items, and none where it has none', async () => {
    const office = await visitor(bench, support);
    const { html } = await office.show('/figures');
    expect(html).toContain('只统计本单位牵头或配合的问题');
    expect(html).not.toContain('财政办：');
    const none = await visitor(bench, outsider);
    expect((await none.show('/figures')).html).toContain('还没有可以统计的问题');
    expect((await none.show(`${of}/figures.csv`)).status).toBe(403);
  });

  test('the register and the navigation lead there', async () => {
    const { html } = await who.show(`${of}?effectiveOn=2026-03-01`);
    expect(html).toContain(`href="${of}/figures?effectiveOn=2026-03-01"`);
    expect(html).toContain('href="/figures"');
  });
});
