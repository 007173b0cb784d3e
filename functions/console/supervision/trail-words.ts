import type { ZoneOffset } from '../../../domain/dates.ts';

/** The zone as in ISO 8601: +08:00. */
export function zoneName(zone: ZoneOffset): string {
  const [hours, minutes] = [Math.floor(Math.abs(zone) / 60), Math.abs(zone) % 60];
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return `${zone < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}
