import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEngine } from '../../../functions/local/engine.ts';
import type { Checkpoints } from '../../../functions/local/shard-reader.ts';
import { prepareStore } from '../../../functions/local/stream-index.ts';
import { type Poller, PollerStopped, startPoller } from '../../../functions/local/stream-poller.ts';
import { silent } from '../../../functions/log.ts';
import type { StreamEvent, StreamResponse } from '../../../functions/projector/stream-event.ts';
import { clients, temporaryFolder } from './kit.ts';
import { createTable, put, streamArn, TABLE } from './rows.ts';

const SUCCESS: StreamResponse = { batchItemFailures: [] };

/** Checkpoints that outlive the poller, as a table would keep them. */
function memory(kept = new Map<string, string>()): Checkpoints & { kept: Map<string, string> } {
  return {
    kept,
    load: async (shardId) => kept.get(shardId),
    save: async (shardId, sequenceNumber) => {
      kept.set(shardId, sequenceNumber);
    },
  };
}

async function ledger() {
  const file = join(await temporaryFolder(), 'store.db');
  await prepareStore({ file, createTables: createTable });
  const engine = await startEngine({ file });
  onTestFinished(() => engine.stop());
  const { database, streams } = clients(engine.endpoint);
  const arn = await streamArn(database);
  const poll = (
    handler: (event: StreamEvent) => Promise<StreamResponse>,
    checkpoints: Checkpoints = memory(),
    batchSize = 100,
  ): Poller => {
    const poller = startPoller({ streams, streamArn: arn, handler, checkpoints, batchSize, log: silent });
    onTestFinished(() => poller.stop());
    return poller;
  };
  return { file, engine, database, arn, poll };
}

const numbersIn = (event: StreamEvent): number[] =>
  event.Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

test('records arrive in the shape in which Lambda gives them', async () => {
  const { database, arn, poll } = await ledger();
  const seen: StreamEvent[] = [];
  const poller = poll(async (event) => {
    seen.push(event);
    return SUCCESS;
  });
  const key = { stream: { S: '案' }, seq: { S: '000001' } };
  const salt = Buffer.from([0, 255, 128, 7]);
  const row = {
    ...key,
    salt: { B: salt },
    salts: { BS: [salt] },
    deep: { M: { list: { L: [{ B: salt }, { N: '1' }] } } },
  };
  await database.send(new PutItemCommand({ TableName: TABLE, Item: row }));
  await database.send(new PutItemCommand({ TableName: TABLE, Item: { ...key, changed: { BOOL: true } } }));
  await poller.idle();

  const image = {
    ...key,
    salt: { B: 'AP+ABw==' },
    salts: { BS: ['AP+ABw=='] },
    deep: { M: { list: { L: [{ B: 'AP+ABw==' }, { N: '1' }] } } },
  };
  const common = {
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: expect.any(String),
    eventSourceARN: arn,
  };
  const dynamodb = {
    ApproximateCreationDateTime: expect.any(Number),
    Keys: key,
    SizeBytes: expect.any(Number),
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  };
  expect(seen.flatMap(({ Records }) => Records)).toEqual([
    {
      ...common,
      eventID: '1',
      eventName: 'INSERT',
      dynamodb: { ...dynamodb, NewImage: image, SequenceNumber: '1' },
    },
    {
      ...common,
      eventID: '2',
      eventName: 'MODIFY',
      dynamodb: {
        ...dynamodb,
        NewImage: { ...key, changed: { BOOL: true } },
        OldImage: image,
        SequenceNumber: '2',
      },
    },
  ]);
  const seconds = seen[0]?.Records[0]?.dynamodb.ApproximateCreationDateTime ?? 0;
  expect(Math.abs(seconds - Date.now() / 1_000)).toBeLessThan(3_600);
});

test('everything written before idle() was called is handled when it resolves, in order and once', async () => {
  const { database, poll } = await ledger();
  const seen: number[] = [];
  const poller = poll(
    async (event) => {
      seen.push(...numbersIn(event));
      return SUCCESS;
    },
    memory(),
    7,
  );
  await poller.idle();
  expect(seen).toEqual([]);
  for (let number = 1; number <= 60; number += 1) {
    await put(database, 'a', number);
    if (number % 20 === 0) {
      await poller.idle();
      expect(seen).toEqual(upTo(number));
    }
  }
  expect(poller.status()).toEqual({ lastSequenceNumber: '60', handled: 60, retries: 0, failure: undefined });
});

test('a write is handled soon after a wake, and without one as well', async () => {
  const { database, poll } = await ledger();
  const seen: number[] = [];
  const poller = poll(async (event) => {
    seen.push(...numbersIn(event));
    return SUCCESS;
  });
  await put(database, 'a', 1);
  poller.wake();
  await vi.waitFor(() => expect(seen).toEqual([1]), 20_000);
  await put(database, 'a', 2);
  await vi.waitFor(() => expect(seen).toEqual([1, 2]), 20_000);
});

test('a poller started again goes on where the last one was, with sequence numbers compared as numbers', async () => {
  const { database, poll } = await ledger();
  const checkpoints = memory();
  const seen: number[] = [];
  const handler = async (event: StreamEvent): Promise<StreamResponse> => {
    seen.push(...numbersIn(event));
    return SUCCESS;
  };
  // 9, 10, 11 and 99, 100, 101: as text "10" comes before "9".
  for (const until of [9, 11, 99, 101]) {
    for (let number = seen.length + 1; number <= until; number += 1) await put(database, 'a', number);
    const poller = poll(handler, checkpoints);
    await poller.idle();
    await poller.stop();
    expect([...checkpoints.kept.values()]).toEqual([String(until)]);
  }
  expect(seen).toEqual(upTo(101));
});

test('the checkpoint never runs ahead of what was handled, wherever the process ends', async () => {
  const { database, poll } = await ledger();
  for (let number = 1; number <= 20; number += 1) await put(database, 'a', number);
  const checkpoints = memory();
  const effects = new Set<number>();
  while (effects.size < 20) {
    let calls = 0;
    const poller = poll(
      async (event) => {
        calls += 1;
        // Each life dies in its second batch: after half of its effects, before it could answer.
        const numbers = numbersIn(event);
        for (const number of calls === 2 ? numbers.slice(0, 2) : numbers) effects.add(number);
        if (calls === 2) throw new Error('power failed');
        return SUCCESS;
      },
      checkpoints,
      4,
    );
    await vi.waitFor(() => expect(calls >= 2 || effects.size === 20).toBe(true), 20_000);
    await poller.stop();
    const saved = Number([...checkpoints.kept.values()][0] ?? 0);
    for (const number of upTo(saved)) expect(effects).toContain(number);
  }
  expect([...effects].sort((a, b) => a - b)).toEqual(upTo(20));
});

test('a partial failure starts again at the lowest failed record, not before and not after', async () => {
  const { database, poll } = await ledger();
  for (let number = 1; number <= 10; number += 1) await put(database, 'a', number);
  const checkpoints = memory();
  const batches: number[][] = [];
  const savedBefore: (string | undefined)[] = [];
  const poller = poll(async (event) => {
    batches.push(numbersIn(event));
    savedBefore.push([...checkpoints.kept.values()][0]);
    return batches.length === 1
      ? { batchItemFailures: [{ itemIdentifier: '8' }, { itemIdentifier: '4' }] }
      : SUCCESS;
  }, checkpoints);
  await poller.idle();
  expect(batches).toEqual([upTo(10), [4, 5, 6, 7, 8, 9, 10]]);
  expect(savedBefore).toEqual([undefined, '3']);
  expect(poller.status()).toMatchObject({
    lastSequenceNumber: '10',
    handled: 10,
    retries: 1,
    failure: undefined,
  });
});

test.each([
  ['the first record', '1'],
  ['a record of no such number', '77'],
  ['an empty name', ''],
])('a failure of %s fails the whole batch', async (_, itemIdentifier) => {
  const { database, poll } = await ledger();
  for (let number = 1; number <= 3; number += 1) await put(database, 'a', number);
  const batches: number[][] = [];
  const poller = poll(async (event) => {
    batches.push(numbersIn(event));
    return batches.length === 1 ? { batchItemFailures: [{ itemIdentifier }] } : SUCCESS;
  });
  await poller.idle();
  expect(batches).toEqual([upTo(3), upTo(3)]);
});

test('what stands before a record that makes the handler throw is handled, and the rest once it is mended', async () => {
  const { database, poll } = await ledger();
  for (let number = 1; number <= 12; number += 1) await put(database, 'a', number);
  const checkpoints = memory();
  const done = new Set<number>();
  let mended = false;
  const poller = poll(async (event) => {
    if (!mended && numbersIn(event).includes(7)) throw new Error('poisoned');
    for (const number of numbersIn(event)) done.add(number);
    return SUCCESS;
  }, checkpoints);
  await vi.waitFor(() => expect([...done]).toEqual(upTo(6)), 20_000);
  expect([...checkpoints.kept.values()]).toEqual(['6']);
  await vi.waitFor(() => expect(poller.status().failure).toBe('poisoned'), 20_000);
  mended = true;
  await poller.idle();
  expect([...done]).toEqual(upTo(12));
  expect(poller.status().failure).toBeUndefined();
});

test('a handler that sets a poisoned record aside holds nothing up', async () => {
  const { database, poll } = await ledger();
  const aside: number[] = [];
  const done: number[] = [];
  const poller = poll(async (event) => {
    for (const number of numbersIn(event)) (number === 2 ? aside : done).push(number);
    return SUCCESS;
  });
  for (let number = 1; number <= 5; number += 1) await put(database, 'a', number);
  await poller.idle();
  expect([aside, done]).toEqual([[2], [1, 3, 4, 5]]);
  expect(poller.status().retries).toBe(0);
});

test('a checkpoint that cannot be saved is saved later, and the record is not handled twice', async () => {
  const { database, poll } = await ledger();
  const checkpoints = memory();
  let failures = 2;
  const seen: number[] = [];
  const poller = poll(
    async (event) => {
      seen.push(...numbersIn(event));
      return SUCCESS;
    },
    {
      load: checkpoints.load,
      save: async (shardId, sequenceNumber) => {
        failures -= 1;
        if (failures >= 0) throw new Error('no room');
        await checkpoints.save(shardId, sequenceNumber);
      },
    },
  );
  await put(database, 'a', 1);
  await poller.idle();
  expect(seen).toEqual([1]);
  expect([...checkpoints.kept.values()]).toEqual(['1']);
});

test('a checkpoint beyond the end of the stream, as after a restore, has it read from the start', async () => {
  const { database, poll } = await ledger();
  for (let number = 1; number <= 3; number += 1) await put(database, 'a', number);
  const seen: number[] = [];
  const poller = poll(
    async (event) => {
      seen.push(...numbersIn(event));
      return SUCCESS;
    },
    memory(new Map([[`shardId-00000001-${TABLE}`, '500']])),
  );
  await poller.idle();
  expect(seen).toEqual([1, 2, 3]);
});

test('stopping lets the running batch finish, saves its checkpoint and begins no other', async () => {
  const { database, poll } = await ledger();
  for (let number = 1; number <= 4; number += 1) await put(database, 'a', number);
  const checkpoints = memory();
  let release = (): void => {};
  const gate = new Promise<void>((open) => {
    release = open;
  });
  const batches: number[][] = [];
  const poller = poll(
    async (event) => {
      batches.push(numbersIn(event));
      await gate;
      return SUCCESS;
    },
    checkpoints,
    2,
  );
  await vi.waitFor(() => expect(batches).toHaveLength(1), 20_000);
  const idle = poller.idle();
  const refused = expect(idle).rejects.toThrow(PollerStopped);
  const stopped = poller.stop();
  release();
  await stopped;
  await refused;
  expect(batches).toEqual([[1, 2]]);
  expect([...checkpoints.kept.values()]).toEqual(['2']);
  await expect(poller.idle()).rejects.toThrow(PollerStopped);
});

test('the poller outlives an engine that is killed and comes back', async () => {
  const { file, engine, database, arn } = await ledger();
  await put(database, 'a', 1);
  // The engine comes back on another port, so the endpoint is looked up for each request.
  let endpoint = engine.endpoint;
  const { streams } = clients(engine.endpoint);
  const current = async () => ({
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: Number(new URL(endpoint).port),
    path: '/',
  });
  streams.config.endpoint = current;
  const seen: number[] = [];
  const poller = startPoller({
    streams,
    streamArn: arn,
    handler: async (event) => {
      seen.push(...numbersIn(event));
      return SUCCESS;
    },
    checkpoints: memory(),
    batchSize: 100,
    log: silent,
  });
  onTestFinished(() => poller.stop());
  await poller.idle();
  process.kill(engine.pid, 'SIGKILL');
  await engine.exited;
  await vi.waitFor(() => expect(poller.status().failure).toBeDefined(), 20_000);

  const again = await startEngine({ file });
  onTestFinished(() => again.stop());
  endpoint = again.endpoint;
  await put(clients(again.endpoint).database, 'a', 2);
  await poller.idle();
  expect(seen).toEqual([1, 2]);
  expect(poller.status().failure).toBeUndefined();
});
