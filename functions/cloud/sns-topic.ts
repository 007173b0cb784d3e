import type { Topic } from './send-digest.ts';
import { type Credentials, signedForm } from './signed-form.ts';

/** SNS did not take the message; the message of the error is what it said. */
class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

export interface SnsSettings {
  /** ARN. */
  readonly topic: string;
  /** Another address of SNS than the region's own. */
  readonly endpoint: string | undefined;
  credentials(): Promise<Credentials>;
  /** Milliseconds since 1970. */
  now(): number;
}

const TIMEOUT_MS = 10_000;

/** A topic of SNS. One call is all that is asked of it, so it is made without SNS's own client. */
export function topicOf({ topic, endpoint, credentials, now }: SnsSettings): Topic {
  const [, partition, , region = ''] = topic.split(':');
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(endpoint ?? `https://sns.${region}.${suffix}`);
  return {
    async publish(subject, message) {
      const form = { Action: 'Publish', Version: '2010-03-31', TopicArn: topic };
      const body = new URLSearchParams({ ...form, Subject: subject, Message: message }).toString();
      const request = { host: url.host, region, service: 'sns', body, at: now() };
      const { host: _, ...headers } = signedForm(request, await credentials());
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
      const said = await answer.text();
      if (!answer.ok) throw new NotPublished(`SNS answers ${answer.status}: ${said.slice(0, 1_000)}`);
    },
  };
}
