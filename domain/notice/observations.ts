import { fold } from './characters.ts';
import { enclosedNumber, hanNumber, wholeNumber } from './numerals.ts';
import type { NoticeItem, ParsedNotice } from './report.ts';
import { isQuoteUnclosed, outerQuote } from './title.ts';
import type { Warn } from './warnings.ts';

/** What a printed number counts: 四十四, (二), ③, 第五 and the last of 1.2 alike. */
function ordinalOf(printedNumber: string): number | undefined {
  const enclosed = enclosedNumber(printedNumber);
  if (enclosed !== undefined) return enclosed.value;
  const bare = fold(printedNumber).replace(/^[([【第\s]+|[)\]】、.是要\s]+$/g, '');
  return hanNumber(bare) ?? wholeNumber(bare.slice(bare.lastIndexOf('.') + 1));
}

/** Numbers of items that repeat or skip, and of the measures within each item. */
export function reportNumbering(notice: ParsedNotice, warn: Warn): void {
  let previous: number | undefined;
  let group: number | null = null;
  for (const item of notice.items) {
    const ordinal = item.printedNumber === null ? undefined : ordinalOf(item.printedNumber);
    // Below another heading numbers may begin anew or go on.
    const anew = item.group !== group && ordinal === 1;
    if (ordinal !== undefined) {
      if (!anew) compare(previous, ordinal, item.printedNumber ?? '', item.lines[0], warn);
      previous = ordinal;
    }
    group = item.group;
    reportMeasureNumbers(item, warn);
  }
}

function reportMeasureNumbers(item: NoticeItem, warn: Warn): void {
  // (一) and 1. count apart, and each list may begin anew.
  const last = new Map<string, number>();
  for (const { printedNumber, lines } of item.measures) {
    const number = printedNumber === null ? undefined : ordinalOf(printedNumber);
    if (printedNumber === null || number === undefined) continue;
    const style = enclosedNumber(printedNumber)
      ? 'enclosed'
      : (decimalList(printedNumber) ??
        fold(printedNumber).replace(/[^()[\]是要第]+/g, /\d/.test(fold(printedNumber)) ? '1' : '一'));
    if (number !== 1) compare(last.get(style), number, printedNumber, lines[0], warn);
    last.set(style, number);
  }
}

/** Of 1.2 what it stands in: each such list counts for itself. */
function decimalList(printedNumber: string): string | undefined {
  return /^(.*\d)\.\d+$/.exec(fold(printedNumber))?.[1];
}

/** Headings in another form than most: not opened by 关于, or with a gap behind the quote. */
export function reportHeadings(notice: ParsedNotice, warn: Warn): void {
  const usual =
    notice.items.filter((item) => item.heading.startsWith('关于')).length * 2 > notice.items.length;
  for (const { heading, lines } of notice.items) {
    const folded = fold(heading);
    const quote = outerQuote(folded);
    const gap = quote !== undefined && /^\s/.test(folded.slice(quote.close + 1));
    if (gap || (usual && !folded.startsWith('关于'))) warn(lines[0], 'odd-heading', heading);
    if (isQuoteUnclosed(folded)) warn(lines[0], 'unclosed-quote', heading);
  }
}

function compare(
  previous: number | undefined,
  ordinal: number,
  printed: string,
  line: number,
  warn: Warn,
): void {
  if (previous === undefined || ordinal === previous + 1) return;
  warn(line, ordinal <= previous ? 'repeated-numeral' : 'skipped-numeral', printed);
}

/** Shorter measures are formulas that any two items may share. */
const WORTH_COMPARING = 12;

/** Measures that stand twice, each naming the other, and counts that are only lower bounds. */
export function reportMeasures(notice: ParsedNotice, warn: Warn): void {
  const places = new Map<string, Array<{ itemId: string; line: number }>>();
  for (const item of notice.items) {
    if (item.measures.length === 0) warn(item.lines[0], 'item-without-measure', item.title);
    for (const measure of item.measures) {
      const inexact = /\d{1,9}\s?[余多]\s?(?:[人名个项次条件份部家户处场期万亿元]|人次)/.exec(
        fold(measure.text),
      );
      if (inexact !== null) warn(measure.lines[0], 'inexact-count', inexact[0]);
      if (measure.text.length < WORTH_COMPARING) continue;
      const place = { itemId: item.itemId, line: measure.lines[0] };
      const same = places.get(measure.text);
      if (same === undefined) places.set(measure.text, [place]);
      else same.push(place);
    }
  }
  for (const same of places.values()) {
    same.forEach((place, index) => {
      const other = same[index === 0 ? 1 : 0];
      if (other !== undefined) warn(place.line, 'duplicate-measure', `item ${other.itemId}`);
    });
  }
}

/** What the notice as a whole leaves open. */
export function reportWhole(notice: ParsedNotice, warn: Warn): void {
  const { header, items } = notice;
  const line = header.lines?.[0] ?? items[0]?.lines[0] ?? 1;
  if (items.length === 0) warn(line, 'no-items');
  if (header.inspectedBody === undefined) warn(line, 'missing-inspected-body');
  if (header.feedbackOn === undefined) warn(line, 'missing-feedback-date');
  header.totals.forEach((total, index) => {
    if (total.kind !== 'problems' || items.length === 0 || total.value === items.length) return;
    warn(header.totalLines[index]?.[0] ?? line, 'problem-total-mismatch', `${total.value} / ${items.length}`);
  });
  const siblings = new Map<number | null, number>();
  for (const group of notice.groups) {
    const ordinal = group.printedNumber === null ? undefined : ordinalOf(group.printedNumber);
    if (ordinal === undefined) continue;
    const previous = siblings.get(group.parent);
    if (previous !== undefined && ordinal !== previous + 1)
      warn(group.lines[0], 'group-numeral', group.printedNumber ?? '');
    siblings.set(group.parent, ordinal);
  }
}
