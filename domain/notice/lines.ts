import { cleanLine, endsSentence, fold } from './characters.ts';
import { looksLikeMetadataValue, pageChrome } from './chrome.ts';

export interface SourceLine {
  /** Counted from 1. */
  number: number;
  text: string;
  folded: string;
  /** A blank line or other page chrome than a page number stands before it. */
  parted: boolean;
  /** A row of cells, told by tabs or bars. */
  table: boolean;
  /** The page was too narrow: the paragraph goes on in the next line. */
  wrapped: boolean;
}

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

export function readLines(text: string): SourceLines {
  const raw = splitLines(text);
  const lines: SourceLine[] = [];
  let parted = true;
  let valueMayFollow = false;
  raw.forEach((line, index) => {
    const table = isTableRow(line);
    const clean = cleanLine(table ? cells(line) : line);
    if (clean === '') {
      parted = true;
      return;
    }
    const folded = fold(clean);
    const chrome = pageChrome(folded);
    if (chrome !== undefined || (valueMayFollow && looksLikeMetadataValue(folded))) {
      valueMayFollow = chrome === 'metadata-without-value';
      // A page number may cut a sentence in two; whatever else a page adds does not.
      if (chrome !== 'page-number') parted = true;
      return;
    }
    valueMayFollow = false;
    lines.push({ number: index + 1, text: clean, folded, parted, table, wrapped: false });
    parted = false;
  });
  markWrapped(lines);
  return { total: raw.length, lines };
}

function isTableRow(line: string): boolean {
  const cellCount = line
    .trim()
    .split(/\t+|\s*[|｜]\s*/, 4)
    .filter((cell) => cell.trim() !== '').length;
  return cellCount >= 3 || /^\s*[|｜].*[|｜]\s*$/.test(line.length > 4000 ? '' : line);
}

/** Tabs do not survive as text; bars do, and are read as a table row again. */
function cells(line: string): string {
  return line.trim().replace(/\t+/g, ' | ');
}

/** Widest page, in half-width columns, that is taken to have broken its lines by width. */
const WIDEST_PAGE = 130;
/** Columns that a broken line may stay short of the widest: no line begins with a comma or a full stop. */
const SLACK = 6;

/** A page that breaks lines by width shows it: many lines as wide as the widest end in mid-sentence. */
function markWrapped(lines: SourceLine[]): void {
  if (lines.length < 5) return;
  const widths = lines.map((line) => columns(line.text));
  const histogram = new Map<number, number>();
  for (const width of widths) histogram.set(width, (histogram.get(width) ?? 0) + 1);
  // One line of a table or an address must not hide the page's width: the widest that several lines reach counts.
  let page = 0;
  let atLeast = 0;
  for (const width of [...histogram.keys()].sort((one, other) => other - one)) {
    atLeast += histogram.get(width) ?? 0;
    if (atLeast >= 3) {
      page = width;
      break;
    }
  }
  if (page > WIDEST_PAGE || page < 20) return;
  const full = (index: number) => (widths[index] ?? 0) >= page - SLACK;
  const open = (line: SourceLine) => !endsSentence(line.text) && !line.table;
  const broken = lines.filter((line, index) => full(index) && open(line)).length;
  if (broken * 4 < lines.length) return;
  lines.forEach((line, index) => {
    line.wrapped = full(index) && open(line);
  });
}

function columns(text: string): number {
  let width = 0;
  // Beyond the widest page it does not matter by how much.
  const end = Math.min(text.length, WIDEST_PAGE + 1);
  for (let index = 0; index < end; index += 1) width += text.charCodeAt(index) < 0x2e80 ? 1 : 2;
  return width;
}
