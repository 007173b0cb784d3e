import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import type { ItemEventType } from '../../../domain/events.ts';
import { type CaseId, type ItemId, itemId } from '../../../domain/ids.ts';
import { itemEventTypes } from '../../../domain/payload.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import type { ItemLife } from '../../../functions/app/item-life.ts';
import { accepted, type LedgerBench, ledgerBench, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

let bench: LedgerBench;
beforeAll(async () => {
  bench = await ledgerBench();
});
afterAll(() => bench?.stop());

const ITEM = itemId('0001') as ItemId;
const SHA = 'ab'.repeat(32);

/** Data that is right in itself, for every type. */
const data: { readonly [T in ItemEventType]: object } = {
  IssueRaised: { title: '问题' },
  IssueWithdrawn: { reason: '重复' },
  OfficeAssigned: { lead: '财政办', supporting: ['民政办'] },
  MeasureAdopted: { text: '措施' },
  ProgressReported: { text: '进展' },
  MeasureCompleted: { measureId: 'm3', summary: '完成' },
  MeasureWithdrawn: { measureId: 'm3', reason: '不再需要' },
  EvidenceAttached: {
    name: '报告.pdf',
    mediaType: 'application/pdf',
    bytes: 3,
    sha256: SHA,
    measureIds: ['m3'],
  },
  EvidenceWithdrawn: { evidenceId: 'e5', reason: '传错' },
  ClosureRequested: { statement: '申请' },
  ClosureRequestWithdrawn: { reason: '补充' },
  ClosureEndorsed: { body: '组织部', opinion: '同意' },
  ClosureReturned: { reason: '不足' },
  ItemClosed: { opinion: '同意', reviewedSeq: 1 },
  ItemReopened: { reason: '反弹' },
  ExtensionRequested: { to: '2027-06-30', reason: '来不及' },
  DeadlineExtended: { to: '2027-06-30', reason: '同意' },
  LookBackFindingRecorded: { lookBackSeq: 2, verdict: 'genuine', text: '属实' },
  FlagDismissed: { rule: 'r', reason: '有说明' },
  EntryCorrected: { target: 1, set: { title: '改' }, reason: '笔误' },
  EntryVoided: { target: 4, reason: '误记' },
  TextErased: { target: 1, ground: '依法', approvedBy: 'wang' },
};

/** Refusals that say: not this person, or not now. Whatever else is refused concerns what the fields say. */
const NOT_OFFERED = [
  'role-not-allowed',
  'office-not-responsible',
  'office-not-lead',
  'item-closed',
  'item-withdrawn',
  'item-not-closed',
  'issue-already-raised',
  'closure-requested',
  'closure-already-requested',
  'closure-not-requested',
];

type Step = readonly [Principal, ItemEventType, object?];

const steps: readonly Step[] = [
  [people.committee, 'OfficeAssigned', { lead: '财政办', supporting: ['民政办'], deadline: '2026-12-31' }],
  [people.lead, 'MeasureAdopted'],
  [people.support, 'ProgressReported'],
  [people.lead, 'EvidenceAttached'],
  [people.lead, 'MeasureCompleted'],
  [people.lead, 'ClosureRequested'],
  [people.committee, 'ItemClosed', { opinion: '同意', reviewedSeq: 7 }],
  [people.committee, 'ItemReopened'],
];

async function begin(count: number): Promise<CaseId> {
  const { ledger } = bench;
  const caseId = await openedCase(ledger, people.committee);
  accepted(
    await ledger.recordOnCase(
      people.committee,
      caseId,
      { type: 'LookBackOpened', data: { scope: '全部' } },
      {},
    ),
  );
  accepted(await ledger.raiseIssue(people.committee, caseId, { data: data.IssueRaised }, {}));
  for (const [who, type, said] of steps.slice(0, count)) {
    accepted(await ledger.recordOnItem(who, caseId, ITEM, { type, data: said ?? data[type] }, {}));
  }
  return caseId;
}

const lifeOf = async (who: Principal, caseId: CaseId, asked = {}): Promise<ItemLife> =>
  accepted(await bench.ledger.life(who, caseId, ITEM, asked));

describe('what may be recorded next', () => {
  test.each([0, 2, 6, 7, 8])(
    'after %i steps, is what the ledger then takes, for everybody',
    async (count) => {
      for (const who of [people.committee, people.lead, people.support, people.reviewer, people.auditor]) {
        const caseId = await begin(count);
        const life = await bench.ledger.life(who, caseId, ITEM, {});
        if (isRefusal(life)) {
          expect([who.role, life.refused]).toEqual(['office', 'office-not-responsible']);
          continue;
        }
        for (const type of itemEventTypes) {
          // What is refused leaves no trace: only what is offered needs an item of its own.
          const fresh = life.recordable.includes(type) ? await begin(count) : caseId;
          const outcome = await bench.ledger.recordOnItem(who, fresh, ITEM, { type, data: data[type] }, {});
          const refused = isRefusal(outcome) ? outcome.refused : 'taken';
          const offered = life.recordable.includes(type);
          expect([
            who.role,
            type,
            offered ? !NOT_OFFERED.includes(refused) : NOT_OFFERED.includes(refused),
          ]).toEqual([who.role, type, true]);
        }
      }
    },
    120_000,
  );
});

test('after the plan is issued an office is offered no withdrawal of a measure, and the committee is', async () => {
  const caseId = await begin(2);
  expect((await lifeOf(people.lead, caseId)).recordable).toContain('MeasureWithdrawn');
  const issued = { type: 'PlanIssued', data: { title: '方案', issuedOn: '2026-02-01' } };
  accepted(await bench.ledger.recordOnCase(people.committee, caseId, issued, {}));
  expect((await lifeOf(people.lead, caseId)).recordable).not.toContain('MeasureWithdrawn');
  expect((await lifeOf(people.committee, caseId)).recordable).toContain('MeasureWithdrawn');
  const next = accepted(await bench.ledger.nextOnItem(people.lead, caseId, ITEM));
  const { recordable, completable, unmet, newestVersion } = await lifeOf(people.lead, caseId);
  expect(next).toEqual({ recordable, completable, unmet, newestVersion });
});

test('two dates tell a back-dated entry as such, also once it was voided, and a corrected date by what it is now', async () => {
  const caseId = await begin(2);
  bench.clock.advance(86_400_000 * 3);
  const record = async (type: string, said: object, occurredOn?: string) =>
    accepted(
      await bench.ledger.recordOnItem(
        people.lead,
        caseId,
        ITEM,
        { type, data: said, ...(occurredOn && { occurredOn }) },
        {},
      ),
    ).entry.header.seq;
  const from = (await lifeOf(people.lead, caseId)).entries.at(-1)?.recordedAt as string;
  const standing = await record('ProgressReported', { text: '补记' }, '2026-01-20');
  const voided = await record('ProgressReported', { text: '误记' }, '2026-01-21');
  await record('EntryVoided', { target: voided, reason: '误记' });
  const undated = await record('ProgressReported', { text: '不详' });
  await record('EntryCorrected', { target: undated, occurredOn: '2026-01-22', reason: '查明' });
  const { entries } = await lifeOf(people.lead, caseId);
  const to = entries.at(-1)?.recordedAt as string;
  const { changes } = accepted(
    await bench.ledger.diff(people.lead, caseId, { axis: 'recorded', from, to }, {}),
  );
  const kinds = new Map(changes.map(({ seq, kind }) => [seq, kind]));
  expect([standing, voided, undated].map((seq) => kinds.get(seq))).toEqual([
    'back-dated',
    'back-dated',
    'back-dated',
  ]);
  const late = entries.filter(({ seq }) => [standing, undated].includes(seq));
  expect(late.map(({ assumed, lagDays }) => [assumed, lagDays > 0])).toEqual([
    [false, true],
    [false, true],
  ]);
});

describe('the life of an item', () => {
  test('names each rule that a closing would break, those about the closer to the committee alone', async () => {
    const caseId = await begin(2);
    const codes = async (who: Principal) =>
      (await lifeOf(who, caseId)).unmet.map(({ refused, subject }) => [refused, subject]);
    const missing = [
      ['closure-not-requested', undefined],
      ['measure-not-completed', 'm3'],
      ['evidence-missing', 'm3'],
    ];
    expect(await codes(people.lead)).toEqual(missing);
    expect(await codes(people.committee)).toEqual(missing);
    const own = { ...people.committee, office: '财政办' };
    expect(await codes(own)).toEqual([...missing, ['closer-was-responsible', '财政办']]);
    expect((await lifeOf(people.committee, await begin(6))).unmet).toEqual([]);
  });

  test('says what may be completed, and again after a reopening', async () => {
    expect((await lifeOf(people.lead, await begin(2))).completable).toEqual(['m3']);
    expect((await lifeOf(people.lead, await begin(5))).completable).toEqual([]);
    expect((await lifeOf(people.lead, await begin(8))).completable).toEqual(['m3']);
  });

  test('holds every entry with its words, corrections and marks, and recomputes the chain', async () => {
    const caseId = await begin(5);
    const record = async (who: Principal, type: ItemEventType, said: object, occurredOn?: string) =>
      accepted(
        await bench.ledger.recordOnItem(
          who,
          caseId,
          ITEM,
          { type, data: said, ...(occurredOn && { occurredOn }) },
          {},
        ),
      );
    await record(people.support, 'EntryCorrected', {
      target: 4,
      set: { text: '进展（改）' },
      reason: '笔误',
    });
    await record(people.lead, 'EntryVoided', { target: 6, reason: '误记' });
    await record(people.lead, 'ProgressReported', { text: '补记' }, '2026-02');
    const { entries, chain, newestVersion, item } = await lifeOf(people.committee, caseId);
    expect([entries.length, newestVersion, item.version]).toEqual([9, 9, 9]);
    expect(chain).toEqual({ entries: 9, erased: 0, fault: null });
    expect(entries[3]).toMatchObject({
      data: { text: '进展' },
      asCorrected: { data: { text: '进展（改）' } },
      correctedBy: [7],
      voided: false,
      assumed: true,
    });
    expect(entries[5]).toMatchObject({ type: 'MeasureCompleted', voided: true });
    expect(entries[8]).toMatchObject({ occurredOn: '2026-02', effectOn: '2026-02-28', assumed: false });
    expect(entries[8]?.lagDays).toBeGreaterThan(0);
    expect(entries.at(-1)?.hash).toBe(item.hash);
  });

  test('at a past date holds what the ledger said then, and nothing may be recorded', async () => {
    const caseId = await begin(2);
    const then = (await lifeOf(people.lead, caseId)).entries.at(-1)?.recordedAt as string;
    bench.clock.advance(60_000);
    accepted(
      await bench.ledger.recordOnItem(
        people.lead,
        caseId,
        ITEM,
        { type: 'ProgressReported', data: { text: '后来' } },
        {},
      ),
    );
    const past = await lifeOf(people.lead, caseId, { recordedAsOf: then });
    expect(past).toMatchObject({ recordable: [], newestVersion: 4, cut: { laterEntries: 1 } });
    expect(past.entries).toHaveLength(3);
    expect(past.chain.entries).toBe(3);
    const nothing = await bench.ledger.life(people.lead, caseId, ITEM, { recordedAsOf: '2020-01-01' });
    expect(isRefusal(nothing) && nothing.refused).toBe('item-not-found');
  });

  test('is nobody’s who may not read the item', async () => {
    const caseId = await begin(2);
    const outcome = await bench.ledger.life(people.outsider, caseId, ITEM, {});
    expect(isRefusal(outcome) && outcome.refused).toBe('office-not-responsible');
    const narrowed = { ...people.committee, cases: [] };
    const other = await bench.ledger.life(narrowed, caseId, ITEM, {});
    expect(isRefusal(other) && other.refused).toBe('case-not-allowed');
  });
});

describe('where offices stand', () => {
  test('adds up what each leads, and shows an office its own line alone', async () => {
    const caseId = await begin(6);
    accepted(
      await bench.ledger.recordOnItem(
        people.committee,
        caseId,
        ITEM,
        { type: 'ClosureReturned', data: data.ClosureReturned },
        {},
      ),
    );
    accepted(await bench.ledger.raiseIssue(people.committee, caseId, { data: { title: '无人牵头' } }, {}));
    await bench.projected();
    const of = async (who: Principal) =>
      (await bench.ledger.standing(who))
        .filter((one) => one.caseId === caseId)
        .map(({ office, returns, returned, resubmitted, dues }) => ({
          office,
          returns,
          returned,
          resubmitted,
          dues,
        }));
    const lead = {
      office: '财政办',
      returns: 1,
      returned: 1,
      resubmitted: 0,
      dues: { overdue: 0, within10: 0, within20: 0, later: 1, undated: 0 },
    };
    const nobodys = {
      office: null,
      returns: 0,
      returned: 0,
      resubmitted: 0,
      dues: { overdue: 0, within10: 0, within20: 0, later: 0, undated: 1 },
    };
    expect(await of(people.committee)).toEqual([lead, nobodys]);
    expect(await of(people.lead)).toEqual([lead]);
    expect(await of(people.support)).toEqual([]);
  });
});
