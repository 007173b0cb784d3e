import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableDefinition } from './tables.ts';

/** A table of that name is there, and is not ours to use. The message says what differs. */
export class ForeignTable extends Error {
  override readonly name = 'ForeignTable';
}

/**
 * Makes the tables that are missing and resolves when all are ACTIVE. A table that exists is looked at and left
 * as it is: one made again under its old name would replay the records of its predecessor's stream.
 *
 * @throws ForeignTable when one exists with other keys or without its stream
 */
export async function createTables(
  client: DynamoDBDocumentClient,
  definitions: Iterable<TableDefinition>,
): Promise<void> {
  for (const definition of definitions) {
    const found = (await describe(client, definition.name)) ?? (await create(client, definition));
    if (found) refuseForeign(definition, found);
    await waitUntilTableExists(
      { client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 },
      { TableName: definition.name },
    );
  }
}

async function describe(client: DynamoDBDocumentClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Undefined once made; the table of whoever was quicker otherwise. */
async function create(
  client: DynamoDBDocumentClient,
  definition: TableDefinition,
): Promise<TableDescription | undefined> {
  try {
    await client.send(new CreateTableCommand(creation(definition)));
    return undefined;
  } catch (error) {
    if (error instanceof ResourceInUseException) return describe(client, definition.name);
    throw error;
  }
}

function creation({
  name,
  partitionKey,
  sortKey,
  stream,
  billing,
}: TableDefinition): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: billing,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: 'S' },
      { AttributeName: sortKey, AttributeType: 'S' },
    ],
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } }),
  };
}

function refuseForeign(definition: TableDefinition, found: TableDescription): void {
  const keys = (found.KeySchema ?? []).map((key) => key.AttributeName).join(', ');
  const wanted = `${definition.partitionKey}, ${definition.sortKey}`;
  if (keys !== wanted) {
    throw new ForeignTable(`The table ${definition.name} has the keys ${keys}; ours are ${wanted}.`);
  }
  if (definition.stream && found.StreamSpecification?.StreamViewType !== definition.stream) {
    throw new ForeignTable(`The table ${definition.name} has no stream of ${definition.stream}.`);
  }
}
