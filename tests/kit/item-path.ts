import { expect } from 'vitest';
import type { Principal } from '../../domain/actor.ts';
import type { ApiBench } from './api-bench.ts';
import { freshCase } from './event-rows.ts';
import { OPENING } from './ledger-bench.ts';
import { people } from './people.ts';

/** Where tests write: a case of its own with one item that the finance office leads. */
export interface Begun {
  readonly inCase: string;
  readonly item: string;
}

export const entry = (type: string, data: object, occurredOn?: string): object => ({
  type,
  data,
  ...(occurredOn === undefined ? {} : { occurredOn }),
});

export const progress = (text: string, occurredOn?: string): object =>
  entry('ProgressReported', { text }, occurredOn);

/** Records over the API; fails the test when it is refused. */
export async function recorded(
  api: Pick<ApiBench, 'ask'>,
  who: Principal,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await api.ask(who, 'POST', path, body, headers);
  expect(answer.body).toMatchObject({ seq: expect.any(Number) });
  expect(answer.status).toBe(201);
  return answer;
}

export async function begun(api: Pick<ApiBench, 'ask'>, caseId: string = freshCase()): Promise<Begun> {
  const inCase = `/v1/cases/${caseId}`;
  await recorded(api, people.committee, '/v1/cases', { caseId, data: OPENING });
  await recorded(api, people.committee, `${inCase}/items`, { data: { title: '台账不清' } });
  const item = `${inCase}/items/0001`;
  const assigned = { lead: '财政办', supporting: ['民政办'], deadline: '2026-06-30' };
  await recorded(api, people.committee, `${item}/events`, entry('OfficeAssigned', assigned));
  return { inCase, item };
}
