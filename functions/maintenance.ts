import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { cloudDependencies } from './cloud/dependencies.ts';
import { lambdaHandler } from './cloud/lambda-handler.ts';
import { maintain } from './cloud/maintain.ts';
import { openTelemetry } from './cloud/telemetry.ts';
import { readCloudEnvironment, readMaintenanceEnvironment } from './compose.ts';
import { streamsClient } from './store/client.ts';

const env = readCloudEnvironment();
const telemetry = openTelemetry();

/** Rebuilding views and replaying dead letters: started by hand, carried on through the queue. */
export const handler = lambdaHandler(
  telemetry,
  maintain({
    ...readMaintenanceEnvironment(),
    dependencies: cloudDependencies(env),
    queues: new SQSClient({ region: env.region }),
    exports: new DynamoDBClient({ region: env.region }),
    streams: streamsClient({ region: env.region }),
    log: telemetry.log,
  }),
);
