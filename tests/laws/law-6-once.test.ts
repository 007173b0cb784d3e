import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Principal } from '../../domain/actor.ts';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { aCaseId, anItemId, freshCase } from '../kit/event-rows.ts';
import { begun, entry, progress, recorded } from '../kit/item-path.ts';
import { accepted, OPENING } from '../kit/ledger-bench.ts';
import { people } from '../kit/people.ts';
import { chainHolds } from '../kit/recheck.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('law 6: the same Idempotency-Key records once', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await apiBench();
  });
  afterAll(() => api?.stop());

  const version = async (item: string): Promise<number> =>
    (await api.ask(people.committee, 'GET', item)).body.version;

  test('20 parallel requests: one entry, and all get its answer', async () => {
    const { item, inCase } = await begun(api);
    const caseId = freshCase();
    const targets: [Principal, string, object][] = [
      [people.lead, `${item}/events`, progress('进展')],
      [
        people.committee,
        `${inCase}/events`,
        entry('AccountabilityRecorded', { kind: 'admonition', persons: 1 }),
      ],
      [people.committee, `${inCase}/items`, { data: { title: '并发' } }],
      [people.committee, '/v1/cases', { caseId, data: OPENING }],
    ];
    for (const [who, path, body] of targets) {
      const key = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => api.ask(who, 'POST', path, body, key)),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
      expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201));
      const fresh = answers.filter((answer) => !answer.headers.has('idempotency-replayed'));
      expect(fresh).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).toBe(1);
    }
    expect(await version(item)).toBe(3);
    expect((await api.ask(people.committee, 'GET', `${inCase}/items`)).body.data).toHaveLength(2);
  });

  test('20 parallel requests to two ledgers over one engine, which share no queue', async () => {
    const { item, inCase } = await begun(api);
    const caseId = aCaseId(inCase.slice('/v1/cases/'.length));
    const ledgers = [api.another(), api.another()] as const;
    const twenty = Array.from({ length: 20 }, (_, at) => ledgers[at % 2 === 0 ? 0 : 1]);
    const data = { data: { text: '进展' } };
    const onItem = await Promise.all(
      twenty.map((ledger) =>
        ledger.recordOnItem(
          people.lead,
          caseId,
          anItemId('0001'),
          { type: 'ProgressReported', ...data },
          { idempotencyKey: 'one' },
        ),
      ),
    );
    expect(new Set(onItem.map((outcome) => accepted(outcome).hash)).size).toBe(1);
    const issue = { data: { title: '并发' } };
    const raised = await Promise.all(
      twenty.map((ledger) => ledger.raiseIssue(people.committee, caseId, issue, { idempotencyKey: 'two' })),
    );
    expect(new Set(raised.map((outcome) => accepted(outcome).hash)).size).toBe(1);
    const other = freshCase();
    const opened = await Promise.all(
      twenty.map((ledger) =>
        ledger.openCase(people.committee, other, { data: OPENING }, { idempotencyKey: 'three' }),
      ),
    );
    expect(new Set(opened.map((outcome) => accepted(outcome).hash)).size).toBe(1);
    expect(await version(item)).toBe(3);
    await chainHolds(api.deps);
  });

  test.each([0, 1, 20, 200])('a retry after %i later entries gets the first answer', async (later) => {
    const { item } = await begun(api);
    const key = { 'idempotency-key': randomUUID() };
    const first = await recorded(api, people.lead, `${item}/events`, progress('第一'), key);
    for (let n = 0; n < later; n += 1) await recorded(api, people.lead, `${item}/events`, progress(`${n}`));
    api.clock.advance(23 * 3_600_000);
    const again = await recorded(api, people.lead, `${item}/events`, progress('第一'), key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await version(item)).toBe(3 + later - 0);
  });

  test('a retry of raising after 120 later issues, and of opening after 20 later entries', async () => {
    const caseId = freshCase();
    const inCase = `/v1/cases/${caseId}`;
    const opening = { caseId, data: OPENING };
    const keys = [{ 'idempotency-key': randomUUID() }, { 'idempotency-key': randomUUID() }] as const;
    const opened = await recorded(api, people.committee, '/v1/cases', opening, keys[0]);
    const raise = (title: string, headers = {}) =>
      recorded(api, people.committee, `${inCase}/items`, { data: { title } }, headers);
    const raised = await raise('第一', keys[1]);
    for (let n = 0; n < 120; n += 1) await raise(`问题${n}`);
    for (let n = 0; n < 20; n += 1)
      await recorded(
        api,
        people.committee,
        `${inCase}/events`,
        entry('AccountabilityRecorded', { kind: 'admonition', persons: n }),
      );
    expect((await raise('第一', keys[1])).body).toEqual(raised.body);
    expect((await recorded(api, people.committee, '/v1/cases', opening, keys[0])).body).toEqual(opened.body);
    const without = await api.ask(people.committee, 'POST', '/v1/cases', opening);
    expect([without.status, without.body.code]).toEqual([409, 'case-exists']);
  });

  test('a retry is answered although the same wish would be refused by now', async () => {
    const { item } = await begun(api);
    const key = { 'idempotency-key': 'adopt' };
    const adopt = entry('MeasureAdopted', { text: '措施' });
    const first = await recorded(api, people.lead, `${item}/events`, adopt, key);
    await recorded(api, people.lead, `${item}/events`, entry('ClosureRequested', { statement: '申请' }));
    expect((await api.ask(people.lead, 'POST', `${item}/events`, adopt)).body.code).toBe('closure-requested');
    expect((await recorded(api, people.lead, `${item}/events`, adopt, key)).body).toEqual(first.body);
    const conditional = await api.ask(people.lead, 'POST', `${item}/events`, adopt, {
      ...key,
      'if-match': '"2"',
    });
    expect(conditional.body).toEqual(first.body);
  });

  test('the same key for something else is refused, and records nothing', async () => {
    const { item, inCase } = await begun(api);
    const key = { 'idempotency-key': 'k' };
    await recorded(api, people.lead, `${item}/events`, progress('一'), key);
    const others = [progress('二'), progress('一', '2026-01-01'), entry('MeasureAdopted', { text: '一' })];
    for (const body of others) {
      const answer = await api.ask(people.lead, 'POST', `${item}/events`, body, key);
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency-key-reused']);
    }
    await recorded(api, people.committee, `${inCase}/items`, { data: { title: '甲' } }, key);
    const reused = await api.ask(people.committee, 'POST', `${inCase}/items`, { data: { title: '乙' } }, key);
    expect([reused.status, reused.body.code]).toEqual([422, 'idempotency-key-reused']);
    expect(await version(item)).toBe(3);
  });

  test('another person, another target: the same key records', async () => {
    const { item, inCase } = await begun(api);
    const key = { 'idempotency-key': 'shared' };
    await recorded(api, people.lead, `${item}/events`, progress('进展'), key);
    const other = await recorded(api, people.support, `${item}/events`, progress('进展'), key);
    expect(other.headers.has('idempotency-replayed')).toBe(false);
    const stranger = { ...people.lead, iss: 'https://elsewhere.test' };
    const caseId = aCaseId(inCase.slice('/v1/cases/'.length));
    const request = { type: 'ProgressReported', data: { text: '进展' } };
    const theirs = await api.ledger.recordOnItem(stranger, caseId, anItemId('0001'), request, {
      idempotencyKey: 'shared',
    });
    expect(accepted(theirs).repeated).toBe(false);
    expect(await version(item)).toBe(5);
  });

  test('a refusal is not remembered: the same key records once the way is free', async () => {
    const { item } = await begun(api);
    const key = { 'idempotency-key': 'later' };
    const request = entry('ClosureRequested', { statement: '申请' });
    const refused = await api.ask(people.lead, 'POST', `${item}/events`, request, key);
    expect(refused.body.code).toBe('no-standing-measure');
    await recorded(api, people.lead, `${item}/events`, entry('MeasureAdopted', { text: '措施' }));
    const answer = await recorded(api, people.lead, `${item}/events`, request, key);
    expect(answer.headers.has('idempotency-replayed')).toBe(false);
  });

  test('normalised words are the same words; the order of members does not matter', async () => {
    const { item } = await begun(api);
    const key = { 'idempotency-key': 'nfc' };
    const first = await recorded(
      api,
      people.lead,
      `${item}/events`,
      progress('  caf\u0065\u0301\r\n行  '),
      key,
    );
    const again = { data: { text: 'caf\u00e9\n行' }, type: 'ProgressReported' };
    expect((await recorded(api, people.lead, `${item}/events`, again, key)).body).toEqual(first.body);
  });
});
