import { epochMs, type Instant, type ZoneOffset } from '../../../domain/dates.ts';

const MINUTE_MS = 60_000;

/** An instant as people of the ledger's zone read it: `2026-10-20 14:03`. */
export function instantText(at: Instant, zone: ZoneOffset): string {
  return new Date(epochMs(at) + zone * MINUTE_MS).toISOString().slice(0, 16).replace('T', ' ');
}
