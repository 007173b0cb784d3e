import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { cloudDependencies } from './cloud/dependencies.ts';
import { lambdaHandler } from './cloud/lambda-handler.ts';
import { openTelemetry } from './cloud/telemetry.ts';
import { readCloudEnvironment } from './compose.ts';
import { createStreamHandler } from './projector/stream-handler.ts';

const telemetry = openTelemetry();

export const handler = lambdaHandler<DynamoDBStreamEvent, DynamoDBBatchResponse>(
  telemetry,
  createStreamHandler(cloudDependencies(readCloudEnvironment()), telemetry.log, (batch) => {
    telemetry.count('EntriesProjected', batch.folded);
    telemetry.count('RecordsSetAside', batch.setAside);
    telemetry.count('RecordsNotInserted', batch.notInserted);
  }),
);
