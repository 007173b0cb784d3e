declare const brand: unique symbol;

/** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: a date as precise as its source, in the ledger's zone. */
export type PartialDate = string & { readonly [brand]: 'PartialDate' };
/** `YYYY-MM-DD` in the ledger's zone. */
export type Day = PartialDate & { readonly [brand]: 'PartialDate'; readonly day: true };
/** UTC with milliseconds at fixed width: `2024-03-08T01:02:03.004Z`. Compares as text. */
export type Instant = string & { readonly [brand]: 'Instant' };

/** The zone's fixed offset from UTC in minutes; +08:00 is 480. */
export type ZoneOffset = number;
export const CHINA: ZoneOffset = 480;

const MINUTE = 60_000;
const DAY = 86_400_000;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function partialDate(text: string): PartialDate | undefined {
  const match = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  if (year < 1000) return undefined;
  if (match[2] === undefined) return text as PartialDate;
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  if (match[3] === undefined) return text as PartialDate;
  const day = Number(match[3]);
  return day >= 1 && day <= daysInMonth(year, month) ? (text as PartialDate) : undefined;
}

export function day(text: string): Day | undefined {
  return text.length === 10 && partialDate(text) !== undefined ? (text as Day) : undefined;
}

export function earliestDay(date: PartialDate): Day {
  return (date + '-01-01'.slice(date.length - 4)) as Day;
}

export function lastDay(date: PartialDate): Day {
  if (date.length === 10) return date as Day;
  if (date.length === 4) return `${date}-12-31` as Day;
  return `${date}-${String(daysInMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7)))).padStart(2, '0')}` as Day;
}

/** Milliseconds since 1970 of an instant that the ledger wrote. */
export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

/** The last instant of fixed width; a later one would compare as text before all others. */
const LAST_MS = Date.UTC(9_999, 11, 31, 23, 59, 59, 999);

export function instantOf(ms: number): Instant {
  return new Date(Math.min(ms, LAST_MS)).toISOString() as Instant;
}

/** Reads the ledger's own fixed-width form, nothing else. */
export function instant(text: string): Instant | undefined {
  const form = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;
  return form.test(text) && day(text.slice(0, 10)) !== undefined ? (text as Instant) : undefined;
}

/**
 * An RFC 3339 date-time with its offset. A fraction beyond milliseconds is cut off, which keeps an inclusive
 * bound inclusive: entries are stamped with whole milliseconds. A leap second is refused.
 * @see RFC 3339 section 5.6
 */
export function parseRfc3339(text: string): Instant | undefined {
  const match =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,12}))?([Zz]|[+-][0-9]{2}:[0-9]{2})$/.exec(
      text,
    );
  if (!match) return undefined;
  const date = day(match[1] ?? '');
  const hours = Number(match[2]);
  const minutes = Number(match[3]);
  const seconds = Number(match[4]);
  if (!date || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const ms = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = zoneOffset((match[6] ?? '').toUpperCase());
  if (offset === undefined) return undefined;
  return instantOf(startOfDay(date, 0) + ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + ms);
}

/** `Z` or `±HH:MM` in minutes. */
export function zoneOffset(text: string): ZoneOffset | undefined {
  if (text === 'Z') return 0;
  const match = /^([+-])([0-9]{2}):([0-9]{2})$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (Number(match[3]) > 59 || minutes > 14 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

function startOfDay(date: Day, zone: ZoneOffset): number {
  return Date.parse(`${date}T00:00:00.000Z`) - zone * MINUTE;
}

/** The last millisecond of a day in the zone. */
export function endOfDay(date: Day, zone: ZoneOffset): Instant {
  return instantOf(startOfDay(date, zone) + DAY - 1);
}

const twoDigits = (text: string, at: number): number =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * 0x30;

export function dayOf(at: Instant, zone: ZoneOffset): Day {
  // Most instants fall on the same day in UTC and in the zone, and then need no calendar: folds ask for each entry.
  const minutes = twoDigits(at, 11) * 60 + twoDigits(at, 14) + zone;
  if (minutes >= 0 && minutes < 1_440) return at.slice(0, 10) as Day;
  return new Date(epochMs(at) + zone * MINUTE).toISOString().slice(0, 10) as Day;
}

/** The same day so many months later, or that month's last where it is shorter. */
export function monthsAfter(date: Day, months: number): Day {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const month = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
  const last = lastDay(month as PartialDate);
  const same = `${month}-${date.slice(8)}`;
  return (same > last ? last : same) as Day;
}

/** The day so many days later, or earlier. */
export function daysAfter(date: Day, days: number): Day {
  return new Date(startOfDay(date, 0) + days * DAY).toISOString().slice(0, 10) as Day;
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Days since 0000-03-01 in the calendar carried back: arithmetic alone, since folds ask for each entry.
 * @see Hinnant: chrono-Compatible Low-Level Date Algorithms, `days_from_civil`
 */
function dayNumber(day: Day): number {
  const month = twoDigits(day, 5);
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month > 2 ? 0 : 1);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + twoDigits(day, 8) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear;
}

/**
 * The day on which an entry counts: a partial date from its last day, an unknown one from the day of recording.
 * What was recorded as having happened had happened by then, so a month or year still running at the recording
 * counts from that day.
 */
export function effectDay(occurredOn: PartialDate | undefined, recordedAt: Instant, zone: ZoneOffset): Day {
  if (occurredOn === undefined) return dayOf(recordedAt, zone);
  const last = lastDay(occurredOn);
  if (occurredOn.length === 10) return last;
  const recorded = dayOf(recordedAt, zone);
  // A later correction may move it past the recording; then it still has to have begun.
  return recorded < earliestDay(occurredOn) || recorded > last ? last : recorded;
}
