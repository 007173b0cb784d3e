import { TOLERATED_SKEW_MS } from '../../domain/cut.ts';
import { epochMs, type Instant, instantOf } from '../../domain/dates.ts';
import type { Clock } from '../../domain/ports.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';

/**
 * The instant that the next entry of a stream gets: max(now, previous + 1 ms). A writer whose clock is behind
 * the stream by more than the tolerated skew, or implausibly ahead, must not write: its entries would come into
 * pictures that were already answered as settled, or push the stream into the future.
 */
export function stampAfter(previous: Instant | null, clock: Clock): Instant | Refusal {
  const now = epochMs(clock.now());
  const ahead = clock.aheadBy();
  if (ahead > 0)
    return refuse('clock-ahead', `this writer's clock is ${ahead} ms ahead of what is plausible`);
  if (previous === null) return instantOf(now);
  const behind = epochMs(previous) - now;
  if (behind > TOLERATED_SKEW_MS) {
    return refuse('clock-behind', `this writer's clock is ${behind} ms behind the stream's newest entry`);
  }
  return instantOf(Math.max(now, epochMs(previous) + 1));
}
