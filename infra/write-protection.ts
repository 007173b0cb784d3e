import type { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';

/** Who may do more than read the events, as ARNs of roles. */
export interface Trusted {
  readonly writer: string;
  readonly eraser: string | undefined;
  /** CloudFormation's role, as which `npm run deploy` changes resources. */
  readonly deployer: string;
}

const dynamodb = (...actions: readonly string[]): string[] => actions.map((action) => `dynamodb:${action}`);

/** The words of an entry, and the keys that find it: all that an erasure touches. */
export const ERASABLE = ['caseId', 'entry', 'text', 'textSalt'];

/** What changes or removes rows other than by putting one. */
const CHANGES = dynamodb('DeleteItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete');

/** What changes the table, its stream, its backups and its protection. */
const SETTINGS = dynamodb(
  'DeleteTable',
  'UpdateTable',
  'UpdateTimeToLive',
  'UpdateContinuousBackups',
  'UpdateContributorInsights',
  'EnableKinesisStreamingDestination',
  'DisableKinesisStreamingDestination',
  'UpdateKinesisStreamingDestination',
  'UpdateTableReplicaAutoScaling',
  'PutResourcePolicy',
  'DeleteResourcePolicy',
  'TagResource',
  'UntagResource',
);

/**
 * What a table's policy cannot speak of: replicas are made by service roles, and backups, imports and global tables
 * are resources of their own. No role of the stack may do these, whatever its own policy says.
 * @see docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
const BEYOND_THE_TABLE = dynamodb(
  'CreateTable',
  'CreateTableReplica',
  'DeleteTableReplica',
  'AssociateTableReplica',
  'ReplicateSettings',
  'WriteDataForReplication',
  'CreateGlobalTable',
  'UpdateGlobalTable',
  'UpdateGlobalTableSettings',
  'UpdateGlobalTableVersion',
  'RestoreTableFromBackup',
  'RestoreTableFromAwsBackup',
  'RestoreTableToPointInTime',
  'ImportTable',
  'CreateGlobalTableWitness',
  'DeleteGlobalTableWitness',
  'UpdateAbacStatus',
  'InjectError',
  'PurchaseReservedCapacityOfferings',
);

/**
 * The policy of the events table. It only denies, to everybody in the account but those named, so that no identity
 * policy that somebody adds later can rewrite a fact. The account's root is trusted: nothing can bind it that it
 * could not unbind, and a policy that locks everybody out could not be mended.
 */
export function eventsPolicy(
  stack: Stack,
  arn: string,
  { writer, eraser, deployer }: Trusted,
): PolicyDocument {
  const root = stack.formatArn({ service: 'iam', region: '', resource: 'root' });
  const only = (sid: string, actions: string[], allowed: readonly (string | undefined)[]): PolicyStatement =>
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions,
      resources: [arn],
      conditions: {
        ArnNotEquals: { 'aws:PrincipalArn': [...allowed.filter((one) => one !== undefined), root] },
      },
    });
  return new PolicyDocument({
    statements: [
      only('OnlyTheWriterPuts', dynamodb('PutItem'), [writer]),
      only('OnlyTheEraserUpdates', dynamodb('UpdateItem'), [eraser]),
      ...(eraser === undefined ? [] : [erasesOnlyWords(arn, eraser)]),
      only('NobodyChangesRows', CHANGES, []),
      only('OnlyTheDeployerConfigures', SETTINGS, [deployer]),
    ],
  });
}

/** Whatever the eraser's own policy says, it reaches no attribute but the words. */
function erasesOnlyWords(arn: string, eraser: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'TheEraserTouchesOnlyWords',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: dynamodb('UpdateItem'),
    resources: [arn],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': eraser },
      'ForAnyValue:StringNotEquals': { 'dynamodb:Attributes': ERASABLE },
    },
  });
}

/** The permissions boundary of every role in the stack: no role may do more than its policy says, and never these. */
export function boundary(scope: Construct, backupRole: string): ManagedPolicy {
  const policy = new ManagedPolicy(scope, 'Boundary', {
    description: 'What no role of this ledger may do, whatever its own policy says.',
    statements: [
      new PolicyStatement({ sid: 'WhatItsPolicySays', actions: ['*'], resources: ['*'] }),
      new PolicyStatement({
        sid: 'NeverThese',
        effect: Effect.DENY,
        actions: [
          ...CHANGES.filter((action) => action !== 'dynamodb:BatchWriteItem'),
          ...SETTINGS,
          ...BEYOND_THE_TABLE,
        ],
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'OnlyAWSBackupEndsBackups',
        effect: Effect.DENY,
        actions: dynamodb('DeleteBackup'),
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': backupRole } },
      }),
      new PolicyStatement({
        sid: 'NorTheKey',
        effect: Effect.DENY,
        actions: ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy'],
        resources: ['*'],
      }),
      new PolicyStatement({
        sid: 'NorPermissions',
        effect: Effect.DENY,
        // Nor become the deploy role, nor have it work: a stack is updated as the role that it was made with.
        actions: ['iam:*', 'organizations:*', 'account:*', 'sts:AssumeRole', 'cloudformation:*'],
        resources: ['*'],
      }),
    ],
  });
  accept(
    policy,
    'A boundary grants nothing: it is the most that a role’s own policy can grant, and each of those names its resources.',
    'AwsSolutions-IAM5[Action::*]',
    'AwsSolutions-IAM5[Resource::*]',
    'NIST.800.53.R5-IAMPolicyNoStatementsWithAdminAccess',
    'NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess',
  );
  return policy;
}
