import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Dependencies } from '../app/dependencies.ts';
import type { Log } from '../log.ts';
import { eventRecord } from '../projector/stream-event.ts';
import { createStreamHandler } from '../projector/stream-handler.ts';

export interface ReplayDependencies {
  readonly dependencies: Dependencies;
  readonly queues: SQSClient;
  readonly streams: DynamoDBStreamsClient;
  /** URL of the dead-letter queue. */
  readonly queue: string;
  readonly log: Log;
}

export interface BatchReplay {
  readonly batchesReplayed: number;
  /** Batches that the stream no longer holds (24 hours), or that failed again: rebuild the views. */
  readonly batchesLeft: number;
}

/** What Lambda writes about a batch that it gave up: where its records stand, not the records. */
const givenUp = z.object({
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string().check(z.regex(/^[0-9]+$/)),
    endSequenceNumber: z.string().check(z.regex(/^[0-9]+$/)),
    streamArn: z.string(),
  }),
});
type Batch = z.infer<typeof givenUp>['DDBStreamBatchInfo'];

/** So many empty answers in a row end a shard's reading: the stream may answer emptily in its middle. */
const EMPTY_ANSWERS = 20;

/** Projects the batches in the dead-letter queue from the stream, each message deleted once its batch is done. */
export async function replayBatches(deps: ReplayDependencies): Promise<BatchReplay> {
  const { queues, queue, log } = deps;
  let batchesReplayed = 0;
  const left = new Map<string, string>();
  for (;;) {
    // A message stays hidden for the queue's visibility timeout, longer than this function runs.
    const { Messages } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    if (!Messages?.length) {
      // Seen again at once, by the alarm as well as by the next replay.
      for (const ReceiptHandle of left.values()) {
        await queues.send(
          new ChangeMessageVisibilityCommand({ QueueUrl: queue, ReceiptHandle, VisibilityTimeout: 0 }),
        );
      }
      return { batchesReplayed, batchesLeft: left.size };
    }
    for (const { Body, MessageId = '', ReceiptHandle } of Messages) {
      try {
        await replay(deps, givenUp.parse(JSON.parse(Body ?? '')).DDBStreamBatchInfo);
        await queues.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
        batchesReplayed += 1;
      } catch (error) {
        log('error', 'a batch could not be replayed', { message: MessageId, why: String(error) });
        left.set(MessageId, ReceiptHandle ?? '');
      }
    }
  }
}

/** @throws when the records are gone, or when they cannot be projected now either */
async function replay({ dependencies, streams, log }: ReplayDependencies, batch: Batch): Promise<void> {
  const handler = createStreamHandler(dependencies, log);
  const last = BigInt(batch.endSequenceNumber);
  let { ShardIterator: iterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: batch.streamArn,
      ShardId: batch.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: batch.startSequenceNumber,
    }),
  );
  let empty = 0;
  while (iterator !== undefined && empty < EMPTY_ANSWERS) {
    const answer = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 100 }));
    const records = (answer.Records ?? []).map((record) => eventRecord(record, batch.streamArn));
    const wanted = records.filter(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) <= last);
    if (wanted.length > 0) {
      const { batchItemFailures } = await handler({ Records: wanted });
      if (batchItemFailures.length > 0) throw new Error('the store failed again');
    }
    if (wanted.some(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) === last)) return;
    if (wanted.length < records.length) break;
    empty = records.length === 0 ? empty + 1 : 0;
    iterator = answer.NextShardIterator;
  }
  throw new Error(`the stream no longer holds record ${batch.endSequenceNumber}`);
}
