import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';

export const TABLE = 'facts';

export function connection(endpoint: string): DynamoDBClientConfig & { region: string } {
  return { endpoint, region: 'local', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** Creates the table with its stream; one that exists is left as it is. */
export async function createTable(endpoint: string): Promise<void> {
  const database = new DynamoDBClient(connection(endpoint));
  try {
    await database.send(
      new CreateTableCommand({
        TableName: TABLE,
        KeySchema: [
          { AttributeName: 'stream', KeyType: 'HASH' },
          { AttributeName: 'seq', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'stream', AttributeType: 'S' },
          { AttributeName: 'seq', AttributeType: 'S' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceInUseException')) throw error;
  } finally {
    database.destroy();
  }
}

export async function put(database: DynamoDBClient, stream: string, number: number): Promise<void> {
  await database.send(
    new PutItemCommand({
      TableName: TABLE,
      Item: { stream: { S: stream }, seq: { S: String(number).padStart(6, '0') } },
      ConditionExpression: 'attribute_not_exists(seq)',
    }),
  );
}

export async function numbersOf(database: DynamoDBClient, stream: string): Promise<number[]> {
  const numbers: number[] = [];
  const pages = paginateQuery(
    { client: database },
    {
      TableName: TABLE,
      KeyConditionExpression: '#stream = :stream',
      ExpressionAttributeNames: { '#stream': 'stream' },
      ExpressionAttributeValues: { ':stream': { S: stream } },
      ConsistentRead: true,
    },
  );
  for await (const { Items } of pages) numbers.push(...(Items ?? []).map((item) => Number(item.seq?.S)));
  return numbers;
}

export async function streamArn(database: DynamoDBClient): Promise<string> {
  const { Table } = await database.send(new DescribeTableCommand({ TableName: TABLE }));
  if (Table?.LatestStreamArn === undefined) throw new Error('The table has no stream.');
  return Table.LatestStreamArn;
}
