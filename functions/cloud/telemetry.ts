import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { Log } from '../log.ts';
import { sourceStack } from './source-stack.ts';

/** What a function counts for the alarms, in the namespace `Taizhang`. */
export type Counter = 'EntriesProjected' | 'RecordsSetAside' | 'RecordsNotInserted' | 'AnswersTooLarge';

/** JSON lines for CloudWatch Logs, and metrics within them (embedded metric format). */
export interface Telemetry {
  readonly log: Log;
  count(counter: Counter, by: number): void;
  /** Runs one invocation: its id stands on every line, and what it counted is written when it ends. */
  during<T>(context: Context, work: () => Promise<T>): Promise<T>;
}

/** The service's name, on every line and every metric, is POWERTOOLS_SERVICE_NAME: the stack sets it. */
export function openTelemetry(): Telemetry {
  const logger = new Logger();
  const metrics = new Metrics({ namespace: 'Taizhang' });
  return {
    log: (level, message, fields = {}) => logger[level](message, inSources(fields)),
    count: (counter, by) => {
      if (by > 0) metrics.addMetric(counter, MetricUnit.Count, by);
    },
    during: async (context, work) => {
      logger.addContext(context);
      try {
        return await work();
      } catch (error) {
        const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
        logger.error('the invocation failed', inSources({ name, why: message, stack }));
        throw error;
      } finally {
        // Published empty, it would write a warning for each invocation.
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      }
    },
  };
}

const inSources = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  typeof fields.stack === 'string' ? { ...fields, stack: sourceStack(fields.stack) } : { ...fields };
