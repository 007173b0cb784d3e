import { fold } from './characters.ts';
import { readLabel } from './labels.ts';
import { type Marker, type MarkerStyle, readMarker } from './markers.ts';
import type { Paragraph, SourceLine } from './source-text.ts';
import { isQuoteUnclosed, LONGEST_HEADING } from './title.ts';
import { readHeading } from './wording.ts';

/** How far down the close of a quote is looked for that a heading opens. */
const LINES_OF_A_HEADING = 8;

/** Joins the lines that a narrow page broke, and reads the marker of each paragraph. */
export function readParagraphs(lines: readonly SourceLine[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const lastOrdinal = new Map<MarkerStyle, number>();
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
    const marker = inTitle ? undefined : acceptedMarker(line, broken, lastOrdinal);
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
        lastOrdinal.set(marker.style, marker.ordinal);
      }
      lineParts = [text];
      length = text.length;
      const more = linesOfQuotedHeading(lines, balances, index);
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

/** A marker counts where a line may begin a paragraph, or where its number is the one that is due. */
function acceptedMarker(
  line: SourceLine,
  broken: boolean,
  last: ReadonlyMap<MarkerStyle, number>,
): Marker | undefined {
  if (line.table) return undefined;
  const marker = readMarker(line.text, line.folded);
  if (marker === undefined) return undefined;
  const due = marker.ordinal === 1 || marker.ordinal === (last.get(marker.style) ?? 0) + 1;
  if ((broken || marker.doubtful) && !due) return undefined;
  // 一是 opens a list in prose more often than a paragraph of its own.
  if (marker.style === 'enumerative' && listGoesOn(marker, line.folded)) return undefined;
  if (marker.doubtful && marker.style === 'arabic' && !last.has('arabic')) return undefined;
  return marker;
}

const followers = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

function listGoesOn(marker: Marker, folded: string): boolean {
  const next = followers[marker.ordinal];
  return next !== undefined && new RegExp(`[。;,!?]\\s?${next}(?:是|要)`).test(folded);
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
