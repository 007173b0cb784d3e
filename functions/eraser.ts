import { cloudDependencies } from './cloud/dependencies.ts';
import { eraseAnnounced } from './cloud/erase-announced.ts';
import { lambdaHandler } from './cloud/lambda-handler.ts';
import { openTelemetry } from './cloud/telemetry.ts';
import { readCloudEnvironment } from './compose.ts';

const telemetry = openTelemetry();
const dependencies = cloudDependencies(readCloudEnvironment());

/** The break-glass function: there only while the operator has deployed it, and run only by hand. */
export const handler = lambdaHandler(telemetry, (request, context) =>
  eraseAnnounced(dependencies, request, telemetry.log, () => context.getRemainingTimeInMillis()),
);
