import { describe, expect, test } from 'vitest';
import { StoreFault } from '../../../domain/ports.ts';
import { type RefusalCode, refusals, refuse } from '../../../domain/refusals.ts';
import { document } from './described.ts';
import { CASE, ITEM, refusal, setUp } from './kit.ts';

describe('who asks', () => {
  test('a read of a case needs a token', async () => {
    const { get } = setUp();
    const answer = await get(CASE, { token: '' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await refusal(answer)).toEqual(['token-missing']);
  });

  test.each([CASE, '/v1/cases', '/healthz', '/', '/docs', '/openapi.json', `${CASE}/notice`])(
    'a bad token is 401 at %s',
    async (address) => {
      const { get } = setUp();
      const answer = await get(address, { token: 'forged' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(await refusal(answer)).toEqual(['token-invalid']);
    },
  );

  test.each([
    'Basic Z29vZA==',
    'Bearer',
    'Bearer a b',
    'good',
    'Bearer "good"',
    `Bearer ${'a'.repeat(20_000)}`,
  ])('the credentials %.20s are none', async (authorization) => {
    const { get } = setUp();
    expect((await get('/healthz', { headers: { authorization } })).status).toBe(401);
  });

  test('the scheme may be spelled in any case', async () => {
    const { get } = setUp();
    expect((await get('/v1/cases', { headers: { authorization: 'bEARER good' } })).status).toBe(200);
  });

  test('a missing token comes before an unreadable body, an unknown address before both', async () => {
    const { app, post } = setUp();
    expect((await post('/v1/cases', '{', { token: '' })).status).toBe(401);
    expect((await app.request('/v1/nothing')).status).toBe(404);
  });
});

describe('a refusal', () => {
  test('every code comes out with its own status, title and type', async () => {
    const { app, ledger, begun } = setUp();
    await begun();
    for (const code of Object.keys(refusals) as RefusalCode[]) {
      ledger.next = { ...refuse(code, 'why'), errors: [] };
      const answer = await app.request(ITEM, { headers: { authorization: 'Bearer good' } });
      const [status, title] = refusals[code];
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      const type = `/problems#${code}`;
      expect(await answer.json()).toEqual({ type, title, status, code, detail: 'why', errors: [] });
      expect(answer.headers.has('www-authenticate')).toBe(status === 401);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '1' : null);
    }
  });

  test('every code that an operation describes is one that it can answer', async () => {
    const { ledger, post, begun } = setUp();
    await begun();
    const described = JSON.stringify(document.paths['/v1/cases/{caseId}/items/{itemId}/events']?.post);
    for (const code of Object.keys(refusals) as RefusalCode[]) {
      if (!described.includes(`"${code}"`)) continue;
      ledger.next = refuse(code);
      const answer = await post(`${ITEM}/events`, {
        type: 'ClosureRequested',
        data: { statement: '请予销号' },
      });
      expect(await refusal(answer)).toEqual([code]);
    }
  });

  test('/problems explains every code, to programs and to people', async () => {
    const { get } = setUp();
    const { data } = (await (await get('/problems')).json()) as { data: { code: string }[] };
    expect(data.map((one) => one.code)).toEqual(Object.keys(refusals));
    const page = await (await get('/problems', { headers: { accept: 'text/html,*/*;q=0.8' } })).text();
    for (const code of Object.keys(refusals)) expect(page).toContain(`id="${code}"`);
    expect((await get('/problems', { headers: { accept: 'image/png' } })).status).toBe(406);
  });
});

describe('a fault', () => {
  test.each(['busy', 'unavailable'] as const)('of a store that is %s asks to come again', async (kind) => {
    const { get, ledger, lines, begun } = setUp();
    await begun();
    ledger.next = new StoreFault(kind, new Error('throttled'));
    const answer = await get(ITEM);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refusal(answer)).toEqual([kind]);
    expect(lines.some((line) => line.level === 'warn' && line.fields.kind === kind)).toBe(true);
  });

  test('that nobody expected is a bare 500; only the log knows more', async () => {
    const { get, ledger, lines, begun } = setUp();
    await begun();
    ledger.next = new Error('secret words');
    const answer = await get(ITEM, { headers: { 'x-request-id': 'r-7' } });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', detail: 'the log has it under r-7' });
    const line = lines.find((one) => one.level === 'error');
    expect(line?.fields).toMatchObject({ requestId: 'r-7' });
    expect(String(line?.fields.stack)).toContain('secret words');
  });

  test('of the identity is no leak either', async () => {
    const { get } = setUp();
    const answer = await get('/v1/cases', { token: 'breaks' });
    expect([answer.status, (await answer.text()).includes('secret')]).toEqual([500, false]);
  });
});

describe('health', () => {
  test('is 200 while the store answers, and needs no token', async () => {
    const { get } = setUp();
    const answer = await get('/healthz', { token: '' });
    expect(await answer.json()).toEqual({ status: 'ok', deadLetters: 2, version: '1.2.3' });
  });

  test('is 503 otherwise, whether the ledger says so or throws', async () => {
    const { get, ledger } = setUp();
    ledger.healthy = false;
    expect((await get('/healthz')).status).toBe(503);
    ledger.next = new Error('down');
    const answer = await get('/healthz');
    expect([answer.status, await answer.json()]).toMatchObject([503, { deadLetters: null }]);
  });
});

describe('the access log', () => {
  test('says who read which case, and never a word of it', async () => {
    const { get, post, lines, begun } = setUp();
    await begun();
    lines.length = 0;
    await get(`${ITEM}?recordedAsOf=2026-03-01`);
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'request',
        fields: {
          requestId: 'minted-3',
          method: 'GET',
          route: '/v1/cases/:caseId/items/:itemId',
          caseId: 'xunfeng-2026',
          itemId: '0001',
          status: 200,
          ms: 5,
          iss: 'https://issuer.test',
          sub: 'li',
          office: '县纪委',
          role: 'committee',
        },
      },
    ]);
    await post(`${CASE}/items`, { data: { title: '不可外传' } });
    await post(`${CASE}/items`, { data: { title: 7, 不可外传: 1 } });
    await get('/不可外传?x=不可外传');
    await get(`${CASE}/items?office=不可外传`);
    expect(JSON.stringify(lines)).not.toMatch(/不可外传|%E4%B8%8D/i);
  });

  test('names refused requests too', async () => {
    const { get, lines } = setUp();
    await get(CASE, { token: '' });
    await get('/elsewhere', { token: '' });
    await get(CASE, { token: 'forged' });
    expect(lines.map(({ fields }) => [fields.status, fields.route])).toEqual([
      [401, '/v1/cases/:caseId'],
      [404, null],
      [401, '/v1/cases/:caseId'],
    ]);
  });

  test('takes a sane request id over, and mints one otherwise', async () => {
    const { get } = setUp();
    for (const [brought, expected] of [
      ['abc-123.4', 'abc-123.4'],
      ['{"a":1}', 'minted-1'],
      ['a'.repeat(65), 'minted-2'],
      ['', 'minted-3'],
    ] as const) {
      const answer = await get('/healthz', { headers: { 'x-request-id': brought } });
      expect(answer.headers.get('x-request-id')).toBe(expected);
    }
  });
});
