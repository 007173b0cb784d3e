import { cleanLine, endsSentence, fold } from './characters.ts';
import { looksLikeMetadataValue, pageChrome } from './chrome.ts';
import { withoutMarkdown } from './markdown.ts';
import { readMarker } from './markers.ts';
import type { SourceLine } from './source-text.ts';
import { rowsAsLabels } from './tables.ts';

export interface SourceLines {
  total: number;
  /** What is left when blank lines and page chrome are taken out. */
  lines: SourceLine[];
}

/** Lines as an editor counts them: a break at the very end begins no further line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Counts breaks without splitting: what is too large is refused before it costs anything. */
export function hasMoreLinesThan(text: string, limit: number): boolean {
  let lines = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
    if (lines > limit + 1) return true;
  }
  return false;
}

export function readLines(text: string): SourceLines {
  const raw = splitLines(text);
  const lines: SourceLine[] = [];
  let parted = true;
  let valueMayFollow = false;
  raw.forEach((line, index) => {
    const table = isTableRow(line);
    const clean = cleanLine(table ? cells(line) : line);
    const words = table ? clean : cleanLine(withoutMarkdown(clean));
    if (clean === '') {
      parted = true;
      return;
    }
    const folded = fold(words);
    const chrome = pageChrome(fold(clean));
    if (chrome !== undefined || (valueMayFollow && looksLikeMetadataValue(folded))) {
      valueMayFollow = chrome === 'metadata-without-value';
      // A page number may cut a sentence in two; whatever else a page adds does not.
      if (chrome !== 'page-number') parted = true;
      return;
    }
    valueMayFollow = false;
    lines.push({ number: index + 1, text: words, folded, parted, table, wrapped: false });
    parted = false;
  });
  markWrapped(lines);
  return { total: raw.length, lines: rowsAsLabels(lines) };
}

function isTableRow(line: string): boolean {
  if (!/[\t|｜]/.test(line)) return false;
  const row = line.trim();
  if (/^[|｜]/.test(row) && /[|｜]$/.test(row)) return true;
  return row.split(/[\t|｜]/, MOST_CELLS).filter((cell) => cell.trim() !== '').length >= 3;
}

/** Cells looked at to tell a row. */
const MOST_CELLS = 12;

/** Tabs do not survive as text; bars do, and are read as a table row again. */
function cells(line: string): string {
  return line.trim().replace(/\t+/g, ' | ');
}

/** Widest page, in half-width columns, that is taken to have broken its lines by width. */
const WIDEST_PAGE = 130;
/** How headings end; a heading as wide as the page is no broken line. */
const headingCloses = /(?:情况|问题|方面|整改|公布|公示|公告|通报|报告|打算)(?:[(（].{1,14}[)）])?$/;
const NARROWEST_PAGE = 40;
/** Columns that a broken line may stay short of the widest: no line begins with a comma or a full stop. */
const SLACK = 6;

/** Lines that a page must have broken, at least, before it is believed that it breaks lines. */
const FEWEST_BROKEN = 3;

/** A page that breaks lines by width shows it: many lines as wide as the widest end in mid-sentence. */
function markWrapped(lines: SourceLine[]): void {
  const widths = lines.map((line) => columns(line.text));
  const page = pageWidth(widths);
  if (page > WIDEST_PAGE || page < NARROWEST_PAGE) return;
  const broken = lines.filter(
    (line, index) => (widths[index] ?? 0) >= page - SLACK && isCut(line, lines[index + 1]),
  );
  if (broken.length < FEWEST_BROKEN || broken.length * 5 < lines.length) return;
  for (const line of broken) line.wrapped = true;
}

/** One row of a table or an address must not hide the page's width: the widest that three lines reach counts. */
function pageWidth(widths: readonly number[]): number {
  const widest = [0, 0, 0];
  for (const width of widths) {
    if (width <= (widest[2] ?? 0)) continue;
    widest[2] = width;
    widest.sort((one, other) => other - one);
  }
  return widest[2] ?? 0;
}

/** Whether a wide line ends in mid-sentence and the next may go on with it. */
function isCut(line: SourceLine, next: SourceLine | undefined): boolean {
  if (next === undefined || next.parted || line.table || next.table || endsSentence(line.text)) return false;
  if (readMarker(next.text, next.folded) !== undefined) return false;
  return !headingCloses.test(line.folded) || /^的|^整改/.test(next.folded);
}

function columns(text: string): number {
  let width = 0;
  // Beyond the widest page it does not matter by how much.
  const end = Math.min(text.length, WIDEST_PAGE + 1);
  for (let index = 0; index < end; index += 1) width += text.charCodeAt(index) < 0x2e80 ? 1 : 2;
  return width;
}
