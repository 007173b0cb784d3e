import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { begun, progress } from '../kit/item-path.ts';
import { people } from '../kit/people.ts';
import { dataFolder, endServers, type ServerProcess, startServer } from '../kit/server-process.ts';

vi.setConfig({ testTimeout: 120_000 });

const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;
const said = (data: string, type = 'ProgressReported'): string =>
  `{"type":${JSON.stringify(type)},"data":${data}}`;
const many = (n: number): string => `[${Array.from({ length: n }, (_, at) => `"m${at + 1}"`).join(',')}]`;
const evidence = (ids: string): string =>
  said(
    `{"name":"x","mediaType":"a/b","bytes":1,"sha256":"${'a'.repeat(64)}","measureIds":${ids}}`,
    'EvidenceAttached',
  );

/** Bodies that are refused, whatever they are. */
const BODIES: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['100,000 arrays', nested('[', ']', 100_000)],
  ['20,000 objects', nested('{"a":', '}', 20_000)],
  ['data nested 100,000 deep', said(nested('[', ']', 100_000))],
  [
    'a correction of nested values',
    said(`{"target":1,"reason":"x","set":{"title":${nested('[', ']', 30)}}}`, 'EntryCorrected'),
  ],
  ['a huge number', said('{"text":1e999999}')],
  ['a number of 100,000 digits', said(`{"text":${'9'.repeat(100_000)}}`)],
  ['a seq beyond all', said('{"target":9007199254740993,"reason":"x"}', 'EntryVoided')],
  ['a negative seq', said('{"target":-1,"reason":"x"}', 'EntryVoided')],
  ['NaN', said('{"text":NaN}')],
  ['a lone surrogate, escaped', said('{"text":"\\ud800"}')],
  ['a control character, escaped', said('{"text":"\\u0000\\u0007"}')],
  ['a control character, raw', said('{"text":"\u0001"}')],
  ['a right-to-left override in an id', said('{"text":"x","measureId":"\\u202em1"}')],
  ['__proto__', said('{"__proto__":{"role":"committee"},"text":"x"}')],
  ['constructor', said('{"constructor":{"prototype":{"x":1}},"text":"x"}')],
  ['a type that is of every object', said('{}', 'constructor')],
  ['another', said('{}', '__proto__')],
  ['toString as a field', said('{"toString":1,"hasOwnProperty":2,"text":"x"}')],
  ['a correction of __proto__', said('{"target":1,"reason":"x","set":{"__proto__":1}}', 'EntryCorrected')],
  [
    'a correction of constructor',
    said('{"target":1,"reason":"x","set":{"constructor":1}}', 'EntryCorrected'),
  ],
  ['10,000 unknown members', said(`{${Array.from({ length: 10_000 }, (_, at) => `"k${at}":1`).join(',')}}`)],
  ['20,000 measures', evidence(many(20_000))],
  ['100 unknown measures', evidence(many(100))],
  ['100,000 elements', evidence(`[${'1,'.repeat(99_999)}1]`)],
  ['200,000 letters', said(`{"text":"${'字'.repeat(60_000)}"}`)],
  ['more than the limit', said(`{"text":"${'x'.repeat(300_000)}"}`)],
  ['text of white space', said(`{"text":"${' '.repeat(200_000)}"}`)],
  ['combining marks', said(`{"text":"${'e\u0301'.repeat(30_000)}"}`)],
  ['binary', new Uint8Array(65_536).map((_, at) => (at * 31) % 256)],
  [
    'invalid UTF-8',
    Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  ],
  ['UTF-16', Buffer.from(`\ufeff${said('{"text":"x"}')}`, 'utf16le')],
  ['a half document', said('{"text":"x"}').slice(0, -3)],
  ['two documents', `${said('{}')}${said('{}')}`],
  ['no object', '[]'],
  ['null', 'null'],
];

const PATHS = [
  '/v1/cases/%00',
  '/v1/cases/%E0%A4%A',
  '/v1/cases/%',
  '/v1/cases/..%2f..%2fetc',
  '/v1/cases/__proto__/items',
  `/v1/cases/${'a'.repeat(10_000)}`,
  '/v1/cases/constructor',
  '/v1/cases/abc/items/0000',
  '/v1/cases/abc/items/١٢٣٤',
  '/v1/cases/abc/items/0001/events/1e3',
  '/v1/cases/abc/items/0001/events/999999999999',
  '//',
  '/v1/',
  '/docs/..%2f..%2fpackage.json',
  '/docs/%2e%2e%2f%2e%2e%2fpackage.json',
  '/docs/__proto__',
  '/assets/../../package.json',
];

const QUERIES = [
  'recordedAsOf=2026-13-40',
  'recordedAsOf=2026-01-01T00:00:00',
  'recordedAsOf=%00',
  'recordedAsOf=99999999999999',
  'recordedAsOf=',
  'effectiveOn=0000-00-00',
  'effectiveOn=-1',
  'limit=0',
  'limit=1e9',
  'limit=-1',
  'limit=999999999999999999999',
  'cursor=%00',
  'cursor=W10',
  `cursor=${'A'.repeat(6_000)}`,
  `cursor=${Buffer.from('["history",1]').toString('base64url')}`,
  'status=__proto__',
  'unknown=1',
  'limit=1&limit=2',
  `x=${'y'.repeat(12_000)}`,
  '&&&&===',
  'office=%ff%fe',
  '__proto__=1',
];

describe('law 10: no input makes the server fail or stop', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let server: ServerProcess;
  let item = '';
  let inCase = '';
  beforeAll(async () => {
    folder = await dataFolder();
    server = await startServer(folder.data);
    ({ item, inCase } = await begun(server));
  });
  afterAll(async () => {
    await server?.end('SIGTERM');
    await endServers();
    await folder?.remove();
  });

  const send = async (path: string, body: string | Uint8Array, type = 'application/json', headers = {}) => {
    // A string goes as text here, so the type is said anew.
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('latin1');
    return server.ask(people.committee, 'POST', path, text, { 'content-type': type, ...headers });
  };

  /** The server still takes a good entry, and holds exactly those. */
  let good = 2;
  let heard = 0;
  async function stillServes(): Promise<void> {
    const answer = await server.ask(people.lead, 'POST', `${item}/events`, progress('仍在'));
    good += 1;
    expect([answer.status, answer.body.seq]).toEqual([201, good]);
    expect(server.child.exitCode).toBeNull();
    const bad = server.log.slice(heard).filter((line) => /"level":"error"|uncaught|unhandled/.test(line));
    heard = server.log.length;
    expect(bad).toEqual([]);
  }

  test.each(BODIES)('a body of %s is refused on every address that takes one', async (_, body) => {
    for (const path of [`${item}/events`, `${inCase}/events`, `${inCase}/items`, '/v1/cases']) {
      const response = await fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: await bearer() },
        body,
      });
      const answer = (await response.json()) as { code: string };
      expect([path, response.status >= 400 && response.status < 500, answer.code]).toEqual([
        path,
        true,
        expect.stringMatching(/^[a-z-]+$/),
      ]);
    }
    for (const query of ['', '?commit=true']) {
      const response = await fetch(`${server.url}${inCase}/import${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8', authorization: await bearer() },
        body,
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
    await stillServes();
  });

  let token: string | undefined;
  async function bearer(): Promise<string> {
    const { openLocalIssuer } = await import('../../functions/identity/local-issuer.ts');
    token ??= await (await openLocalIssuer(folder.data)).mint(people.committee, 3_600);
    return `Bearer ${token}`;
  }

  test('addresses and queries that nobody should ask', async () => {
    for (const path of PATHS) {
      const { status } = await server.ask(people.committee, 'GET', path);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    for (const query of QUERIES) {
      for (const path of [item, `${item}/events`, `${inCase}/items`, '/v1/cases', '/v1/audit', inCase]) {
        const { status } = await server.ask(people.committee, 'GET', `${path}?${query}`);
        expect([path, query, status < 500]).toEqual([path, query, true]);
      }
    }
    await stillServes();
  });

  test('content types, methods, encodings and headers that are not taken', async () => {
    const body = said('{"text":"x"}');
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/json; charset=gbk',
      'x',
      ';;;',
    ]) {
      expect((await send(`${item}/events`, body, type)).status).toBe(415);
    }
    const gzip = await send(`${item}/events`, body, 'application/json', { 'content-encoding': 'gzip' });
    expect(gzip.status).toBe(415);
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const answer = await fetch(server.url + item, { method, headers: { authorization: await bearer() } });
      expect(answer.status).toBe(405);
    }
    for (const [name, value] of [
      ['if-match', '"999999999999999999999"'],
      ['if-match', 'W/"1"'],
      ['if-match', '"'.repeat(5_000)],
      ['idempotency-key', 'x'.repeat(5_000)],
      ['authorization', 'Bearer'],
      ['authorization', `Bearer ${'a'.repeat(9_000)}`],
      ['authorization', 'Basic YTpi'],
      ['accept', 'nonsense;;q=x'],
      ['x-request-id', '<script>'],
    ] as const) {
      const answer = await fetch(`${server.url}${item}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: await bearer(), [name]: value },
        body: said('{"text":1}'),
      });
      expect([name, value.slice(0, 20), answer.status >= 400 && answer.status < 500]).toEqual([
        name,
        value.slice(0, 20),
        true,
      ]);
    }
    await stillServes();
  });

  test('bytes that are no HTTP', async () => {
    const { port } = new URL(server.url);
    const raw = [
      '\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET /项 HTTP/1.1\r\nhost: x\r\n\r\n',
      'GET / HTTP/1.1\r\nhost: a b\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      'GET http://[::1 HTTP/1.1\r\nhost: [::1\r\n\r\n',
      'POST /v1/cases HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\n12345',
      'POST /v1/cases HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      'GET * HTTP/1.1\r\nhost: x\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
      'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
      'GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
    ];
    for (const bytes of raw) {
      const heard = await new Promise<string>((done) => {
        let text = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
        socket.on('data', (part) => {
          text += part;
        });
        socket.on('error', () => done(text));
        socket.on('close', () => done(text));
      });
      expect([bytes.slice(0, 40), / 5[0-9][0-9] /.test(heard.split('\r\n')[0] ?? '')]).toEqual([
        bytes.slice(0, 40),
        false,
      ]);
    }
    await stillServes();
  });

  test('clients that go away in the middle', async () => {
    const { port } = new URL(server.url);
    await Promise.all(
      Array.from(
        { length: 50 },
        (_, at) =>
          new Promise<void>((done) => {
            const socket = connect(Number(port), '127.0.0.1', () => {
              socket.write(
                `POST /v1/cases HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"a":`,
                () => {
                  if (at % 2 === 0) socket.resetAndDestroy();
                  else socket.destroy();
                },
              );
            });
            socket.on('error', () => {});
            socket.on('close', () => done());
          }),
      ),
    );
    await stillServes();
  });
});
