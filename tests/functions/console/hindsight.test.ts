import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { type Visitor, visitor } from '../../kit/console-visitor.ts';
import { freshCase } from '../../kit/event-rows.ts';
import { type Begun, begun, entry, recorded } from '../../kit/item-path.ts';
import { narrowed, people } from '../../kit/people.ts';

const HOSTILE = `"><img src=x onerror="alert(1)">`;

describe('the page of what was said and what is known', () => {
  let api: ApiBench;
  let committee: Visitor;
  let at: Begun;
  let notice: number;
  let page: string;
  beforeAll(async () => {
    api = await apiBench();
    committee = await visitor(api, people.committee);
    at = await begun(api, freshCase());
    const on = async (who: Principal, path: string, type: string, data: object, occurredOn?: string) =>
      (await recorded(api, who, `${path}/events`, entry(type, data, occurredOn))).body.seq as number;
    const talk = { kind: 'reminder-talk', persons: 30 };
    const sanction = await on(people.committee, at.inCase, 'AccountabilityRecorded', talk, '2026-01-06');
    await on(people.lead, at.item, 'MeasureAdopted', { text: '清帐' }, '2026-01-05');
    const published = { asOf: '2026-01-31', sha256: 'ab'.repeat(32) };
    notice = await on(people.committee, at.inCase, 'NoticePublished', published);
    await on(people.committee, at.inCase, 'FundsRecovered', { amountFen: 123_450 }, '2026-01-07');
    const set = { target: sanction, set: { inexact: true }, reason: '原文为30余人' };
    await on(people.committee, at.inCase, 'EntryCorrected', set);
    await on(people.lead, at.item, 'MeasureAdopted', { text: HOSTILE }, '2026-01-08');
    await on(people.lead, at.item, 'EntryCorrected', { target: 3, set: { text: '清账' }, reason: '错字' });
    await api.projected();
    page = `${at.inCase.slice('/v1'.length)}/hindsight`;
  });
  afterAll(() => api?.stop());

  /** The cells of a row of the totals. */
  const row = (html: string, label: string): string[] => {
    const [, cells = ''] = new RegExp(`<th scope="row">${label}</th>(.*?)</tr>`, 's').exec(html) ?? [];
    return [...cells.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, ''));
  };

  test('both sums side by side, each difference marked, alike ones too', async () => {
    const { html } = await committee.show(`${page}?notice=${notice}`);
    expect(row(html, '追缴资金')).toEqual(['0.00 元', '1,234.50 元', '+1,234.50 元']);
    expect(row(html, '提醒谈话')).toEqual(['30 人', '30 余人', '不同']);
    expect(row(html, '问题数')).toEqual(['0', '0', '一致']);
    expect(html).toContain('同一天（2026-01-31）的两幅画面');
    expect(html).toContain('今后的更正仍可能改变这一画面。');
  });

  test('what differs leads to both pictures and to the entries, and every word is escaped', async () => {
    const { html } = await committee.show(`${page}?notice=${notice}`);
    const item = at.item.slice('/v1'.length);
    for (const seq of [4, 5]) expect(html).toContain(`href="${item}#e${seq}"`);
    expect(html).toContain('针对第 3 条');
    expect(html).toContain(`href="${item}?recordedAsOf=2026-`);
    expect(html).toContain(`href="${item}?effectiveOn=2026-01-31"`);
    expect(html).toContain(`/facts#e${notice}"`);
    expect(html).not.toContain('<img');
    expect(html).toMatch(/<del>清帐<\/del>.*<ins>清账<\/ins>/s);
  });

  test('without a moment it is the last notice’s', async () => {
    const { html } = await committee.show(page);
    expect(html).toContain(`第 ${notice} 条公布`);
    const facts = await committee.show(page.replace('hindsight', 'facts'));
    expect(facts.html).toContain(`href="${page}?notice=${notice}"`);
  });

  test.each([
    ['?notice=1', 404, '没有这条记录'],
    ['?notice=x', 404, '没有这条记录'],
    ['?believedAsOf=yesterday', 422, '日期填写不对'],
    ['?believedAsOf=2099-01-01', 422, 'role="alert"'],
    ['?believedAsOf=2026-01-31', 404, '没有这个项目'],
  ])('%s is refused with %i', async (query, status, said) => {
    const shown = await committee.show(page + query);
    expect(shown.status).toBe(status);
    expect(shown.html).toContain(said);
  });

  test.each(['1', 'x', '0', '999999'])(
    'beside notice=%s, that is none, another moment may be asked for',
    async (query) => {
      const { html } = await committee.show(`${page}?notice=${query}`);
      expect(html).toContain('role="alert"');
      expect(html).toMatch(/<details class="clocks" open="">.*name="believedAsOf"/s);
      const elsewhere = await visitor(api, narrowed(people.committee, 'another-case'));
      const outsider = await elsewhere.show(`${page}?notice=${query}`);
      expect([outsider.status, outsider.html.includes('name="believedAsOf"')]).toEqual([403, false]);
    },
  );

  test('what no picture shows is told all the same, and amounts carry their unit', async () => {
    const told = await committee.show(`${page}?notice=${notice}`);
    expect(told.html).toMatch(
      /<th scope="row">追缴资金<\/th><td><del>0\.00 元<\/del><\/td><td><ins>1,234\.50 元/,
    );
    const report = entry('ProgressReported', { text: '初稿' }, '2026-01-09');
    const { seq } = (await recorded(api, people.lead, `${at.item}/events`, report)).body;
    const believedAsOf = (await recorded(api, people.lead, `${at.item}/events`, report)).body.recordedAt;
    const set = { target: seq, set: { text: '定稿' }, reason: '错字' };
    await recorded(api, people.lead, `${at.item}/events`, entry('EntryCorrected', set));
    const query = new URLSearchParams({ believedAsOf, effectiveOn: '2026-01-31' });
    const { html } = await committee.show(`${page}?${query}`);
    expect(html).toMatch(new RegExp(`#${seq} [^<]*</th><td><del>初稿</del></td><td><ins>定稿</ins>`));
    expect(html).toContain(`针对第 ${seq} 条`);
  });

  test('whoever may not read the case sees nothing of it', async () => {
    for (const [who, status] of [
      [people.outsider, 403],
      [narrowed(people.committee, 'another-case'), 403],
    ] as const) {
      const shown = await (await visitor(api, who)).show(`${page}?notice=${notice}`);
      expect([shown.status, shown.html.includes('清账')]).toEqual([status, false]);
    }
    const own = await (await visitor(api, people.lead)).show(`${page}?notice=${notice}`);
    expect(own.html).toContain('清账');
    expect(own.html).not.toContain('/facts#e');
  });
});
