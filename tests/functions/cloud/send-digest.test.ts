import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHINA } from '../../../domain/dates.ts';
import { sendDigest } from '../../../functions/cloud/send-digest.ts';
import { topicOf } from '../../../functions/cloud/sns-topic.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { accepted, type LedgerBench, ledgerBench, manualClock, openedCase } from '../../kit/ledger-bench.ts';
import { MemoryViewStore } from '../../kit/memory-view-store.ts';
import { people } from '../../kit/people.ts';

describe('the digest of the day', () => {
  let bench: LedgerBench;
  beforeAll(async () => {
    bench = await ledgerBench();
  });
  afterAll(() => bench?.stop());

  const sent: (readonly [string, string])[] = [];
  const topic = { publish: async (...message: [string, string]) => void sent.push(message) };
  beforeEach(() => {
    sent.length = 0;
  });

  test('says what is due, reading the views and nothing else', async () => {
    const caseId = await openedCase(bench.ledger, people.committee);
    accepted(await bench.ledger.raiseIssue(people.committee, caseId, { data: { title: '台账不清' } }, {}));
    const assigned = { type: 'OfficeAssigned', data: { lead: '财政办', deadline: '2026-02' } };
    accepted(await bench.ledger.recordOnItem(people.committee, caseId, anItemId('0001'), assigned, {}));
    await bench.projected();
    const { views, identity, clock } = bench.deps;
    const done = await sendDigest({ views, identity, clock }, 'zh', topic);
    const [[subject, message] = ['', '']] = sent;
    expect(subject).toBe('Taizhang 2026-03-02: 1 overdue, 0 due, 0 silent');
    expect(message).toContain(`    ${caseId}/0001  台账不清  时限 2026-02  已逾期 2 天\n`);
    expect(done).toEqual({ day: '2026-03-02', cases: 1, bytes: Buffer.byteLength(message) });
    expect(sent).toHaveLength(1);
  });

  test('comes also where nothing is due', async () => {
    const identity = { ledger: 'AAAAAAAAAAAAAAAAAAAAAA', zone: CHINA };
    await sendDigest({ views: new MemoryViewStore(), identity, clock: manualClock() }, 'en', topic);
    expect(sent).toEqual([
      [
        'Taizhang 2026-03-02: 0 overdue, 0 due, 0 silent',
        'Deadlines 2026-03-02\nNothing is overdue, due soon or silent.\n',
      ],
    ]);
  });
});

describe('a topic of SNS', () => {
  let server: Server;
  let endpoint: string;
  let status = 200;
  const asked: { readonly headers: object; readonly form: object }[] = [];
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      asked.push({ headers: request.headers, form: Object.fromEntries(new URLSearchParams(body)) });
      response.writeHead(status).end('<Code>InvalidParameter</Code>');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server?.close());

  const topic = () =>
    topicOf({
      topic: 'arn:aws-cn:sns:cn-north-1:111122223333:taizhang-prod-digest',
      endpoint,
      credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's', sessionToken: 't' }),
      now: () => Date.UTC(2026, 10, 23, 23, 30),
    });

  test('is given subject and message, by a signed form', async () => {
    await topic().publish('Taizhang', '逾期 3 & 更多\n');
    expect(asked.at(-1)).toMatchObject({
      headers: {
        host: endpoint.replace('http://', ''),
        'content-type': 'application/x-www-form-urlencoded',
        'x-amz-security-token': 't',
        authorization: expect.stringContaining('/20261123/cn-north-1/sns/aws4_request, '),
      },
      form: {
        Action: 'Publish',
        Version: '2010-03-31',
        TopicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:taizhang-prod-digest',
        Subject: 'Taizhang',
        Message: '逾期 3 & 更多\n',
      },
    });
  });

  test('fails with what SNS says when it does not take the message', async () => {
    status = 400;
    await expect(topic().publish('Taizhang', '')).rejects.toThrow(
      /^SNS answers 400: <Code>InvalidParameter<\/Code>$/,
    );
  });
});
