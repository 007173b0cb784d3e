import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { rebuildCase } from '../../../functions/app/rebuild.ts';
import type { TestStore } from '../../kit/embedded-engine.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { answered, type RunningFunction, startFunction } from '../../kit/lambda/deployed.ts';
import { deployedFunctions, deployedStore, deploymentInProcess } from '../../kit/lambda/functions.ts';
import { accepted, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';

let store: TestStore;
let sns: Server;
let digest: RunningFunction;
/** What SNS does with the next messages; the last of them for good. */
let fate: ('takes' | 'loses its answer' | 'denies')[] = ['takes'];
const published: URLSearchParams[] = [];

/** As SNS says them. */
const TAKEN =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>5e6f</MessageId></PublishResult></PublishResponse>';
const DENIED =
  '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not of yours</Message></Error></ErrorResponse>';

beforeAll(async () => {
  store = await deployedStore();
  sns = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    published.push(new URLSearchParams(body));
    const [now = 'takes', ...further] = fate;
    if (further.length > 0) fate = further;
    if (now === 'loses its answer') return response.destroy();
    const denied = now === 'denies';
    response.writeHead(denied ? 403 : 200, { 'content-type': 'text/xml' }).end(denied ? DENIED : TAKEN);
  });
  await new Promise<void>((ready) => sns.listen(0, '127.0.0.1', ready));
  const topics = `http://127.0.0.1:${(sns.address() as AddressInfo).port}`;
  digest = await startFunction(deployedFunctions(['digest']).digest, { dynamodb: store.endpoint, topics });
});
afterAll(async () => {
  await digest?.stop();
  sns?.close();
  await store?.stop();
});

test('the digest as it is deployed tells its topic what is overdue', async () => {
  const deps = deploymentInProcess(store);
  const ledger = openLedger(deps);
  const caseId = await openedCase(ledger, people.committee);
  accepted(await ledger.raiseIssue(people.committee, caseId, { data: { title: '台账不清' } }, {}));
  const assigned = { type: 'OfficeAssigned', data: { lead: '财政办', deadline: '2024-05' } };
  accepted(await ledger.recordOnItem(people.committee, caseId, anItemId('0001'), assigned, {}));
  await rebuildCase(deps, caseId);
  const done = await answered<{ cases: number; bytes: number }>(digest.invoke({}));
  expect(done).toMatchObject({ cases: 1, bytes: expect.any(Number) });
  const [form] = published;
  expect(form?.get('TopicArn')).toMatch(/:taizhang-prod-digest$/);
  expect(form?.get('Subject')).toMatch(/^Taizhang [0-9-]{10}: 1 overdue, 0 due, 0 silent$/);
  expect(form?.get('Message')).toContain(`    ${caseId}/0001  台账不清  时限 2024-05  已逾期 `);
  expect(digest.log.join()).not.toContain('台账不清');
});

test('it is told again when the answer is lost: twice rather than not at all', async () => {
  published.length = 0;
  fate = ['loses its answer', 'takes'];
  await answered(digest.invoke({}));
  const [first, again, ...others] = published.map((form) => form.toString());
  expect(again).toBe(first);
  expect(others).toEqual([]);
});

test('it fails with what SNS says when it does not take the message', async () => {
  published.length = 0;
  fate = ['denies'];
  expect(await digest.invoke({})).toMatchObject({
    error: { errorType: 'AuthorizationErrorException', errorMessage: 'not of yours' },
  });
  // What is refused is not asked for again.
  expect(published).toHaveLength(1);
  expect(digest.log.join()).not.toContain('台账不清');
});
