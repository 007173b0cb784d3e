import { absoluteDatesIn, isBefore, partialDate } from './dates.ts';
import type { NoticeHeader } from './report.ts';
import type { Warn } from './warnings.ts';

const part = '(?:上旬|中旬|下旬|初|底|中|末)';
const span = new RegExp(
  `(\\d{4})年(\\d{1,2})月(?:(\\d{1,2})日|${part})?起?\\s?(?:[-—–~]{1,2}|至|到)\\s?(?:(\\d{4})年|(次年|翌年|同年|当年))?(?:(\\d{1,2})月)?(?:(\\d{1,2})日|${part})?`,
);
const dottedSpan =
  /(\d{4})[./-](\d{1,2})[./-](\d{1,2})\s?(?:[-—–~]{1,2}|至|到)\s?(?:(\d{4})[./-])?(\d{1,2})[./-](\d{1,2})/;
const yearlessSpan =
  /(?<![\d年])(\d{1,2})月(\d{1,2})日起?\s?(?:[-—–~]{1,2}|至|到)\s?(?:(\d{1,2})月)?(\d{1,2})日/;
const inspection = /巡察|巡视|审计|督察|督查|检查|回头看/;
const feedback = /(?:反馈|通报)(?:了|会)?|送达|印发.{0,20}反馈意见/;
const yearless = /(?:(同年|当年|次年|翌年)|(?<![\d年]))(\d{1,2})月(\d{1,2})日/g;

/** The last year that the sentences before named. */
export interface KnownYear {
  year?: string | undefined;
}

const years = /(?<!\d)(\d{4})年/g;

function lastYear(text: string): string | undefined {
  return [...text.matchAll(years)].at(-1)?.[1];
}

/** Reads the inspection's span and the day of the feedback out of one folded sentence; true where it held one. */
export function readHeaderDates(
  header: NoticeHeader,
  known: KnownYear,
  sentence: string,
  line: number,
  warn: Warn,
): boolean {
  if (!/\d/.test(sentence)) return false;
  const spanned =
    header.inspectionFrom === undefined &&
    inspection.test(sentence) &&
    (readSpan(header, sentence, line, warn) || readYearlessSpan(header, known, sentence, line, warn));
  const answered = header.feedbackOn === undefined && readFeedback(header, sentence, line, warn);
  known.year = lastYear(sentence) ?? known.year;
  return spanned || answered;
}

function readSpan(header: NoticeHeader, sentence: string, line: number, warn: Warn): boolean {
  const dotted = dottedSpan.exec(sentence);
  if (dotted !== null) {
    const [from, to] = [
      partial(dotted[1], dotted[2], dotted[3]),
      partial(dotted[4] ?? dotted[1], dotted[5], dotted[6]),
    ];
    return setSpan(header, from, to, line, warn, dotted[0]);
  }
  const match = span.exec(sentence);
  if (
    match === null ||
    (match[6] === undefined && match[7] === undefined && !/月|旬|[初底中末]$/.test(match[0].slice(8)))
  )
    return false;
  const year = Number(match[1]);
  const endYear =
    match[4] === undefined ? year + (/次年|翌年/.test(match[5] ?? '') ? 1 : 0) : Number(match[4]);
  const from = partial(match[1], match[2], match[3]);
  const to = partial(String(endYear), match[6] ?? match[2], match[7]);
  return setSpan(header, from, to, line, warn, match[0]);
}

/** 9月13日至11月20日, the year in words before it. */
function readYearlessSpan(
  header: NoticeHeader,
  known: KnownYear,
  sentence: string,
  line: number,
  warn: Warn,
): boolean {
  const match = yearlessSpan.exec(sentence);
  if (match === null) return false;
  const year = lastYear(sentence.slice(0, match.index)) ?? known.year;
  if (year === undefined) {
    warn(line, 'relative-date', match[0]);
    return false;
  }
  warn(line, 'year-carried', match[0]);
  const to = partial(year, match[3] ?? match[1], match[4]);
  return setSpan(header, partial(year, match[1], match[2]), to, line, warn, match[0]);
}

function setSpan(
  header: NoticeHeader,
  from: string | undefined,
  to: string | undefined,
  line: number,
  warn: Warn,
  words: string,
): boolean {
  if (from === undefined) {
    warn(line, 'invalid-date', words);
    return false;
  }
  header.inspectionFrom = from;
  if (to === undefined) warn(line, 'invalid-date', words);
  // 11月8日至1月20日: the source leaves open that a year has passed.
  else if (isBefore(to, from)) warn(line, 'relative-date', words);
  else header.inspectionTo = to;
  return true;
}

/** The last date before 反馈 in its sentence; the inspection's own span is none. */
function readFeedback(header: NoticeHeader, sentence: string, line: number, warn: Warn): boolean {
  const said = feedback.exec(sentence);
  if (said === null) return false;
  const words = sentence.slice(0, said.index).replace(span, '').replace(dottedSpan, '');
  const { dates, impossible } = absoluteDatesIn(words);
  const last = dates.at(-1);
  if (impossible.length > 0)
    warn(line, 'invalid-date', words.slice(impossible.at(-1), (impossible.at(-1) ?? 0) + 12));
  if (last !== undefined && last.value.length > 4) {
    header.feedbackOn = last.value;
    return true;
  }
  const loose = [...words.matchAll(yearless)].at(-1);
  const known = header.inspectionTo ?? header.inspectionFrom;
  if (loose === undefined) return false;
  const later = /次年|翌年/.test(loose[1] ?? '') ? 1 : 0;
  // 次年 counts from the year in which the inspection began, 同年 and no year at all from where it ended.
  const base = later === 1 ? header.inspectionFrom : known;
  const year = base === undefined ? undefined : String(Number(base.slice(0, 4)) + later);
  const carried = year === undefined ? undefined : partial(year, loose[2], loose[3]);
  if (carried === undefined || known === undefined || isBefore(carried, known)) {
    warn(line, 'relative-date', loose[0]);
    return false;
  }
  if (loose[1] === undefined) warn(line, 'year-carried', loose[0]);
  header.feedbackOn = carried;
  return true;
}

function partial(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | undefined {
  const numbers = [year, month, day].map((digits) => (digits === undefined ? undefined : Number(digits)));
  return partialDate(numbers[0] ?? 0, numbers[1], numbers[2]);
}
