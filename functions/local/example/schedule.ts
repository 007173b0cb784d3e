import { CHINA, type Day, endOfDay, epochMs, type Instant, instantOf } from '../../../domain/dates.ts';
import { history } from './history.ts';
import type { Step } from './step.ts';

/** A step with the instant at which the script has it recorded, and the Idempotency-Key of its place. */
export interface ScheduledStep {
  readonly step: Step;
  readonly at: Instant;
  readonly key: string;
}

/** The first step of a day comes at nine in the morning, +08:00; the others follow every seven minutes. */
const BEFORE_MIDNIGHT_MS = 15 * 3_600_000;
const PACE_MS = 7 * 60_000;

export const KEY_PREFIX = 'example-';

/** The script by days. The edition is what tells this script and notice from any other's. */
export function schedule(edition: string): readonly ScheduledStep[] {
  const steps = [...history].sort((one, other) => one.on.localeCompare(other.on));
  let ofDay = 0;
  return steps.map((step, index) => {
    ofDay = steps[index - 1]?.on === step.on ? ofDay + 1 : 0;
    const midnight = epochMs(endOfDay(step.on as Day, CHINA)) + 1;
    const place = String(index + 1).padStart(3, '0');
    return {
      step,
      at: instantOf(midnight - BEFORE_MIDNIGHT_MS + ofDay * PACE_MS),
      key: `${KEY_PREFIX}${edition}-${place}`,
    };
  });
}
