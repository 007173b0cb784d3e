import { readdir, readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { begun, entry, progress, recorded } from '../kit/item-path.ts';
import { people } from '../kit/people.ts';
import { answers, dataFolder, endServers, run, startServer } from '../kit/server-process.ts';

vi.setConfig({ testTimeout: 120_000 });

const MARKER = '绝不入日志的字样';

describe('the server as a process of its own', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(async () => {
    await endServers();
    await folder.remove();
  });
  afterAll(endServers);

  test('says that it is ready, keeps its folder to itself, and never loads the example into it', async () => {
    const server = await startServer(folder.data);
    expect(server.out.join('\n')).toContain(server.url);
    const cases = await server.ask(people.committee, 'GET', '/v1/cases');
    expect(cases.body).toEqual({ data: [] });
    expect((await server.ask(undefined, 'GET', '/healthz')).body).toMatchObject({
      status: 'ok',
      deadLetters: 0,
    });
    expect((await stat(folder.data)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder.data, { recursive: true })) {
      const found = await stat(join(folder.data, name));
      expect([name, (found.mode & 0o077).toString(8)]).toEqual([name, '0']);
    }
    const keys = await readdir(join(folder.data, 'keys'));
    expect(keys.sort()).toEqual(['console-sessions.key', 'local-issuer.pem']);
    for (const key of keys) expect((await stat(join(folder.data, 'keys', key))).mode & 0o777).toBe(0o600);
  });

  test('a second start on the folder, or on the port, says so in one line and ends with 1', async () => {
    const server = await startServer(folder.data);
    const lines = (text: string) =>
      text
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('{'));
    const second = await run('local', folder.data, []);
    expect([second.status, second.out]).toEqual([1, '']);
    expect(lines(second.err)).toEqual([expect.stringMatching(/^taizhang: .* is in use by process [0-9]+/)]);
    const other = await dataFolder();
    try {
      const taken = await run('local', other.data, [], Number(new URL(server.url).port));
      expect([taken.status, taken.out]).toEqual([1, '']);
      expect(lines(taken.err)).toEqual([expect.stringMatching(/^taizhang: .* is in use by another program/)]);
    } finally {
      await other.remove();
    }
    expect((await server.ask(undefined, 'GET', '/healthz')).status).toBe(200);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, and its engine with it', async (signal) => {
    const server = await startServer(folder.data);
    const { item } = await begun(server);
    expect(await answers(server.engine)).toBe(true);
    // One that has said half a request, and one that is silent.
    const idle = [0, 1].map(() => connect(Number(new URL(server.url).port), '127.0.0.1'));
    await Promise.all(idle.map((socket) => new Promise((open) => socket.once('connect', open))));
    for (const socket of idle) socket.on('error', () => {});
    idle[0]?.write('GET / HTTP/1.1\r\nhost: x\r\n');
    await server.ask(people.lead, 'POST', `${item}/events`, progress('最后'));
    expect(await server.end(signal)).toEqual({ status: 0, signal: null });
    expect(await answers(server.engine)).toBe(false);
    const messages = server.log.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toContain('stopping');
    expect(messages.at(-1)).toBe('stopped');
    for (const socket of idle) socket.destroy();
  });

  test('a restart keeps everything: entries, keys, the ledger’s name, the settled past', async () => {
    let server = await startServer(folder.data);
    const { item, inCase } = await begun(server);
    await recorded(server, people.lead, `${item}/events`, entry('MeasureAdopted', { text: '措施' }));
    const paths = [
      item,
      `${item}/events`,
      `${item}/audit`,
      inCase,
      `${inCase}/items`,
      '/v1/cases',
      '/v1/audit',
    ];
    const picture = async () => {
      const said = [];
      for (const path of paths) said.push((await server.ask(people.committee, 'GET', path)).body);
      return said;
    };
    const before = await picture();
    const files = async () =>
      Promise.all(
        [join('keys', 'local-issuer.pem'), 'ledger.json'].map((name) =>
          readFile(join(folder.data, name), 'utf8'),
        ),
      );
    const kept = await files();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await server.end(signal);
      server = await startServer(folder.data);
      expect(await picture()).toEqual(before);
      expect(await files()).toEqual(kept);
    }
    const next = await recorded(server, people.lead, `${item}/events`, progress('续'));
    expect(next.body.seq).toBe(4);
  });

  test('the log is JSON with the request’s id, and holds no word of a payload', async () => {
    const server = await startServer(folder.data);
    const { item, inCase } = await begun(server);
    const id = 'trace-0001';
    const said = await server.ask(people.lead, 'POST', `${item}/events`, progress(MARKER), {
      'x-request-id': id,
    });
    expect(said.headers.get('x-request-id')).toBe(id);
    const wrong = entry('ProgressReported', { text: `${MARKER}\u0000`, [MARKER]: MARKER });
    await server.ask(people.lead, 'POST', `${item}/events`, wrong);
    await server.ask(people.committee, 'POST', `${inCase}/items`, { data: { title: MARKER } });
    await server.ask(people.committee, 'POST', `${inCase}/import`, MARKER);
    await server.ask(people.committee, 'GET', `${inCase}/items?office=${encodeURIComponent(MARKER)}`);
    await server.ask(people.committee, 'GET', `/${encodeURIComponent(MARKER)}`);
    await server.ask(people.committee, 'GET', `${item}/events`);
    await server.end('SIGTERM');
    const lines = server.log.map((line) => JSON.parse(line) as { [name: string]: unknown });
    for (const line of lines) {
      expect(line).toMatchObject({
        time: expect.any(String),
        level: expect.any(String),
        message: expect.any(String),
      });
      if (line.message === 'request') expect(line.requestId).toMatch(/^[A-Za-z0-9._:-]{1,64}$/);
    }
    expect(lines.filter((line) => line.requestId === id)).toMatchObject([
      { method: 'POST', status: 201, sub: 'zhang', caseId: inCase.slice(10), itemId: '0001' },
    ]);
    const logged = server.log.join('\n');
    expect(logged).not.toContain(MARKER);
    expect(logged).not.toContain(encodeURIComponent(MARKER));
    expect(logged).not.toMatch(/eyJ[A-Za-z0-9_-]{10}/);
  });
});
