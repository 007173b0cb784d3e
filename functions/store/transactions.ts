import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { ViewRow } from '../../domain/ports.ts';
import { rethrow } from './faults.ts';

type Put = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Put']>;

/** What one transaction takes: 100 rows and 4 MB, of which we leave a quarter for names and marshalling. */
const MAX_ROWS = 100;
const MAX_BYTES = 3 * 1_024 * 1_024;

/**
 * Puts rows of different keys in as few transactions as they fit into, one after the other. Gives back the rows
 * of those that were cancelled, by a condition or by another writer: nothing of such a transaction was written,
 * and its rows must go one by one.
 */
export async function transactPuts(
  client: DynamoDBDocumentClient,
  rows: readonly ViewRow[],
  put: (row: ViewRow) => Put,
): Promise<readonly ViewRow[]> {
  const cancelled: ViewRow[] = [];
  for (const some of chunks(rows)) {
    const TransactItems = some.map((row) => ({ Put: put(row) }));
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) rethrow(error);
      cancelled.push(...some);
    }
  }
  return cancelled;
}

function* chunks(rows: readonly ViewRow[]): Generator<readonly ViewRow[]> {
  let some: ViewRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    const more = Buffer.byteLength(row.body) + row.partition.length + row.sort.length;
    if (some.length === MAX_ROWS || (some.length > 0 && bytes + more > MAX_BYTES)) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(row);
    bytes += more;
  }
  if (some.length > 0) yield some;
}
