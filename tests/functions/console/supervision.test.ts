import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import type { Day } from '../../../domain/dates.ts';
import type { CaseId, ItemId } from '../../../domain/ids.ts';
import { refuse } from '../../../domain/refusals.ts';
import type { OfficeStanding } from '../../../functions/app/office-standing.ts';
import { duesByOffice, returnsOf, sumOf } from '../../../functions/console/supervision/dues.ts';
import { silentLines } from '../../../functions/console/supervision/silent.ts';
import { csvLines } from '../../../functions/documents/csv.ts';
import { createApi } from '../../../functions/http/app.ts';
import { openApiDocument } from '../../../functions/http/openapi.ts';
import { consoleOf } from '../../kit/console.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { accepted, entropy, type LedgerBench, ledgerBench, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

const standingOf = (
  office: string | null,
  caseId: string,
  over: Partial<OfficeStanding>,
): OfficeStanding => ({
  office,
  caseId: caseId as CaseId,
  title: caseId,
  byStatus: { raised: 0, rectifying: 0, 'closure-requested': 0, closed: 0, reopened: 0, withdrawn: 0 },
  dues: { overdue: 0, within10: 0, within20: 0, later: 0, undated: 0 },
  returns: 0,
  returned: 0,
  resubmitted: 0,
  ...over,
});

describe('what each office has due', () => {
  const dues = { overdue: 0, within10: 0, within20: 0, later: 0, undated: 0 };
  const standing = [
    standingOf(null, 'case-a', { dues: { ...dues, overdue: 9 } }),
    standingOf('民政办', 'case-a', { dues: { ...dues, within10: 1 } }),
    standingOf('财政办', 'case-a', { dues: { ...dues, overdue: 1, later: 2 } }),
    standingOf('财政办', 'case-b', {
      dues: { ...dues, overdue: 1, within20: 3 },
      byStatus: { raised: 0, rectifying: 2, 'closure-requested': 2, closed: 4, reopened: 0, withdrawn: 5 },
    }),
    standingOf('城建办', 'case-a', { dues: { ...dues, within10: 1 } }),
    standingOf('党建办', 'case-a', { dues: { ...dues, within10: 2 } }),
  ];

  test('the most urgent first, then by name; what nobody leads last', () => {
    const offices = duesByOffice(standing).map(({ office }) => office);
    expect(offices).toEqual(['财政办', '党建办', '城建办', '民政办', null]);
  });

  test('an office is summed over its cases; what is withdrawn is left out of all', () => {
    const [finance] = duesByOffice(standing);
    expect(finance?.cases.map(({ caseId }) => caseId)).toEqual(['case-a', 'case-b']);
    expect(finance?.counts).toEqual({
      ...{ overdue: 2, within10: 0, within20: 3, later: 2, undated: 0, requested: 2, closed: 4, all: 11 },
    });
    expect(sumOf(duesByOffice(standing))).toMatchObject({ overdue: 11, within10: 4, all: 24 });
  });

  test('returns: only where there are some, most to resubmit first', () => {
    const lines = returnsOf([
      standingOf('财政办', 'case-a', { returns: 5, returned: 3, resubmitted: 3 }),
      standingOf('民政办', 'case-a', {}),
      standingOf('城建办', 'case-a', { returns: 2, returned: 2, resubmitted: 1 }),
    ]);
    expect(lines.map(({ office, toResubmit }) => [office, toResubmit])).toEqual([
      ['城建办', 1],
      ['财政办', 0],
    ]);
  });
});

test('silence: a line for each office and case that has some, most silent items first', () => {
  const quiet = (...ids: string[]) =>
    ids.map((id) => ({ itemId: id as ItemId, title: null, since: '2026-01-01' as Day, days: 60 }));
  const office = (name: string | null, ...ids: string[]) => ({
    office: name,
    overdue: [],
    due: [],
    silent: quiet(...ids),
  });
  const lines = silentLines([
    {
      caseId: 'case-a' as CaseId,
      title: null,
      offices: [office('财政办', '0001'), office('民政办'), office(null, '0002')],
    },
    {
      caseId: 'case-b' as CaseId,
      title: 'b',
      offices: [office('财政办', '0001'), office('民政办', '0003', '0002')],
    },
  ]);
  expect(lines.map((line) => [line.office, line.caseId, line.silent.map(({ itemId }) => itemId)])).toEqual([
    ['民政办', 'case-b', ['0003', '0002']],
    ['财政办', 'case-a', ['0001']],
    ['财政办', 'case-b', ['0001']],
    [null, 'case-a', ['0002']],
  ]);
});

test('no cell of the file is a formula', () => {
  const hostile = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u200b=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
  ];
  for (const cell of hostile) {
    const [line] = [csvLines([[cell]])];
    expect(line.replace(/^"/, '').startsWith(`'${cell[0]}`), JSON.stringify(cell)).toBe(true);
  }
  expect(csvLines([['财政办', '0', '2026-10-20', 'a,"b"']])).toBe('财政办,0,2026-10-20,"a,""b"""\r\n');
});

describe('the page of supervision', () => {
  const hostile: Principal = { ...people.committee, sub: '=HYPERLINK("x")', office: '＠<b>监督室' };
  const everybody: readonly Principal[] = [...Object.values(people), hostile];
  let bench: LedgerBench;
  let app: ReturnType<typeof createApi>;
  let caseId: CaseId;
  let lostOnTheWay = false;

  /** Unsigned: who may sign in is the verifier's business. */
  const tokenOf = ({ sub }: Principal): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ sub, exp: Date.UTC(2100, 0) / 1_000 })}.`;
  };
  const authenticate = async (token: string) =>
    everybody.find((one) => tokenOf(one) === token) ?? refuse('token-invalid');
  const cookies = new Map<Principal, string>();

  async function cookieOf(who: Principal): Promise<string> {
    const known = cookies.get(who);
    if (known !== undefined) return known;
    const body = new URLSearchParams({ token: tokenOf(who), to: '/supervision' });
    const entered = await app.request('/sign-in', {
      method: 'POST',
      body,
      headers: { origin: 'http://localhost' },
    });
    expect(entered.headers.get('location')).toBe('/supervision');
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    cookies.set(who, cookie);
    return cookie;
  }

  const get = async (who: Principal, path: string) => {
    const answer = await app.request(path, { headers: { cookie: await cookieOf(who) } });
    // Not text(): it would take the mark of the byte order away.
    return { answer, text: Buffer.from(await answer.arrayBuffer()).toString('utf8') };
  };
  const entriesIn = (html: string): string[] =>
    [...html.matchAll(/href="(\/cases\/[^"]*#e\d+)"/g)].map((match) => match[1] ?? '');

  beforeAll(async () => {
    bench = await ledgerBench();
    const { ledger, clock } = bench;
    const { committee, lead } = people;
    caseId = await openedCase(ledger, committee, aCaseId('supervised-case'));
    for (const title of ['台账不清', '账实不符']) {
      accepted(await ledger.raiseIssue(hostile, caseId, { data: { title } }, {}));
    }
    const item = '0001' as ItemId;
    const assigned = { lead: lead.office, supporting: [], deadline: '2026-03-08' };
    accepted(
      await ledger.recordOnItem(committee, caseId, item, { type: 'OfficeAssigned', data: assigned }, {}),
    );
    for (let day = 0; day < 3; day += 1) {
      clock.advance(86_400_000);
      for (let at = 0; at < 35; at += 1) {
        const report = { type: 'ProgressReported', occurredOn: '2026-03-01', data: { text: `进展${at}` } };
        accepted(await ledger.recordOnItem(lead, caseId, item, report, {}));
      }
    }
    await bench.projected();
    app = createApi({
      ledger: {
        ...ledger,
        // Pages as short as those of the screen, so that the file takes several; the store may be lost between two.
        supervision: async (who, filter, page) => {
          if (lostOnTheWay && page.cursor !== undefined) throw new Error('the store is lost');
          return ledger.supervision(who, filter, { ...page, limit: Math.min(page.limit, 100) });
        },
        // One case at a time, so that there are further ones.
        deadlines: (who, filter, page, asked) => ledger.deadlines(who, filter, { ...page, limit: 1 }, asked),
      },
      authenticate,
      log: () => {},
      requestId: entropy.uuid,
      version: 'test',
      openApi: async () => openApiDocument('test'),
      now: Date.now,
      landing: async () => [],
      console: consoleOf(authenticate, () => Date.parse(clock.now())),
    });
  });
  afterAll(() => bench.stop());

  test('dues lead to the register of the office', async () => {
    const { text } = await get(people.auditor, '/supervision');
    const office = encodeURIComponent('财政办');
    expect(text).toContain(`href="/cases/${caseId}?office=${office}&amp;leads=yes&amp;due=within10"`);
    expect(text).toContain('尚未分派牵头单位');
    expect(text).toContain('没有被退回的销号申请');
  });

  test('the trail goes newest first, a day under its heading, to its end over the pages', async () => {
    const first = await get(people.auditor, '/supervision');
    expect([...first.text.matchAll(/colspan="8">([^<]*)</g)].map((match) => match[1])).toEqual([
      '2026-03-05',
      '2026-03-04',
      '2026-03-03',
    ]);
    const next = /<a href="([^"]*)#trail" rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await get(people.auditor, next);
    const seen = [...entriesIn(first.text), ...entriesIn(second.text)];
    const onItem = Array.from({ length: 107 }, (_, at) => `/cases/${caseId}/items/0001#e${107 - at}`);
    expect(seen.filter((href) => href.includes('/0001'))).toEqual(onItem);
    expect(seen.at(-1)).toBe(`/cases/${caseId}/facts#e1`);
    expect(seen.length).toBe(109);
    expect(second.text).not.toContain('rel="next"');
    expect(second.text).toContain('＠&lt;b&gt;监督室');
    expect(first.text).toContain('晚 4 天');
  });

  test('filters narrow it; a span without entries says so', async () => {
    const days = await get(
      people.auditor,
      '/supervision?from=2026-03-04&to=2026-03-04&type=ProgressReported',
    );
    expect(entriesIn(days.text).length).toBe(35);
    const other = await get(people.auditor, '/supervision?lang=en&office=Nobody&from=');
    expect(other.text).toContain('There is no such entry in this span.');
  });

  test('the file holds every row, oldest first, in the language of the page', async () => {
    const { answer, text } = await get(people.auditor, '/supervision.csv?lang=en');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="taizhang-supervision-2026-03-05.csv"',
    );
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      '\ufeffRecorded (+08:00),Recorded by,Role,Office,Case,Item,Entry,What,Happened on,Days between',
    );
    expect(lines[1]).toBe(`2026-03-02 09:00:00,li,Committee,纪工委,${caseId},,1,Case opened,unknown,0`);
    expect(lines[2]).toContain(`,"'=HYPERLINK(""x"")",Committee,'＠<b>监督室,${caseId},0001,1,Issue raised`);
    expect(lines.length).toBe(1 + 109 + 1);
  });

  test('a file that cannot be completed breaks off', async () => {
    lostOnTheWay = true;
    try {
      await expect(get(people.auditor, '/supervision.csv')).rejects.toThrow('the store is lost');
    } finally {
      lostOnTheWay = false;
    }
  });

  test.each([
    ['from=2026-13-01', 422, '2026-13-01', '日期应写成'],
    ['from=2026-03-04&to=2026-03-03', 422, '2026-03-03', '不能早于起始日期'],
    ['type=Nonsense', 422, 'Nonsense', '没有这种记录'],
    [`office=${'x'.repeat(257)}`, 422, 'x'.repeat(257), '最多 256 个字符'],
    ['actor=li&from=2020-01-01&cursor=odd', 400, '2020-01-01', '翻页位置无效'],
  ])(
    'a wrong filter is refused beside the form, with what was typed: %s',
    async (query, status, kept, said) => {
      const { answer, text } = await get(people.auditor, `/supervision?${query}`);
      expect(answer.status).toBe(status);
      expect(text).toContain(`value="${kept}"`);
      expect(text).toContain(said);
      expect(text).toContain('尚未分派牵头单位');
      if (status === 400) return;
      const file = await get(people.auditor, `/supervision.csv?${query}`);
      expect([file.answer.status, file.answer.headers.get('content-disposition')]).toEqual([status, null]);
      expect(file.answer.headers.get('content-type')).toContain('text/html');
    },
  );

  test('an office sees its own line and the trail of its own items; others see none of it', async () => {
    const own = await get(people.lead, '/supervision?from=2026-01-01');
    expect(own.text).toContain('本单位整改时限');
    expect(own.text).not.toContain('尚未分派牵头单位');
    expect(new Set(entriesIn(own.text).map((href) => href.split('#')[0]))).toEqual(
      new Set([`/cases/${caseId}/items/0001`]),
    );
    const { text } = await get(people.outsider, '/supervision');
    expect(text).toContain('目前没有由本单位牵头的问题');
    expect(text).toContain('这段时间里没有符合条件的记录');
    const file = await get(people.outsider, '/supervision.csv');
    expect(file.text.trimEnd().split('\r\n').length).toBe(1);
  });

  test('an office with several cases has a row for each', async () => {
    const { ledger, clock } = bench;
    const other = await openedCase(ledger, people.committee, aCaseId('another-case'));
    accepted(await ledger.raiseIssue(people.committee, other, { data: { title: '账目不符' } }, {}));
    const assigned = { lead: people.lead.office, supporting: [], deadline: clock.now().slice(0, 10) };
    const item = '0001' as ItemId;
    accepted(
      await ledger.recordOnItem(
        people.committee,
        other,
        item,
        { type: 'OfficeAssigned', data: assigned },
        {},
      ),
    );
    await bench.projected();
    const { text } = await get(people.lead, '/supervision');
    const heads = [...text.matchAll(/<tr class="part"><th scope="row"><a href="([^"]*)"/g)];
    expect(heads.map((match) => match[1])).toEqual(['/cases/another-case', `/cases/${caseId}`]);
    expect(text.match(/due=within10"/g)?.length).toBe(2);
  });

  test('what nothing was heard of for more than 30 days is listed, case by case, with the way to each item', async () => {
    const { text: before } = await get(people.auditor, '/supervision');
    expect(before).not.toContain('<table class="silent">');
    bench.clock.advance(30 * 86_400_000);
    cookies.clear();
    // The last sign of the second item is three days older than that of the first.
    const silentIn = (html: string): string[] =>
      [...html.matchAll(/<li><a href="([^"]*)">[^<]*<\/a><small class="muted">([^<]*)</g)].map(
        ([, href, said]) => `${href} ${said}`,
      );
    const second = `/cases/${caseId}/items/0002 最近动静 2026-03-02 · 距今 33 天`;
    const pageOf = async (who: Principal) => {
      const first = await get(who, '/supervision');
      const next = /href="(\/supervision\?silentAfter=[^"]*)#silent"/.exec(first.text)?.[1];
      return { first: first.text, next: next && (await get(who, next)).text };
    };
    const early = await pageOf(people.auditor);
    expect(silentIn(early.first)).toEqual([]);
    expect(early.first).toContain('这些项目里没有久无动静的问题');
    expect(silentIn(early.next ?? '')).toEqual([second]);

    bench.clock.advance(86_400_000);
    cookies.clear();
    const late = await pageOf(people.auditor);
    expect(silentIn(late.first)).toEqual(['/cases/another-case/items/0001 最近动静 2026-03-05 · 距今 31 天']);
    expect(silentIn(late.next ?? '')).toEqual([
      `/cases/${caseId}/items/0001 最近动静 2026-03-05 · 距今 31 天`,
      second.replace('33', '34'),
    ]);
    expect(late.next).not.toMatch(/silentAfter=[^"]*#silent/);
    const own = await pageOf(people.lead);
    expect(own.next).not.toContain('/items/0002">');
    expect(silentIn((await get(people.outsider, '/supervision')).text)).toEqual([]);

    const odd = await get(people.auditor, '/supervision?silentAfter=odd');
    expect(odd.answer.status).toBe(400);
    expect(odd.text).toContain('翻页位置无效');
  });

  test('nobody looks without signing in', async () => {
    const answer = await app.request('/supervision.csv?from=2026-03-01');
    expect(answer.headers.get('location')).toBe(
      `/sign-in?to=${encodeURIComponent('/supervision.csv?from=2026-03-01')}`,
    );
  });
});
