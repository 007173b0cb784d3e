import type { Actor } from './actor.ts';
import { epochMs, type Instant } from './dates.ts';
import { shortDigest } from './hashing.ts';

/** How many commands one generation remembers, and how long a retry may come after the first try. */
const GENERATION = 8;
export const RETRY_WINDOW_MS = 24 * 3_600_000;

/**
 * The newest commands of a stream as short digests, in two generations: between 8 and 16 are remembered. Each
 * generation knows when it began, so that the ledger can tell whether 24 hours are covered without reading back.
 */
export interface RecentCommands {
  readonly older: string;
  /** Seconds since 1970 at which the older generation began; 0 when nothing was recorded before it. */
  readonly olderSince: number;
  readonly newer: string;
  readonly newerSince: number;
}

export const NO_COMMANDS: RecentCommands = { older: '', olderSince: 0, newer: '', newerSince: 0 };

/** 24 bits: a false match costs one more read, never a wrong answer. */
const DIGEST_LENGTH = 4;

function commandDigest(commandId: string, actor: Actor): string {
  return shortDigest(`${commandId}\n${actor.iss}\n${actor.sub}`).slice(0, DIGEST_LENGTH);
}

export function remember(
  recent: RecentCommands,
  commandId: string,
  actor: Actor,
  recordedAt: Instant,
): RecentCommands {
  const digest = commandDigest(commandId, actor);
  if (recent.newer.length < GENERATION * DIGEST_LENGTH) return { ...recent, newer: recent.newer + digest };
  return {
    older: recent.newer,
    olderSince: recent.newerSince,
    newer: digest,
    newerSince: Math.floor(epochMs(recordedAt) / 1000),
  };
}

/**
 * Could the stream have recorded this command within the window? `no` is certain; `recently` means that one of
 * the entries remembered may be it; `perhaps` that none of them is, and that more came within the window.
 */
export function mayHaveRecorded(
  recent: RecentCommands,
  commandId: string,
  actor: Actor,
  now: Instant,
): 'no' | 'recently' | 'perhaps' {
  const digest = commandDigest(commandId, actor);
  const digests = recent.older + recent.newer;
  for (let at = 0; at < digests.length; at += DIGEST_LENGTH) {
    if (digests.startsWith(digest, at)) return 'recently';
  }
  const since = recent.older === '' ? recent.newerSince : recent.olderSince;
  // The generation began within this second; what is forgotten may have come a moment before, in the same one.
  return (since + 1) * 1000 <= epochMs(now) - RETRY_WINDOW_MS ? 'no' : 'perhaps';
}

/** How many of the newest entries are remembered. */
export const countRemembered = ({ older, newer }: RecentCommands): number =>
  (older.length + newer.length) / DIGEST_LENGTH;
