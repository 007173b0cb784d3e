import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flagRules, THRESHOLDS } from '../../../domain/look-back/catalogue.ts';
import { type Begun, begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, lead, reviewer } = people;
const uri = encodeURIComponent;

interface ShownFlag {
  readonly itemId: string | null;
  readonly rule: string;
  readonly dismissed: { readonly reason: string | null } | null;
}

/** The worklist of a look-back: of a case, across cases, and what the rules are. */
export function flagsContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`flags: ${name}`, () => {
    let api: ApiUnderTest;
    let at: Begun;
    /** When the late report was recorded. */
    let late: string;
    beforeAll(async () => {
      api = await open();
      at = await begun(api);
      const report = await recorded(api, lead, `${at.item}/events`, progress('补记', '2025-12-01'));
      late = report.body.recordedAt;
      await recorded(api, committee, `${at.inCase}/events`, entry('FundsRecovered', { amountFen: 7 }));
      const dismissal = entry('FlagDismissed', { rule: 'recorded-late', reason: '有说明' });
      await recorded(api, reviewer, `${at.item}/events`, dismissal);
      await api.projected();
    });
    afterAll(() => api?.stop());

    const get = (path: string) => api.ask(reviewer, 'GET', path);
    const inShort = ({ itemId, rule, dismissed }: ShownFlag): string =>
      `${rule} ${itemId ?? 'case'} ${dismissed?.reason ?? 'stands'}`;
    const shown = async (query: string): Promise<string[]> => {
      const { status, body } = await get(`${at.inCase}/flags${query}`);
      expect([query, status]).toEqual([query, 200]);
      return body.data.map(inShort).filter((flag: string) => !flag.startsWith('overdue'));
    };
    const LATE = 'recorded-late 0001 有说明';
    const FUNDS = 'funds-without-item case stands';

    test('of a case, each with the entries that it rests on', async () => {
      expect(await shown('')).toEqual([LATE, FUNDS]);
      const { data } = (await get(`${at.inCase}/flags?rule=recorded-late`)).body;
      expect(data).toMatchObject([
        {
          severity: 'medium',
          title: '台账不清',
          lead: '财政办',
          entries: [{ itemId: '0001', seq: 3 }],
          values: { days: expect.any(Number) },
          dismissed: { seq: 4, actor: { sub: reviewer.sub } },
        },
      ]);
    });

    test.each([
      ['?item=0001', [LATE]],
      ['?rule=funds-without-item', [FUNDS]],
      ['?severity=low', [FUNDS]],
      [`?office=${uri('财政办')}`, [LATE]],
      [`?office=${uri('民政办')}`, []],
      ['?dismissed=true', [LATE]],
      ['?dismissed=false', [FUNDS]],
    ])('filtered by %s', async (query, expected) => {
      expect(await shown(query)).toEqual(expected);
    });

    test('on either clock are what was raised then', async () => {
      const then = (await get(`${at.inCase}/flags?recordedAsOf=${uri(late)}`)).body;
      expect(then.data.map(inShort)).toContain('recorded-late 0001 stands');
      expect(then.data.map(inShort)).not.toContain(FUNDS);
      expect(then.cut).toMatchObject({ recordedAsOf: late, laterEntries: 2 });
      expect(await shown('?effectiveOn=2025-11-30')).toEqual([]);
      expect(await shown('?effectiveOn=2025-12-01')).toEqual(['recorded-late 0001 stands']);
    });

    test('are paged, and a cursor is of its list', async () => {
      const path = `${at.inCase}/flags?severity=medium`;
      const whole = (await get(path)).body.data;
      const [first, ...others] = [await get(`${at.inCase}/flags?limit=1`)];
      expect(others).toEqual([]);
      expect(first?.body.data).toHaveLength(1);
      const next = await get(`${at.inCase}/flags?limit=1000&cursor=${first?.body.nextCursor}`);
      expect(
        [...(first?.body.data ?? []), ...next.body.data].filter(({ severity }) => severity === 'medium'),
      ).toEqual(whole);
      expect(next.body.nextCursor).toBeUndefined();
      expect(refusal(await get(`/v1/flags?cursor=${first?.body.nextCursor}`))).toEqual([
        400,
        'invalid-cursor',
      ]);
    });

    test('across cases are counted, what was dismissed apart', async () => {
      const caseId = at.inCase.split('/').at(-1);
      const { data } = (await get('/v1/flags?limit=1000&severity=low')).body;
      expect(data.find((one: { caseId: string }) => one.caseId === caseId)).toMatchObject({
        items: 0,
        bySeverity: { high: 0, medium: 0, low: 1 },
        byRule: { 'funds-without-item': 1 },
        dismissed: 0,
      });
      const ofLate = (await get('/v1/flags?limit=1000&rule=recorded-late')).body.data;
      expect(ofLate.find((one: { caseId: string }) => one.caseId === caseId)).toMatchObject({
        items: 0,
        byRule: {},
        dismissed: 1,
      });
    });

    test.each([
      ['rule=no-rule', '/rule'],
      ['severity=grave', '/severity'],
      ['dismissed=perhaps', '/dismissed'],
      ['limit=0', '/limit'],
      ['flag=1', '/flag'],
    ])('%s is refused, with a pointer to it', async (query, pointer) => {
      for (const path of [`${at.inCase}/flags`, '/v1/flags']) {
        const { status, body } = await get(`${path}?${query}`);
        expect([status, body.code]).toEqual([400, 'invalid-request']);
        expect(body.errors).toMatchObject([{ pointer }]);
      }
    });

    test('the rules and their thresholds are told to everybody, in both languages', async () => {
      const { status, body } = await api.ask(undefined, 'GET', '/v1/flag-rules');
      expect(status).toBe(200);
      expect(body.data.map(({ rule }: { rule: string }) => rule)).toEqual(flagRules);
      for (const { name: called, reason } of body.data) {
        for (const said of [called, reason, body.note]) {
          expect(said).toEqual({
            zh: expect.stringMatching(/\p{Script=Han}/u),
            en: expect.stringMatching(/[a-z]/),
          });
        }
      }
      type Told = { thresholds: { name: string; default: number | null }[] };
      const told = body.data.flatMap(({ thresholds }: Told) => thresholds);
      const usual = new Map(told.map((one: Told['thresholds'][number]) => [one.name, one.default]));
      expect(usual).toEqual(
        new Map(
          Object.entries(THRESHOLDS).map(([threshold, { default: value }]) => [threshold, value ?? null]),
        ),
      );
    });
  });
}
