import { carryOutErasures } from './cloud/carry-out-erasures.ts';
import { cloudDependencies } from './cloud/dependencies.ts';
import { lambdaHandler } from './cloud/lambda-handler.ts';
import { openTelemetry } from './cloud/telemetry.ts';
import { readCloudEnvironment } from './compose.ts';

const telemetry = openTelemetry();
const dependencies = cloudDependencies(readCloudEnvironment());

/** The break-glass function: there only while the operator has deployed it, and run only by hand. */
export const handler = lambdaHandler(telemetry, (request, context) =>
  carryOutErasures(dependencies, request, telemetry.log, () => context.getRemainingTimeInMillis()),
);
