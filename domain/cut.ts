import {
  type Day,
  dayOf,
  endOfDay,
  epochMs,
  type Instant,
  day as parseDay,
  parseRfc3339,
  type ZoneOffset,
} from './dates.ts';
import type { FieldError } from './fields.ts';
import { type Refusal, refuse, refuseFields } from './refusals.ts';

/** How far two writers' clocks may differ, in milliseconds; a younger cut may still change. */
export const TOLERATED_SKEW_MS = 5_000;

/** Which picture is asked for: what the ledger said at an instant, what was true on a day, or both. */
export interface Cut {
  readonly recordedAsOf?: Instant | undefined;
  readonly effectiveOn?: Day | undefined;
}

/** The cut as an answer echoes it. */
export interface CutEcho extends Cut {
  /** No writer that keeps within the skew can change this answer any more. */
  readonly settled: boolean;
  /** Entries that the ledger has recorded since the cut. */
  readonly laterEntries: number;
}

export const isCut = (cut: Cut): boolean => cut.recordedAsOf !== undefined || cut.effectiveOn !== undefined;

/**
 * Reads both clocks of a request. A bare date as `recordedAsOf` means to the end of that day in the zone; of
 * today, up to now. An instant without an offset is refused, and so is the future.
 */
export function readCut(
  asked: { readonly recordedAsOf?: string | undefined; readonly effectiveOn?: string | undefined },
  now: Instant,
  zone: ZoneOffset,
): Cut | Refusal {
  const today = dayOf(now, zone);
  const errors: FieldError[] = [];
  let recordedAsOf: Instant | undefined;
  if (asked.recordedAsOf !== undefined) {
    const date = parseDay(asked.recordedAsOf);
    if (date === undefined) recordedAsOf = parseRfc3339(asked.recordedAsOf);
    else if (date === today) recordedAsOf = now;
    else recordedAsOf = endOfDay(date, zone);
    if (recordedAsOf === undefined) {
      const message = 'must be a date YYYY-MM-DD or an RFC 3339 instant with its offset';
      errors.push({ pointer: '/recordedAsOf', code: 'invalid-date', message });
    }
  }
  const effectiveOn = asked.effectiveOn === undefined ? undefined : parseDay(asked.effectiveOn);
  if (asked.effectiveOn !== undefined && effectiveOn === undefined) {
    errors.push({ pointer: '/effectiveOn', code: 'invalid-date', message: 'must be a date YYYY-MM-DD' });
  }
  if (errors.length > 0) return refuseFields(errors);
  if (recordedAsOf !== undefined && recordedAsOf > now)
    return refuse('cut-in-future', `${recordedAsOf} is after ${now}`);
  if (effectiveOn !== undefined && effectiveOn > today)
    return refuse('cut-in-future', `${effectiveOn} is after ${today}`);
  return { recordedAsOf, effectiveOn };
}

/** Settled: asked on the recorded clock, and old enough that no tolerated writer can still stamp before it. */
export function isSettled(cut: Cut, now: Instant): boolean {
  return cut.recordedAsOf !== undefined && epochMs(now) - epochMs(cut.recordedAsOf) > TOLERATED_SKEW_MS;
}

/** The day that `overdue` follows. */
export function dayOfCut(cut: Cut, now: Instant, zone: ZoneOffset): Day {
  return cut.effectiveOn ?? dayOf(cut.recordedAsOf ?? now, zone);
}
