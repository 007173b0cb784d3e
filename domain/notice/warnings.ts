/** Every code a warning can bear, with what it asks a person to look at. Codes are stable: clients may rely on them. */
export const noticeWarnings = {
  'amount-not-exact': 'The amount is finer than one fen or too large; it is not counted.',
  'breakdown-mismatch': 'The parts of a breakdown do not add up to its sum.',
  'damaged-date': 'Characters of a date seem to be lost.',
  'other-source':
    'The case holds the import of another text; this one would be recorded beside it, and counted again.',
  'future-date': 'A date here is after today; the entry is recorded without a date.',
  'deadline-date': 'The date is a limit (以前, 底前, 截至, 计划), not the day on which the measure was done.',
  'duplicate-measure': 'The measure stands word for word elsewhere too.',
  'group-numeral': 'The numbers of the headings above the items skip or repeat.',
  'inexact-count': 'The source gives a lower bound (余, 多), not a count.',
  'invalid-date': 'The date does not exist in the calendar.',
  'item-without-measure': 'The item has a heading but no measure.',
  'joint-total': 'One count stands for several kinds of accountability; it is not counted for any.',
  'missing-feedback-date': 'The header does not say when the feedback was given.',
  'missing-inspected-body': 'The header does not name the inspected body.',
  'no-items': 'The text names no problem of its own: no item was read.',
  'odd-heading': 'The heading departs from the usual form.',
  'problem-total-mismatch': 'The number of problems stated differs from the number of items read.',
  'relative-date': 'The date has no year of its own.',
  'repeated-numeral': 'The printed number repeats.',
  'several-dates': 'The measure names several dates; only what they share is kept.',
  'skipped-numeral': 'A printed number is skipped.',
  'start-date': 'The date says since when (起, 以来), not when the measure was done.',
  'unassigned-amount': 'The amount is not said to be recovered; it is not counted.',
  'unclosed-quote': 'A quotation mark in the heading is never closed.',
  'year-carried': 'The year is taken from the date before it.',
} as const satisfies Record<string, string>;

export type NoticeWarningCode = keyof typeof noticeWarnings;

export interface NoticeWarning {
  /** Source line, counted from 1. */
  line: number;
  code: NoticeWarningCode;
  message: string;
}

/** Where parts of the parser leave what they noticed. */
export type Warn = (line: number, code: NoticeWarningCode, detail?: string) => void;

/** Longest piece of the source that a message repeats, in UTF-16 units. */
const QUOTED = 40;

export function noticeWarning(line: number, code: NoticeWarningCode, detail?: string): NoticeWarning {
  const sentence = noticeWarnings[code];
  if (detail === undefined) return { line, code, message: sentence };
  const shown =
    detail.length > QUOTED ? `${Array.from(detail.slice(0, QUOTED)).slice(0, -1).join('')}…` : detail;
  return { line, code, message: `${sentence} (${shown})` };
}
