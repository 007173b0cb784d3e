import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCase, range } from '../../kit/event-rows.ts';
import { begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { OPENING } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, lead, support } = people;
const HASH = /^[A-Za-z0-9_-]{43}$/;

/** What every deployment does with a wish that it grants: once, in order, and answered with what it recorded. */
export function writingContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`writing: ${name}`, () => {
    let api: ApiUnderTest;
    beforeAll(async () => {
      api = await open();
    });
    afterAll(() => api?.stop());

    const version = async (item: string): Promise<number> =>
      (await api.ask(committee, 'GET', item)).body.version;

    test('a case is opened, an issue raised, an entry recorded: each with its envelope, place and version', async () => {
      const caseId = freshCase();
      const inCase = `/v1/cases/${caseId}`;
      const opened = await recorded(api, committee, '/v1/cases', {
        caseId,
        occurredOn: '2026-01',
        data: OPENING,
      });
      expect(opened.body).toMatchObject({
        ...{ caseId, itemId: null, seq: 1, type: 'CaseOpened', occurredOn: '2026-01' },
        data: OPENING,
        actor: { sub: 'li', office: '纪工委', role: 'committee' },
        hash: expect.stringMatching(HASH),
        recordedAt: expect.stringMatching(/^20[0-9-]{8}T[0-9:]{8}\.[0-9]{3}Z$/),
      });
      const raised = await recorded(api, committee, `${inCase}/items`, { data: { title: '账目不清' } });
      expect(raised.body).toMatchObject({ itemId: '0001', seq: 1, type: 'IssueRaised' });
      const item = `${inCase}/items/0001`;
      await recorded(api, committee, `${item}/events`, entry('OfficeAssigned', { lead: '财政办' }));
      const adopted = await recorded(api, lead, `${item}/events`, entry('MeasureAdopted', { text: '建账' }));
      expect(adopted.body).toMatchObject({ seq: 3, data: { text: '建账' }, actor: { sub: 'zhang' } });
      for (const [answer, place, tag] of [
        [opened, `${inCase}/events/1`, '"1"'],
        [raised, `${item}/events/1`, '"1"'],
        [adopted, `${item}/events/3`, '"3"'],
      ] as const) {
        expect([answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
          expect.stringMatching(new RegExp(`${place}$`)),
          tag,
        ]);
        expect((await api.ask(committee, 'GET', place)).body).toEqual(answer.body);
      }
      const read = await api.ask(lead, 'GET', item);
      expect([read.headers.get('etag'), read.body]).toEqual([
        '"3"',
        expect.objectContaining({
          ...{ caseId, itemId: '0001', title: '账目不清', status: 'rectifying', lead: '财政办', version: 3 },
          hash: adopted.body.hash,
          measures: [expect.objectContaining({ measureId: 'm3', text: '建账' })],
        }),
      ]);
    });

    test('words are normalised, and the stored strings are given to the byte', async () => {
      const { item } = await begun(api);
      const said = await recorded(api, lead, `${item}/events`, progress('  cafe\u0301\r\n第二行 😀 '));
      expect(said.body.data.text).toBe('café\n第二行 😀');
      const { data } = (await api.ask(lead, 'GET', `${item}/events`)).body;
      const stored = data.at(-1).stored;
      expect(JSON.parse(stored.text)).toMatchObject({ text: 'café\n第二行 😀' });
      expect(JSON.parse(stored.header)).toMatchObject({ seq: 3, type: 'ProgressReported' });
    });

    test('If-Match lets a write through on the current version, else it is 412 and says which that is', async () => {
      const { item } = await begun(api);
      await recorded(api, lead, `${item}/events`, progress('在版'), { 'if-match': '"2"' });
      const late = await api.ask(lead, 'POST', `${item}/events`, progress('旧版'), { 'if-match': '"2"' });
      expect(refusal(late)).toEqual([412, 'version-mismatch']);
      expect([late.headers.get('etag'), late.body.version, await version(item)]).toEqual(['"3"', 3, 3]);
    });

    test('one Idempotency-Key records once, of every kind of write', async () => {
      const { item, inCase } = await begun(api);
      const caseId = freshCase();
      const kinds = [
        [lead, `${item}/events`, progress('进展')],
        [committee, `${inCase}/events`, entry('AccountabilityRecorded', { kind: 'admonition', persons: 1 })],
        [committee, `${inCase}/items`, { data: { title: '再一问题' } }],
        [committee, '/v1/cases', { caseId, data: OPENING }],
      ] as const;
      for (const [who, path, body] of kinds) {
        const key = { 'idempotency-key': randomUUID() };
        const first = await recorded(api, who, path, body, key);
        const again = await recorded(api, who, path, body, key);
        expect(again.body).toEqual(first.body);
        for (const header of ['location', 'etag'])
          expect(again.headers.get(header)).toBe(first.headers.get(header));
        const replayed = [first, again].map((one) => one.headers.get('idempotency-replayed'));
        expect(replayed).toEqual([null, 'true']);
      }
      expect(await version(item)).toBe(3);
    });

    test('the same key with other words is refused; of another person it records', async () => {
      const { item } = await begun(api);
      const key = { 'idempotency-key': randomUUID() };
      await recorded(api, lead, `${item}/events`, progress('一'), key);
      const other = await api.ask(lead, 'POST', `${item}/events`, progress('二'), key);
      expect(refusal(other)).toEqual([422, 'idempotency-key-reused']);
      const theirs = await recorded(api, support, `${item}/events`, progress('一'), key);
      expect(theirs.headers.has('idempotency-replayed')).toBe(false);
      expect(await version(item)).toBe(4);
    });

    test('a refusal is not remembered', async () => {
      const { item } = await begun(api);
      const key = { 'idempotency-key': randomUUID() };
      const asks = entry('ClosureRequested', { statement: '请予销号' });
      const refused = await api.ask(lead, 'POST', `${item}/events`, asks, key);
      expect(refusal(refused)).toEqual([409, 'no-standing-measure']);
      await recorded(api, lead, `${item}/events`, entry('MeasureAdopted', { text: '措施' }));
      const granted = await recorded(api, lead, `${item}/events`, asks, key);
      expect(granted.headers.has('idempotency-replayed')).toBe(false);
    });

    test('parallel requests with one key: one entry, and all get its answer', async () => {
      const { item } = await begun(api);
      const key = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all(
        range(1, 8).map(() => api.ask(lead, 'POST', `${item}/events`, progress('同时'), key)),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.hash}`)).size).toBe(1);
      expect(answers.filter(({ headers }) => !headers.has('idempotency-replayed'))).toHaveLength(1);
      expect(await version(item)).toBe(3);
    });

    test('parallel writers on one item: all are recorded, numbered without a gap, chained and in order', async () => {
      const { item } = await begun(api);
      const answers = await Promise.all(
        range(1, 12).map((n) =>
          api.ask(n % 2 ? lead : support, 'POST', `${item}/events`, progress(`并行${n}`)),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(range(1, 12).map(() => 201));
      expect(answers.map(({ body }) => body.seq).sort((a, b) => a - b)).toEqual(range(3, 14));
      const { data } = (await api.ask(committee, 'GET', `${item}/events`)).body;
      expect(data.map((one: { seq: number }) => one.seq)).toEqual(range(1, 14));
      for (const [at, one] of data.entries()) {
        if (at === 0) continue;
        expect([one.seq, one.prev]).toEqual([at + 1, data[at - 1].hash]);
        expect(one.recordedAt > data[at - 1].recordedAt).toBe(true);
      }
      const texts = data.slice(2).map((one: { data: { text: string } }) => one.data.text);
      expect(new Set(texts)).toEqual(new Set(range(1, 12).map((n) => `并行${n}`)));
    });

    test('parallel issues of one case get numbers of their own, without a gap', async () => {
      const { inCase } = await begun(api);
      const raised = await Promise.all(
        range(1, 6).map((n) => recorded(api, committee, `${inCase}/items`, { data: { title: `问题${n}` } })),
      );
      const ids = raised.map(({ body }) => body.itemId).sort();
      expect(ids).toEqual(range(2, 7).map((n) => `000${n}`));
    });
  });
}
