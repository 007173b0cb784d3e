import type { Context } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/** A handler as Lambda calls it, with its invocation on every line of the log. */
export const lambdaHandler =
  <Event, Answer>(telemetry: Telemetry, work: (event: Event, context: Context) => Promise<Answer>) =>
  (event: Event, context: Context): Promise<Answer> =>
    telemetry.during(context, () => work(event, context));
