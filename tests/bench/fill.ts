import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { EventRow } from '../../domain/ports.ts';
import { toItem } from '../../functions/store/event-row.ts';

/** The most that one transaction takes: 100 rows and 4 MB. */
const ROWS = 100;

/** Puts rows as fast as the engine can: one transaction costs one fsync however many rows it has. */
export async function fill(
  client: DynamoDBDocumentClient,
  table: string,
  rows: readonly EventRow[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) {
    const some = rows.slice(at, at + ROWS);
    await client.send(
      new TransactWriteCommand({
        TransactItems: some.map((row) => ({ Put: { TableName: table, Item: { ...toItem(row) } } })),
      }),
    );
  }
}
