import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, onTestFinished, test } from 'vitest';
import { startPoller } from '../../../functions/local/stream-poller.ts';
import { silent } from '../../../functions/log.ts';

// What one embedded engine never shows: many shards, iterators that expire, records trimmed. Faults are scripted.

interface ScriptedShard {
  readonly parent?: string;
  readonly closed: boolean;
  readonly numbers: readonly string[];
}

/** A stream that answers as AWS documents it: iterators are `shard/position`, pages of shards hold one each. */
function scripted(shards: Record<string, ScriptedShard>) {
  const streams = new DynamoDBStreamsClient({
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const mock = mockClient(streams);
  const order = Object.keys(shards);
  mock.on(DescribeStreamCommand).callsFake(({ ExclusiveStartShardId: after }) => {
    const ShardId = order[after === undefined ? 0 : order.indexOf(after) + 1];
    const shard = ShardId === undefined ? undefined : shards[ShardId];
    return {
      StreamDescription: {
        Shards: [{ ShardId, ParentShardId: shard?.parent }],
        LastEvaluatedShardId: ShardId === order.at(-1) ? undefined : ShardId,
      },
    };
  });
  mock.on(GetShardIteratorCommand).callsFake(({ ShardId, ShardIteratorType: type, SequenceNumber }) => {
    const numbers = shards[ShardId]?.numbers ?? [];
    const position =
      type === 'TRIM_HORIZON' ? 0 : numbers.indexOf(SequenceNumber) + (type === 'AT_SEQUENCE_NUMBER' ? 0 : 1);
    return { ShardIterator: `${ShardId}/${position}` };
  });
  const getRecords = ({ ShardIterator = '', Limit = 1_000 }): object => {
    const [id = '', from = '0'] = ShardIterator.split('/');
    const { numbers, closed } = shards[id] ?? { numbers: [], closed: true };
    const end = Math.min(numbers.length, Number(from) + Limit);
    return {
      Records: numbers.slice(Number(from), end).map((SequenceNumber) => ({
        eventName: 'INSERT',
        dynamodb: { SequenceNumber },
      })),
      NextShardIterator: closed && end === numbers.length ? undefined : `${id}/${end}`,
    };
  };
  mock.on(GetRecordsCommand).callsFake(getRecords);
  return { streams, mock, getRecords };
}

function poll(streams: DynamoDBStreamsClient, kept = new Map<string, string>(), batchSize = 2) {
  const seen: string[] = [];
  const poller = startPoller({
    streams,
    streamArn: 'arn:stream',
    batchSize,
    log: silent,
    handler: async ({ Records }) => {
      seen.push(...Records.map(({ dynamodb }) => dynamodb.SequenceNumber));
      return { batchItemFailures: [] };
    },
    checkpoints: {
      load: async (shardId) => kept.get(shardId),
      save: async (shardId, sequenceNumber) => {
        kept.set(shardId, sequenceNumber);
      },
    },
  });
  onTestFinished(() => poller.stop());
  return { poller, seen, kept };
}

test('every page of shards is read, and a parent wholly before its children', async () => {
  const { streams } = scripted({
    child: { parent: 'parent', closed: false, numbers: ['900000000000000000004', '900000000000000000005'] },
    orphan: { parent: 'trimmed-long-ago', closed: false, numbers: ['7'] },
    parent: { closed: true, numbers: ['1', '2', '900000000000000000003'] },
  });
  const { poller, seen, kept } = poll(streams);
  await poller.idle();
  const family = seen.filter((number) => number !== '7');
  expect(family).toEqual([
    '1',
    '2',
    '900000000000000000003',
    '900000000000000000004',
    '900000000000000000005',
  ]);
  expect(seen).toContain('7');
  expect(Object.fromEntries(kept)).toEqual({
    parent: '900000000000000000003',
    child: '900000000000000000005',
    orphan: '7',
  });
  expect(poller.status()).toMatchObject({ lastSequenceNumber: '900000000000000000005', handled: 6 });
});

test('a closed shard read by an earlier process does not hold up its children', async () => {
  const { streams } = scripted({
    parent: { closed: true, numbers: ['1', '2'] },
    child: { parent: 'parent', closed: false, numbers: ['3', '4'] },
  });
  const { poller, seen } = poll(
    streams,
    new Map([
      ['parent', '2'],
      ['child', '3'],
    ]),
  );
  await poller.idle();
  expect(seen).toEqual(['4']);
});

test('an iterator that expired is asked for again after the last record handled', async () => {
  const { streams, mock, getRecords } = scripted({
    only: { closed: false, numbers: ['1', '2', '3', '4', '5'] },
  });
  let calls = 0;
  mock.on(GetRecordsCommand).callsFake((input) => {
    calls += 1;
    if (calls === 2) throw new ExpiredIteratorException({ message: 'expired', $metadata: {} });
    return getRecords(input);
  });
  const { poller, seen } = poll(streams);
  await poller.idle();
  expect(seen).toEqual(['1', '2', '3', '4', '5']);
  expect(poller.status().retries).toBe(0);
  const asked = mock.commandCalls(GetShardIteratorCommand).map(({ args }) => args[0].input);
  expect(asked).toMatchObject([
    { ShardIteratorType: 'TRIM_HORIZON' },
    { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '2' },
  ]);
});

test('a checkpoint whose record was trimmed leads to the oldest record kept', async () => {
  const { streams, mock, getRecords } = scripted({ only: { closed: false, numbers: ['41', '42'] } });
  mock
    .on(GetShardIteratorCommand, { ShardIteratorType: 'AT_SEQUENCE_NUMBER' })
    .rejects(new TrimmedDataAccessException({ message: 'trimmed', $metadata: {} }));
  mock.on(GetRecordsCommand).callsFake(getRecords);
  const { poller, seen } = poll(streams, new Map([['only', '7']]));
  await poller.idle();
  expect(seen).toEqual(['41', '42']);
});

test('a stream that cannot be listed at first is listed later', async () => {
  const { streams, mock } = scripted({ only: { closed: false, numbers: ['1'] } });
  mock
    .on(DescribeStreamCommand)
    .rejectsOnce(new Error('not yet'))
    .resolves({
      StreamDescription: { Shards: [{ ShardId: 'only' }] },
    });
  const { poller, seen } = poll(streams);
  await poller.idle();
  expect(seen).toEqual(['1']);
});

test.each([0, 1_001, 1.5])('a batch size of %s is refused', (batchSize) => {
  const { streams } = scripted({});
  expect(() => poll(streams, new Map(), batchSize)).toThrow(RangeError);
});
