import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type CaseId, type ItemId, MAX_SEQ, type Stream } from '../../domain/ids.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';
import { batchGet } from './batches.ts';
import { entryKey, fromImage, fromItem, ITEMS_PREFIX, streamPrefix, toItem } from './event-row.ts';
import { rethrow } from './faults.ts';
import { firstItems, queryPages, scanPages } from './pages.ts';

/** Sorts after every `C#…` and `I#…`. */
const BEHIND_ALL_ENTRIES = 'J';

/** An erasure named a row that isn't there. */
class NoSuchEntry extends Error {
  override readonly name = 'NoSuchEntry';
}

/** The facts in one DynamoDB table, a partition a case. All its calls can throw `UndecodableEntry` as well. */
export class DynamoEventStore implements EventStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async append(row: EventRow, signal?: AbortSignal): Promise<'appended' | { readonly clash: EventRow }> {
    const put = new PutCommand({
      TableName: this.#table,
      Item: toItem(row),
      ConditionExpression: 'attribute_not_exists(entry)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await this.#client.send(put, signal && { abortSignal: signal });
      return 'appended';
    } catch (error) {
      // The SDK may have repeated a put whose answer was lost, and then meets the row that it wrote itself.
      if (error instanceof ConditionalCheckFailedException && error.Item)
        return { clash: fromImage(error.Item) };
      return rethrow(error);
    }
  }

  async newest(stream: Stream, limit: number): Promise<readonly EventRow[]> {
    const input = { ...this.#startingWith(stream.caseId, streamPrefix(stream)), ScanIndexForward: false };
    return (await firstItems(this.#client, input, limit)).map(fromItem);
  }

  async row(stream: Stream, seq: number): Promise<EventRow | undefined> {
    const get = new GetCommand({
      TableName: this.#table,
      Key: { caseId: stream.caseId, entry: entryKey(stream, seq) },
      ConsistentRead: true,
    });
    const { Item } = await this.#client.send(get).catch(rethrow);
    return Item && fromItem(Item);
  }

  async *stream(stream: Stream, after = 0, pageSize?: number): AsyncGenerator<readonly EventRow[]> {
    if (after >= MAX_SEQ) return;
    const input: QueryCommandInput = {
      TableName: this.#table,
      ConsistentRead: true,
      Limit: pageSize,
      KeyConditionExpression: 'caseId = :case AND entry BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':case': stream.caseId,
        ':first': entryKey(stream, after + 1),
        ':last': entryKey(stream, MAX_SEQ),
      },
    };
    for await (const page of queryPages(this.#client, input)) yield page.map(fromItem);
  }

  async *partition(caseId: CaseId, part: 'all' | 'items'): AsyncGenerator<readonly EventRow[]> {
    const input = this.#startingWith(caseId, part === 'items' ? ITEMS_PREFIX : undefined);
    for await (const page of queryPages(this.#client, input)) yield page.map(fromItem);
  }

  async newestItem(caseId: CaseId): Promise<ItemId | undefined> {
    const input = { ...this.#startingWith(caseId, ITEMS_PREFIX), ScanIndexForward: false };
    const [newest] = await firstItems(this.#client, input, 1);
    return newest && fromItem(newest).entry.itemId;
  }

  async firstEntries(caseId: CaseId, itemIds: readonly ItemId[]): Promise<readonly EventRow[]> {
    const keys = [...new Set(itemIds)].map((itemId) => ({ caseId, entry: entryKey({ itemId }, 1) }));
    return (await batchGet(this.#client, this.#table, keys, true)).map(fromItem);
  }

  async *scan(after?: {
    readonly caseId: CaseId;
    readonly itemId: ItemId | undefined;
    readonly seq: number;
  }): AsyncGenerator<readonly EventRow[]> {
    const input = {
      TableName: this.#table,
      ConsistentRead: true,
      ExclusiveStartKey: after && { caseId: after.caseId, entry: entryKey(after, after.seq) },
    };
    for await (const page of scanPages(this.#client, input)) yield page.map(fromItem);
  }

  async *caseIds(after?: CaseId): AsyncGenerator<CaseId> {
    let last = after;
    for (;;) {
      const scan = new ScanCommand({
        TableName: this.#table,
        ConsistentRead: true,
        Limit: 1,
        ProjectionExpression: 'caseId',
        // A partition is read from its front, so the key behind its last entry leads to the next one.
        ...(last && { ExclusiveStartKey: { caseId: last, entry: BEHIND_ALL_ENTRIES } }),
      });
      const { Items } = await this.#client.send(scan).catch(rethrow);
      last = Items?.[0]?.caseId as CaseId | undefined;
      if (last === undefined) return;
      yield last;
    }
  }

  /** @throws NoSuchEntry */
  async eraseText(stream: Stream, seq: number): Promise<void> {
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: { caseId: stream.caseId, entry: entryKey(stream, seq) },
      UpdateExpression: 'REMOVE #text, textSalt',
      // Without it an update would make the row that it doesn't find.
      ConditionExpression: 'attribute_exists(entry)',
      ExpressionAttributeNames: { '#text': 'text' },
    });
    try {
      await this.#client.send(update);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw rethrow(error);
      throw new NoSuchEntry(`${stream.caseId} has no entry ${entryKey(stream, seq)}`);
    }
  }

  #startingWith(caseId: CaseId, prefix: string | undefined): QueryCommandInput {
    return {
      TableName: this.#table,
      ConsistentRead: true,
      KeyConditionExpression:
        prefix === undefined ? 'caseId = :case' : 'caseId = :case AND begins_with(entry, :prefix)',
      ExpressionAttributeValues: { ':case': caseId, ...(prefix !== undefined && { ':prefix': prefix }) },
    };
  }
}
