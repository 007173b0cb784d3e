import { describe, expect, test } from 'vitest';
import { CASE, ITEM, refusal, setUp } from './kit.ts';

const lines = { headers: { accept: 'application/x-ndjson' } };

describe('a history as NDJSON', () => {
  test('gives every envelope on a line of its own, as JSON gives them', async () => {
    const { get, post, begun } = setUp();
    await begun();
    for (const text of ['一', '二\n三'])
      await post(`${ITEM}/events`, { type: 'ProgressReported', data: { text } });
    const answer = await get(`${ITEM}/events`, lines);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('vary')).toContain('Accept');
    const text = await answer.text();
    const { data } = (await (await get(`${ITEM}/events`)).json()) as { data: unknown[] };
    expect(text.split('\n')).toHaveLength(4);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(data);
  });

  test('echoes the cut in a header', async () => {
    const { get, begun } = setUp();
    await begun();
    const answer = await get(`${ITEM}/events?recordedAsOf=2026-03-01`, lines);
    expect(JSON.parse(answer.headers.get('cut') ?? '')).toMatchObject({ settled: true, laterEntries: 3 });
  });

  test('reads no further than the client does', async () => {
    const { app, ledger, post, begun } = setUp();
    await begun();
    const report = { type: 'ProgressReported', data: { text: '一' } };
    for (let n = 0; n < 20; n += 1) await post(`${ITEM}/events`, report);
    const headers = { authorization: 'Bearer good', ...lines.headers };
    const reader = (await app.request(`${ITEM}/events`, { headers })).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(ledger.pages).toBeLessThanOrEqual(3);
    await reader?.cancel();
    expect(ledger.pages).toBeLessThanOrEqual(3);
  });

  test('a fault on the way breaks the answer off; one at the start is a plain refusal', async () => {
    const { app, get, ledger, lines: log, post, begun } = setUp();
    await begun();
    await post(`${ITEM}/events`, { type: 'ProgressReported', data: { text: '一' } });
    const headers = { authorization: 'Bearer good', ...lines.headers };
    const answer = await app.request(`${ITEM}/events`, { headers });
    ledger.next = new Error('gone');
    await expect(answer.text()).rejects.toThrow('gone');
    expect(log.some((line) => line.message.includes('broke off'))).toBe(true);
    ledger.next = new Error('gone');
    expect((await get(`${ITEM}/events`, lines)).status).toBe(500);
  });

  test('takes no page', async () => {
    const { get, begun } = setUp();
    await begun();
    expect(await refusal(await get(`${ITEM}/events?limit=5`, lines))).toEqual(['invalid-request']);
  });

  test.each([
    ['application/json, application/x-ndjson', 'application/json'],
    ['application/json;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['application/*', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['application/json;q=0, */*', 'application/x-ndjson'],
    ['text/csv', 'application/problem+json'],
  ])('Accept: %s gets %s', async (accept, type) => {
    const { get, begun } = setUp();
    await begun();
    const answer = await get(`${ITEM}/events`, { headers: { accept } });
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.status).toBe(type.includes('problem') ? 406 : 200);
  });
});

describe('a notice', () => {
  test('is plain text', async () => {
    const { get, begun } = setUp();
    await begun();
    const answer = await get(`${CASE}/notice?effectiveOn=2026-02-28`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i);
    expect(await answer.text()).toBe('整改进展\n');
  });

  test('needs no token, and the ledger knows that there was none', async () => {
    const { get, begun } = setUp();
    await begun();
    expect(await refusal(await get(`${CASE}/notice`, { token: '' }))).toEqual(['notice-not-published']);
  });

  test('has no other form yet', async () => {
    const { get, begun } = setUp();
    await begun();
    const answer = await get(`${CASE}/notice`, { headers: { accept: 'application/pdf' } });
    expect(await refusal(answer)).toEqual(['not-acceptable']);
  });
});
