import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** The one key of a stage. AWS makes new key material every year and keeps the old for what it had encrypted. */
export function ledgerKey(scope: Construct, settings: Settings): Key {
  const stack = Stack.of(scope);
  const key = new Key(scope, 'Key', {
    alias: `taizhang/${settings.stage}`,
    description: `Everything that the ledger taizhang-${settings.stage} stores.`,
    enableKeyRotation: true,
    // Without its key a table is lost, so it outlives even a stack whose tables do not.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogGroupsOfThisStage',
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': [
            logGroups(stack, `/aws/lambda/taizhang-${settings.stage}-*`),
            logGroups(stack, `/taizhang/${settings.stage}/*`),
          ],
        },
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsTellTheTopic',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return key;
}

const logGroups = (stack: Stack, name: string): string =>
  `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
