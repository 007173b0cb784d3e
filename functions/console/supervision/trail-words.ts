import { epochMs, type Instant, type ZoneOffset } from '../../../domain/dates.ts';
import { isCaseEventType, isItemEventType } from '../../../domain/payload.ts';
import type { Language } from '../texts/language.ts';
import { words } from '../texts/words.ts';

/** An instant as clocks of the zone show it: 2026-10-20 14:03:07. */
export const clockTime = (at: Instant, zone: ZoneOffset): string =>
  new Date(epochMs(at) + zone * 60_000).toISOString().slice(0, 19).replace('T', ' ');

/** The zone as in ISO 8601: +08:00. */
export function zoneName(zone: ZoneOffset): string {
  const [hours, minutes] = [Math.floor(Math.abs(zone) / 60), Math.abs(zone) % 60];
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return `${zone < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** The type of an entry in words; one of a later release keeps its own name. */
export const saidType = (language: Language, type: string): string =>
  isCaseEventType(type) || isItemEventType(type) ? words[language].entry[type] : type;
