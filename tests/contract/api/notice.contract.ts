import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCase } from '../../kit/event-rows.ts';
import { begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, lead } = people;
const OWN = readFileSync(new URL('../../../functions/local/example/notice.txt', import.meta.url), 'utf8');

/** Public notices, in and out. */
export function noticeContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`notices: ${name}`, () => {
    let api: ApiUnderTest;
    beforeAll(async () => {
      api = await open();
    });
    afterAll(() => api?.stop());

    test('an import is a dry run, then records everything once, then nothing', async () => {
      const inCase = `/v1/cases/${freshCase()}`;
      const send = async (query: string) => {
        const answer = await api.ask(committee, 'POST', `${inCase}/import${query}`, OWN);
        expect(answer.status).toBe(200);
        return answer.body;
      };
      const dry = await send('');
      expect(dry).toMatchObject({ committed: false, recorded: 0 });
      expect(dry.items).toHaveLength(36);
      expect(refusal(await api.ask(committee, 'GET', inCase))).toEqual([404, 'case-not-found']);
      const done = await send('?commit=true');
      expect(done.recorded).toBeGreaterThan(150);
      expect({ ...done, committed: false, recorded: 0 }).toEqual(dry);
      expect(await send('?commit=true')).toMatchObject({ committed: true, recorded: 0 });
      await api.projected();
      const { data } = (await api.ask(committee, 'GET', `${inCase}/items?limit=1000`)).body;
      expect(data).toHaveLength(36);
      const measures = data.flatMap((item: { measures: object[] }) => item.measures);
      expect(measures.length).toBeGreaterThan(100);
      expect(data.filter((item: { status: string }) => item.status === 'closed')).toEqual([]);
      const about = (await api.ask(committee, 'GET', inCase)).body;
      expect(about).toMatchObject({ institutions: 22, fundsFen: 18_640_000, counts: { items: 36 } });
    }, 60_000);

    test('the public reads what was published, and only while it is what the ledger renders', async () => {
      const { inCase, item } = await begun(api);
      const path = `${inCase}/notice`;
      await recorded(api, lead, `${item}/events`, entry('MeasureAdopted', { text: '清理往来账' }));
      expect(refusal(await api.ask(undefined, 'GET', path))).toEqual([404, 'notice-not-published']);
      const draft = await api.ask(committee, 'GET', path);
      expect(draft.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i);
      expect(draft.body).toContain('清理往来账');
      const said = await recorded(api, lead, `${item}/events`, progress('不在公布之列'));
      const asOf = new Date(Date.parse(said.body.recordedAt) + 8 * 3_600_000).toISOString().slice(0, 10);
      const sha256 = createHash('sha256').update(draft.body).digest('hex');
      await recorded(api, committee, `${inCase}/events`, entry('NoticePublished', { asOf, sha256 }));
      const published = await api.ask(undefined, 'GET', path);
      expect([published.status, published.body]).toEqual([200, draft.body]);
      expect((await api.ask(lead, 'GET', path)).body).toBe(draft.body);
      expect(refusal(await api.ask(undefined, 'GET', item))).toEqual([401, 'token-missing']);
      await recorded(api, lead, `${item}/events`, entry('MeasureAdopted', { text: '公布之后' }));
      expect(refusal(await api.ask(undefined, 'GET', path))).toEqual([404, 'notice-not-published']);
    });

    test('only text in UTF-8 is taken, within its limit', async () => {
      const path = `/v1/cases/${freshCase()}/import`;
      const send = async (body: string, headers = {}) =>
        refusal(await api.ask(committee, 'POST', path, body, headers));
      expect(await send('{}', { 'content-type': 'application/json' })).toEqual([
        415,
        'unsupported-media-type',
      ]);
      expect(await send('x'.repeat(4 * 1_024 * 1_024 + 1))).toEqual([413, 'body-too-large']);
      expect(await send('整改', { 'if-match': '"1"' })).toEqual([400, 'invalid-request']);
      expect(await send('整改')).toEqual([422, 'not-a-notice']);
    });
  });
}
