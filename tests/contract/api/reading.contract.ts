import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { range } from '../../kit/event-rows.ts';
import { type Begun, begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, lead, auditor } = people;
const uri = encodeURIComponent;

/** What every deployment answers about what it recorded: now, then, in pages and line by line. */
export function readingContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`reading: ${name}`, () => {
    let api: ApiUnderTest;
    let at: Begun;
    /** Instants of recording, by the item's version. */
    const recordedAt: string[] = [];
    beforeAll(async () => {
      api = await open();
      at = await begun(api);
      const on = async (body: object) => recorded(api, lead, `${at.item}/events`, body);
      await on(entry('MeasureAdopted', { text: '清帐', due: '2026-01-31' }, '2026-01-05'));
      await on(progress('一月进展', '2026-01-20'));
      await on(entry('EntryCorrected', { target: 3, set: { text: '清账' }, reason: '错字' }));
      for (const title of ['其二', '其三', '其四', '其五'])
        await recorded(api, committee, `${at.inCase}/items`, { data: { title } });
      const { data } = (await api.ask(committee, 'GET', `${at.item}/events`)).body;
      for (const one of data) recordedAt[one.seq] = one.recordedAt;
      await api.projected();
    });
    afterAll(() => api?.stop());

    const get = async (path: string, headers?: Readonly<Record<string, string>>) => {
      const answer = await api.ask(committee, 'GET', path, undefined, headers);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer;
    };
    const ids = (body: { data: { itemId: string }[] }): string[] => body.data.map(({ itemId }) => itemId);

    test('what the ledger said then, with its cut and how much came later', async () => {
      const then = (await get(`${at.item}?recordedAsOf=${uri(recordedAt[3] ?? '')}`)).body;
      expect(then).toMatchObject({
        version: 3,
        measures: [{ text: '清帐' }],
        cut: { recordedAsOf: recordedAt[3], laterEntries: 2, settled: false },
      });
      const now = (await get(at.item)).body;
      expect([now.version, now.measures[0].text, now.cut]).toEqual([5, '清账', undefined]);
      const before = (await get(`${at.inCase}/items?recordedAsOf=2026-01-31`)).body;
      expect(before).toMatchObject({ data: [], cut: { settled: true } });
    });

    test('what is now known to have been true on a date', async () => {
      const on = async (day: string) => {
        const answer = await api.ask(committee, 'GET', `${at.item}?effectiveOn=${day}`);
        return answer.status === 200
          ? [answer.body.measures.map((one: { text: string }) => one.text), answer.body.progressReports]
          : refusal(answer);
      };
      expect(await on('2026-01-10')).toEqual([['清账'], 0]);
      expect(await on('2026-01-25')).toEqual([['清账'], 1]);
      const both = `${at.item}?effectiveOn=2026-01-25&recordedAsOf=${uri(recordedAt[3] ?? '')}`;
      expect((await get(both)).body).toMatchObject({ measures: [{ text: '清帐' }], progressReports: 0 });
    });

    test('a list is paged to its end, each row once; a cursor is of its list alone', async () => {
      const paged = async (path: string): Promise<string[]> => {
        const found: string[] = [];
        let cursor = '';
        for (let pages = 0; pages < 10; pages += 1) {
          const { body } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=2${cursor}`);
          expect(body.data.length).toBeLessThanOrEqual(2);
          found.push(
            ...body.data.map((one: { itemId: string; seq?: number }) => `${one.itemId} ${one.seq ?? ''}`),
          );
          if (body.nextCursor === undefined) return found;
          cursor = `&cursor=${body.nextCursor}`;
        }
        throw new Error('there was no end');
      };
      expect(await paged(`${at.inCase}/items`)).toEqual(range(1, 5).map((n) => `000${n} `));
      expect(await paged(`${at.item}/events`)).toEqual(range(1, 5).map((n) => `0001 ${n}`));
      const { nextCursor } = (await get(`${at.inCase}/items?limit=2`)).body;
      const elsewhere = await api.ask(committee, 'GET', `${at.item}/events?limit=2&cursor=${nextCursor}`);
      expect(refusal(elsewhere)).toEqual([400, 'invalid-cursor']);
    });

    test('the register filters by status, office and what is overdue', async () => {
      expect(ids((await get(`${at.inCase}/items?status=rectifying`)).body)).toEqual(['0001']);
      expect(ids((await get(`${at.inCase}/items?office=${uri('民政办')}`)).body)).toEqual(['0001']);
      expect(ids((await get(`${at.inCase}/items?status=raised`)).body)).toEqual([
        '0002',
        '0003',
        '0004',
        '0005',
      ]);
      expect(ids((await get(`${at.inCase}/items?status=closed`)).body)).toEqual([]);
      const overdue = (await get(`${at.inCase}/items?overdue=true`)).body;
      const counted = (await get(at.inCase)).body.counts;
      expect(counted).toMatchObject({
        items: 5,
        overdue: overdue.data.length,
        byStatus: { rectifying: 1, raised: 4 },
      });
    });

    test('deadlines are listed by lead office, now and then; an office has its own alone', async () => {
      const query = `/v1/deadlines?case=${at.inCase.split('/').at(-1)}&withinDays=3650`;
      const { body } = await get(query);
      expect(body).toMatchObject({ withinDays: 3_650, silentDays: 30, data: [{ title: '巡察整改' }] });
      const [{ offices }] = body.data;
      expect(offices.map((one: { office: string }) => one.office)).toEqual(['财政办']);
      expect([...offices[0].overdue, ...offices[0].due]).toMatchObject([
        { itemId: '0001', title: '台账不清', deadline: '2026-06-30' },
      ]);
      expect(await api.ask(people.support, 'GET', query)).toMatchObject({ body: { data: body.data } });
      expect(await api.ask(people.outsider, 'GET', query)).toMatchObject({ status: 200, body: { data: [] } });
      const then = await get(`${query}&recordedAsOf=2026-01-31`);
      expect(then.body).toMatchObject({ day: '2026-01-31', data: [], cut: { settled: true } });
      const absent = await api.ask(committee, 'GET', '/v1/deadlines?case=no-such-case');
      expect(refusal(absent)).toEqual([404, 'case-not-found']);
      for (const wrong of ['case=UPPER', 'withinDays=-1', 'withinDays=3651', 'silentDays=x', 'days=3']) {
        const refused = await api.ask(committee, 'GET', `/v1/deadlines?${wrong}`);
        expect([wrong, refused.status, refused.body.code]).toEqual([wrong, 400, 'invalid-request']);
        expect(refused.body.errors).toMatchObject([{ pointer: `/${wrong.split('=')[0]}` }]);
      }
    });

    test('cases are listed', async () => {
      const { body } = await get('/v1/cases?limit=1000');
      const listed = body.data.find((one: { caseId: string }) => at.inCase.endsWith(one.caseId));
      expect(listed).toMatchObject({ title: '巡察整改', counts: { items: 5 } });
    });

    test('a history comes as JSON, or as NDJSON by Accept, and both say the same', async () => {
      const { body, headers } = await get(`${at.item}/events`);
      expect([headers.get('content-type'), headers.get('vary')]).toEqual([
        'application/json',
        expect.stringContaining('Accept'),
      ]);
      const lines = await get(`${at.item}/events`, { accept: 'application/x-ndjson' });
      expect(lines.headers.get('content-type')).toBe('application/x-ndjson');
      const parsed = String(lines.body)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(parsed).toEqual(body.data);
      const other = await api.ask(committee, 'GET', `${at.item}/events`, undefined, { accept: 'text/csv' });
      expect(refusal(other)).toEqual([406, 'not-acceptable']);
    });

    test('the audit trail says who, what, from what to what, and how late', async () => {
      const { data } = (await get(`${at.item}/audit`)).body;
      expect(data).toHaveLength(5);
      expect(data[4]).toMatchObject({
        seq: 5,
        type: 'EntryCorrected',
        actor: { sub: 'zhang', office: '财政办' },
      });
      expect(JSON.stringify(data[4].changes)).toContain('清帐');
      expect(data[3]).toMatchObject({ occurredOn: '2026-01-20', lagDays: expect.any(Number) });
      expect(data[3].lagDays).toBeGreaterThan(0);
    });

    test('two dates are compared on either clock', async () => {
      const span = `from=${uri(recordedAt[2] ?? '')}&to=${uri(recordedAt[5] ?? '')}`;
      const recordedDiff = (await get(`${at.inCase}/diff?axis=recorded&${span}`)).body;
      expect(recordedDiff.axis).toBe('recorded');
      const kinds = recordedDiff.changes.map((one: { seq: number; kind: string }) => [one.seq, one.kind]);
      expect(kinds).toEqual([
        [3, 'back-dated'],
        [4, 'back-dated'],
        [5, 'corrected'],
      ]);
      const effective = (await get(`${at.inCase}/diff?axis=effective&from=2026-01-10&to=2026-01-25`)).body;
      expect(effective.changes.map((one: { seq: number }) => one.seq)).toEqual([4]);
    });

    test('one item is compared by itself, and a cut keeps what it knows', async () => {
      const ofItem = async (more: string) => {
        const { body } = await get(`${at.item}/diff?axis=effective&from=2026-01-01&to=2026-01-25${more}`);
        return body.changes.map((one: { seq: number; kind: string }) => [one.seq, one.kind]);
      };
      expect(await ofItem('')).toEqual([
        [3, 'corrected'],
        [4, 'back-dated'],
      ]);
      expect(await ofItem(`&recordedAsOf=${uri(recordedAt[3] ?? '')}`)).toEqual([[3, 'back-dated']]);
      expect(await ofItem('&effectiveOn=2026-01-10')).toEqual([[3, 'corrected']]);
      const { body } = await get(
        `${at.item}/diff?axis=effective&from=2026-01-01&to=2026-01-25&effectiveOn=2026-01-10`,
      );
      expect(body).toMatchObject({ cut: { effectiveOn: '2026-01-10', laterEntries: 0, settled: false } });
      const absent = `${at.item}/diff?axis=recorded&from=2026-01-01&to=2026-01-02&recordedAsOf=2026-01-31`;
      expect(refusal(await api.ask(committee, 'GET', absent))).toEqual([404, 'item-not-found']);
    });

    test('all cases are compared at once: where something changed, how much, and what, page by page', async () => {
      const span = 'axis=effective&from=2026-01-01&to=2026-01-25';
      const walk = async (query: string) => {
        const found: { caseId: string; summary: object; items: number; changes?: { itemId: string }[] }[] =
          [];
        let cursor = '';
        do {
          const { body } = await get(`/v1/diff?${span}&${query}${cursor}`);
          expect(body).toMatchObject({ axis: 'effective', from: '2026-01-01', to: '2026-01-25' });
          found.push(...body.data);
          cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
        } while (cursor !== '');
        return found;
      };
      const all = await walk('limit=1000');
      const mine = all.find(({ caseId }) => at.inCase.endsWith(`/${caseId}`));
      expect(mine).toMatchObject({
        title: '巡察整改',
        items: 1,
        summary: { new: 0, backDated: 1, corrected: 1 },
      });
      expect(mine?.changes).toEqual((await get(`${at.inCase}/diff?${span}`)).body.changes);
      expect(await walk('limit=1')).toEqual(all);
      const counts = await walk('limit=1000&changes=false');
      expect(counts).toEqual(all.map(({ changes, ...rest }) => rest));
      const { body } = await get(`/v1/diff?${span}&limit=1000&recordedAsOf=2026-01-31`);
      expect(body).toMatchObject({ data: [], cut: { settled: true } });
      // An office sees its own items, and nothing that the case itself says.
      const recordedSpan = `axis=recorded&from=2026-01-01&to=${uri(recordedAt[5] ?? '')}&limit=1000`;
      const seen = async (who: typeof lead) => {
        const { data } = (await api.ask(who, 'GET', `/v1/diff?${recordedSpan}`)).body;
        const own = data.find((one: { caseId: string }) => at.inCase.endsWith(`/${one.caseId}`));
        return [own.items, own.changes.map((one: { itemId: string | null }) => one.itemId)];
      };
      expect(await seen(committee)).toEqual([1, [null, ...range(1, 5).map(() => '0001')]]);
      expect(await seen(lead)).toEqual([1, range(1, 5).map(() => '0001')]);
      const none = await api.ask(people.outsider, 'GET', `/v1/diff?${span}&limit=1000`);
      const theirs = none.body.data.map((one: { caseId: string }) => `/v1/cases/${one.caseId}`);
      expect(theirs).not.toContain(at.inCase);
    });

    test('supervision goes across cases, by office, actor and day, and holds no words', async () => {
      const day = new Date(Date.parse(recordedAt[4] ?? '') + 8 * 3_600_000).toISOString().slice(0, 10);
      for (const query of [`office=${uri('财政办')}`, 'actor=zhang', `from=${day}&to=${day}`]) {
        const answer = await api.ask(auditor, 'GET', `/v1/audit?limit=1000&${query}`);
        const mine = answer.body.data.filter((one: { caseId: string }) => at.inCase.endsWith(one.caseId));
        const types = mine.map((one: { type: string }) => one.type);
        expect(types).toContain('ProgressReported');
        expect(JSON.stringify(mine)).not.toMatch(/清帐|一月进展/);
      }
    });

    test('supervision goes newest first when asked, page by page; a cursor keeps to its order', async () => {
      type Row = { caseId: string; itemId: string | null; seq: number };
      const walk = async (query: string, limit: number): Promise<Row[]> => {
        const rows: Row[] = [];
        let cursor = '';
        do {
          const { body } = await api.ask(auditor, 'GET', `/v1/audit?limit=${limit}&${query}${cursor}`);
          rows.push(...body.data);
          cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
        } while (cursor !== '');
        return rows;
      };
      const day = new Date(Date.parse(recordedAt[4] ?? '') + 8 * 3_600_000).toISOString().slice(0, 10);
      const dayBefore = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
      for (const query of [`office=${uri('财政办')}&to=${day}`, `from=${dayBefore}&to=${day}`]) {
        const oldest = await walk(query, 1_000);
        expect(oldest.length).toBeGreaterThan(2);
        const quarter = Math.ceil(oldest.length / 4);
        expect(await walk(`${query}&order=newest`, quarter)).toEqual(oldest.toReversed());
        const { body } = await api.ask(auditor, 'GET', `/v1/audit?limit=1&${query}`);
        const crossed = `/v1/audit?limit=1&${query}&order=newest&cursor=${body.nextCursor}`;
        const answer = await api.ask(auditor, 'GET', crossed);
        expect([answer.status, answer.body.code]).toEqual([400, 'invalid-cursor']);
      }
    });

    test('what has not changed is 304; HEAD answers without a body', async () => {
      const raised = `${at.inCase}/items/0002`;
      const same = await api.ask(committee, 'GET', raised, undefined, { 'if-none-match': '"1"' });
      expect([same.status, same.headers.get('etag'), same.body]).toEqual([304, '"1"', '']);
      const head = await api.ask(committee, 'HEAD', raised);
      expect([head.status, head.headers.get('etag'), head.body]).toEqual([200, '"1"', '']);
      expect((await get(raised)).headers.get('cache-control')).toBe('no-store');
    });
  });
}
