import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Log } from '../log.ts';
import type { StreamHandler } from '../projector/stream-event.ts';
import { type Checkpoints, readShard, type ShardReader } from './shard-reader.ts';
import { listShards } from './stream-shards.ts';

interface PollerStatus {
  /** The newest sequence number handled on any shard, undefined before the first. */
  readonly lastSequenceNumber: string | undefined;
  /** Records handled and attempts repeated since the start. */
  readonly handled: number;
  readonly retries: number;
  /** What holds the stream up now, undefined while it flows. */
  readonly failure: string | undefined;
}

export interface Poller {
  /** Finishes the batch that is being handled, saves its checkpoint and ends. */
  stop(): Promise<void>;
  /** A write has just happened: look now. Costs nothing when called often. */
  wake(): void;
  /**
   * Resolves once everything written before the call has been handled. Exact where an empty answer means that
   * nothing is left, as on the local engines; on AWS itself a shard may answer emptily in its middle.
   *
   * @throws PollerStopped when the poller stops first
   */
  idle(): Promise<void>;
  status(): PollerStatus;
}

export class PollerStopped extends Error {
  override readonly name = 'PollerStopped';
}

export interface PollerOptions {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
  /** The function that Lambda runs. It sets bad records aside itself: one that throws is tried again for ever. */
  readonly handler: StreamHandler;
  /** Saved only after the handler succeeded: delivery is at least once. Belongs to one stream ARN. */
  readonly checkpoints: Checkpoints;
  /** Records a call of the handler, 1 to 1,000. */
  readonly batchSize: number;
  /** Milliseconds for which a batch that is not full waits for more, unless `idle` waits for it; none at first. */
  readonly gatherFor?: number;
  readonly log: Log;
  readonly onError?: (error: unknown) => void;
}

/** What Lambda's event source mapping does, for one machine: every shard in order, a parent before its children. */
export function startPoller(options: PollerOptions): Poller {
  const { streams, streamArn, batchSize } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 1_000) {
    throw new RangeError(`batchSize is ${batchSize}, not 1 to 1,000.`);
  }
  const stopper = new AbortController();
  const stopping = stopper.signal;
  const reading = new Map<string, ShardReader>();
  const read = new Map<string, ShardReader>();
  const waiting = new Set<{ since: number; resolve: () => void; reject: (reason: Error) => void }>();
  let tick = 0;
  let listed = false;
  let listingFailure: string | undefined;

  const context = {
    ...options,
    stopping,
    onError: options.onError ?? (() => {}),
    tick: () => tick,
    onEmpty: answerWaiting,
    awaited: () => waiting.size > 0,
  };

  /** Starts what can be started, and comes back when a shard ends: shards appear only as children of such. */
  const loop = (async () => {
    while (!stopping.aborted) {
      await startReaders();
      const ends = [...reading.values()].map(({ finished }) => finished);
      // A stream just enabled lists no shard yet, and a failing engine none at all: look again soon.
      if (listed && ends.length > 0) await Promise.race(ends);
      else await delay(500, undefined, { signal: stopping }).catch(() => {});
      for (const [shardId, reader] of reading) {
        if (await Promise.race([reader.finished, false])) {
          reading.delete(shardId);
          read.set(shardId, reader);
          listed = false;
        }
      }
    }
    await Promise.all([...reading.values()].map(({ finished }) => finished));
  })();

  async function startReaders(): Promise<void> {
    try {
      const shards = await listShards(streams, streamArn, stopping);
      const known = new Set(shards.map(({ ShardId }) => ShardId));
      for (const { ShardId: shardId, ParentShardId: parent } of shards) {
        if (shardId === undefined || reading.has(shardId) || read.has(shardId)) continue;
        // A parent that is no longer listed was trimmed whole.
        if (parent === undefined || !known.has(parent) || read.has(parent)) {
          reading.set(shardId, readShard(shardId, context));
        }
      }
      listed = true;
      listingFailure = undefined;
      answerWaiting();
    } catch (error) {
      if (stopping.aborted) return;
      listingFailure = error instanceof Error ? error.message : String(error);
      options.log('warn', 'the stream cannot be listed', { streamArn, error: listingFailure });
      context.onError(error);
    }
  }

  function answerWaiting(): void {
    if (!listed) return;
    for (const waiter of waiting) {
      if ([...reading.values()].every((reader) => reader.emptyAt() >= waiter.since)) {
        waiting.delete(waiter);
        waiter.resolve();
      }
    }
  }

  const wake = (): void => {
    for (const reader of reading.values()) reader.wake();
  };

  return {
    wake,
    stop: async () => {
      stopper.abort();
      await loop;
      for (const { reject } of waiting) reject(new PollerStopped('The poller stopped before it was idle.'));
      waiting.clear();
    },
    idle: () =>
      new Promise((resolve, reject) => {
        if (stopping.aborted) return reject(new PollerStopped('The poller has stopped.'));
        tick += 1;
        waiting.add({ since: tick, resolve, reject });
        for (const reader of reading.values()) reader.hurry();
      }),
    status: () => {
      const readers = [...read.values(), ...reading.values()];
      return {
        lastSequenceNumber: readers.map((reader) => reader.last()).reduce(later, undefined),
        handled: readers.reduce((sum, reader) => sum + reader.handled(), 0),
        retries: readers.reduce((sum, reader) => sum + reader.retries(), 0),
        failure:
          listingFailure ?? readers.map((reader) => reader.failure()).find((text) => text !== undefined),
      };
    },
  };
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return BigInt(b) > BigInt(a) ? b : a;
}
