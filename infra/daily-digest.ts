import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow, allowKeyThrough, viaService } from './ledger-function.ts';
import { scheduleRole, ZONE } from './schedule-role.ts';
import type { Settings } from './settings.ts';

/** Before the offices begin to work. */
const MORNING = 'cron(30 7 * * ? *)';

/** Every morning what is overdue, due soon and silent, to whoever listens to the topic. */
export class DailyDigest extends Construct {
  readonly topic: Topic;
  readonly #settings: Settings;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, settings: Settings, key: IKey) {
    super(scope, id);
    this.#settings = settings;
    this.#key = key;
    this.topic = new Topic(this, 'Topic', {
      topicName: `taizhang-${settings.stage}-digest`,
      masterKey: key,
      enforceSSL: true,
    });
    if (settings.digest?.email) this.topic.addSubscription(new EmailSubscription(settings.digest.email));
  }

  /** Sends it by this function; a morning on which it cannot be asked is set aside. */
  sendBy(sender: { readonly functionArn: string }, failed: Queue): void {
    const stack = Stack.of(this);
    const description = 'What the schedule of the digest may do.';
    const role = scheduleRole(this, 'Messenger', this.#settings, description);
    const policy = new ManagedPolicy(this, 'MessengerPolicy', {
      managedPolicyName: `taizhang-${this.#settings.stage}-messenger`,
      description,
      roles: [role],
      statements: [
        allow('AskForTheDigest', ['lambda:InvokeFunction'], [sender.functionArn]),
        allow('SetAsideWhatFails', ['sqs:SendMessage'], [failed.queueArn]),
        allowKeyThrough(this.#key, [viaService(stack, 'sqs')], ['kms:Decrypt', 'kms:GenerateDataKey']),
      ],
    });
    const schedule = new CfnSchedule(this, 'Morning', {
      name: `taizhang-${this.#settings.stage}-digest`,
      description: 'Asks for the digest of the day.',
      scheduleExpression: MORNING,
      scheduleExpressionTimezone: ZONE,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: sender.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failed.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3_600 },
        input: '{}',
      },
    });
    schedule.node.addDependency(policy);
  }
}
