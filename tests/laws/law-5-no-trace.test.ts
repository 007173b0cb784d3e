import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { freshCase } from '../kit/event-rows.ts';
import { begun, entry, progress } from '../kit/item-path.ts';
import { allRows, OPENING } from '../kit/ledger-bench.ts';
import { people } from '../kit/people.ts';
import { viewRows } from '../kit/recheck.ts';

describe('law 5: a refused command leaves no trace', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await apiBench();
  });
  afterAll(() => api?.stop());

  test('neither in the events nor in the views, whyever it was refused', async () => {
    const { item, inCase } = await begun(api);
    await api.projected();
    const before = { events: await allRows(api.deps.events), views: await viewRows(api.deps) };
    const notice = '这不是通报';
    const { committee, lead, outsider, auditor, reviewer } = people;
    const refused: [number, ...Parameters<ApiBench['ask']>][] = [
      [401, undefined, 'POST', `${item}/events`, progress('无令牌')],
      [403, outsider, 'POST', `${item}/events`, progress('外单位')],
      [403, auditor, 'POST', `${item}/events`, progress('审计')],
      [403, reviewer, 'POST', `${inCase}/items`, { data: { title: '不可' } }],
      [409, lead, 'POST', `${item}/events`, entry('ClosureRequested', { statement: '无措施' })],
      [409, committee, 'POST', `${item}/events`, entry('IssueRaised', { title: '再来' })],
      [422, lead, 'POST', `${item}/events`, progress('未来', '2099-01-01')],
      [422, lead, 'POST', `${item}/events`, entry('ProgressReported', { text: '', more: 1 })],
      [422, lead, 'POST', `${item}/events`, entry('ProgressReported', { text: '进', measureId: 'm9' })],
      [422, lead, 'POST', `${item}/events`, entry('NoSuchType', {})],
      [422, lead, 'POST', `${item}/events`, entry('CaseOpened', OPENING)],
      [412, lead, 'POST', `${item}/events`, progress('旧版'), { 'if-match': '"1"' }],
      [400, lead, 'POST', `${item}/events`, progress('坏键'), { 'idempotency-key': 'k'.repeat(65) }],
      [404, lead, 'POST', `${inCase}/items/0009/events`, progress('无此')],
      [404, committee, 'POST', `/v1/cases/${freshCase()}/items`, { data: { title: '无此案' } }],
      [409, committee, 'POST', '/v1/cases', { caseId: inCase.slice(10), data: OPENING }],
      [422, committee, 'POST', '/v1/cases', { caseId: freshCase(), data: {} }],
      [422, committee, 'POST', `${inCase}/import?commit=true`, notice],
      [403, lead, 'POST', `${inCase}/import?commit=true`, notice],
    ];
    for (const [status, ...asked] of refused) {
      const answer = await api.ask(...asked);
      expect([asked[2], answer.body.code, answer.status]).toEqual([asked[2], expect.any(String), status]);
    }
    await api.projected();
    expect(await allRows(api.deps.events)).toEqual(before.events);
    expect(await viewRows(api.deps)).toEqual(before.views);
  });

  test('a dry run records nothing', async () => {
    const caseId = freshCase();
    const count = (await allRows(api.deps.events)).length;
    const { readFile } = await import('node:fs/promises');
    const notice = await readFile(
      new URL('../../functions/local/example/notice.txt', import.meta.url),
      'utf8',
    );
    const answer = await api.ask(people.committee, 'POST', `/v1/cases/${caseId}/import`, notice);
    expect(answer.body).toMatchObject({ committed: false, recorded: 0 });
    expect(await allRows(api.deps.events)).toHaveLength(count);
  });
});
