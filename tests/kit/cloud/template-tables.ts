import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tables, viewsOf } from '../../../functions/store/tables.ts';
import type { TablesToMake } from '../embedded-engine.ts';
import type { Synthesised } from './template.ts';

/** What CreateTable knows of what a template says; the rest is the cloud's own: policies, recovery, encryption. */
type Told = Pick<
  CreateTableCommandInput,
  'TableName' | 'KeySchema' | 'AttributeDefinitions' | 'BillingMode' | 'StreamSpecification'
>;

/** Every table of the template, made as CloudFormation makes it. */
export const templateTables = (stack: Synthesised): TablesToMake => ({
  definitions: { ...tables(`${stack.stackName}-`), views: viewsOf(`${stack.stackName}-`, 'blue') },
  create: async (endpoint) => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ region: 'local', endpoint, credentials });
    for (const { properties } of stack.resources('AWS::DynamoDB::Table')) {
      const { TableName, KeySchema, AttributeDefinitions, BillingMode, StreamSpecification } =
        properties as Told;
      await client.send(
        new CreateTableCommand({
          ...{ TableName, KeySchema, AttributeDefinitions, BillingMode },
          ...(StreamSpecification && {
            StreamSpecification: { ...StreamSpecification, StreamEnabled: true },
          }),
        }),
      );
    }
    client.destroy();
  },
});
