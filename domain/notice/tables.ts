import { fold } from './characters.ts';
import { type LabelClass, readLabel } from './labels.ts';
import type { SourceLine } from './source-text.ts';
import { statusPhrase } from './statuses.ts';
import { endingOf } from './tail.ts';

/** What a column holds; `number` counts the rows, `other` is named by no label. */
type Column = { name: string; holds: LabelClass | 'number' | 'other' };

/** Widest heading of a column, in UTF-16 units. */
const WIDEST_NAME = 14;
const MOST_COLUMNS = 20;

/**
 * A table whose first row names a column of problems and one of what was done says with each further row what
 * labels say line by line, and is read as such lines. A row that has not as many cells stays as it is.
 */
export function rowsAsLabels(lines: readonly SourceLine[]): SourceLine[] {
  const found: SourceLine[] = [];
  let columns: Column[] | undefined;
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] as SourceLine;
    const stacked = line.table ? undefined : stackedRows(lines, index);
    if (stacked !== undefined) {
      found.push(...stacked.lines);
      index = stacked.next;
      continue;
    }
    index += 1;
    const cells = line.table ? cellsOf(line.text) : [];
    const heading = columnsOf(cells);
    const row = heading === undefined && columns?.length === cells.length ? columns : undefined;
    if (heading !== undefined) columns = heading;
    else if (!line.table) columns = undefined;
    if (row === undefined) found.push(line);
    else found.push(...asLabels(row, cells, () => line));
  }
  return found;
}

function cellsOf(text: string): string[] {
  return text
    .replace(/^[|｜]|[|｜]$/g, '')
    .split(/[|｜]/, MOST_COLUMNS + 1)
    .map((cell) => cell.trim());
}

function columnsOf(cells: readonly string[]): Column[] | undefined {
  if (cells.length < 3 || cells.length > MOST_COLUMNS) return undefined;
  if (cells.some((cell) => cell.length > WIDEST_NAME)) return undefined;
  const columns = cells.map((name) => ({ name, holds: holdsOf(fold(name).replace(/\s/g, '')) }));
  const holds = (wanted: readonly string[]) => columns.filter((column) => wanted.includes(column.holds));
  return holds(['problem']).length === 1 && holds(['doing', 'done', 'effect']).length > 0
    ? columns
    : undefined;
}

function holdsOf(name: string): Column['holds'] {
  if (/^(?:序号|编号|号)$/.test(name)) return 'number';
  const label = readLabel(`${name.replace(/:$/, '')}:`);
  return label === undefined || label.length < name.length ? 'other' : label.labelClass;
}

/**
 * The problem first, then what no label names and so describes it, then the rest in its order. A number that marks no
 * problem, such as A-3 or that of a row without one, is described too.
 */
function asLabels(
  columns: readonly Column[],
  cells: readonly string[],
  sourceOf: (column: number) => SourceLine,
): SourceLine[] {
  const lines: SourceLine[] = [];
  const numbered = columns.findIndex((column) => column.holds === 'number');
  const number = fold(cells[numbered] ?? '');
  const marker = /^\d{1,3}$/.test(number)
    ? `${number}. `
    : /^[一二三四五六七八九十]{1,3}$/.test(number)
      ? `${number}、`
      : '';
  const add = (text: string, column: number) =>
    lines.push({ ...sourceOf(column), text, folded: fold(text), table: false, parted: true, wrapped: false });
  columns.forEach((column, at) => {
    if (column.holds === 'problem' && cells[at]) add(`${marker}${column.name}：${cells[at]}`, at);
  });
  const marks = marker !== '' && columns.some((column, at) => column.holds === 'problem' && cells[at]);
  columns.forEach((column, at) => {
    const described = column.holds === 'other' || (column.holds === 'number' && (at !== numbered || !marks));
    if (described && cells[at]) add(`备注：${column.name} ${cells[at]}`, at);
  });
  columns.forEach((column, at) => {
    if (column.holds === 'problem' || column.holds === 'number' || column.holds === 'other') return;
    if (cells[at]) add(`${column.name}：${cells[at]}`, at);
  });
  return lines;
}

/** Cells that a page left on lines of their own: the names of the columns, then row by row as many lines. */
function stackedRows(
  lines: readonly SourceLine[],
  from: number,
): { lines: SourceLine[]; next: number } | undefined {
  const first = lines[from] as SourceLine;
  if (first.text.length > WIDEST_NAME || holdsOf(first.folded) === 'other') return undefined;
  let width = 0;
  while (width < MOST_COLUMNS) {
    const line = lines[from + width];
    if (line === undefined || line.table || line.text.length > WIDEST_NAME || /:$/.test(line.folded)) break;
    if (holdsOf(line.folded) === 'other') break;
    width += 1;
  }
  const columns = columnsOf(lines.slice(from, from + width).map((line) => line.text));
  if (columns === undefined) return undefined;
  const found: SourceLine[] = lines.slice(from, from + width).map((line) => ({ ...line, parted: true }));
  let next = from + width;
  let rows = 0;
  while (next + width <= lines.length) {
    const row = lines.slice(next, next + width);
    if (row.some((line) => line.table) || !fits(columns, row, rows + 1)) break;
    found.push(
      ...asLabels(
        columns,
        row.map((line) => line.text),
        (column) => row[column] as SourceLine,
      ),
    );
    // The line of the number holds nothing that is read: it stays with the problem's.
    next += width;
    rows += 1;
  }
  return rows > 1 ? { lines: found, next } : undefined;
}

/** Whether the numbers count the rows and the statuses are statuses: else it is no table. */
function fits(columns: readonly Column[], row: readonly SourceLine[], ordinal: number): boolean {
  const head = { text: row[0]?.text ?? '', folded: row[0]?.folded ?? '', table: false, pieces: [] };
  if (endingOf(head, undefined) !== undefined) return false;
  let proof = false;
  const good = columns.every((column, at) => {
    const { folded } = row[at] as SourceLine;
    if (column.holds === 'number') {
      proof = true;
      return folded === String(ordinal);
    }
    if (column.holds === 'status' || /^(?:完成|落实)情况$/.test(column.name)) {
      proof = true;
      return statusPhrase(folded) !== undefined;
    }
    return true;
  });
  return good && proof;
}
