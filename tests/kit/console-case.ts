import type { Principal } from '../../domain/actor.ts';
import { principal } from '../../functions/local/example/record.ts';
import type { Ask } from './api-bench.ts';
import { entry, recorded } from './item-path.ts';

/** Who records what tests of the console begin with. */
export const chen = principal('chen');
export const zhang = principal('zhang');

/** Long ago, whatever the clock of the machine says. */
const OPENING = {
  title: '栖禾街道巡察整改',
  inspectedBody: '栖禾街道党工委',
  inspectingBody: '澄岚区委第三巡察组',
  feedbackOn: '2020-01-15',
};

export const openedCase = (ask: Ask, caseId: string, data: object = {}, who: Principal = chen) =>
  recorded({ ask }, who, '/v1/cases', { caseId, data: { ...OPENING, ...data } });

/** Raises an item, assigns it, and resolves to the address of its page; the API has it under `/v1`. */
export async function anItem(
  ask: Ask,
  caseId: string,
  title: string,
  assigned: object = {},
  who: Principal = chen,
): Promise<string> {
  const raised = await recorded({ ask }, who, `/v1/cases/${caseId}/items`, { data: { title } });
  const item = `/cases/${caseId}/items/${raised.body.itemId}`;
  await onItem(ask, who, item, 'OfficeAssigned', { lead: '财政办', deadline: '2020-06-30', ...assigned });
  return item;
}

/** Records on an item; resolves to the entry's seq. */
export async function onItem(
  ask: Ask,
  who: Principal,
  item: string,
  type: string,
  data: object,
  occurredOn?: string,
): Promise<number> {
  const answer = await recorded({ ask }, who, `/v1${item}/events`, entry(type, data, occurredOn));
  return answer.body.seq;
}

export const A_HASH = 'ab'.repeat(32);

/** All that a closing needs: a measure, its completion and its evidence, and the request. */
export async function readyToClose(ask: Ask, item: string, who: Principal = zhang): Promise<void> {
  const seq = await onItem(ask, who, item, 'MeasureAdopted', { text: '逐份清理合同' });
  await onItem(ask, who, item, 'MeasureCompleted', { measureId: `m${seq}`, summary: '清理完毕' });
  const file = { name: '清理表.pdf', mediaType: 'application/pdf', bytes: 7, sha256: A_HASH };
  await onItem(ask, who, item, 'EvidenceAttached', { ...file, measureIds: [`m${seq}`] });
  await onItem(ask, who, item, 'ClosureRequested', { statement: '申请销号' });
}

/** What the API says of an item now. */
export const itemNow = async (ask: Ask, item: string) => (await ask(chen, 'GET', `/v1${item}`)).body;

/** The newest entry of an item, as the API has it. */
export async function newest(ask: Ask, item: string) {
  const { body } = await ask(chen, 'GET', `/v1${item}/events`);
  return body.data.at(-1);
}
