import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { kept } from './kept.ts';
import { allow, allowKeyThrough, viaService } from './ledger-function.ts';
import { scheduleRole, ZONE } from './schedule-role.ts';
import type { Settings } from './settings.ts';

export interface ArchiveProps {
  readonly settings: Settings;
  readonly key: IKey;
  readonly events: Table;
  readonly failed: Queue;
  /** The function that looks whether the export is there. */
  readonly checker: { readonly functionArn: string };
}

/** In the middle of the night where the users are. */
const DAILY = 'cron(30 3 * * ? *)';
/** When it must be there. */
const CHECKED = 'cron(30 6 * * ? *)';

/** Every day a whole copy of the events, as DynamoDB itself writes it, into a bucket where nothing can be replaced. */
export class Archive extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { settings, key, events, failed, checker }: ArchiveProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const removalPolicy = kept(settings);
    const shared = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...shared,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { expiration: Duration.days(settings.logDays), noncurrentVersionExpiration: Duration.days(1) },
      ],
    });
    accept(
      accessLogs,
      'S3 delivers access logs only into buckets with its own keys.',
      'NIST.800.53.R5-S3DefaultEncryptionKMS',
    );
    this.bucket = new Bucket(this, 'Exports', {
      ...shared,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        settings.lockMode === 'COMPLIANCE'
          ? ObjectLockRetention.compliance(Duration.days(settings.lockDays))
          : ObjectLockRetention.governance(Duration.days(settings.lockDays)),
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: 'exports/',
      lifecycleRules: [
        {
          // A day later than the lock, which would refuse it before.
          expiration: Duration.days(settings.lockDays + 1),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    for (const bucket of [accessLogs, this.bucket]) {
      accept(
        bucket,
        'A copy in another region is the operator’s choice: what an inspection found may be bound to one.',
        'NIST.800.53.R5-S3BucketReplicationEnabled',
      );
    }
    const { role, policy } = this.#exporter(events, key, failed, settings);
    const daily = new CfnSchedule(this, 'Daily', {
      name: `taizhang-${settings.stage}-export`,
      description: 'Exports the events table to the locked bucket.',
      scheduleExpression: DAILY,
      scheduleExpressionTimezone: ZONE,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:${stack.partition}:scheduler:::aws-sdk:dynamodb:exportTableToPointInTime`,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failed.queueArn },
        retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 3_600 },
        input: stack.toJsonString({
          TableArn: events.tableArn,
          S3Bucket: this.bucket.bucketName,
          S3Prefix: 'events',
          S3SseAlgorithm: 'KMS',
          S3SseKmsKeyId: key.keyArn,
          ExportFormat: 'DYNAMODB_JSON',
          ExportType: 'FULL_EXPORT',
        }),
      },
    });
    daily.node.addDependency(policy);
    this.#check(events, checker, settings, failed, key);
  }

  /** DynamoDB takes the order and says nothing when it fails later: somebody has to look. */
  #check(
    events: Table,
    checker: { readonly functionArn: string },
    settings: Settings,
    failed: Queue,
    key: IKey,
  ): void {
    const stack = Stack.of(this);
    const role = scheduleRole(this, 'Checker', settings, 'What the daily look at the export may do.');
    const policy = new ManagedPolicy(this, 'CheckerPolicy', {
      managedPolicyName: `taizhang-${settings.stage}-checker`,
      description: 'What the daily look at the export may do.',
      roles: [role],
      statements: [
        allow('AskMaintenance', ['lambda:InvokeFunction'], [checker.functionArn]),
        allow('SetAsideWhatFails', ['sqs:SendMessage'], [failed.queueArn]),
        allowKeyThrough(key, [viaService(stack, 'sqs')], ['kms:Decrypt', 'kms:GenerateDataKey']),
      ],
    });
    const check = new CfnSchedule(this, 'Check', {
      name: `taizhang-${settings.stage}-check-export`,
      description: 'Looks whether the export of the night is there.',
      scheduleExpression: CHECKED,
      scheduleExpressionTimezone: ZONE,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: checker.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failed.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3_600 },
        input: stack.toJsonString({ task: 'check-export', table: events.tableArn }),
      },
    });
    check.node.addDependency(policy);
  }

  /** The schedule's role: it may ask for an export of this table into this bucket. */
  #exporter(
    events: Table,
    key: IKey,
    failed: Queue,
    settings: Settings,
  ): { readonly role: Role; readonly policy: ManagedPolicy } {
    const stack = Stack.of(this);
    const role = scheduleRole(this, 'Exporter', settings, 'What the daily export may do.');
    const services = ['s3', 'dynamodb', 'sqs'].map((service) => viaService(stack, service));
    const policy = new ManagedPolicy(this, 'ExporterPolicy', {
      managedPolicyName: `taizhang-${settings.stage}-exporter`,
      description: 'What the daily export may do.',
      roles: [role],
      statements: [
        allow('ExportTheEvents', ['dynamodb:ExportTableToPointInTime'], [events.tableArn]),
        allow(
          'WriteIntoTheArchive',
          ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload'],
          [this.bucket.arnForObjects('events/*')],
        ),
        allow('SetAsideWhatFails', ['sqs:SendMessage'], [failed.queueArn]),
        allowKeyThrough(key, services, ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']),
      ],
    });
    const bucket = stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    accept(
      policy,
      'DynamoDB names the objects of an export itself, under this prefix.',
      `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/events/*]`,
    );
    return { role, policy };
  }
}
