import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { freshCase } from '../kit/event-rows.ts';
import { type Begun, begun, entry, progress, recorded } from '../kit/item-path.ts';
import { OPENING } from '../kit/ledger-bench.ts';
import { narrowed, type Person, people } from '../kit/people.ts';

vi.setConfig({ testTimeout: 120_000 });

type Asked = readonly ['GET' | 'POST', string, (object | string)?];
/** What each may: `yes`, or the code of the refusal. In the order of WHO. */
type Row = readonly [string, (at: Begun) => Asked, ...string[]];

const WHO = ['committee', 'lead', 'support', 'outsider', 'reviewer', 'auditor', 'narrow', 'nobody'] as const;
const YES = 'yes';
const role = 'role-not-allowed';
const none = 'office-not-responsible';
const notLead = 'office-not-lead';
const away = 'case-not-allowed';
const who = 'token-missing';
const SHA = 'aa'.repeat(32);
const file = { name: '材料', mediaType: 'application/pdf', bytes: 1, sha256: SHA };

const on =
  (type: string, data: object) =>
  (at: Begun): Asked => ['POST', `${at.item}/events`, entry(type, data)];
const onCase =
  (type: string, data: object) =>
  (at: Begun): Asked => ['POST', `${at.inCase}/events`, entry(type, data)];
const get =
  (path: (at: Begun) => string) =>
  (at: Begun): Asked => ['GET', path(at)];

// Whoever may write gets an item of their own, so that one does not change what the next may.
const MATRIX: readonly Row[] = [
  //                                                       committee lead support outsider reviewer auditor narrow nobody
  [
    'open a case',
    () => ['POST', '/v1/cases', { caseId: freshCase(), data: OPENING }],
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'raise',
    (at) => ['POST', `${at.inCase}/items`, { data: { title: '新' } }],
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  ['assign', on('OfficeAssigned', { lead: '财政办' }), YES, role, role, role, role, role, away, who],
  ['adopt', on('MeasureAdopted', { text: '措施' }), YES, YES, YES, none, role, role, away, who],
  ['report', on('ProgressReported', { text: '进展' }), role, YES, YES, none, role, role, away, who],
  [
    'complete',
    on('MeasureCompleted', { measureId: 'm3', summary: '完' }),
    role,
    YES,
    YES,
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'withdraw a measure',
    on('MeasureWithdrawn', { measureId: 'm3', reason: '撤' }),
    YES,
    YES,
    YES,
    none,
    role,
    role,
    away,
    who,
  ],
  ['attach', on('EvidenceAttached', file), YES, YES, YES, none, YES, role, away, who],
  [
    'withdraw evidence of the lead',
    on('EvidenceWithdrawn', { evidenceId: 'e4', reason: '误' }),
    YES,
    YES,
    'entry-of-another-office',
    none,
    'entry-of-another-office',
    role,
    away,
    who,
  ],
  [
    'ask for closure',
    on('ClosureRequested', { statement: '请' }),
    role,
    YES,
    notLead,
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'ask for time',
    on('ExtensionRequested', { to: '2026-12-31', reason: '难' }),
    role,
    YES,
    notLead,
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'give time',
    on('DeadlineExtended', { to: '2026-12-31', reason: '可' }),
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'return',
    on('ClosureReturned', { reason: '退' }),
    'closure-not-requested',
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'close',
    on('ItemClosed', { opinion: '可', reviewedSeq: 4 }),
    'closure-not-requested',
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'reopen',
    on('ItemReopened', { reason: '弹' }),
    'item-not-closed',
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'withdraw the issue',
    on('IssueWithdrawn', { reason: '并' }),
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'dismiss a flag',
    on('FlagDismissed', { rule: 'r', reason: '核' }),
    YES,
    role,
    role,
    role,
    YES,
    role,
    away,
    who,
  ],
  [
    'record a finding',
    on('LookBackFindingRecorded', { lookBackSeq: 2, verdict: 'false', text: '假' }),
    YES,
    role,
    role,
    role,
    YES,
    role,
    away,
    who,
  ],
  [
    'correct what the lead said',
    on('EntryCorrected', { target: 3, set: { text: '改' }, reason: '误' }),
    YES,
    YES,
    'entry-of-another-office',
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'void what the lead said',
    on('EntryVoided', { target: 3, reason: '误' }),
    YES,
    YES,
    'entry-of-another-office',
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'erase',
    on('TextErased', { target: 3, ground: '法', approvedBy: 'other' }),
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'change settings',
    onCase('CaseSettingsChanged', { settings: {} }),
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'issue the plan',
    onCase('PlanIssued', { title: '方案', issuedOn: '2026-02-01' }),
    YES,
    YES,
    YES,
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'record accountability',
    onCase('AccountabilityRecorded', { kind: 'admonition', persons: 1 }),
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'record an institution',
    onCase('InstitutionRecorded', { title: '制度', itemId: '0001' }),
    YES,
    YES,
    YES,
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'record funds',
    onCase('FundsRecovered', { amountFen: 1, itemId: '0001' }),
    YES,
    YES,
    YES,
    none,
    role,
    role,
    away,
    who,
  ],
  [
    'publish',
    onCase('NoticePublished', { asOf: '2026-02-01', sha256: SHA }),
    YES,
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'open a look-back',
    onCase('LookBackOpened', { scope: '全部' }),
    YES,
    role,
    role,
    role,
    YES,
    role,
    away,
    who,
  ],
  [
    'dry-run an import',
    (at) => ['POST', `${at.inCase}/import`, '不是通报'],
    'not-a-notice',
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  [
    'import',
    (at) => ['POST', `${at.inCase}/import?commit=true`, '不是通报'],
    'not-a-notice',
    role,
    role,
    role,
    role,
    role,
    away,
    who,
  ],
  ['read the item', get((at) => at.item), YES, YES, YES, none, YES, YES, away, who],
  ['read its history', get((at) => `${at.item}/events`), YES, YES, YES, none, YES, YES, away, who],
  ['read one entry', get((at) => `${at.item}/events/1`), YES, YES, YES, none, YES, YES, away, who],
  ['read its audit trail', get((at) => `${at.item}/audit`), YES, YES, YES, none, YES, YES, away, who],
  [
    'read its past',
    get((at) => `${at.item}?recordedAsOf=2026-03-02T01:00:00Z`),
    'item-not-found',
    'item-not-found',
    'item-not-found',
    'item-not-found',
    'item-not-found',
    'item-not-found',
    away,
    who,
  ],
  ['read the case', get((at) => at.inCase), YES, YES, YES, none, YES, YES, away, who],
  ['read the register', get((at) => `${at.inCase}/items`), YES, YES, YES, YES, YES, YES, away, who],
  ['read the case’s history', get((at) => `${at.inCase}/events`), YES, role, role, role, YES, YES, away, who],
  [
    'read the case’s audit trail',
    get((at) => `${at.inCase}/audit`),
    YES,
    role,
    role,
    role,
    YES,
    YES,
    away,
    who,
  ],
  ['list cases', get(() => '/v1/cases'), YES, YES, YES, YES, YES, YES, YES, who],
];

describe('law 8: what a role may not do, it cannot do by any route', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await apiBench();
  });
  afterAll(() => api?.stop());

  const principals = {
    ...people,
    narrow: narrowed(people.committee, 'another-case'),
    nobody: undefined,
  };

  /** An item with a measure m3 and evidence e4 of the lead office, in a case with a look-back open. */
  async function anItem(): Promise<Begun> {
    const at = await begun(api);
    await recorded(api, people.committee, `${at.inCase}/events`, entry('LookBackOpened', { scope: '全部' }));
    await recorded(api, people.lead, `${at.item}/events`, entry('MeasureAdopted', { text: '措施' }));
    await recorded(api, people.lead, `${at.item}/events`, entry('EvidenceAttached', file));
    await api.projected();
    return at;
  }

  for (const [name, asked, ...expected] of MATRIX) {
    test(name, async () => {
      const shared = await anItem();
      const verdicts: [string, string][] = [];
      for (const [column, person] of WHO.entries()) {
        const changes = expected[column] === YES && asked(shared)[0] === 'POST';
        const [method, path, body] = asked(changes ? await anItem() : shared);
        const answer = await api.ask(principals[person], method, path, body);
        verdicts.push([person, answer.status < 300 ? YES : answer.body.code]);
      }
      expect(verdicts).toEqual(WHO.map((person, column) => [person, expected[column]]));
    });
  }

  test('an office sees its own items only, wherever items are listed or counted', async () => {
    const at = await anItem();
    await recorded(api, people.committee, `${at.inCase}/items`, { data: { title: '别家的' } });
    const theirs = entry('OfficeAssigned', { lead: '城建办' });
    await recorded(api, people.committee, `${at.inCase}/items/0002/events`, theirs);
    const seen = async (who: Person, path: string) =>
      (await api.ask(people[who], 'GET', path)).body.data.map((one: { itemId: string }) => one.itemId);
    expect(await seen('lead', `${at.inCase}/items`)).toEqual(['0001']);
    expect(await seen('outsider', `${at.inCase}/items`)).toEqual(['0002']);
    expect(await seen('outsider', `${at.inCase}/items?office=${encodeURIComponent('财政办')}`)).toEqual([]);
    expect(await seen('committee', `${at.inCase}/items`)).toEqual(['0001', '0002']);
    for (const path of [at.inCase, `${at.inCase}?effectiveOn=2026-03-01`]) {
      const counted = await api.ask(people.lead, 'GET', path);
      expect(counted.body.counts.items).toBeLessThanOrEqual(1);
    }
    const trail = await api.ask(people.lead, 'GET', '/v1/audit?limit=1000');
    const offices = (trail.body.data ?? []).map((one: { actor: { office: string } }) => one.actor.office);
    expect(offices.filter((office: string) => office === '城建办')).toEqual([]);
    const changes = await api.ask(
      people.lead,
      'GET',
      `${at.inCase}/diff?axis=recorded&from=2026-03-01&to=2026-03-02`,
    );
    const ids = (changes.body.changes ?? []).map((one: { itemId: string }) => one.itemId);
    expect(ids.filter((id: string) => id === '0002')).toEqual([]);
  });

  test('an office assigned a moment ago can write now, and one taken off cannot', async () => {
    const { item } = await begun(api);
    const give = (lead: string) =>
      recorded(api, people.committee, `${item}/events`, entry('OfficeAssigned', { lead }));
    await give('城建办');
    await recorded(api, people.outsider, `${item}/events`, progress('刚接手'));
    const gone = await api.ask(people.lead, 'POST', `${item}/events`, progress('已移交'));
    expect(gone.body.code).toBe(none);
    expect((await api.ask(people.lead, 'GET', item)).body.code).toBe(none);
  });

  test('a token for named cases reaches these and no others, also by key or by import', async () => {
    const one = await begun(api);
    const other = await begun(api);
    const named = narrowed(people.committee, one.inCase.slice('/v1/cases/'.length));
    expect((await api.ask(named, 'GET', one.item)).status).toBe(200);
    expect((await api.ask(named, 'GET', other.item)).body.code).toBe(away);
    const listed = await api.ask(named, 'GET', '/v1/cases?limit=1000');
    expect(listed.body.data.map((row: { caseId: string }) => `/v1/cases/${row.caseId}`)).toEqual([
      one.inCase,
    ]);
    const key = { 'idempotency-key': 'reach' };
    await recorded(api, people.committee, `${other.inCase}/items`, { data: { title: '甲' } }, key);
    const again = await api.ask(named, 'POST', `${other.inCase}/items`, { data: { title: '甲' } }, key);
    expect(again.body.code).toBe(away);
    const trail = await api.ask(named, 'GET', '/v1/audit?limit=1000');
    const cases = new Set(
      (trail.body.data ?? []).map((row: { caseId: string }) => `/v1/cases/${row.caseId}`),
    );
    expect([...cases].filter((inCase) => inCase !== one.inCase)).toEqual([]);
  });

  test('the public sees what was published and nothing else; a bad token is 401 even there', async () => {
    const { inCase } = await begun(api);
    const path = `${inCase}/notice`;
    expect((await api.ask(undefined, 'GET', path)).body.code).toBe('notice-not-published');
    expect((await api.ask(undefined, 'GET', `${path}?effectiveOn=2026-01-01`)).status).toBeGreaterThan(399);
    const bad = await api.ask(undefined, 'GET', path, undefined, { authorization: 'Bearer a.b.c' });
    expect([bad.status, bad.body.code]).toEqual([401, 'token-invalid']);
    const forged = `${btoa('{"alg":"none"}')}.${btoa('{"role":"committee","sub":"li","office":"x"}')}.`;
    const unsigned = await api.ask(undefined, 'GET', '/v1/cases', undefined, {
      authorization: `Bearer ${forged.replaceAll('=', '')}`,
      'x-role': 'committee',
      'x-forwarded-user': 'li',
    });
    expect(unsigned.status).toBe(401);
  });
});
