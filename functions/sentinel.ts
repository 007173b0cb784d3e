import type { DynamoDBStreamEvent } from 'aws-lambda';
import { lambdaHandler } from './cloud/lambda-handler.ts';
import { openTelemetry } from './cloud/telemetry.ts';

const telemetry = openTelemetry();

/**
 * Is invoked for records of the events table that are no insertions, and for nothing else: that it runs at all is
 * the alarm. It reads no table and needs none, so no fault of the ledger's can silence it.
 */
export const handler = lambdaHandler<DynamoDBStreamEvent, void>(telemetry, async ({ Records }) => {
  for (const { eventName, eventID, dynamodb } of Records) {
    const { caseId, entry } = dynamodb?.Keys ?? {};
    const wordsGone = dynamodb?.NewImage !== undefined && dynamodb.NewImage.text === undefined;
    telemetry.log('error', 'a row of the events table was changed or removed', {
      eventName,
      eventID,
      caseId: caseId?.S,
      entry: entry?.S,
      wordsGone,
    });
  }
  telemetry.count('RecordsNotInserted', Records.length);
});
