import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ViewRow, ViewStore } from '../../domain/ports.ts';
import { batchGet, batchWrite } from './batches.ts';
import { rethrow } from './faults.ts';
import { firstItems, scanPages } from './pages.ts';
import { transactPuts } from './transactions.ts';
import { type SortRange, sortRange } from './view-range.ts';

/** A row of the views table is not of its shape. Views are disposable: rebuild them. */
class UndecodableView extends Error {
  override readonly name = 'UndecodableView';
}

type Key = Pick<ViewRow, 'partition' | 'sort'>;

export interface ViewStoreOptions {
  /**
   * Many rows go in transactions of up to 100. On the embedded engine one of 100 costs one fsync, a batch of 25
   * costs 25. Off in the cloud, where a transaction costs twice the write units and nobody waits for a disk.
   */
  readonly inTransactions?: boolean;
}

/** Conditional puts at a time where there are no transactions. */
const CONCURRENT_PUTS = 16;

/** Projections in one DynamoDB table. All its reads can throw `UndecodableView` as well. */
export class DynamoViewStore implements ViewStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #inTransactions: boolean;

  constructor(client: DynamoDBDocumentClient, table: string, options: ViewStoreOptions = {}) {
    this.#client = client;
    this.#table = table;
    this.#inTransactions = options.inTransactions ?? false;
  }

  async get(partition: string, sort: string, consistent = false): Promise<ViewRow | undefined> {
    const get = new GetCommand({
      TableName: this.#table,
      Key: { partition, sort },
      ConsistentRead: consistent,
    });
    const { Item } = await this.#client.send(get).catch(rethrow);
    return Item && fromItem(Item);
  }

  async getMany(keys: readonly Key[], consistent = false): Promise<readonly ViewRow[]> {
    const items = await batchGet(this.#client, this.#table, [...byKey(keys).values()].map(keyOf), consistent);
    return items.map(fromItem);
  }

  async range(
    partition: string,
    bounds: Parameters<ViewStore['range']>[1],
    options: Parameters<ViewStore['range']>[2],
  ): Promise<{ readonly rows: readonly ViewRow[]; readonly more: boolean }> {
    const { limit, descending = false, consistent = false, only = false } = options;
    const range = sortRange(bounds, descending);
    if (!range) return { rows: [], more: false };
    const input = {
      TableName: this.#table,
      ConsistentRead: consistent,
      ScanIndexForward: !descending,
      ...keyCondition(partition, range),
    };
    // The row at `after`, which is dropped, and one more than asked for, which tells whether more follow: the
    // engine's own mark may stand behind the last row.
    const items = await firstItems(
      this.#client,
      input,
      limit + (only ? 0 : 1) + (bounds.after === undefined ? 0 : 1),
    );
    const rows = items.map(fromItem).filter((row) => row.sort !== bounds.after);
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }

  async advance(row: ViewRow): Promise<boolean> {
    try {
      await this.#client.send(new PutCommand(this.#forward(row)));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      return rethrow(error);
    }
  }

  async advanceAll(rows: readonly ViewRow[]): Promise<void> {
    let left = rows;
    if (this.#inTransactions && distinct(rows)) {
      left = await transactPuts(this.#client, rows, (row) => this.#forward(row));
    }
    for (let at = 0; at < left.length; at += CONCURRENT_PUTS) {
      await Promise.all(left.slice(at, at + CONCURRENT_PUTS).map((row) => this.advance(row)));
    }
  }

  async putAll(rows: readonly ViewRow[]): Promise<void> {
    let left: readonly ViewRow[] = [...byKey(rows).values()];
    if (this.#inTransactions && left.length > 1) {
      left = await transactPuts(this.#client, left, (row) => ({ TableName: this.#table, Item: { ...row } }));
    }
    const puts = left.map((row) => ({ PutRequest: { Item: { ...row } } }));
    await batchWrite(this.#client, this.#table, puts);
  }

  async remove(keys: readonly Key[]): Promise<void> {
    const deletes = [...byKey(keys).values()].map((key) => ({ DeleteRequest: { Key: keyOf(key) } }));
    await batchWrite(this.#client, this.#table, deletes);
  }

  async *scan(): AsyncGenerator<readonly ViewRow[]> {
    const input = { TableName: this.#table, ConsistentRead: true };
    for await (const page of scanPages(this.#client, input)) yield page.map(fromItem);
  }

  /** A put that leaves a newer or equal version as it stands. */
  #forward(row: ViewRow) {
    return {
      TableName: this.#table,
      Item: { ...row },
      ConditionExpression: 'attribute_not_exists(#partition) OR #version < :version',
      ExpressionAttributeNames: { '#partition': 'partition', '#version': 'version' },
      ExpressionAttributeValues: { ':version': row.version },
    };
  }
}

const keyOf = ({ partition, sort }: Key): { partition: string; sort: string } => ({ partition, sort });

/** The engine refuses a batch that names a key twice; the last one said counts. */
const byKey = <T extends Key>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [JSON.stringify([row.partition, row.sort]), row]));

const distinct = (rows: readonly Key[]): boolean => rows.length > 1 && byKey(rows).size === rows.length;

/** `partition` and `sort` are words of the query language: they need a `#` where an expression names them. */
function keyCondition(partition: string, { first, last }: SortRange) {
  const sort =
    first !== undefined && last !== undefined
      ? '#sort BETWEEN :first AND :last'
      : first !== undefined
        ? '#sort >= :first'
        : last !== undefined
          ? '#sort <= :last'
          : undefined;
  return {
    KeyConditionExpression: ['#partition = :partition', sort].filter(Boolean).join(' AND '),
    ExpressionAttributeNames: {
      '#partition': 'partition',
      ...(sort !== undefined && { '#sort': 'sort' }),
    },
    ExpressionAttributeValues: {
      ':partition': partition,
      ...(first !== undefined && { ':first': first }),
      ...(last !== undefined && { ':last': last }),
    },
  };
}

function fromItem({ partition, sort, version, body }: Readonly<Record<string, unknown>>): ViewRow {
  const whole = typeof version === 'number' && Number.isSafeInteger(version);
  if (typeof partition !== 'string' || typeof sort !== 'string' || !whole || typeof body !== 'string') {
    throw new UndecodableView(`view ${partition}/${sort}: an attribute is missing or wrong`);
  }
  return { partition, sort, version, body };
}
