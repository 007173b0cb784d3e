import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { type Poller, startPoller } from '../../../functions/local/stream-poller.ts';
import { silent } from '../../../functions/log.ts';
import {
  eventRecord,
  type StreamEvent,
  type StreamResponse,
} from '../../../functions/projector/stream-event.ts';
import type { TestStore } from '../embedded-engine.ts';
import { answered, type RunningFunction } from './deployed.ts';

export interface EventsStream {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
}

/** The stream of the events table, and a client that reads it. */
export async function eventsStream(store: TestStore): Promise<EventsStream> {
  const { documents } = store.client();
  const described = await documents.send(new DescribeTableCommand({ TableName: store.tables.events.name }));
  const streams = new DynamoDBStreamsClient({
    region: 'local',
    endpoint: store.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return { streams, streamArn: described.Table?.LatestStreamArn ?? '' };
}

/** Feeds a function from the stream, as its event source mapping does. */
export function followStream(stream: EventsStream, fn: RunningFunction, batchSize = 100): Poller {
  const checkpoints = new Map<string, string>();
  return startPoller({
    ...stream,
    handler: (event: StreamEvent) => answered<StreamResponse>(fn.invoke(event)),
    checkpoints: {
      load: async (shardId) => checkpoints.get(shardId),
      save: async (shardId, sequenceNumber) => void checkpoints.set(shardId, sequenceNumber),
    },
    batchSize,
    log: silent,
  });
}

export type EventRecord = StreamEvent['Records'][number];

export interface ShardRecords {
  readonly shardId: string;
  readonly records: readonly EventRecord[];
}

/** Every record that the stream holds, by shard and in order, as Lambda hands it to a function. */
export async function allRecords({ streams, streamArn }: EventsStream): Promise<readonly ShardRecords[]> {
  const described = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const found: ShardRecords[] = [];
  for (const { ShardId: shardId = '' } of described.StreamDescription?.Shards ?? []) {
    const records: EventRecord[] = [];
    let { ShardIterator: iterator } = await streams.send(
      new GetShardIteratorCommand({
        ...{ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' },
      }),
    );
    while (iterator !== undefined) {
      const answer = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1_000 }));
      records.push(...(answer.Records ?? []).map((record) => eventRecord(record, streamArn)));
      // On the embedded engine an empty answer means that nothing is left.
      iterator = answer.Records?.length ? answer.NextShardIterator : undefined;
    }
    found.push({ shardId, records });
  }
  return found;
}
