import { randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { instantOf } from '../domain/dates.ts';
import type { Clock, Entropy } from '../domain/ports.ts';

export const systemEntropy: Entropy = { salt: () => randomBytes(16), uuid: () => randomUUID() };

/** The wall clock may run ahead of the time since boot by so much before it is called implausible, in milliseconds. */
const PLAUSIBLE_JUMP_MS = 60_000;
/** No wall clock of this software's life time shows a later year. */
const LATEST = Date.UTC(2100, 0, 1);

/**
 * The clock of a host whose time somebody else keeps, as AWS does for Lambda. Only an impossible year is called
 * implausible: such a host is frozen between two requests, and its time since boot stands still meanwhile.
 */
export function hostClock(wall: () => number = Date.now): Clock {
  return { now: () => instantOf(wall()), aheadBy: () => Math.max(0, wall() - LATEST) };
}

/**
 * The machine's clock. It is implausibly ahead when it has jumped forward since this process started, measured
 * against the time since boot (which goes on while a machine sleeps), or shows a year this software will not see.
 */
export function systemClock(
  wall: () => number = Date.now,
  sinceBoot: () => number = () => uptime() * 1_000,
): Clock {
  const offset = wall() - sinceBoot();
  return {
    now: () => instantOf(wall()),
    aheadBy: () => {
      const now = wall();
      const jump = Math.round(now - sinceBoot() - offset);
      if (now > LATEST) return now - LATEST;
      return jump > PLAUSIBLE_JUMP_MS ? jump : 0;
    },
  };
}
