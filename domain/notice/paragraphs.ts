import { fold } from './characters.ts';
import { readLabel } from './labels.ts';
import { readMarker } from './markers.ts';
import { Numbering } from './numbering.ts';
import type { Paragraph, SourceLine } from './source-text.ts';
import { isQuoteUnclosed, LONGEST_HEADING } from './title.ts';
import { readHeading } from './wording.ts';

/** How far down the close of a quote is looked for that a heading opens. */
const LINES_OF_A_HEADING = 8;

/** Joins the lines that a narrow page broke, and reads the marker of each paragraph. */
export function readParagraphs(lines: readonly SourceLine[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const numbering = new Numbering();
  const balances = lines.map((line) => quoteBalance(line.text));
  let lineParts: string[] = [];
  let open: Paragraph | undefined;
  let length = 0;
  const close = () => {
    if (open === undefined) return;
    open.text = lineParts.join('');
    open.folded = fold(open.text);
    paragraphs.push(open);
    open = undefined;
  };
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] as SourceLine;
    const previous = lines[index - 1];
    const broken = open !== undefined && previous?.wrapped === true && !line.parted && !line.table;
    const inTitle = open !== undefined && closesTitleOf(previous, line);
    const marker = inTitle ? undefined : numbering.accepted(line, broken);
    const markerAlone = open !== undefined && (length === 0 || isProblemLabelAlone(lineParts));
    const goesOn =
      open !== undefined &&
      marker === undefined &&
      !line.table &&
      ((broken && !standsAlone(line)) || markerAlone || inTitle);
    if (goesOn && open !== undefined) {
      const gap = needsBlank(lineParts.at(-1) ?? '', line.text) ? ' ' : '';
      open.pieces.push({ line: line.number, at: length + gap.length });
      lineParts.push(gap + line.text);
      length += gap.length + line.text.length;
    } else {
      close();
      const text = marker === undefined ? line.text : line.text.slice(marker.length);
      open = { text, folded: '', table: line.table, pieces: [{ line: line.number, at: 0 }] };
      if (marker !== undefined) {
        open.marker = marker;
        numbering.follow(marker);
      }
      lineParts = [text];
      length = text.length;
      const more = Math.max(
        linesOfQuotedHeading(lines, balances, index),
        marker === undefined ? 0 : linesOfBrokenHeading(lines, index, marker.length),
      );
      for (let step = 1; step <= more; step += 1) {
        const next = lines[index + step] as SourceLine;
        open.pieces.push({ line: next.number, at: length });
        lineParts.push(next.text);
        length += next.text.length;
      }
      index += more;
    }
    index += 1;
  }
  close();
  return paragraphs;
}

/** 整改任务: on a line of its own; the problem stands on the next. */
function isProblemLabelAlone(lineParts: readonly string[]): boolean {
  if (lineParts.length > 2) return false;
  const folded = fold(lineParts.map((part) => part.slice(0, 40)).join(''));
  const label = readLabel(folded);
  return label?.labelClass === 'problem' && label.length === folded.length;
}

/** Lines that never continue another, however wide that one is. */
function standsAlone(line: SourceLine): boolean {
  if (/^\d{4}年\d{1,2}月\d{1,2}日$/.test(line.folded)) return true;
  return readHeading(line.folded, false).kind !== 'plain';
}

/** 《 opened at the end of one line and closed at the start of the next: the title of a document was cut. */
function closesTitleOf(previous: SourceLine | undefined, line: SourceLine): boolean {
  if (previous === undefined || line.parted) return false;
  const end = previous.text.slice(-80);
  if (end.lastIndexOf('《') <= end.lastIndexOf('》')) return false;
  const start = line.text.slice(0, 80);
  const closed = start.indexOf('》');
  const opened = start.indexOf('《');
  return closed >= 0 && (opened < 0 || closed < opened);
}

/** How many further lines belong to a heading whose quoted title is not closed on its own line. */
function linesOfQuotedHeading(
  lines: readonly SourceLine[],
  balances: readonly number[],
  index: number,
): number {
  const line = lines[index] as SourceLine;
  let balance = balances[index] ?? 0;
  if (balance <= 0 || !/^.{0,16}[“「]/.test(line.text)) return 0;
  const marker = readMarker(line.text, line.folded);
  if (!isQuoteUnclosed(line.folded.slice(marker?.length ?? 0))) return 0;
  let length = line.text.length;
  for (let step = 1; step <= LINES_OF_A_HEADING; step += 1) {
    const next = lines[index + step];
    if (next === undefined || next.table || length > LONGEST_HEADING) return 0;
    // A new heading before the quote closes: it was never closed.
    if (/^.{0,16}(?:[“「]|关于|针对)/.test(next.text) && readMarker(next.text, next.folded) !== undefined)
      return 0;
    length += next.text.length;
    balance += balances[index + step] ?? 0;
    if (balance <= 0) return step;
  }
  return 0;
}

const about = /^(?:关于|针对)/;
const headingCloses = /^[^。:;!?]{0,80}问题(?:的|整改|落实|完成|进展|工作|情况)*[。:]?$/;
/** Lines, besides the first, over which a heading without quotes may be broken. */
const MOST_BROKEN = 2;

/** How many further lines belong to 关于… where only one of them ends it with 问题. */
function linesOfBrokenHeading(lines: readonly SourceLine[], index: number, from: number): number {
  const line = lines[index] as SourceLine;
  const words = line.folded.slice(from);
  if (words.length > 120 || !about.test(words) || /问题|整改|方面|[。:;!?]/.test(words)) return 0;
  for (let step = 1; step <= MOST_BROKEN; step += 1) {
    const next = lines[index + step];
    if (next === undefined || next.parted || next.table || next.text.length > 120) return 0;
    if (about.test(next.folded) || readMarker(next.text, next.folded) !== undefined) return 0;
    if (headingCloses.test(next.folded)) return step;
    if (/[。:;!?]/.test(next.folded)) return 0;
  }
  return 0;
}

/** How many more quotes a line opens than it closes. */
function quoteBalance(text: string): number {
  let balance = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x201c || code === 0x300c) balance += 1;
    if (code === 0x201d || code === 0x300d) balance -= 1;
  }
  return balance;
}

function needsBlank(before: string, after: string): boolean {
  return /[A-Za-z0-9]$/.test(before) && /^[A-Za-z]/.test(after);
}

/** The source lines that the given stretch of a paragraph's text stands on. */
export function linesOf(
  paragraph: Paragraph,
  from = 0,
  to = paragraph.text.length,
): [first: number, last: number] {
  const first = paragraph.pieces.findLast((piece) => piece.at <= from) ?? paragraph.pieces[0];
  const last = paragraph.pieces.findLast((piece) => piece.at < Math.max(to, 1)) ?? first;
  return [first?.line ?? 0, last?.line ?? 0];
}
