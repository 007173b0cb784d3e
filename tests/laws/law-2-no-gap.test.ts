import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVerifier } from '../../domain/verify.ts';
import { entryKey } from '../../functions/store/event-row.ts';
import { anItemId } from '../kit/event-rows.ts';
import { accepted, allRows, type LedgerBench, ledgerBench, openedCase } from '../kit/ledger-bench.ts';
import { people } from '../kit/people.ts';
import { chainHolds } from '../kit/recheck.ts';

describe('law 2: no two entries share a seq, none is missing, prev and hash chain', () => {
  let bench: LedgerBench;
  beforeAll(async () => {
    bench = await ledgerBench();
  });
  afterAll(() => bench?.stop());

  const assigned = { type: 'OfficeAssigned', data: { lead: '财政办' } };

  async function anItem() {
    const caseId = await openedCase(bench.ledger, people.committee);
    accepted(await bench.ledger.raiseIssue(people.committee, caseId, { data: { title: '问题' } }, {}));
    const itemId = anItemId('0001');
    accepted(await bench.ledger.recordOnItem(people.committee, caseId, itemId, assigned, {}));
    return { caseId, itemId };
  }

  test('40 writers at once on one item, from two ledgers over one engine: 40 entries and no gap', async () => {
    const stream = await anItem();
    const ledgers = [bench.another(), bench.another()];
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        const request = { type: 'ProgressReported', data: { text: `进展${at}` } };
        const ledger = ledgers[at % 2] ?? bench.ledger;
        return ledger.recordOnItem(people.lead, stream.caseId, stream.itemId, request, {});
      }),
    );
    const seqs = outcomes.map((outcome) => accepted(outcome).entry.header.seq);
    expect(seqs.sort((one, other) => one - other)).toEqual(Array.from({ length: 40 }, (_, at) => at + 3));
    await chainHolds(bench.deps);
  });

  test('40 issues raised at once from two ledgers: 40 numbers and no gap', async () => {
    const caseId = await openedCase(bench.ledger, people.committee);
    const ledgers = [bench.another(), bench.another()];
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const ledger = ledgers[at % 2] ?? bench.ledger;
        return ledger.raiseIssue(people.committee, caseId, { data: { title: `问题${at}` } }, {});
      }),
    );
    const ids = outcomes.map((outcome) => accepted(outcome).entry.header.itemId);
    expect(ids.sort()).toEqual(Array.from({ length: 40 }, (_, at) => String(at + 1).padStart(4, '0')));
  });

  test('the chain breaks visibly when an entry is rewritten, forged or gone', async () => {
    const stream = await anItem();
    const report = { type: 'ProgressReported', data: { text: '原文' } };
    accepted(await bench.ledger.recordOnItem(people.lead, stream.caseId, stream.itemId, report, {}));
    const whole = (await allRows(bench.deps.events))
      .map(({ entry }) => entry)
      .filter((entry) => entry.caseId === stream.caseId && entry.itemId === stream.itemId);
    const faultOf = (entries: typeof whole): string | undefined => {
      const verifier = createVerifier();
      for (const one of entries) verifier.add(one);
      return verifier.result().fault?.why;
    };
    const changed = (at: number, change: object) =>
      whole.map((one, index) => (index === at ? { ...one, ...change } : one));
    expect(faultOf(whole)).toBeUndefined();
    expect(faultOf(whole.filter((_, at) => at !== 1))).toMatch(/follows entry 1/);
    expect(faultOf(changed(1, { data: '{"lead":"民政办"}' }))).toMatch(/data does not match/);
    expect(faultOf(changed(2, { text: whole[2]?.text?.replace('原文', '改文') }))).toMatch(/text does not/);
    const header = whole[1]?.header.replace('2026-03', '2026-01');
    expect(faultOf(changed(1, { header }))).toMatch(/prev is not the hash/);
  });

  test('a put over an entry that stands changes nothing, whatever it holds', async () => {
    const stream = await anItem();
    const row = await bench.deps.events.row(stream, 2);
    if (!row) throw new Error('no entry 2');
    const forged = { ...row, entry: { ...row.entry, data: '{"lead":"城建办"}' } };
    expect(await bench.deps.events.append(forged)).toEqual({ clash: row });
    expect(await bench.deps.events.row(stream, 2)).toEqual(row);
    await chainHolds(bench.deps);
  });

  test('whoever gets past the ledger is found by verify', async () => {
    const other = await ledgerBench();
    try {
      const caseId = await openedCase(other.ledger, people.committee);
      const { documents } = other.store.client();
      const TableName = other.store.tables.events.name;
      const Key = { caseId, entry: entryKey({ itemId: undefined }, 1) };
      await documents.send(
        new UpdateCommand({
          TableName,
          Key,
          UpdateExpression: 'SET #data = :forged',
          ExpressionAttributeNames: { '#data': 'data' },
          ExpressionAttributeValues: { ':forged': '{"feedbackOn":"2020-01-01"}' },
        }),
      );
      await expect(chainHolds(other.deps)).rejects.toThrow();
      await documents.send(new PutCommand({ TableName, Item: Key }));
      await expect(chainHolds(other.deps)).rejects.toThrow();
    } finally {
      await other.stop();
    }
  });
});
