/** A date as precise as its source: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
export interface FoundDate {
  value: string;
  /** Offsets in the text. */
  start: number;
  end: number;
}

const pad = (value: number) => String(value).padStart(2, '0');

/** Undefined where the calendar has no such day. */
export function partialDate(year: number, month?: number, day?: number): string | undefined {
  if (year < 1949 || year > 2100) return undefined;
  if (month === undefined) return String(year);
  if (month < 1 || month > 12) return undefined;
  if (day === undefined) return `${year}-${pad(month)}`;
  if (day < 1 || day > daysOf(year, month)) return undefined;
  return `${year}-${pad(month)}-${pad(day)}`;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether two partial dates of unequal precision can follow one another: `2024-03` and `2024-03-05` can. */
export function isBefore(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) < other.slice(0, length);
}

/** What several dates share: `2024-03` and `2024-03-08` share `2024-03`, `2024-01` and `2024-09` share `2024`. */
export function sharedDate(dates: readonly string[]): string | undefined {
  const parts = dates.map((date) => date.split('-'));
  const shared: string[] = [];
  for (const [index, part] of (parts[0] ?? []).entries()) {
    if (!parts.every((other) => other[index] === part)) break;
    shared.push(part);
  }
  return shared.length === 0 ? undefined : shared.join('-');
}

/** 2024年3月8日, 2024年3月, 2024年; also 2024.3.8, 2024-03-08 and 2024/3/8. Text must be folded. */
const absoluteDate =
  /(?<!\d)(\d{4})\s?(?:年(?!度|级|限|龄)\s?(?:(\d{1,2})\s?月(?:份)?\s?(?:(\d{1,2})\s?日?(?!\d|[项个人次名处万亿%.件起条]))?)?|[.\-/](\d{1,2})[.\-/](\d{1,2})(?!\d))/g;

/** 7月初, 3月16-17日, 6月中旬: a month that no year stands before. */
export const yearlessDate =
  /(?<![\d年个月])(?:(?<!年\s))(\d{1,2})月(?!龄|度|份?均)(?:份)?(?:\s?(\d{1,2})(?:\s?[-~至到、—]\s?\d{1,2})?日|初|底|末|上旬|中旬|下旬|中)?/g;

export function absoluteDatesIn(folded: string): { dates: FoundDate[]; impossible: number[] } {
  const dates: FoundDate[] = [];
  const impossible: number[] = [];
  for (const match of folded.matchAll(absoluteDate)) {
    const month = match[2] ?? match[4];
    const day = match[3] ?? match[5];
    const value = partialDate(Number(match[1]), numberOf(month), numberOf(day));
    if (value === undefined) impossible.push(match.index);
    else dates.push({ value, start: match.index, end: match.index + match[0].length });
  }
  return { dates, impossible };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
