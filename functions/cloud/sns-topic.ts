import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Topic } from './send-digest.ts';

/**
 * A client for mails of the morning, of which the SDK makes three attempts at most; each is given 1 s to connect and
 * 10 s until its answer starts.
 */
export const topicsClient = (region: string): SNSClient =>
  new SNSClient({
    region,
    // Without the last of them the SDK only warns, and waits on.
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });

/** @param arn of the topic */
export const topicOf = (topics: SNSClient, arn: string): Topic => ({
  async publish(subject, message) {
    await topics.send(new PublishCommand({ TopicArn: arn, Subject: subject, Message: message }));
  },
});
