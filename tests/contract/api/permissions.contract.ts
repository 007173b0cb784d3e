import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Begun, begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { narrowed, type Person, people } from '../../kit/people.ts';
import { type Asked, file, MATRIX, WHO, YES } from './permission-matrix.ts';
import type { ApiUnderTest } from './under-test.ts';

const none = 'office-not-responsible';
const away = 'case-not-allowed';

/** Law 8: what a role may not do, it cannot do by any route. */
export function permissionsContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`permissions: ${name}`, () => {
    let api: ApiUnderTest;
    afterAll(() => api?.stop());

    const principals = {
      ...people,
      narrow: narrowed(people.committee, 'another-case'),
      nobody: undefined,
    };

    /** An item with a measure m3 and evidence e4 of the lead office; entry 2 of its case opens a look-back, 3 publishes. */
    let shared: Begun;
    beforeAll(async () => {
      api = await open();
      const { inCase } = await begun(api);
      await recorded(api, people.committee, `${inCase}/events`, entry('LookBackOpened', { scope: '全部' }));
      const notice = { asOf: '2026-02-01', sha256: file.sha256 };
      await recorded(api, people.committee, `${inCase}/events`, entry('NoticePublished', notice));
      shared = { inCase, item: await anItem(inCase) };
      await api.projected();
    });

    async function anItem(inCase: string): Promise<string> {
      const raised = await recorded(api, people.committee, `${inCase}/items`, {
        data: { title: '台账不清' },
      });
      const item = `${inCase}/items/${raised.body.itemId}`;
      const assigned = { lead: '财政办', supporting: ['民政办'], deadline: '2026-06-30' };
      await recorded(api, people.committee, `${item}/events`, entry('OfficeAssigned', assigned));
      await recorded(api, people.lead, `${item}/events`, entry('MeasureAdopted', { text: '措施' }));
      await recorded(api, people.lead, `${item}/events`, entry('EvidenceAttached', file));
      return item;
    }

    /** Whoever may write gets a place of their own, so that one does not change what the next may. */
    async function placeFor([method, path]: Asked, granted: boolean): Promise<Begun> {
      if (method === 'GET' || !granted) return shared;
      if (path.startsWith(shared.item)) return { ...shared, item: await anItem(shared.inCase) };
      return path === `${shared.inCase}/events` ? begun(api) : shared;
    }

    for (const [name, asked, ...expected] of MATRIX) {
      test(name, async () => {
        const verdicts: [string, string][] = [];
        for (const [column, person] of WHO.entries()) {
          const at = await placeFor(asked(shared), expected[column] === YES);
          const [method, path, body] = asked(at);
          const answer = await api.ask(principals[person], method, path, body);
          verdicts.push([person, answer.status < 300 ? YES : answer.body.code]);
        }
        expect(verdicts).toEqual(WHO.map((person, column) => [person, expected[column]]));
      });
    }

    test('an office sees its own items only, wherever items are listed or counted', async () => {
      const at = await begun(api);
      await recorded(api, people.committee, `${at.inCase}/items`, { data: { title: '别家的' } });
      const theirs = entry('OfficeAssigned', { lead: '城建办' });
      await recorded(api, people.committee, `${at.inCase}/items/0002/events`, theirs);
      await api.projected();
      const seen = async (who: Person, path: string) =>
        (await api.ask(people[who], 'GET', path)).body.data.map((one: { itemId: string }) => one.itemId);
      expect(await seen('lead', `${at.inCase}/items`)).toEqual(['0001']);
      expect(await seen('outsider', `${at.inCase}/items`)).toEqual(['0002']);
      expect(await seen('outsider', `${at.inCase}/items?office=${encodeURIComponent('财政办')}`)).toEqual([]);
      expect(await seen('committee', `${at.inCase}/items`)).toEqual(['0001', '0002']);
      for (const path of [at.inCase, `${at.inCase}?effectiveOn=2026-03-01`]) {
        const counted = await api.ask(people.lead, 'GET', path);
        expect(counted.body.counts.items).toBeLessThanOrEqual(1);
      }
      const trail = await api.ask(people.lead, 'GET', '/v1/audit?limit=1000');
      const offices = (trail.body.data ?? []).map((one: { actor: { office: string } }) => one.actor.office);
      expect(offices.filter((office: string) => office === '城建办')).toEqual([]);
      const changes = await api.ask(
        people.lead,
        'GET',
        `${at.inCase}/diff?axis=recorded&from=2026-03-01&to=2026-03-02`,
      );
      const ids = (changes.body.changes ?? []).map((one: { itemId: string }) => one.itemId);
      expect(ids.filter((id: string) => id === '0002')).toEqual([]);
    });

    test('an office assigned a moment ago can write now, and one taken off cannot', async () => {
      const { item } = await begun(api);
      const give = (lead: string) =>
        recorded(api, people.committee, `${item}/events`, entry('OfficeAssigned', { lead }));
      await give('城建办');
      await recorded(api, people.outsider, `${item}/events`, progress('刚接手'));
      const gone = await api.ask(people.lead, 'POST', `${item}/events`, progress('已移交'));
      expect(gone.body.code).toBe(none);
      expect((await api.ask(people.lead, 'GET', item)).body.code).toBe(none);
    });

    test('a token for named cases reaches these and no others, also by key or by import', async () => {
      const one = await begun(api);
      const other = await begun(api);
      const named = narrowed(people.committee, one.inCase.slice('/v1/cases/'.length));
      expect((await api.ask(named, 'GET', one.item)).status).toBe(200);
      expect((await api.ask(named, 'GET', other.item)).body.code).toBe(away);
      await api.projected();
      const listed = await api.ask(named, 'GET', '/v1/cases?limit=1000');
      expect(listed.body.data.map((row: { caseId: string }) => `/v1/cases/${row.caseId}`)).toEqual([
        one.inCase,
      ]);
      const key = { 'idempotency-key': 'reach' };
      await recorded(api, people.committee, `${other.inCase}/items`, { data: { title: '甲' } }, key);
      const again = await api.ask(named, 'POST', `${other.inCase}/items`, { data: { title: '甲' } }, key);
      expect(again.body.code).toBe(away);
      const trail = await api.ask(named, 'GET', '/v1/audit?limit=1000');
      const cases = new Set(
        (trail.body.data ?? []).map((row: { caseId: string }) => `/v1/cases/${row.caseId}`),
      );
      expect([...cases].filter((inCase) => inCase !== one.inCase)).toEqual([]);
    });

    test('the public sees what was published and nothing else; a bad token is 401 even there', async () => {
      const { inCase } = await begun(api);
      const path = `${inCase}/notice`;
      expect((await api.ask(undefined, 'GET', path)).body.code).toBe('notice-not-published');
      expect((await api.ask(undefined, 'GET', `${path}?effectiveOn=2026-01-01`)).status).toBeGreaterThan(399);
      const bad = await api.ask(undefined, 'GET', path, undefined, { authorization: 'Bearer a.b.c' });
      expect([bad.status, bad.body.code]).toEqual([401, 'token-invalid']);
      const forged = `${btoa('{"alg":"none"}')}.${btoa('{"role":"committee","sub":"li","office":"x"}')}.`;
      const unsigned = await api.ask(undefined, 'GET', '/v1/cases', undefined, {
        authorization: `Bearer ${forged.replaceAll('=', '')}`,
        'x-role': 'committee',
        'x-forwarded-user': 'li',
      });
      expect(unsigned.status).toBe(401);
    });
  });
}
