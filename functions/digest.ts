import { cloudDependencies } from './cloud/dependencies.ts';
import { lambdaHandler } from './cloud/lambda-handler.ts';
import { sendDigest } from './cloud/send-digest.ts';
import { topicOf, topicsClient } from './cloud/sns-topic.ts';
import { openTelemetry } from './cloud/telemetry.ts';
import { readCloudEnvironment, readDigestEnvironment } from './compose.ts';

const env = readCloudEnvironment();
const { topic, language } = readDigestEnvironment();
const dependencies = cloudDependencies(env);
const topics = topicsClient(env.region);

/** What is due, every morning: started by a schedule. */
export const handler = lambdaHandler(openTelemetry(), () =>
  sendDigest(dependencies, language, topicOf(topics, topic)),
);
