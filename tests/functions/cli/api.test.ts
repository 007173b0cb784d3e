import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeEntry } from '../../../domain/decode.ts';
import { presentEntry } from '../../../domain/interchange.ts';
import { openLocalIssuer } from '../../../functions/identity/local-issuer.ts';
import { createVerifier } from '../../../functions/identity/token-verifier.ts';
import { acquireLock } from '../../../functions/local/lock.ts';
import { aLedger, commandLine } from './kit.ts';

const cli = commandLine();
interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}
let seen: Seen[];
let answers: (() => Response)[];
const envelope = presentEntry(
  decodeEntry((aLedger()[3] as NonNullable<ReturnType<typeof aLedger>[number]>).entry),
);
const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(value), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
const lost = (code: string) => (): Response => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
};
const busy = json({ type: '/problems#busy', title: '', status: 503, code: 'busy', detail: 'try again' }, 503);

beforeEach(() => {
  seen = [];
  answers = [];
  cli.env = { url: 'http://ledger.example', token: 'aaa.bbb.ccc' };
  cli.fetch = async (input, init) => {
    const request = new Request(input as URL, init as RequestInit);
    seen.push({
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: await request.text(),
    });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return (answer ?? json({}))();
  };
});

const RECORD = [
  'record',
  '--case',
  'xl-2023',
  '--item',
  '0001',
  '--type',
  'ProgressReported',
  '--data',
  '{"text":"已完成"}',
];

describe('record', () => {
  test('sends what it was given, under a key', async () => {
    answers = [json(envelope, 201)];
    const { status, out } = await cli.run(...RECORD, '--occurred-on', '2023-10', '--if-match', '4');
    expect(status).toBe(0);
    expect(out).toContain('xl-2023/0001 3 ProgressReported');
    const [request] = seen;
    expect(request?.method).toBe('POST');
    expect(request?.url.href).toBe('http://ledger.example/v1/cases/xl-2023/items/0001/events');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'ProgressReported',
      occurredOn: '2023-10',
      data: { text: '已完成' },
    });
    expect(request?.headers.get('authorization')).toBe('Bearer aaa.bbb.ccc');
    expect(request?.headers.get('if-match')).toBe('"4"');
    expect(request?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('repeats what is busy or lost with the same key, and no other', async () => {
    answers = [busy, lost('ECONNRESET'), lost('ECONNREFUSED'), json(envelope, 201)];
    expect((await cli.run(...RECORD)).status).toBe(0);
    const keys = seen.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    answers = [json(envelope, 201)];
    await cli.run(...RECORD);
    expect(seen.at(-1)?.headers.get('idempotency-key')).not.toBe(keys[0]);
    await cli.run(...RECORD, '--key', 'mine');
    expect(seen.at(-1)?.headers.get('idempotency-key')).toBe('mine');
  });

  test('gives up in the end, with the last answer', async () => {
    answers = [busy];
    expect(await cli.run(...RECORD)).toMatchObject({ status: 1, out: '', err: 'busy: try again\n' });
    expect(seen).toHaveLength(7);
    expect(cli.waited.reduce((sum, ms) => sum + ms, 0)).toBe(10_000);
  });

  test('does not wait for a server that was never there', async () => {
    answers = [lost('ECONNREFUSED')];
    expect(await cli.run(...RECORD)).toMatchObject({
      status: 1,
      err: expect.stringContaining('unreachable'),
    });
    expect(seen).toHaveLength(1);
  });

  test('a refusal is not repeated; its fields are named with their pointers', async () => {
    const problem = {
      type: '/problems#invalid-fields',
      title: '',
      status: 422,
      code: 'invalid-fields',
      detail: 'Some fields are wrong',
      errors: [{ pointer: '/data/text', code: 'empty', message: 'must not be empty' }],
    };
    answers = [json(problem, 422)];
    expect(await cli.run(...RECORD)).toEqual({
      status: 1,
      out: '',
      err: 'invalid-fields: Some fields are wrong\n  /data/text  empty: must not be empty\n',
    });
    expect(seen).toHaveLength(1);
    const asJson = await cli.run(...RECORD, '--json');
    expect(JSON.parse(asJson.out)).toEqual(problem);
    expect(asJson).toMatchObject({ status: 1, err: '' });
  });

  test.each([
    [['--type', 'CaseOpened'], '/v1/cases', { caseId: 'xl-2023', data: {} }],
    [['--type', 'IssueRaised'], '/v1/cases/xl-2023/items', { data: {} }],
    [['--type', 'PlanIssued'], '/v1/cases/xl-2023/events', { type: 'PlanIssued', data: {} }],
  ])('%j goes to its own address', async (type, path, body) => {
    answers = [json(envelope, 201)];
    await cli.run('record', '--case', 'xl-2023', ...type, '--data', '{}');
    expect(seen[0]?.url.pathname).toBe(path);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(body);
  });

  test('takes its data from a file', async () => {
    const file = join(cli.folder, 'data.json');
    await writeFile(file, '\ufeff{"text":"来自文件"}');
    answers = [json(envelope, 201)];
    await cli.run('record', '--case', 'xl-2023', '--type', 'X', '--data', `@${file}`);
    expect(JSON.parse(seen[0]?.body ?? '').data).toEqual({ text: '来自文件' });
    const absent = await cli.run('record', '--case', 'xl-2023', '--type', 'X', '--data', '@absent');
    expect(absent).toMatchObject({ status: 1, err: expect.stringContaining('absent cannot be read') });
  });

  test('something else that answers there is said to be no ledger', async () => {
    answers = [() => new Response('<h1>hi</h1>')];
    expect(await cli.run(...RECORD)).toMatchObject({ status: 1, err: expect.stringContaining('no ledger') });
    answers = [() => new Response('nope', { status: 404 })];
    expect(await cli.run(...RECORD)).toMatchObject({
      status: 1,
      err: expect.stringContaining('answers 404'),
    });
  });
});

const item = {
  caseId: 'xl-2023',
  itemId: '0001',
  title: '台账\u001b[31m不清',
  printedNumber: '1',
  status: 'rectifying',
  lead: '财政办',
  supporting: [],
  deadline: '2023-12-31',
  overdue: true,
  measures: [{ measureId: 'm3', status: 'completed', due: null, evidence: 1, text: '建立台账' }],
  evidence: [],
  returns: 0,
  version: 5,
  hash: 'A'.repeat(43),
};
const about = {
  caseId: 'xl-2023',
  title: '巡察整改',
  inspectedBody: '某街道',
  counts: { items: 2, byStatus: { rectifying: 2, closed: 0 }, overdue: 1 },
  accountability: [],
  institutions: 3,
  fundsFen: 12_305,
  version: 4,
  hash: 'A'.repeat(43),
};

describe('show and replay', () => {
  test('page to the end of the register', async () => {
    answers = [
      json({ data: [item], nextCursor: 'next' }),
      json({ data: [{ ...item, itemId: '0002' }] }),
      json(about),
    ];
    const { status, out } = await cli.run('show', '--case', 'xl-2023');
    expect(status).toBe(0);
    expect(out).toContain('2 items');
    expect(out).toContain('123.05 yuan');
    expect(out).not.toContain('\u001b');
    expect(seen.map(({ url }) => url.pathname + url.search)).toEqual([
      '/v1/cases/xl-2023/items?limit=1000',
      '/v1/cases/xl-2023/items?limit=1000&cursor=next',
      '/v1/cases/xl-2023',
    ]);
  });

  test('an office sees its items without the case', async () => {
    const no = { code: 'role-not-allowed', detail: 'no', status: 403 };
    answers = [json({ data: [item] }), json(no, 403)];
    expect(await cli.run('show', '--case', 'xl-2023')).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 items'),
    });
  });

  test('both clocks are passed on and their echo shown', async () => {
    const cut = {
      recordedAsOf: '2024-01-01T15:59:59.999Z',
      effectiveOn: '2023-12-31',
      settled: true,
      laterEntries: 7,
    };
    answers = [json({ ...item, cut })];
    const argv = [
      'replay',
      '--case',
      'xl-2023',
      '--item',
      '0001',
      '--recorded-as-of',
      '2024-01-01',
      '--effective-on',
      '2023-12-31',
    ];
    const { status, out } = await cli.run(...argv);
    expect(status).toBe(0);
    expect(seen[0]?.url.search).toBe('?recordedAsOf=2024-01-01&effectiveOn=2023-12-31');
    expect(out).toContain(
      'as the ledger said at 2024-01-01T15:59:59.999Z, of what was true on 2023-12-31, 7 later entries',
    );
    expect(JSON.parse((await cli.run(...argv, '--json')).out)).toEqual({ ...item, cut });
  });
});

describe('digest', () => {
  const item = (itemId: string, days: number) => ({ itemId, title: '台账\n不清', deadline: '2026-03', days });
  const counted = { day: '2026-04-11', zone: 480, withinDays: 5, silentDays: 60 };
  const inCase = (caseId: string, ...overdue: readonly object[]) => ({
    caseId,
    title: '巡察整改',
    offices: [{ office: '财政办', overdue, due: [], silent: [] }],
  });
  const cut = { recordedAsOf: '2026-04-11T15:59:59.999Z', settled: true, laterEntries: 2 };
  const pages = () => [
    json({ ...counted, data: [inCase('xl-2023', item('0001', 11))], nextCursor: 'next', cut }),
    json({ ...counted, data: [inCase('yy-2024', item('0003', 12))], cut: { ...cut, laterEntries: 3 } }),
  ];
  const argv = ['digest', '--within', '5', '--silent', '60', '--recorded-as-of', '2026-04-11'];

  test('asks page by page, and prints one list for each office, in Chinese', async () => {
    answers = pages();
    const { status, out } = await cli.run(...argv, '--for-office', '财政办');
    expect(status).toBe(0);
    expect(out.split('\n')).toEqual([
      '整改时限提醒 2026-04-11',
      expect.stringContaining('账本在 2026-04-11 结束时 所说'),
      expect.stringContaining('5 条'),
      '全部单位合计：逾期 2，5 天内到期 0，超过 60 天没有动静 0',
      '',
      '财政办：逾期 2，5 天内到期 0，超过 60 天没有动静 0',
      '  逾期',
      '    yy-2024/0003  台账 不清  时限 2026-03  已逾期 12 天',
      '    xl-2023/0001  台账 不清  时限 2026-03  已逾期 11 天',
      '',
    ]);
    const asked = `/v1/deadlines?office=${encodeURIComponent('财政办')}&withinDays=5&silentDays=60&recordedAsOf=2026-04-11`;
    expect(seen.map(({ url }) => url.pathname + url.search)).toEqual([asked, `${asked}&cursor=next`]);
  });

  test('speaks English when asked, and JSON', async () => {
    answers = pages();
    expect((await cli.run(...argv, '--language', 'en')).out).toContain(
      '    yy-2024/0003  台账 不清  deadline',
    );
    answers = pages();
    const { out } = await cli.run(...argv, '--json');
    expect(JSON.parse(out)).toEqual({
      ...counted,
      data: [inCase('xl-2023', item('0001', 11)), inCase('yy-2024', item('0003', 12))],
      cut: { ...cut, laterEntries: 5 },
    });
  });

  test('is done also where there is nothing to tell, and refused as the API refuses', async () => {
    answers = [json({ ...counted, data: [] })];
    expect(await cli.run('digest', '--case', 'xl-2023')).toMatchObject({
      status: 0,
      out: '整改时限提醒 2026-04-11\n没有逾期、临近到期或久无动静的问题。\n',
    });
    expect(seen[0]?.url.search).toBe('?case=xl-2023');
    answers = [json({ code: 'case-not-found', detail: 'no case', status: 404 }, 404)];
    expect(await cli.run('digest', '--case', 'xl-2023')).toMatchObject({ status: 1, out: '' });
  });
});

describe('import', () => {
  const report = {
    committed: false,
    recorded: 0,
    header: { totals: [{ kind: 'institutions', value: 3 }] },
    items: [{ itemId: '0001', printedNumber: '1', title: '台账不清', lines: [3, 9], measures: [{}] }],
    lines: { total: 12, header: 2, items: 1, measures: 6, tail: 1, ignored: 2 },
    warnings: [{ line: 4, code: 'odd', message: 'looks odd' }],
  };

  test('is a dry run without --commit, and says so', async () => {
    const file = join(cli.folder, 'notice.txt');
    await writeFile(file, '整改进展');
    answers = [json(report)];
    const { status, out } = await cli.run('import', file, '--case', 'xl-2023');
    expect(status).toBe(0);
    expect(out).toContain('nothing was recorded');
    expect(out).toContain('line 4: odd: looks odd');
    expect(seen[0]?.url.search).toBe('');
    expect(seen[0]?.body).toBe('整改进展');
    await cli.run('import', file, '--case', 'xl-2023', '--commit');
    expect(seen[1]?.url.search).toBe('?commit=true');
  });

  test.each([
    ['a.txt', 'text/plain; charset=utf-8'],
    ['a.DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('%s is sent as what it is', async (name, type) => {
    await writeFile(join(cli.folder, name), 'x');
    answers = [json(report)];
    await cli.run('import', join(cli.folder, name), '--case', 'xl-2023');
    expect(seen[0]?.headers.get('content-type')).toBe(type);
  });
});

describe('who asks, and whom', () => {
  const bearer = () => seen.at(-1)?.headers.get('authorization')?.slice('Bearer '.length) ?? '';
  beforeEach(() => {
    answers = [json({ ...item })];
  });
  const show = (...more: string[]) => cli.run('show', '--case', 'xl-2023', '--item', '0001', ...more);

  test('the operator of the machine signs with the key of the data folder, and is told so', async () => {
    cli.env = {};
    const issuer = await openLocalIssuer(cli.data);
    const { status, err } = await show();
    expect({ status, err }).toEqual({ status: 0, err: 'as committee 纪工委 li, by the local issuer\n' });
    expect(seen[0]?.url.origin).toBe('http://127.0.0.1:8787');
    const verifier = createVerifier({
      issuer: issuer.issuer,
      audience: issuer.audience,
      keys: issuer.jwks,
      now: () => cli.now,
    });
    expect(await verifier.authenticate(bearer())).toMatchObject({
      role: 'committee',
      office: '纪工委',
      sub: 'li',
    });
    await show('--role', 'office', '--office', '财政办', '--sub', 'zhang');
    expect(decodeJwt(bearer())).toMatchObject({ role: 'office', office: '财政办', sub: 'zhang' });
  });

  test('naming a person outranks the token of the environment, --token outranks both', async () => {
    await openLocalIssuer(cli.data);
    cli.env = { url: 'http://localhost:1', token: 'aaa.bbb.ccc' };
    await show('--role', 'auditor');
    expect(decodeJwt(bearer())).toMatchObject({ role: 'auditor' });
    await show('--token', 'x.y.z');
    expect(bearer()).toBe('x.y.z');
    expect(await show('--token', 'x.y.z', '--role', 'auditor')).toMatchObject({ status: 2 });
    expect(await show('--role', 'king')).toMatchObject({ status: 2 });
  });

  test('a token of the local issuer is sent to no other machine', async () => {
    await openLocalIssuer(cli.data);
    cli.env = { url: 'https://ledger.example' };
    expect(await show()).toMatchObject({ status: 2, err: expect.stringContaining('not on this machine') });
    cli.env = { url: 'http://127.0.0.1.example.com' };
    expect(await show()).toMatchObject({ status: 2 });
    expect(seen).toEqual([]);
  });

  test('without any key there is nothing to sign with', async () => {
    cli.env = {};
    expect(await show()).toMatchObject({ status: 1, err: expect.stringContaining('token-missing') });
  });

  test('the server on the data folder is found by its lock', async () => {
    cli.env = { token: 'aaa.bbb.ccc' };
    await mkdir(cli.data, { recursive: true });
    const lock = await acquireLock(cli.data, { url: 'http://127.0.0.1:4321' });
    await show();
    expect(seen[0]?.url.origin).toBe('http://127.0.0.1:4321');
    await lock.release();
    await show('--url', 'http://127.0.0.1:9/');
    expect(seen[1]?.url.href).toBe('http://127.0.0.1:9/v1/cases/xl-2023/items/0001');
    expect(await show('--url', 'file:///etc/passwd')).toMatchObject({ status: 2 });
  });
});

describe('token', () => {
  test('prints a token and nothing else', async () => {
    const { status, out, err } = await cli.run(
      'token',
      '--role',
      'office',
      '--office',
      '财政办',
      '--sub',
      'zhang',
    );
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { iat = 0, exp = 0, ...claims } = decodeJwt(out.trim());
    expect(claims).toMatchObject({
      role: 'office',
      office: '财政办',
      sub: 'zhang',
      iss: 'urn:taizhang:local',
    });
    expect(exp - iat).toBe(8 * 3600);
  });

  test('may be narrowed to cases and shortened', async () => {
    const argv = ['token', '--role', 'reviewer', '--office', '巡察办', '--sub', 'wang', '--name', '王五'];
    const { out } = await cli.run(
      ...argv,
      '--case',
      'xl-2023',
      '--case',
      'xl-2024',
      '--ttl',
      '30m',
      '--json',
    );
    const { token, expiresInSeconds } = JSON.parse(out);
    expect(expiresInSeconds).toBe(1800);
    expect(decodeJwt(token)).toMatchObject({ cases: ['xl-2023', 'xl-2024'], name: '王五' });
  });
});

describe('rebuild', () => {
  test('reports its counts', async () => {
    expect(await cli.run('rebuild')).toMatchObject({ status: 0, out: '2 rows rebuilt from 1 events\n' });
    expect(await cli.run('rebuild', '--dead-letters', '--json')).toMatchObject({
      status: 0,
      out: '{"replayed":1,"left":0}\n',
    });
  });
});
