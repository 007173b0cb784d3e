import { epochMs, type Instant, type ZoneOffset } from '../../../domain/dates.ts';

const MINUTE_MS = 60_000;

const onTheWall = (at: Instant, zone: ZoneOffset): string =>
  new Date(epochMs(at) + zone * MINUTE_MS).toISOString().replace('T', ' ');

/** An instant as people of the ledger's zone read it: `2026-10-20 14:03`. */
export const instantText = (at: Instant, zone: ZoneOffset): string => onTheWall(at, zone).slice(0, 16);

/** The same to the second, where two pictures of one minute may differ. */
export const exactText = (at: Instant, zone: ZoneOffset): string => onTheWall(at, zone).slice(0, 19);
