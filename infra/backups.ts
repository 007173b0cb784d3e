import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule, Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { kept } from './kept.ts';
import type { Settings } from './settings.ts';

/** Daily copies of the events in a vault whose lock keeps each for its time; who may unlock it is for IAM to say. */
export class Backups extends Construct {
  readonly vault: BackupVault;

  constructor(scope: Construct, id: string, settings: Settings, key: IKey, events: Table, topic: Topic) {
    super(scope, id);
    this.vault = new BackupVault(this, 'Vault', {
      backupVaultName: `taizhang-${settings.stage}`,
      encryptionKey: key,
      blockRecoveryPointDeletion: settings.keepsData,
      lockConfiguration: { minRetention: Duration.days(settings.backupDays) },
      removalPolicy: kept(settings),
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: `taizhang-${settings.stage}`,
      backupVault: this.vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'daily',
          // 02:30 in China.
          scheduleExpression: Schedule.cron({ hour: '18', minute: '30' }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(8),
          deleteAfter: Duration.days(settings.backupDays),
        }),
      ],
    });
    const role = new Role(this, 'Role', {
      roleName: backupRoleOf(settings),
      description: 'As whom AWS Backup copies the events.',
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup'),
      ],
    });
    plan.addSelection('Events', {
      role,
      // Its policy is given above, and CDK must not add that for restoring.
      disableDefaultBackupPolicy: true,
      resources: [BackupResource.fromDynamoDbTable(events as ITable)],
    });
    const failed = new CfnRule(this, 'Failed', {
      name: `taizhang-${settings.stage}-backup-failed`,
      description: 'A backup of the events did not come to its end.',
      eventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Backup Job State Change'],
        detail: { state: ['FAILED', 'ABORTED', 'EXPIRED'], backupVaultName: [this.vault.backupVaultName] },
      },
      targets: [{ id: 'Topic', arn: topic.topicArn }],
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'FailedBackups',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnEquals: { 'aws:SourceArn': failed.attrArn } },
      }),
    );
    accept(
      role,
      'AWS keeps the policy with which its backup service reads tables; only that service may take the role.',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    );
  }
}

export const backupRoleOf = ({ stage }: Settings): string => `taizhang-${stage}-backup`;
