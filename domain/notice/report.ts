import type { AccountabilityKind, StatedStatus, Term } from '../entries.ts';
import type { NoticeWarning } from './warnings.ts';

/** First and last source line, counted from 1, both inclusive. */
export type LineRange = readonly [first: number, last: number];

export type TotalKind = AccountabilityKind | 'institutions' | 'fundsFen' | 'problems' | StatedStatus;

/**
 * One sum as the source states it. `fundsFen` is in fen, everything else counts persons, institutions or
 * problems. A sum that is broken down stands first, without `measure`; its parts follow it directly, each
 * with its `measure`. So a reader that adds up must use `accountabilityToRecord`, which counts nobody twice.
 */
export interface NoticeTotal {
  kind: TotalKind;
  measure?: string;
  value: number;
  /** The source says 余 or 多: the value is a lower bound. */
  inexact?: true;
}

export interface NoticeHeader {
  inspectedBody?: string;
  inspectingBody?: string;
  /** `YYYY-MM-DD`, or `YYYY-MM` where the source gives no day. */
  inspectionFrom?: string;
  inspectionTo?: string;
  feedbackOn?: string;
  totals: NoticeTotal[];
  /** The source line of each total, in the order of `totals`. */
  totalLines: LineRange[];
  /** The header's sentences that yielded none of the fields above; paragraphs parted by LF. */
  narrative: string;
  /** All of the header's words, paragraphs parted by LF; page chrome left out. */
  text: string;
  lines: LineRange | null;
}

export interface NoticeMeasure {
  /** The marker as printed, without a 、 or . that only separates: (一), ①, 1, 一是; null where there is none. */
  printedNumber: string | null;
  text: string;
  lines: LineRange;
  /** Absent unless the text says when this very measure was done. */
  occurredOn?: string;
}

/** A line of an item that is no measure: a sub-heading, a table row, a sentence of status, an aim, a person. */
export interface NoticeNote {
  text: string;
  lines: LineRange;
  /** How many of the item's measures stand before it. */
  after: number;
}

export interface NoticeItem {
  /** Minted in order, never the printed numeral. */
  itemId: string;
  printedNumber: string | null;
  title: string;
  /** The heading as printed, without its number. */
  heading: string;
  statedStatus?: StatedStatus;
  aspect?: string;
  term?: Term;
  measures: NoticeMeasure[];
  notes: NoticeNote[];
  /** Index in `groups` of the heading it stands under; null where it stands under none. */
  group: number | null;
  /** The lines of the heading alone; its last may hold the beginning of the body too. */
  headingLines?: LineRange;
  /** From the heading to the last line that belongs to the item. */
  lines: LineRange;
}

/** A heading above items, such as an aspect, a part or a term, with its whole paragraph, and those that follow it. */
export interface NoticeGroup {
  printedNumber: string | null;
  heading: string;
  text: string;
  parent: number | null;
  lines: LineRange;
}

/** Every source line is counted in exactly one of the five, so they add up to `total`. */
export interface LineCounts {
  total: number;
  header: number;
  items: number;
  measures: number;
  tail: number;
  ignored: number;
}

export interface ParsedNotice {
  kind: 'notice';
  header: NoticeHeader;
  groups: NoticeGroup[];
  items: NoticeItem[];
  tail: { text: string; lines: LineRange | null };
  lines: LineCounts;
  warnings: NoticeWarning[];
}

/** What a client is told of a text that is a notice. */
export type NoticeReport = Omit<ParsedNotice, 'kind'>;

export type NotANoticeReason =
  | 'empty'
  | 'too-large'
  | 'too-many-items'
  | 'no-rectification'
  | 'nothing-stated';

export interface NotANotice {
  kind: 'not-a-notice';
  reason: NotANoticeReason;
  message: string;
}
