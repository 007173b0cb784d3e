import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { progress } from '../kit/item-path.ts';
import { people } from '../kit/people.ts';
import { dataFolder, endServers, run, type ServerProcess, startServer } from '../kit/server-process.ts';

vi.setConfig({ testTimeout: 120_000 });

const NOTICE = fileURLToPath(new URL('../../functions/local/example/notice.txt', import.meta.url));
const CASE = 'qihe-2024';

/** Every verb against a live server, in the order in which an operator would meet them. */
describe('the command line beside a live server', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let server: ServerProcess;
  let total = 0;
  const at = (name: string): string => join(folder.data, '..', name);
  const cli = (...args: string[]) => run('cli', folder.data, args);
  /** Runs a verb that must succeed, and reads what it prints. */
  const json = async (...args: string[]) => {
    const { status, out, err } = await cli(...args, '--json');
    expect([args[0], status, err]).toEqual([args[0], 0, expect.any(String)]);
    return JSON.parse(out);
  };
  beforeAll(async () => {
    folder = await dataFolder();
    server = await startServer(folder.data);
  });
  afterAll(async () => {
    await server?.end('SIGTERM');
    await endServers();
    await folder?.remove();
  });

  test('token prints a token that the server takes, and nothing else', async () => {
    const { status, out } = await cli('token', '--role', 'auditor', '--office', '审计组', '--sub', 'qian');
    expect([status, out]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)]);
    const headers = { authorization: `Bearer ${out.trim()}` };
    expect((await fetch(`${server.url}/v1/cases`, { headers })).status).toBe(200);
  });

  test('import: a dry run records nothing, a commit everything, again nothing', async () => {
    expect(await json('import', NOTICE, '--case', CASE)).toMatchObject({ committed: false, recorded: 0 });
    const first = await json('import', NOTICE, '--case', CASE, '--commit');
    total = first.recorded;
    expect(first).toMatchObject({ committed: true, recorded: expect.any(Number) });
    expect(await json('import', NOTICE, '--case', CASE, '--commit')).toMatchObject({ recorded: 0 });
    const refused = await cli(
      'import',
      NOTICE,
      '--case',
      CASE,
      '--commit',
      '--role',
      'office',
      '--office',
      '财政办',
    );
    expect([refused.status, refused.err]).toEqual([1, expect.stringContaining('role-not-allowed')]);
  });

  test('record, show and replay', async () => {
    const assigned = JSON.stringify({ lead: '财政办', deadline: '2026-12-31' });
    const record = [
      'record',
      '--case',
      CASE,
      '--item',
      '0001',
      '--type',
      'OfficeAssigned',
      '--data',
      assigned,
    ];
    const first = await json(...record, '--key', 'once');
    expect(await json(...record, '--key', 'once')).toEqual(first);
    expect((await cli(...record, '--if-match', '1')).status).toBe(1);
    total += 1;
    const shown = await json('show', '--case', CASE, '--item', '0001');
    expect(shown).toMatchObject({ lead: '财政办', version: first.seq, hash: first.hash });
    const register = await json('show', '--case', CASE);
    const then = await json('replay', '--case', CASE, '--effective-on', '2024-01-01');
    expect(register.items.length).toBeGreaterThan(30);
    expect(then.items.length).toBeLessThan(register.items.length);
    const past = await json('replay', '--case', CASE, '--item', '0001', '--recorded-as-of', first.recordedAt);
    expect(past).toMatchObject({ version: first.seq, cut: { laterEntries: 0 } });
    expect((await cli('replay', '--case', CASE)).status).toBe(2);
    expect((await cli('show', '--case', 'no-such-case')).status).toBe(1);
  });

  test('export, an interrupted one resumed, and verify with the heads kept elsewhere', async () => {
    const whole = await json('export', '--out', at('whole.ndjson'));
    expect(whole.entries).toBe(total);
    const bytes = await readFile(at('whole.ndjson'));
    await writeFile(at('torn.ndjson'), bytes);
    await truncate(at('torn.ndjson'), Math.floor(bytes.length * 0.4));
    const resumed = await json('export', '--out', at('torn.ndjson'), '--resume');
    expect(resumed).toMatchObject({ entries: total, headsSha256: whole.headsSha256 });
    expect((await readFile(at('torn.ndjson'))).equals(bytes)).toBe(true);
    expect((await stat(at('whole.ndjson'))).mode & 0o777).toBe(0o600);
    await writeFile(at('heads.json'), JSON.stringify(whole));
    for (const given of [[at('whole.ndjson')], []]) {
      const checked = await json('verify', ...given, '--heads', at('heads.json'));
      expect(checked).toMatchObject({ verified: true, entries: total, comparedHeads: whole.heads.length });
    }
    await writeFile(at('forged.ndjson'), bytes.toString('utf8').replace('财政办', '民政办'));
    expect((await cli('verify', at('forged.ndjson'))).status).toBe(1);
    const lines = bytes.toString('utf8').trim().split('\n');
    await writeFile(at('cut.ndjson'), `${lines.slice(0, -1).join('\n')}\n`);
    expect((await cli('verify', at('cut.ndjson'), '--heads', at('heads.json'))).status).toBe(1);
  });

  test('rebuild beside the server: the same register', async () => {
    const before = (await json('show', '--case', CASE)).items;
    expect((await json('rebuild')).events).toBe(total);
    expect((await json('show', '--case', CASE)).items).toEqual(before);
  });

  test('backup while others write, restore, and the restored ledger serves the same', async () => {
    let stopped = false;
    let written = 0;
    const writing = (async () => {
      for (let n = 0; !stopped; n += 1) {
        const answer = await server.ask(
          people.lead,
          'POST',
          `/v1/cases/${CASE}/items/0001/events`,
          progress(`备份时${n}`),
        );
        expect(answer.status).toBe(201);
        written += 1;
        await new Promise((later) => setTimeout(later, 20));
      }
    })();
    const made = await json('backup', at('backup'));
    stopped = true;
    await writing;
    expect(made.entries).toBeGreaterThanOrEqual(total);
    expect(made.entries).toBeLessThanOrEqual(total + written);
    expect((await stat(at('backup'))).mode & 0o777).toBe(0o700);
    expect((await cli('restore', at('backup'), '--into', folder.data, '--replace')).status).toBe(1);

    const restored = await json('restore', at('backup'), '--into', at('restored'));
    expect(restored).toMatchObject({ entries: made.entries, headsSha256: made.headsSha256 });
    const other = await startServer(at('restored'));
    const asOf = `?recordedAsOf=${encodeURIComponent(made.cut)}&limit=1000`;
    const register = async (from: ServerProcess) =>
      (await from.ask(people.committee, 'GET', `/v1/cases/${CASE}/items${asOf}`)).body.data;
    expect(await register(other)).toEqual(await register(server));
    const next = await other.ask(people.lead, 'POST', `/v1/cases/${CASE}/items/0001/events`, progress('续'));
    expect(next.status).toBe(201);
    expect(await other.end('SIGTERM')).toEqual({ status: 0, signal: null });
    const checked = await run('cli', at('restored'), ['verify', '--json']);
    expect([checked.status, JSON.parse(checked.out).entries]).toEqual([0, made.entries + 1]);
  }, 60_000);

  test('wrong usage is 2, nobody there is 1', async () => {
    expect((await cli('fly')).status).toBe(2);
    const nobody = await cli('show', '--case', CASE, '--url', 'http://127.0.0.1:9');
    expect([nobody.status, nobody.err]).toEqual([1, expect.stringContaining('unreachable')]);
  });
});
