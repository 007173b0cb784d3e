import { describe, expect, test } from 'vitest';
import { ITEM, opening, refusal, setUp } from './kit.ts';

const report = { type: 'ProgressReported', data: { text: '已完成' } };

describe('If-Match', () => {
  test.each(['"1"', '*', ' * ', '"7", "1"', 'W/"1", "1"', '"x","1"'])(
    '%s lets a write through',
    async (tag) => {
      const { post, begun } = setUp();
      await begun();
      const answer = await post(`${ITEM}/events`, report, { headers: { 'if-match': tag } });
      expect(answer.status).toBe(201);
    },
  );

  test.each(['"2"', 'W/"1"', '"01"', '"abc"', '""', '"2","3"', '"99999999"'])(
    '%s is 412 with the current version',
    async (tag) => {
      const { post, begun, get } = setUp();
      await begun();
      const answer = await post(`${ITEM}/events`, report, { headers: { 'if-match': tag } });
      expect(answer.status).toBe(412);
      expect(answer.headers.get('etag')).toBe('"1"');
      expect(await answer.json()).toMatchObject({ code: 'version-mismatch', version: 1 });
      expect((await get(ITEM)).headers.get('etag')).toBe('"1"');
    },
  );

  test.each(['1', '', '"1', '"1" "2"', '"1",', 'w/"1"', '"1";', '*, "1"', Array(17).fill('"1"').join(',')])(
    '%j is malformed',
    async (tag) => {
      const { post, begun } = setUp();
      await begun();
      const answer = await post(`${ITEM}/events`, report, { headers: { 'if-match': tag } });
      expect(await refusal(answer)).toEqual(['invalid-request', '/If-Match invalid-value']);
    },
  );
});

describe('If-None-Match', () => {
  test.each(['"1"', 'W/"1"', '"8", "1"', '*'])('%s is 304 while nothing was recorded', async (tag) => {
    const { get, post, begun } = setUp();
    await begun();
    const same = await get(ITEM, { headers: { 'if-none-match': tag } });
    expect([same.status, same.headers.get('etag')]).toEqual([304, '"1"']);
    await post(`${ITEM}/events`, report);
    const later = await get(ITEM, { headers: { 'if-none-match': '"1"' } });
    expect([later.status, later.headers.get('etag')]).toEqual([200, '"2"']);
  });

  test('an overdue item is answered whole: what the client has may call it in time', async () => {
    const { get, begun, ledger } = setUp();
    await begun();
    const { item } = ledger;
    ledger.item = async (...asked) => {
      const found = await item.apply(ledger, asked);
      return 'refused' in found ? found : { ...found, overdue: true };
    };
    expect((await get(ITEM, { headers: { 'if-none-match': '"1"' } })).status).toBe(200);
  });

  test.each(['"2"', 'nonsense', '"x"'])('%s is 200', async (tag) => {
    const { get, begun } = setUp();
    await begun();
    expect((await get(ITEM, { headers: { 'if-none-match': tag } })).status).toBe(200);
  });
});

describe('Idempotency-Key', () => {
  test.each(['', 'a b', 'a'.repeat(65), 'k\u00e9y'])('%j is refused', async (key) => {
    const { post } = setUp();
    const answer = await post('/v1/cases', opening, { headers: { 'idempotency-key': key } });
    expect(await refusal(answer)).toEqual(['invalid-request', '/Idempotency-Key invalid-value']);
  });

  test('holds up to 64 visible ASCII characters', async () => {
    const { post } = setUp();
    const headers = { 'idempotency-key': '!'.repeat(32) + '~'.repeat(32) };
    expect((await post('/v1/cases', opening, { headers })).status).toBe(201);
  });
});
