import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCase } from '../../kit/event-rows.ts';
import { begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, lead, outsider } = people;
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

    test('what a published notice said of its day, beside what is known of that day', async () => {
      const { inCase, item } = await begun(api);
      const on = (who: typeof lead, path: string, body: object) => recorded(api, who, `${path}/events`, body);
      await on(lead, item, entry('MeasureAdopted', { text: '清帐' }, '2026-01-05'));
      await on(committee, inCase, entry('FundsRecovered', { amountFen: 100 }, '2026-01-06'));
      const assigned = { lead: '城建办' };
      await recorded(api, committee, `${inCase}/items`, { data: { title: '别家的' } });
      await on(committee, `${inCase}/items/0002`, entry('OfficeAssigned', assigned));
      const sha256 = 'ab'.repeat(32);
      const notice = entry('NoticePublished', { asOf: '2026-01-31', sha256 });
      const { seq, recordedAt } = (await on(committee, inCase, notice)).body;
      const ask = (who: typeof lead, query: string) => api.ask(who, 'GET', `${inCase}/hindsight?${query}`);
      const untouched = await ask(committee, `notice=${seq}`);
      expect(untouched.body).toMatchObject({
        notice: seq,
        believedAsOf: recordedAt,
        differences: [],
        cut: { effectiveOn: '2026-01-31', settled: false, laterEntries: 0 },
      });
      expect(untouched.body.believed).toEqual(untouched.body.known);

      const completed = entry('MeasureCompleted', { measureId: 'm3', summary: '已清' }, '2026-01-20');
      await on(lead, item, completed);
      await on(lead, item, entry('EntryCorrected', { target: 3, set: { text: '清账' }, reason: '错字' }));
      await on(lead, item, progress('后来的事'));
      await on(committee, inCase, entry('FundsRecovered', { amountFen: 50 }, '2026-01-07'));
      await on(committee, inCase, entry('InstitutionRecorded', { title: '办法' }));
      const { status, body } = await ask(committee, `notice=${seq}`);
      expect(status).toBe(200);
      expect([body.believed.fundsFen, body.known.fundsFen]).toEqual([100, 150]);
      expect(body.known.institutions).toBe(0);
      const [itself, first, ...others] = body.differences;
      expect(others).toEqual([]);
      expect(itself).toMatchObject({
        itemId: null,
        changes: [{ field: 'fundsFen', before: 100, after: 150 }],
        entries: [{ type: 'FundsRecovered', kind: 'back-dated', target: null, occurredOn: '2026-01-07' }],
      });
      expect(first.changes).toContainEqual({ field: 'measures/m3/text', before: '清帐', after: '清账' });
      expect(first.entries.map((one: Record<string, unknown>) => [one.seq, one.kind, one.target])).toEqual([
        [4, 'back-dated', null],
        [5, 'corrected', 3],
      ]);

      // The instant itself asks the same; a later cut knows less; an office knows its own items.
      const byInstant = await ask(committee, `believedAsOf=${recordedAt}&effectiveOn=2026-01-31`);
      expect(byInstant.body).toEqual({ ...body, notice: null });
      const cut = first.entries[0].recordedAt;
      const before = await ask(committee, `notice=${seq}&recordedAsOf=${cut}`);
      expect(before.body.differences.map((one: { entries: object[] }) => one.entries.length)).toEqual([1]);
      expect(before.body.cut).toMatchObject({
        recordedAsOf: cut,
        effectiveOn: '2026-01-31',
        laterEntries: 4,
      });
      const own = (await ask(lead, `notice=${seq}`)).body;
      expect(own.differences).toEqual([first]);
      expect(refusal(await ask(outsider, `notice=${seq}`))).toEqual([200, undefined]);
      expect((await ask(outsider, `notice=${seq}`)).body.differences).toEqual([]);

      expect(refusal(await ask(committee, 'notice=1'))).toEqual([404, 'entry-not-found']);
      expect(refusal(await ask(committee, 'notice=x'))).toEqual([
        400,
        'invalid-request',
        '/notice invalid-value',
      ]);
      expect(refusal(await ask(committee, ''))).toEqual([422, 'invalid-fields', '/believedAsOf required']);
      const refused: readonly (readonly [string, ...unknown[]])[] = [
        [`notice=${seq}&believedAsOf=2026-01-31`, 422, 'invalid-fields', '/believedAsOf invalid-value'],
        ['believedAsOf=yesterday', 422, 'invalid-fields', '/believedAsOf invalid-date'],
        ['believedAsOf=2099-01-01', 422, 'cut-in-future'],
        [`notice=${seq}&recordedAsOf=2026-01-31`, 404, 'case-not-found'],
        [
          `believedAsOf=${cut}&recordedAsOf=${recordedAt}`,
          422,
          'invalid-fields',
          '/believedAsOf out-of-range',
        ],
        ['believedAsOf=2026-01-31', 404, 'case-not-found'],
      ];
      for (const [query, ...expected] of refused)
        expect([query, ...refusal(await ask(committee, query))]).toEqual([query, ...expected]);
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
