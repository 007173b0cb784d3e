import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import type { Settings } from './settings.ts';

/** Longer than the functions that take from them run. */
const HIDDEN = Duration.minutes(30);

/** What waits for the maintenance function, and what failed for good. */
export class Queues extends Construct {
  /** Batches of the stream that the projector gave up: where they stand, not the records. */
  readonly batches: Queue;
  /** Batches of changed or removed rows that the sentinel could not look at. */
  readonly unexamined: Queue;
  /** Steps of a rebuild, one case each. */
  readonly rebuild: Queue;
  readonly failedRebuilds: Queue;
  readonly failedExports: Queue;

  constructor(scope: Construct, id: string, settings: Settings, key: IKey) {
    super(scope, id);
    const make = (name: string, deadLetters?: Queue): Queue =>
      new Queue(this, name, {
        queueName: `taizhang-${settings.stage}-${name.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`,
        encryption: QueueEncryption.KMS,
        encryptionMasterKey: key,
        enforceSSL: true,
        visibilityTimeout: HIDDEN,
        retentionPeriod: Duration.days(14),
        ...(deadLetters && { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 } }),
      });
    this.batches = make('DeadLetters');
    this.unexamined = make('Unexamined');
    this.failedRebuilds = make('FailedRebuilds');
    this.failedExports = make('FailedExports');
    this.rebuild = make('Rebuild', this.failedRebuilds);
    for (const queue of [this.batches, this.unexamined, this.failedExports]) {
      accept(queue, 'It is itself where dead letters go.', 'AwsSolutions-SQS3');
    }
  }
}
