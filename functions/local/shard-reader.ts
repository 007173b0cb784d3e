import { type DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import type { Log } from '../log.ts';
import {
  eventRecord,
  type StreamEvent,
  type StreamHandler,
  type StreamResponse,
} from '../projector/stream-event.ts';
import { createNap } from './nap.ts';
import { iteratorAfter, reaches } from './stream-shards.ts';

/** Where a reader keeps how far it has come. Durable when `save` resolves. */
export interface Checkpoints {
  load(shardId: string): Promise<string | undefined>;
  save(shardId: string, sequenceNumber: string): Promise<void>;
}

export interface ReaderContext {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly handler: StreamHandler;
  readonly checkpoints: Checkpoints;
  readonly batchSize: number;
  /** Milliseconds for which a batch that is not full waits for more, unless somebody waits for it. */
  readonly gatherFor?: number;
  readonly log: Log;
  readonly onError: (error: unknown) => void;
  /** Aborted when the poller stops. */
  readonly stopping: AbortSignal;
  /** Counts the calls of `idle`: what was asked for at tick t is answered by a read that began at t or later. */
  readonly tick: () => number;
  readonly onEmpty: () => void;
  /** Does somebody wait for the stream to be handled? */
  readonly awaited: () => boolean;
}

export interface ShardReader {
  /** The newest record handled, by this process or an earlier one. */
  readonly last: () => string | undefined;
  readonly handled: () => number;
  readonly retries: () => number;
  /** What the reader is failing on now, undefined while it gets on. */
  readonly failure: () => string | undefined;
  /** The tick at which the newest read that found nothing began; -1 before the first. */
  readonly emptyAt: () => number;
  readonly wake: () => void;
  readonly hurry: () => void;
  /** True when the shard is closed and wholly handled, false when the poller stopped. Never rejects. */
  readonly finished: Promise<boolean>;
}

const SHORTEST_SLEEP = 50;
const LONGEST_SLEEP = 500;
const FIRST_BACKOFF = 100;
const LONGEST_BACKOFF = 10_000;

/** Some records of a batch were reported as failed; those before them are done. */
class BatchFailed extends Error {
  override readonly name = 'BatchFailed';
}

/**
 * Reads one shard to its end, batch by batch, each after the one before. Any failure (of the engine, the handler
 * or the checkpoint) leads back to the last record known to be handled, after a pause that doubles while nothing
 * moves. A batch whose handler throws comes back halved, as under Lambda's BisectBatchOnFunctionError, so that
 * what stands before a bad record is not held up by it.
 */
export function readShard(shardId: string, context: ReaderContext): ShardReader {
  const { streams, streamArn, stopping, log } = context;
  const nap = createNap(stopping);
  const shard = { streamArn, shardId };
  let last: string | undefined;
  let saved: string | undefined;
  let loaded = false;
  let size = context.batchSize;
  let handled = 0;
  let retries = 0;
  let failures = 0;
  let failure: string | undefined;
  let emptyAt = -1;

  const finished = (async () => {
    while (!stopping.aborted) {
      try {
        if (await read()) return true;
      } catch (error) {
        if (stopping.aborted) return false;
        await recover(error);
      }
    }
    return false;
  })();

  /** Resolves to true at the end of a closed shard, to false when the poller stops. */
  async function read(): Promise<boolean> {
    await resume();
    let iterator = await iteratorAfter(streams, shard, last, stopping);
    let sleep = SHORTEST_SLEEP;
    while (iterator !== undefined && !stopping.aborted) {
      nap.attentive();
      const began = context.tick();
      const answer = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: size }), {
        abortSignal: stopping,
      });
      const records = (answer.Records ?? []).map((record) => eventRecord(record, streamArn));
      const fresh = records.filter(({ dynamodb }) => isAfter(dynamodb.SequenceNumber, last));
      if (fresh.length > 0) {
        await handle({ Records: fresh });
        sleep = SHORTEST_SLEEP;
      } else {
        failures = 0;
        failure = undefined;
      }
      iterator = answer.NextShardIterator;
      if (iterator === undefined) continue;
      if (records.length > 0) {
        if (records.length < size) await gather();
        continue;
      }
      emptyAt = began;
      context.onEmpty();
      if (await nap.light(sleep)) await gather();
      sleep = Math.min(sleep * 1.5, LONGEST_SLEEP);
    }
    return iterator === undefined;
  }

  /**
   * A batch costs much the same however few records it has, and takes the engine from those who record. As with
   * Lambda's batching window, whoever writes often is projected in few large batches.
   */
  async function gather(): Promise<void> {
    if (context.gatherFor !== undefined && !context.awaited()) await nap.gathering(context.gatherFor);
  }

  /** Finds where to go on, once, and saves a checkpoint that could not be saved before. */
  async function resume(): Promise<void> {
    if (!loaded) {
      const checkpoint = await context.checkpoints.load(shardId);
      if (checkpoint === undefined || (await reaches(streams, shard, checkpoint, stopping)))
        last = checkpoint;
      else log('warn', 'the stream ends before its checkpoint and is read anew', { shardId, checkpoint });
      saved = last;
      loaded = true;
    }
    if (last !== undefined && saved !== last) await save(last);
  }

  async function handle(event: StreamEvent): Promise<void> {
    let response: StreamResponse;
    try {
      response = await context.handler(event);
    } catch (error) {
      size = Math.max(1, Math.ceil(event.Records.length / 2));
      throw error;
    }
    const numbers = event.Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const failed =
      response?.batchItemFailures?.map(({ itemIdentifier }) => numbers.indexOf(itemIdentifier)) ?? [];
    // As on Lambda: the lowest failed number is where to start again, and one that is not of this batch (-1)
    // fails all of it.
    const done = failed.length === 0 ? numbers.length : Math.max(0, Math.min(...failed));
    const newest = numbers[done - 1];
    if (newest !== undefined) {
      last = newest;
      handled += done;
      failures = 0;
      failure = undefined;
      await save(newest);
    }
    if (done < numbers.length)
      throw new BatchFailed(`The handler failed on record ${numbers[done]} of ${shardId}.`);
    size = Math.min(context.batchSize, size * 2);
  }

  async function save(sequenceNumber: string): Promise<void> {
    await context.checkpoints.save(shardId, sequenceNumber);
    saved = sequenceNumber;
  }

  async function recover(error: unknown): Promise<void> {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ExpiredIteratorException') return; // The next read asks for a new one.
    if (name === 'TrimmedDataAccessException') {
      log('warn', 'records after the checkpoint were trimmed before they were read', { shardId, last });
      last = undefined;
      loaded = true;
      return;
    }
    failures += 1;
    retries += 1;
    failure = error instanceof Error ? error.message : String(error);
    log('warn', 'the stream is held up and tried again', { shardId, after: last, failures, error: failure });
    context.onError(error);
    await nap.deep(Math.min(FIRST_BACKOFF * 2 ** (failures - 1), LONGEST_BACKOFF)); // A write must not hurry a retry.
  }

  return {
    last: () => last,
    handled: () => handled,
    retries: () => retries,
    failure: () => failure,
    emptyAt: () => emptyAt,
    wake: nap.wake,
    hurry: nap.hurry,
    finished,
  };
}

/** Sequence numbers are decimal strings without leading zeros, of up to 40 digits: neither text nor doubles. */
function isAfter(sequenceNumber: string, other: string | undefined): boolean {
  return other === undefined || BigInt(sequenceNumber) > BigInt(other);
}
