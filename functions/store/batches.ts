import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { StoreFault } from '../../domain/ports.ts';
import { rethrow } from './faults.ts';
import type { Page } from './pages.ts';

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** What one call of the API takes. */
const MAX_GETS = 100;
const MAX_WRITES = 25;

/** Rounds in a row that may bring nothing, before the store counts as busy: 3 s of waiting at the most. */
const MAX_IDLE_ROUNDS = 6;

/** Gets items by key, all of them; keys without an item give none. The keys must differ from one another. */
export async function batchGet(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Readonly<Record<string, string>>[],
  consistent: boolean,
): Promise<Page> {
  const found: Page[number][] = [];
  await rounds(keys, MAX_GETS, async (some) => {
    const answer = await client
      .send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: [...some], ConsistentRead: consistent } } }),
      )
      .catch(rethrow);
    found.push(...(answer.Responses?.[table] ?? []));
    return answer.UnprocessedKeys?.[table]?.Keys ?? [];
  });
  return found;
}

/** Writes all requests or throws; what was written before stays. The keys must differ from one another. */
export async function batchWrite(
  client: DynamoDBDocumentClient,
  table: string,
  requests: readonly WriteRequest[],
): Promise<void> {
  await rounds(requests, MAX_WRITES, async (some) => {
    const answer = await client
      .send(new BatchWriteCommand({ RequestItems: { [table]: [...some] } }))
      .catch(rethrow);
    return answer.UnprocessedItems?.[table] ?? [];
  });
}

/**
 * Works a list off in batches; what a batch leaves over goes to the end of the list. A batch may come back in
 * part because it is large, and that is no reason to wait: only a round that brought nothing backs off.
 */
async function rounds<T>(
  all: readonly T[],
  size: number,
  attempt: (some: readonly T[]) => Promise<readonly T[]>,
): Promise<void> {
  let waiting = [...all];
  let idle = 0;
  while (waiting.length > 0) {
    const some = waiting.slice(0, size);
    const left = await attempt(some);
    idle = left.length < some.length ? 0 : idle + 1;
    if (idle === MAX_IDLE_ROUNDS) {
      throw new StoreFault('busy', new Error(`${left.length} of ${some.length} were left unprocessed`));
    }
    waiting = [...waiting.slice(size), ...left];
    if (idle > 0) await delay(Math.random() * 50 * 2 ** idle);
  }
}
