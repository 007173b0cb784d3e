import { setTimeout as delay } from 'node:timers/promises';
import { StoreFault } from '../../domain/ports.ts';

/** What can befall a call: refused as busy, lost on the way there, done with its answer lost, or late. */
export type Mishap = 'throttled' | 'lost' | 'unacknowledged' | { readonly delayMs: number };

/** Asked before every call, with the call's name; undefined lets it through. */
export type MishapHook = (call: string) => Mishap | undefined;

/** Befalls the next calls of that name, one mishap each and in order; everything else goes through. */
export function mishaps(call: string, ...coming: Mishap[]): MishapHook {
  return (name) => (name === call ? coming.shift() : undefined);
}

/**
 * Runs a call under its mishap.
 * @throws StoreFault
 */
export async function befall<T>(mishap: Mishap | undefined, call: () => T): Promise<T> {
  if (mishap === 'throttled') throw new StoreFault('busy', new Error('mishap: throttled'));
  if (mishap === 'lost') throw new StoreFault('unavailable', new Error('mishap: the request was lost'));
  if (typeof mishap === 'object') await delay(mishap.delayMs);
  const result = call();
  if (mishap === 'unacknowledged')
    throw new StoreFault('unavailable', new Error('mishap: the answer was lost'));
  return result;
}
