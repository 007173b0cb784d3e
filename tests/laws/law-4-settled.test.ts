import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { type Begun, begun, entry, progress, recorded } from '../kit/item-path.ts';
import { people } from '../kit/people.ts';

const SHA = 'cd'.repeat(32);

describe('law 4: a settled answer of the recorded clock never changes', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await apiBench();
  });
  afterAll(() => api?.stop());

  const on = (path: string, body: object, who = people.lead) =>
    recorded(api, who, `${path}/events`, body).then(() => api.clock.advance(1_000));

  /** Every address whose answer is about a case, at one instant. */
  const addresses = ({ inCase, item }: Begun): string[] =>
    [
      item,
      `${item}/events`,
      `${item}/audit`,
      inCase,
      `${inCase}/items`,
      `${inCase}/events`,
      `${inCase}/audit`,
    ]
      .flatMap((path) => [path, `${path}?effectiveOn=2026-02-10`])
      .concat(`${inCase}/items?status=rectifying`, `${inCase}/items?overdue=true`, '/v1/cases');

  const withCut = (path: string, recordedAsOf: string): string =>
    `${path}${path.includes('?') ? '&' : '?'}recordedAsOf=${encodeURIComponent(recordedAsOf)}`;

  /** All pages of an answer, the cut apart. */
  async function said(path: string, recordedAsOf: string): Promise<unknown> {
    const answer = await api.ask(people.committee, 'GET', withCut(path, recordedAsOf));
    const { cut, ...rest } = answer.body;
    expect([path, answer.status, cut?.settled]).toEqual([path, 200, true]);
    return rest;
  }

  test('whatever is recorded later: back-dated, corrected, voided, withdrawn, closed', async () => {
    const at = await begun(api);
    const { item, inCase } = at;
    api.clock.advance(1_000);
    await on(item, entry('MeasureAdopted', { text: '建制度' }, '2026-02-01'));
    await on(item, progress('第一次'));
    const instants: string[] = [];
    const keep = async () => {
      instants.push(api.clock.now());
      api.clock.advance(6_000);
    };
    await keep();
    // More entries than lie between two snapshots, so that snapshots answer as well.
    for (let n = 0; n < 20; n += 1) await on(item, progress(`进展${n}`));
    await keep();
    const before = new Map<string, unknown>();
    for (const instant of instants)
      for (const path of addresses(at)) before.set(`${instant} ${path}`, await said(path, instant));

    await on(item, progress('补记', '2026-02-05'));
    await on(item, entry('EntryCorrected', { target: 3, set: { text: '建好制度' }, reason: '笔误' }));
    await on(item, entry('EntryCorrected', { target: 4, occurredOn: '2026-02-02', reason: '日期' }));
    await on(item, entry('EntryVoided', { target: 5, reason: '重复' }));
    await on(item, entry('MeasureCompleted', { measureId: 'm3', summary: '完成' }, '2026-02-09'));
    const file = { name: '制度', mediaType: 'application/pdf', bytes: 1, sha256: SHA, measureIds: ['m3'] };
    await on(item, entry('EvidenceAttached', file, '2026-02-08'));
    await on(
      item,
      entry('EntryCorrected', { target: 2, set: { deadline: '2026-01-31' }, reason: '期限' }),
      people.committee,
    );
    const extended = entry('DeadlineExtended', { to: '2026-09-30', reason: '困难' });
    await on(item, extended, people.committee);
    await on(inCase, entry('AccountabilityRecorded', { kind: 'admonition', persons: 3 }), people.committee);
    await on(
      inCase,
      entry('EntryCorrected', { target: 1, set: { title: '改题' }, reason: '题' }),
      people.committee,
    );
    await on(item, entry('ClosureRequested', { statement: '申请' }));
    await recorded(api, people.committee, `${inCase}/items`, { data: { title: '又一问题' } });
    api.clock.advance(120 * 86_400_000);
    await api.projected();

    for (const [key, answer] of before) {
      const [instant = '', path = ''] = key.split(' ');
      expect([key, await said(path, instant)]).toEqual([key, answer]);
    }
    expect(new Set([...before.values()].map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(10);
  }, 60_000);

  test('a cut younger than the tolerated skew is not called settled; the future is refused', async () => {
    const { item } = await begun(api);
    const settled = async (back: number) => {
      const instant = new Date(Date.parse(api.clock.now()) - back).toISOString();
      const answer = await api.ask(people.committee, 'GET', withCut(item, instant));
      return answer.body.cut?.settled ?? answer.body.code;
    };
    api.clock.advance(60_000);
    expect([await settled(0), await settled(4_000), await settled(5_001)]).toEqual([false, false, true]);
    expect(await settled(-1_000)).toBe('cut-in-future');
  });

  test('a writer whose clock is further behind than the skew does not write', async () => {
    const { item } = await begun(api);
    const head = (await api.ask(people.committee, 'GET', item)).body.version;
    api.clock.advance(-6_000);
    const late = await api.ask(people.lead, 'POST', `${item}/events`, progress('迟到'));
    expect([late.status, late.body.code]).toEqual([503, 'clock-behind']);
    expect(late.headers.get('retry-after')).toMatch(/^[0-9]+$/);
    api.clock.advance(3_000);
    expect((await recorded(api, people.lead, `${item}/events`, progress('在内'))).body.seq).toBe(head + 1);
    api.clock.advance(10_000);
  });
});
