import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** The least that a function on DynamoDB can be: what is loaded beyond this is ours to answer for. */
export const handler = async (): Promise<string> => await documents.config.region();
