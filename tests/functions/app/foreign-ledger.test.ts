import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { forgetful } from '../../../functions/app/written-streams.ts';
import { accepted, allRows, type LedgerBench, ledgerBench, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

let bench: LedgerBench;
beforeAll(async () => {
  bench = await ledgerBench();
});
afterAll(() => bench.stop());

test('a deployment that says it is another ledger than the table holds records nothing into its streams', async () => {
  const { deps, ledger } = bench;
  const caseId = await openedCase(ledger, people.committee);
  const issue = { data: { title: '问题' } };
  const raised = accepted(await ledger.raiseIssue(people.committee, caseId, issue, {}));
  const before = await allRows(deps.events);
  const other = openLedger({
    ...deps,
    written: forgetful,
    identity: { ...deps.identity, ledger: 'B'.repeat(22) },
  });
  const { itemId } = raised.entry.header;
  if (itemId === undefined) throw new Error('the issue has no item');
  const adopted = { type: 'MeasureAdopted', data: { text: '措施' } };
  const plan = { type: 'PlanIssued', data: { title: '方案', issuedOn: '2026-02-01' } };
  await expect(other.recordOnItem(people.committee, caseId, itemId, adopted, {})).rejects.toThrow(
    /is of the ledger .{22}, and this deployment is B{22}/,
  );
  await expect(other.recordOnCase(people.committee, caseId, plan, {})).rejects.toThrow('ledger');
  expect(await allRows(deps.events)).toEqual(before);
  accepted(await ledger.recordOnCase(people.committee, caseId, plan, {}));
});
