import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Begun, begun } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, outsider } = people;

/** Numbers over time, as JSON and as a table. */
export function figuresContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`figures: ${name}`, () => {
    let api: ApiUnderTest;
    let at: Begun;
    beforeAll(async () => {
      api = await open();
      at = await begun(api);
      await api.projected();
    });
    afterAll(() => api?.stop());
    const get = (path: string, headers?: Readonly<Record<string, string>>) =>
      api.ask(committee, 'GET', path, undefined, headers);

    test('of one case, and across all with a line for each', async () => {
      const ofCase = (await get(`${at.inCase}/figures`)).body;
      const caseId = at.inCase.split('/').at(-1);
      expect(ofCase).toMatchObject({
        caseId,
        weeks: [],
        whole: {
          items: 1,
          closed: 0,
          daysToClose: { count: 0, median: null },
          returns: { sum: 0, items: 0, perItem: 0 },
        },
        byOffice: [{ office: '财政办', items: 1 }],
        byTerm: [{ term: null, items: 1 }],
      });
      const { byCase, whole } = (await get('/v1/figures')).body;
      expect(byCase.find((one: { caseId: string }) => one.caseId === caseId)).toMatchObject({ items: 1 });
      expect(whole.items).toBe(byCase.reduce((sum: number, one: { items: number }) => sum + one.items, 0));
    });

    test('weeks asked for are there though nothing was closed in them', async () => {
      const { body } = await get(`${at.inCase}/figures?from=2026-01-05&to=2026-01-12`);
      expect(body.weeks).toEqual([
        { week: '2026-W02', from: '2026-01-05' },
        { week: '2026-W03', from: '2026-01-12' },
      ]);
      expect(body.whole.closedByWeek).toEqual([0, 0]);
    });

    test('as a table by Accept, with the cut in a header', async () => {
      const today = (await get(`${at.inCase}/figures`)).body.on;
      const csv = { accept: 'text/csv' };
      const { headers, body } = await get(`${at.inCase}/figures?recordedAsOf=${today}`, csv);
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('vary')).toContain('Accept');
      expect(JSON.parse(headers.get('cut') ?? '')).toMatchObject({ laterEntries: 0 });
      const [first, second] = String(body).replace('\ufeff', '').split('\r\n');
      expect(first).toBe('scope,caseId,title,office,term,measure,week,weekFrom,value');
      expect(second).toMatch(/^case,[a-z0-9-]+,巡察整改,,,items,,,1$/);
      const all = await get('/v1/figures', csv);
      expect([all.headers.has('cut'), String(all.body).includes('\r\nall,,,,,items,,,')]).toEqual([
        false,
        true,
      ]);
    });

    test.each([
      ['?from=2026-1-1', {}, [400, 'invalid-request', '/from invalid-date']],
      ['?weeks=3', {}, [400, 'invalid-request', '/weeks unknown-field']],
      ['?from=2026-02-01&to=2026-01-01', {}, [422, 'invalid-fields', '/from out-of-range']],
      ['?effectiveOn=2099-01-01', {}, [422, 'cut-in-future']],
      ['', { accept: 'text/html' }, [406, 'not-acceptable']],
    ])('%s %j is refused', async (query, headers, expected) => {
      for (const path of ['/v1/figures', `${at.inCase}/figures`])
        expect(refusal(await get(path + query, headers))).toEqual(expected);
    });

    test('an office without an item there gets none', async () => {
      const of = (path: string) => api.ask(outsider, 'GET', path);
      expect(refusal(await of(`${at.inCase}/figures`))).toEqual([403, 'office-not-responsible']);
      expect((await of('/v1/figures')).body).toMatchObject({
        whole: { items: 0, returns: { perItem: null } },
        byCase: [],
      });
    });
  });
}
