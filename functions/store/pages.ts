import {
  type DynamoDBDocumentClient,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { rethrow } from './faults.ts';

/** Items as the document client gives them: nothing is known of their attributes yet. */
export type Page = readonly Readonly<Record<string, unknown>>[];

/** Every page of a query. The engine ends a page at 1 MB, and an empty one need not be the last. */
export async function* queryPages(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
): AsyncGenerator<Page> {
  let from = input.ExclusiveStartKey;
  do {
    const page = await client.send(new QueryCommand({ ...input, ExclusiveStartKey: from })).catch(rethrow);
    if (page.Items && page.Items.length > 0) yield page.Items;
    from = page.LastEvaluatedKey;
  } while (from);
}

/** The first `limit` items of a query, however many pages they take. */
export async function firstItems(
  client: DynamoDBDocumentClient,
  input: QueryCommandInput,
  limit: number,
): Promise<Page> {
  const items: Page[number][] = [];
  for await (const page of queryPages(client, { ...input, Limit: limit })) {
    items.push(...page);
    if (items.length >= limit) break;
  }
  return items.slice(0, limit);
}

/** Every page of a table: partitions in no order, each in the order of its sort keys. */
export async function* scanPages(
  client: DynamoDBDocumentClient,
  input: ScanCommandInput,
): AsyncGenerator<Page> {
  let from = input.ExclusiveStartKey;
  do {
    const page = await client.send(new ScanCommand({ ...input, ExclusiveStartKey: from })).catch(rethrow);
    if (page.Items && page.Items.length > 0) yield page.Items;
    from = page.LastEvaluatedKey;
  } while (from);
}
