import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface StreamMappingProps {
  /** ARN of the stream. */
  readonly stream: string;
  readonly target: { readonly functionArn: string };
  /** ARN of the queue for batches that are given up. */
  readonly deadLetters: string;
  readonly batchSize: number;
  /** Seconds for which a batch that is not full waits. */
  readonly gather: number;
  /** Only records that match; all without. @see docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html */
  readonly filter?: object;
}

/** Six hours of retries with Lambda's back-off, well within the stream's 24. */
const OLDEST_SECONDS = 6 * 3_600;

/**
 * Feeds a function from the events' stream, from its oldest record on. Batches run side by side within a shard, and
 * each case's entries stay in order, for a case is one partition key. A batch that fails is halved until the record
 * at fault is alone; after six hours it goes to the dead letters and the rest goes on.
 */
export const streamMapping = (
  scope: Construct,
  id: string,
  { stream, target, deadLetters, batchSize, gather, filter }: StreamMappingProps,
): CfnEventSourceMapping =>
  new CfnEventSourceMapping(scope, id, {
    eventSourceArn: stream,
    functionName: target.functionArn,
    startingPosition: 'TRIM_HORIZON',
    batchSize,
    maximumBatchingWindowInSeconds: gather,
    parallelizationFactor: 10,
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 1_000,
    maximumRecordAgeInSeconds: OLDEST_SECONDS,
    functionResponseTypes: ['ReportBatchItemFailures'],
    destinationConfig: { onFailure: { destination: deadLetters } },
    ...(filter && { filterCriteria: { filters: [{ pattern: JSON.stringify(filter) }] } }),
  });

export interface QueueMappingProps {
  /** ARN of the queue. */
  readonly queue: string;
  readonly target: { readonly functionArn: string };
}

/** Cases that are rebuilt at a time: what the views take beside their daily work. */
const REBUILT_AT_ONCE = 20;

/** Feeds a function from a queue, one message at a time. */
export const queueMapping = (
  scope: Construct,
  id: string,
  { queue, target }: QueueMappingProps,
): CfnEventSourceMapping =>
  new CfnEventSourceMapping(scope, id, {
    eventSourceArn: queue,
    functionName: target.functionArn,
    batchSize: 1,
    scalingConfig: { maximumConcurrency: REBUILT_AT_ONCE },
  });
