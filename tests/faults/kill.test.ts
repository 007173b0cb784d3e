import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCase } from '../kit/event-rows.ts';
import { begun, progress } from '../kit/item-path.ts';
import { people } from '../kit/people.ts';
import {
  dataFolder,
  endServers,
  run,
  type ServerProcess,
  startServer,
  until,
} from '../kit/server-process.ts';

const ROUNDS = 10;
const WRITERS = 6;
const notice = new URL('../../functions/local/example/notice.txt', import.meta.url);

interface Row {
  readonly seq: number;
  readonly data: { readonly text?: string };
}

/** Everything that the server of this folder holds of a stream. */
async function history(server: ServerProcess, path: string): Promise<readonly Row[]> {
  const answer = await server.ask(people.committee, 'GET', `${path}/events`, undefined, {
    accept: 'application/x-ndjson',
  });
  return String(answer.body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

async function verified(data: string): Promise<void> {
  const { status, out, err } = await run('cli', data, ['verify', '--json']);
  const { heads: _, ...said } = JSON.parse(out) as { verified?: boolean; heads?: unknown };
  expect({ status, err, ...said }).toMatchObject({ status: 0, verified: true });
}

describe('law 1: kill -9 of the whole server', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  beforeAll(async () => {
    folder = await dataFolder();
  });
  afterAll(async () => {
    await endServers();
    await folder?.remove();
  });

  test('ten times under load: nothing acknowledged is lost, nothing is there twice, views converge', async () => {
    const { data } = folder;
    let server = await startServer(data);
    const { item, inCase } = await begun(server);
    const acknowledged = new Set<string>();
    const sent: { readonly text: string; readonly key: string }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = acknowledged.size;
      let stopped = false;
      const current = server;
      const write = async (writer: number): Promise<void> => {
        for (let n = 0; !stopped; n += 1) {
          const said = { text: `${round}-${writer}-${n}`, key: randomUUID() };
          sent.push(said);
          const answer = await current.ask(people.lead, 'POST', `${item}/events`, progress(said.text), {
            'idempotency-key': said.key,
          });
          if (answer.status === 201) acknowledged.add(said.text);
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, at) => write(at).catch(() => {}));
      await until(() => acknowledged.size > before + 5 + Math.random() * 40);
      await server.end('SIGKILL');
      stopped = true;
      await Promise.all(writers);
      server = await startServer(data);
      const texts = (await history(server, item)).map((row) => row.data.text);
      const held = new Set(texts.filter((text) => text !== undefined));
      expect([...acknowledged].filter((text) => !held.has(text))).toEqual([]);
      // Whoever got no answer asks again with the same key.
      for (const { text, key } of sent.splice(0)) {
        if (acknowledged.has(text)) continue;
        const headers = { 'idempotency-key': key };
        const answer = await server.ask(people.lead, 'POST', `${item}/events`, progress(text), headers);
        expect([answer.status, answer.headers.has('idempotency-replayed')]).toEqual([201, held.has(text)]);
        acknowledged.add(text);
      }
    }
    const rows = await history(server, item);
    const texts = rows.map((row) => row.data.text).filter((text) => text !== undefined);
    expect(texts.sort()).toEqual([...acknowledged].sort());
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, at) => at + 1));
    const listed = await server.ask(people.committee, 'GET', `${inCase}/items`);
    const now = await server.ask(people.committee, 'GET', item);
    expect(listed.body.data).toEqual([now.body]);
    expect(now.body).toMatchObject({ version: rows.length, progressReports: acknowledged.size });
    await server.end('SIGTERM');
    await verified(data);
  }, 300_000);

  test('in the middle of an import, and the import again: as if never interrupted', async () => {
    const { data } = folder;
    const text = await readFile(notice, 'utf8');
    let server = await startServer(data);
    const [whole, torn] = [freshCase(), freshCase()];
    const path = (caseId: string) => `/v1/cases/${caseId}`;
    const importing = (caseId: string) =>
      server.ask(people.committee, 'POST', `${path(caseId)}/import?commit=true`, text);
    const uninterrupted = await importing(whole);
    const total = uninterrupted.body.recorded as number;
    expect(total).toBeGreaterThan(100);
    for (const items of [3, 20]) {
      const interrupted = importing(torn).catch(() => undefined);
      await until(async () => {
        const item = `${path(torn)}/items/${String(items).padStart(4, '0')}/events`;
        return (await server.ask(people.committee, 'GET', item)).status === 200;
      });
      await server.end('SIGKILL');
      await interrupted;
      server = await startServer(data);
    }
    const again = await importing(torn);
    expect(again.status).toBe(200);
    expect(again.body.recorded).toBeLessThan(total);
    expect((await importing(torn)).body.recorded).toBe(0);
    expect(await picture(server, path(torn))).toEqual(await picture(server, path(whole)));
    await server.end('SIGTERM');
    await verified(data);
  }, 300_000);
});

/** The case and its register without what names the case or the moment. */
async function picture(server: ServerProcess, inCase: string): Promise<unknown> {
  const about = (await server.ask(people.committee, 'GET', inCase)).body;
  const register = (await server.ask(people.committee, 'GET', `${inCase}/items?limit=1000`)).body.data;
  return JSON.parse(JSON.stringify([about, register]), (name, value: unknown) =>
    ['caseId', 'hash', 'recordedAt'].includes(name) ? undefined : value,
  );
}
