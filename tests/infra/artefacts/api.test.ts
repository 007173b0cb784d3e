import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apiContract } from '../../contract/api.contract.ts';
import { answerOf } from '../../kit/api-bench.ts';
import { range } from '../../kit/event-rows.ts';
import { failingProxy } from '../../kit/failing-proxy.ts';
import { type Begun, begun, entry, progress, recorded } from '../../kit/item-path.ts';
import { type CloudBench, cloudBench } from '../../kit/lambda/cloud-bench.ts';
import { startFunction } from '../../kit/lambda/deployed.ts';
import { type GatewayRequest, gatewayEvent, throughGateway } from '../../kit/lambda/gateway.ts';
import { narrowed, people } from '../../kit/people.ts';

vi.setConfig({ testTimeout: 60_000 });

const bodyOf = async (response: Response) => (await answerOf(response)).body;

// One deployment for all of this file: a cold start once, warm ever after.
let cloud: CloudBench;
beforeAll(async () => {
  cloud = await cloudBench();
});
afterAll(() => cloud?.stop());

apiContract('as deployed', async () => ({
  ask: cloud.ask,
  projected: cloud.projected,
  stop: async () => {},
}));

describe('the API behind its gateway', () => {
  let at: Begun;
  let bearer: readonly [string, string];
  beforeAll(async () => {
    at = await begun(cloud);
    bearer = ['Authorization', `Bearer ${await cloud.tokenOf(people.lead)}`];
  });

  const send = async (request: Omit<GatewayRequest, 'headers'> & Partial<GatewayRequest>, accept = '') => {
    const headers = [
      bearer,
      ...(accept ? [['Accept-Encoding', accept] as const] : []),
      ...(request.headers ?? []),
    ];
    return throughGateway(cloud.api, { ...request, headers });
  };
  const json = ['Content-Type', 'application/json'] as const;
  const post = (over: Partial<GatewayRequest> = {}): GatewayRequest => ({
    method: 'POST',
    path: `${at.item}/events`,
    headers: [json],
    body: JSON.stringify(progress('经网关')),
    ...over,
  });

  test.each(['/x/../v1/cases', '/x/%2e%2E/v1/cases', '/./v1/cases', '/v1/cases/..'])(
    'an address that a URL would resolve to another one is none: %s',
    async (path) => {
      const event = gatewayEvent({ method: 'GET', path: '/x' });
      const outcome = await cloud.api.invoke({ ...event, rawPath: path });
      expect(outcome).toMatchObject({
        payload: { statusCode: 404, body: expect.stringContaining('"not-found"') },
      });
    },
  );

  test('what is no request is refused in our own words', async () => {
    const event = gatewayEvent({ method: 'GET', path: '/v1/cases' });
    const outcome = await cloud.api.invoke({ ...event, cookies: ['a=中文'] });
    expect(outcome).toMatchObject({
      payload: { statusCode: 400, headers: { 'content-type': 'application/problem+json' } },
    });
  });

  test('starts cold once an instance and stays warm; says nothing that is no JSON line', async () => {
    const before = cloud.api.coldStarts();
    expect(before).toBeLessThanOrEqual(3);
    await Promise.all(range(1, 9).map(() => send({ method: 'GET', path: at.item })));
    expect(cloud.api.coldStarts()).toBeLessThanOrEqual(3);
    // The SDK warns of the version of Node.js that tests may run on.
    const lines = cloud.api.log.filter((line) => line.includes('application metrics'));
    expect(lines).toEqual([]);
    const requests = cloud.api.log.filter(
      (line) => line.startsWith('{') && line.includes('"message":"request"'),
    );
    expect(requests.length).toBeGreaterThanOrEqual(9);
    const said = requests.map((line) => JSON.parse(line));
    expect(said.filter((line) => line.cold_start)).toHaveLength(cloud.api.coldStarts());
    expect(said.at(-1)).toMatchObject({
      service: 'taizhang-prod-api',
      function_request_id: expect.any(String),
    });
    expect(cloud.api.log.join('\n')).not.toMatch(/经网关|Bearer|eyJ/);
  });

  test('takes a body in base64, of text and of bytes that are none', async () => {
    const encoded = await send(post({ asBase64: true }));
    expect([encoded.status, (await bodyOf(encoded)).data.text]).toEqual([201, '经网关']);
    const event = gatewayEvent(post({ asBase64: true }));
    expect([event.isBase64Encoded, event.body?.startsWith('{')]).toEqual([true, false]);
    const broken = await send(post({ asBase64: true, body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }));
    expect([broken.status, (await bodyOf(broken)).detail]).toEqual([400, expect.stringContaining('UTF-8')]);
  });

  test('reads a header that came twice as one list', async () => {
    const tagged = await send(post({ headers: [json, ['If-Match', '"900"'], ['If-Match', '*']] }));
    expect(tagged.status).toBe(400);
    const other = await send(post({ headers: [json, ['If-Match', '"900"'], ['If-Match', '"901"']] }));
    expect(other.status).toBe(412);
    const accepted = await send({
      method: 'GET',
      path: `${at.item}/events`,
      headers: [
        ['Accept', 'text/html;q=0.1'],
        ['Accept', 'application/x-ndjson'],
      ],
    });
    expect(accepted.headers.get('content-type')).toBe('application/x-ndjson');
  });

  test('trusts no cookie and no header, and minds none', async () => {
    const cookies = ['token=abc', 'role=committee'];
    const withToken = await send({ method: 'GET', path: at.item, cookies });
    expect([withToken.status, withToken.headers.get('set-cookie')]).toEqual([200, null]);
    const without = await throughGateway(cloud.api, {
      ...{ method: 'GET', path: at.item, cookies },
      headers: [
        ['X-Role', 'committee'],
        ['X-Forwarded-For', '127.0.0.1'],
      ],
    });
    expect([without.status, (await bodyOf(without)).code]).toEqual([401, 'token-missing']);
  });

  test('a body on a GET means nothing', async () => {
    const answer = await send({ method: 'GET', path: at.item, headers: [json], body: '{"a":1}' });
    expect(answer.status).toBe(200);
  });

  test('a stage stands in front of the path, and of the Location', async () => {
    const staged = await send(post({ stage: 'prod' }));
    const place = staged.headers.get('location') ?? '';
    expect([staged.status, place]).toEqual([
      201,
      expect.stringMatching(/^\/prod\/v1\/cases\/.+\/events\/[0-9]+$/),
    ]);
    const read = await send({ method: 'GET', path: place.slice('/prod'.length), stage: 'prod' });
    expect(await bodyOf(read)).toEqual(await bodyOf(staged));
    const root = await throughGateway(cloud.api, { method: 'GET', path: '/healthz', stage: 'prod' });
    expect(root.status).toBe(200);
    const unstaged = await send(post());
    expect(unstaged.headers.get('location')).toMatch(/^\/v1\//);
  });

  test.each([
    ['/v1/cases/%E5%8F%B0%E8%B4%A6', 'case-not-found'],
    ['/v1/cases/no-such%23?limit=1', 'case-not-found'],
    ['/v1/cases/no%5Csuch/items', 'case-not-found'],
    ['/v1/cases/a%09bc', 'case-not-found'],
    ['/v1/cases/100%25', 'case-not-found'],
    ['/%E5%8F%B0', 'not-found'],
  ])('the path %s, which the gateway decodes, names what it names', async (path, code) => {
    const answer = await send({ method: 'GET', path });
    expect([answer.status, (await bodyOf(answer)).code]).toEqual([404, code]);
  });

  test('what follows a decoded # does not make it another address', async () => {
    const answer = await send({ method: 'GET', path: `${at.inCase}%23/items/0001` });
    expect([answer.status, (await bodyOf(answer)).code]).toEqual([404, 'case-not-found']);
  });

  test('a query in Chinese arrives as it was sent', async () => {
    await cloud.projected();
    const path = `${at.inCase}/items?office=${encodeURIComponent('民政办')}`;
    expect((await bodyOf(await send({ method: 'GET', path }))).data).toHaveLength(1);
  });

  test('a token for another client, of another issuer or for another case opens nothing', async () => {
    const ask = (token: string) =>
      throughGateway(cloud.api, {
        method: 'GET',
        path: at.item,
        headers: [['Authorization', `Bearer ${token}`]],
      });
    const other = await ask(await cloud.issuer.mint(people.committee, { audience: 'another-client' }));
    expect([other.status, (await bodyOf(other)).code]).toEqual([401, 'token-invalid']);
    const expired = await ask(await cloud.issuer.mint(people.committee, { ttlSeconds: -60 }));
    expect([expired.status, (await bodyOf(expired)).detail]).toEqual([401, 'the token has expired']);
    const narrow = await ask(await cloud.issuer.mint(narrowed(people.committee, 'abc', 'def')));
    expect([narrow.status, (await bodyOf(narrow)).code]).toEqual([403, 'case-not-allowed']);
  });

  test('an event that is too large never reaches the function', async () => {
    const answer = await send(post({ body: 'x'.repeat(6_300_000) }));
    expect([answer.status, await bodyOf(answer)]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });
});

describe('large answers', () => {
  let path = '';
  beforeAll(async () => {
    const { item } = await begun(cloud);
    path = `${item}/events`;
    // 20 KB of words that pack badly each, and each comes twice: as data and as the stored string.
    const words = (n: number) =>
      range(1, 4_900)
        .map((at) => String.fromCodePoint(0x4e00 + ((at * 7_919 * n) % 20_000)))
        .join('');
    for (let n = 1; n <= 250; n += 10)
      await Promise.all(range(n, n + 9).map((at) => recorded(cloud, people.lead, path, progress(words(at)))));
  });

  const read = async (query: string, ...headers: (readonly [string, string])[]) =>
    throughGateway(cloud.api, {
      method: 'GET',
      path: `${path}?${query}`,
      headers: [['Authorization', `Bearer ${await cloud.tokenOf(people.lead)}`], ...headers],
    });

  test('travel packed where the client takes gzip, and not otherwise', async () => {
    const plain = await read('limit=20');
    const packed = await read('limit=20', ['Accept-Encoding', 'br, gzip;q=0.8']);
    const refusing = await read('limit=20', ['Accept-Encoding', 'gzip;q=0']);
    expect([plain, packed, refusing].map((one) => one.headers.get('content-encoding'))).toEqual([
      null,
      'gzip',
      null,
    ]);
    for (const answer of [plain, packed, refusing])
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
    const texts = await Promise.all([plain, packed, refusing].map((one) => one.text()));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]?.length).toBeGreaterThan(100_000);
  });

  test('that are too large for Lambda are refused in our own words, and counted; a page of them is not', async () => {
    const whole = await read('limit=1000');
    expect(whole.headers.get('content-type')).toBe('application/problem+json');
    expect([whole.status, await bodyOf(whole)]).toEqual([
      400,
      expect.objectContaining({ code: 'answer-too-large', type: '/problems#answer-too-large' }),
    ]);
    expect(whole.headers.get('etag')).toBeNull();
    const counted = cloud.api.log.filter(
      (line) => line.includes('"_aws"') && line.includes('"AnswersTooLarge":1'),
    );
    expect(counted).toHaveLength(1);
    const page = await read('limit=100');
    expect(page.status).toBe(200);
    const lines = await read('', ['Accept', 'application/x-ndjson'], ['Accept-Encoding', 'gzip']);
    expect(lines.status).toBe(200);
    expect((await lines.text()).trimEnd().split('\n')).toHaveLength(252);
  });

  test('that break off on the way are answered in our own words, not with half of them', async () => {
    const proxy = await failingProxy(cloud.store.endpoint);
    const api = await startFunction(cloud.functions.api, { dynamodb: proxy.endpoint });
    const request: GatewayRequest = {
      ...{ method: 'GET', path },
      headers: [
        ['Authorization', `Bearer ${await cloud.tokenOf(people.lead)}`],
        ['Accept', 'application/x-ndjson'],
        ['Accept-Encoding', 'gzip'],
      ],
    };
    try {
      // The history's second page and all after it.
      proxy.answer('failed', 'ExclusiveStartKey');
      const broken = await throughGateway(api, request);
      expect(proxy.refused()).toBeGreaterThan(0);
      expect([broken.status, (await bodyOf(broken)).code]).toEqual([503, 'busy']);
      expect([broken.headers.get('content-type'), broken.headers.get('retry-after')]).toEqual([
        'application/problem+json',
        '1',
      ]);
      proxy.letThrough();
      expect((await throughGateway(api, request)).status).toBe(200);
    } finally {
      await api.stop();
      await proxy.stop();
    }
  });
});

describe('words in the cloud', () => {
  test('stay when their erasure is recorded, until the eraser ran', async () => {
    const { item } = await begun(cloud);
    await recorded(cloud, people.lead, `${item}/events`, progress('应删的话'));
    const erase = entry('TextErased', { target: 3, ground: '法', approvedBy: 'wang' });
    await recorded(cloud, people.committee, `${item}/events`, erase);
    const [, , , caseId = ''] = item.split('/');
    const { documents } = cloud.store.client();
    const get = new GetCommand({
      ...{ TableName: cloud.store.tables.events.name, Key: { caseId, entry: 'I#0001#000003' } },
      ConsistentRead: true,
    });
    expect(String((await documents.send(get)).Item?.text)).toContain('应删的话');

    const eraser = await startFunction(cloud.functions.eraser, { dynamodb: cloud.store.endpoint });
    try {
      expect(await eraser.invoke({ caseId })).toEqual({ payload: { erased: 1, cases: 1 } });
      expect(await eraser.invoke({ caseId })).toEqual({ payload: { erased: 0, cases: 1 } });
    } finally {
      await eraser.stop();
    }
    const { Item } = await documents.send(get);
    expect([Item?.text, Item?.textSalt, typeof Item?.header]).toEqual([undefined, undefined, 'string']);
    await cloud.projected();
    const { body } = await cloud.ask(people.committee, 'GET', `${item}/events/3`);
    expect(JSON.stringify(body)).not.toContain('应删的话');
    expect(body).toMatchObject({ seq: 3, type: 'ProgressReported', hash: expect.any(String) });
  });
});
