import type { Principal } from '../../domain/actor.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';
import type { Ledger } from '../../functions/app/ledger.ts';
import { accepted } from './ledger-bench.ts';
import { people } from './people.ts';

interface Life {
  readonly lead?: Principal;
  readonly term?: string;
  readonly raisedOn: string;
  /** Without it the item stays open. */
  readonly closedOn?: string;
}

/** An item with a life of its own: raised, led, and closed where a day says so. */
export async function anItemOfLife(
  ledger: Ledger,
  caseId: CaseId,
  { lead = people.lead, term, raisedOn, closedOn }: Life,
): Promise<ItemId> {
  const issue = { data: { title: '台账不清' }, occurredOn: raisedOn };
  const raised = accepted(await ledger.raiseIssue(people.committee, caseId, issue, {}));
  const itemId = raised.entry.header.itemId as ItemId;
  const on = async (who: Principal, type: string, data: object, occurredOn = raisedOn) =>
    accepted(await ledger.recordOnItem(who, caseId, itemId, { type, data, occurredOn }, {})).entry.header.seq;
  const assigned = { lead: lead.office, deadline: '2026-06-30', ...(term === undefined ? {} : { term }) };
  await on(people.committee, 'OfficeAssigned', assigned);
  if (closedOn === undefined) return itemId;
  const measureId = `m${await on(lead, 'MeasureAdopted', { text: '清理' })}`;
  await on(lead, 'MeasureCompleted', { measureId, summary: '完成' });
  const file = { name: '清理表.pdf', mediaType: 'application/pdf', bytes: 7, sha256: 'ab'.repeat(32) };
  await on(lead, 'EvidenceAttached', { ...file, measureIds: [measureId] });
  const reviewedSeq = await on(lead, 'ClosureRequested', { statement: '申请' });
  await on(people.committee, 'ItemClosed', { opinion: '同意', reviewedSeq }, closedOn);
  return itemId;
}
