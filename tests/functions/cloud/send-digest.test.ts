import { AuthorizationErrorException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHINA } from '../../../domain/dates.ts';
import { sendDigest } from '../../../functions/cloud/send-digest.ts';
import { topicOf, topicsClient } from '../../../functions/cloud/sns-topic.ts';
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
  const arn = 'arn:aws-cn:sns:cn-north-1:111122223333:taizhang-prod-digest';
  const sns = mockClient(SNSClient);
  afterAll(() => sns.restore());
  beforeEach(() => sns.reset());
  const topic = () => topicOf(topicsClient('cn-north-1'), arn);

  test('is given subject and message once', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm' });
    await topic().publish('Taizhang', '逾期 3 & 更多\n');
    expect(sns.calls().map(({ args: [command] }) => command.input)).toEqual([
      { TopicArn: arn, Subject: 'Taizhang', Message: '逾期 3 & 更多\n' },
    ]);
  });

  test('fails with what SNS says when it does not take the message', async () => {
    const said = new AuthorizationErrorException({ message: 'not of yours', $metadata: {} });
    sns.on(PublishCommand).rejects(said);
    await expect(topic().publish('Taizhang', '')).rejects.toBe(said);
  });
});
