import { describe, expect, test } from 'vitest';
import { CASE, ITEM, issue, opening, refusal, setUp } from './kit.ts';

describe('writing', () => {
  test('opening a case answers 201 with the envelope, where it stands and its version', async () => {
    const { get, post } = setUp();
    const answer = await post('/v1/cases', { ...opening, occurredOn: '2026-01' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`${CASE}/events/1`);
    expect(answer.headers.get('etag')).toBe('"1"');
    const envelope = await answer.json();
    expect(envelope).toMatchObject({ type: 'CaseOpened', occurredOn: '2026-01', actorName: '李某' });
    expect(await (await get(`${CASE}/events/1`)).json()).toEqual(envelope);
  });

  test('raising an issue mints the item, and recording on it moves its version', async () => {
    const { get, post, begun } = setUp();
    await begun();
    const body = { type: 'MeasureAdopted', occurredOn: '2026-02-03', data: { text: '完善制度' } };
    const answer = await post(`${ITEM}/events`, body);
    expect(answer.headers.get('location')).toBe(`${ITEM}/events/2`);
    const item = await get(ITEM);
    expect(item.headers.get('etag')).toBe('"2"');
    expect(await item.json()).toMatchObject({ status: 'rectifying', measures: [{ measureId: 'm2' }] });
    expect((await get(`${ITEM}/events/2`)).status).toBe(200);
  });

  test('a repeated request gets the same answer, marked in a header only', async () => {
    const { post } = setUp();
    const headers = { 'idempotency-key': 'k-1' };
    const first = await post('/v1/cases', opening, { headers });
    const second = await post('/v1/cases', opening, { headers });
    expect(first.headers.has('idempotency-replayed')).toBe(false);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect([second.status, await second.text()]).toEqual([first.status, await first.text()]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });
});

describe('reading', () => {
  test('every read of a case answers as described', async () => {
    const { get, begun } = setUp();
    await begun();
    for (const address of [
      '/v1/cases',
      CASE,
      `${CASE}/items`,
      ITEM,
      `${CASE}/events`,
      `${ITEM}/events`,
      `${ITEM}/events/1`,
      `${CASE}/audit`,
      `${ITEM}/audit`,
      '/v1/figures',
      `${CASE}/figures`,
    ]) {
      expect((await get(address)).status, address).toBe(200);
      expect((await get(`${address}?recordedAsOf=2026-03-01&effectiveOn=2026-02-28`)).status).toBe(200);
    }
    for (const address of [CASE, ITEM, '/v1'])
      expect((await get(`${address}/diff?axis=recorded&from=2026-01-01&to=2026-03-01`)).status).toBe(200);
    const counts = await get('/v1/diff?axis=recorded&from=2026-01-01&to=2026-03-01&changes=false');
    expect(await counts.json()).toMatchObject({ axis: 'recorded', data: [{ summary: { new: 1 } }] });
    expect(await (await get(`${CASE}/hindsight?notice=1`)).json()).toMatchObject({ notice: 1 });
    const trail = await get('/v1/audit?office=%E5%8E%BF%E7%BA%AA%E5%A7%94&from=2026-01-01&to=2026-02-01');
    expect(await trail.json()).toMatchObject({ data: [{ type: 'CaseOpened' }, { type: 'IssueRaised' }] });
  });

  test('an answer on a clock echoes its cut', async () => {
    const { get, begun } = setUp();
    await begun();
    const answer = await get(`${ITEM}?recordedAsOf=2026-03-01`);
    expect(await answer.json()).toHaveProperty('cut.laterEntries', 3);
  });

  test('a list pages with a cursor', async () => {
    const { get, post, begun } = setUp();
    await begun();
    await post(`${CASE}/items`, issue);
    const first = (await (await get(`${CASE}/items?limit=1`)).json()) as { nextCursor: string };
    const second = await (await get(`${CASE}/items?limit=1&cursor=${first.nextCursor}`)).json();
    expect(second).toMatchObject({ data: [{ itemId: '0002' }] });
    expect(second).not.toHaveProperty('nextCursor');
  });

  test('the register filters by status', async () => {
    const { get, begun } = setUp();
    await begun();
    expect(await (await get(`${CASE}/items?status=closed`)).json()).toEqual({ data: [] });
  });

  test('HEAD answers as GET without its body', async () => {
    const { ask, begun } = setUp();
    await begun();
    for (const address of [ITEM, `${ITEM}/events`]) {
      const answer = await ask('HEAD', address, { headers: { accept: '*/*' } });
      expect([answer.status, await answer.text()]).toEqual([200, '']);
    }
  });

  test('an answer is never stored by a cache', async () => {
    const { get } = setUp();
    expect((await get('/v1/cases')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('addresses', () => {
  test.each([
    ['/v1/nothing', 'not-found'],
    ['/nothing', 'not-found'],
    ['/v1/cases/', 'not-found'],
    ['/v1/cases/UPPER', 'case-not-found'],
    ['/v1/cases/-a-', 'case-not-found'],
    ['/v1/cases/%ff%fe', 'case-not-found'],
    [`${CASE}/items/1`, 'item-not-found'],
    [`${CASE}/items/0000`, 'item-not-found'],
    [`${CASE}/items/12345/events`, 'item-not-found'],
    [`${CASE}/events/0`, 'entry-not-found'],
    [`${CASE}/events/01`, 'entry-not-found'],
    [`${CASE}/events/1000000`, 'entry-not-found'],
    [`${CASE}/events/2`, 'entry-not-found'],
    ['/docs/package.json', 'not-found'],
    ['/docs/..%2fpackage.json', 'not-found'],
  ])('%s is %s', async (address, code) => {
    const { app, begun } = setUp();
    await begun();
    const answer = await app.request(address, { headers: { authorization: 'Bearer good' } });
    expect(answer.status).toBe(404);
    expect(await refusal(answer)).toEqual([code]);
  });

  test.each([
    ['PUT', ITEM, 'GET, HEAD'],
    ['DELETE', `${ITEM}/events`, 'GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['GET', `${CASE}/import`, 'POST'],
    ['OPTIONS', '/v1/cases', 'GET, HEAD, POST'],
  ])('%s %s is refused with what is allowed', async (method, address, allowed) => {
    const { ask } = setUp();
    const answer = await ask(method, address);
    expect(answer.status).toBe(405);
    const methods = (answer.headers.get('allow') ?? '').split(', ').sort().join(', ');
    expect(methods).toBe(allowed);
    expect(await refusal(answer)).toEqual(['method-not-allowed']);
  });
});
