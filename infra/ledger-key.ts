import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** The one key of a stage. AWS makes new key material every year and keeps the old for what it had encrypted. */
export function ledgerKey(scope: Construct, settings: Settings, deployer: string): Key {
  const stack = Stack.of(scope);
  const key = new Key(scope, 'Key', {
    alias: `taizhang/${settings.stage}`,
    description: `Everything that the ledger taizhang-${settings.stage} stores.`,
    enableKeyRotation: true,
    // Without its key a table is lost, so it outlives even a stack whose tables do not.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  // Whoever took the key away would take every copy with it, the locked ones too.
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyTheDeployerTouchesTheKey',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: [
        'kms:ScheduleKeyDeletion',
        'kms:DisableKey',
        'kms:DisableKeyRotation',
        'kms:PutKeyPolicy',
        'kms:DeleteImportedKeyMaterial',
        'kms:RevokeGrant',
      ],
      resources: ['*'],
      conditions: {
        ArnNotEquals: {
          'aws:PrincipalArn': [deployer, stack.formatArn({ service: 'iam', region: '', resource: 'root' })],
        },
      },
    }),
  );
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
      principals: [
        new ServicePrincipal('cloudwatch.amazonaws.com'),
        new ServicePrincipal('events.amazonaws.com'),
      ],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return key;
}

const logGroups = (stack: Stack, name: string): string =>
  `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
