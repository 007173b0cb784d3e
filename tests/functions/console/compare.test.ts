import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import type { CaseId, ItemId } from '../../../domain/ids.ts';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { type Shown, type Visitor, visitor } from '../../kit/console-visitor.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { accepted, OPENING } from '../../kit/ledger-bench.ts';
import { narrowed, people } from '../../kit/people.ts';

const { committee, lead, support, outsider, reviewer } = people;
const DAY_MS = 86_400_000;
const HOSTILE = '=<b>整改</b>';
const USUAL = 'axis=recorded&from=2026-03-12&to=2026-04-11';

describe('the page of two dates over all cases', () => {
  let api: ApiBench;
  let who: Visitor;
  const one = aCaseId('compared-1');
  const other = aCaseId('compared-2');

  const opened = async (id: CaseId, title: string) =>
    accepted(await api.ledger.openCase(committee, id, { data: { ...OPENING, title } }, {}));
  const onItem = async (by: Principal, itemId: string, type: string, data: object, occurredOn?: string) =>
    accepted(await api.ledger.recordOnItem(by, one, itemId as ItemId, { type, data, occurredOn }, {})).entry
      .event.seq;

  /** The rows of the table: where each leads, and its numbers. */
  const rows = ({ html }: Shown): (string | number)[][] =>
    [...html.matchAll(/<th scope="row"><a href="([^"]*)">[^<]*<\/a><\/th>(.*?)<\/tr>/g)].map(
      ([, href = '', cells = '']) => [
        href.replaceAll('&amp;', '&'),
        ...[...cells.matchAll(/>(\d+)</g)].map(([, count]) => Number(count)),
      ],
    );
  const linkIn = ({ html }: Shown, rel: RegExp): string | undefined =>
    rel.exec(html)?.[1]?.replaceAll('&amp;', '&');
  const nextOf = (shown: Shown) => linkIn(shown, /<a rel="next" href="([^"]*)"/);

  // Recorded on 2 March 2026; asked 40 days later, on 11 April.
  beforeAll(async () => {
    api = await apiBench({ onItsClock: true, casesAtOnce: 1 });
    await opened(one, '第一个');
    await opened(aCaseId('compared-3'), '没有变化的项目');
    for (const [itemId, office] of [
      ['0001', lead],
      ['0002', support],
    ] as const) {
      accepted(await api.ledger.raiseIssue(committee, one, { data: { title: '台账不清' } }, {}));
      await onItem(committee, itemId, 'OfficeAssigned', { lead: office.office, deadline: '2026-06-30' });
    }
    api.clock.advance(40 * DAY_MS);
    const seq = await onItem(lead, '0001', 'ProgressReported', { text: '初稿' }, '2026-03-05');
    await onItem(lead, '0001', 'ProgressReported', { text: '进展' }, '2026-04-10');
    await onItem(lead, '0001', 'EntryCorrected', { target: seq, set: { text: '定稿' }, reason: '错字' });
    await opened(other, HOSTILE);
    await api.projected();
    who = await visitor(api, reviewer);
  });
  afterAll(() => api?.stop());

  test('without dates it is of the last thirty days; the numbers are the API’s, and lead to the case', async () => {
    const shown = await who.show('/compare');
    expect(shown.status).toBe(200);
    expect(rows(shown)).toEqual([[`/cases/${one}/compare?${USUAL}`, 1, 1, 1, 1]]);
    const { body } = await api.ask(reviewer, 'GET', `/v1/diff?${USUAL}&changes=false`);
    expect(body.data).toMatchObject([
      { caseId: one, items: 1, summary: { new: 1, backDated: 1, corrected: 1 } },
    ]);
    expect(shown.html).toContain('补记：在这期间才记录，但发生得更早');
    const ofCase = await who.show(`/cases/${one}/compare?${USUAL}`);
    expect(ofCase.html).toContain('1 个问题，3 处记录');
    expect(linkIn(ofCase, /<p class="actions"><a href="([^"]*)"/)).toBe(`/compare?${USUAL}`);
  });

  test('page by page to the end: a case that changed without an item, and one that did not change', async () => {
    const second = await who.show(nextOf(await who.show('/compare')) ?? '');
    expect(rows(second)).toEqual([[`/cases/${other}/compare?${USUAL}`, 0, 1, 0, 0]]);
    expect(second.html).toContain('=&lt;b&gt;整改');
    expect(second.html).not.toContain('<b>整改');
    const third = await who.show(nextOf(second) ?? '');
    expect(rows(third)).toEqual([]);
    expect(third.html).toContain('这些项目在这两个日期之间没有变化');
    expect(nextOf(third)).toBeUndefined();
    expect(third.html).toContain(`<a href="/compare?${USUAL.replaceAll('&', '&amp;')}">回到最前的项目</a>`);
  });

  test('on the other axis, by the dates that are asked', async () => {
    const asked = 'axis=effective&from=2026-03-04&to=2026-03-05';
    const shown = await who.show(`/compare?${asked}`);
    expect(rows(shown)).toEqual([[`/cases/${one}/compare?${asked}`, 1, 0, 0, 1]]);
    expect(shown.html).toContain('<option value="effective" selected="">');
    expect(shown.html).toContain('更正：记录后来作过更正');
  });

  test.each([
    ['from=2026-02-30&to=2026-04-01', 422, 'from', '2026-02-30', '请填写日期'],
    ['from=2026-04-02&to=2026-04-01', 422, 'to', '2026-04-01', '起始日期不能晚于终止日期'],
    ['axis=effective&from=2026-04-01T08:00:00Z', 422, 'from', '2026-04-01T08:00:00Z', '请填写日期'],
  ])('%s is refused at its field, with what was typed, here and for one case', async (query, ...expected) => {
    const [status, field, kept, said] = expected;
    for (const path of ['/compare', `/cases/${one}/compare`]) {
      const shown = await who.show(`${path}?${query}`);
      expect([path, shown.status]).toEqual([path, status]);
      const label = new RegExp(`<input[^>]*name="${field}"[^>]*>(?:<small class="fault">[^<]*)?`);
      const [input = ''] = label.exec(shown.html) ?? [];
      for (const part of [`value="${kept}"`, 'aria-invalid="true"', said]) expect(input).toContain(part);
      expect(shown.html.match(/aria-invalid/g)).toHaveLength(1);
      expect(rows(shown)).toEqual([]);
    }
  });

  test.each([
    ['to=2026-04-12', 422, '不能查询将来的日期'],
    ['cursor=odd', 400, '翻页位置无效'],
  ])('%s is refused above the form', async (query, status, said) => {
    const shown = await who.show(`/compare?${query}`);
    expect(shown.status).toBe(status);
    expect(shown.html).toMatch(new RegExp(`role="alert"[^>]*>[^<]*${said}`));
    expect(shown.html).toContain('<form method="get" action="/compare">');
  });

  test('an office has its own items, a narrowed token its own cases; nothing is said to be nothing', async () => {
    const own = await (await visitor(api, lead)).show('/compare');
    expect(rows(own)).toEqual([[`/cases/${one}/compare?${USUAL}`, 1, 1, 1, 1]]);
    expect(nextOf(own)).toBeUndefined();
    for (const nobody of [support, outsider, narrowed(committee, 'compared-3')]) {
      const shown = await (await visitor(api, nobody)).show('/compare');
      expect(rows(shown)).toEqual([]);
      expect(shown.html).toContain('这两个日期之间没有变化。');
      expect(shown.html).not.toContain('第一个');
    }
  });

  test('the start leads there, in both languages', async () => {
    expect((await who.show('/')).html).toContain('<a href="/compare">全部项目对比两个日期</a>');
    const { html } = await who.show('/compare?lang=en');
    expect(html).toContain('Items changed');
    expect(html).not.toMatch(/补记|有变化/);
    await who.show('/compare?lang=zh');
  });

  test('whoever is not signed in is asked to, and comes back', async () => {
    const answer = await api.request(`/compare?${USUAL}`);
    const to = encodeURIComponent(`/compare?${USUAL}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/sign-in?to=${to}`]);
  });
});
