import { stringify } from 'csv-stringify/sync';

/** By this a spreadsheet knows that the file is UTF-8, and shows Chinese as Chinese. */
export const BYTE_ORDER_MARK = '\ufeff';
/** `escape_formulas` looks at a cell's first character only; a spreadsheet may pass over blanks before it. */
const HIDDEN_FORMULA = /^[\s\p{C}]+[=+\-@＝＋－＠]/u;

/** Text may be anything that people wrote; a number is the ledger's own, and stays one that a spreadsheet sums. */
export type Cell = string | number;

/** Rows as RFC 4180 lines in which no cell is a formula. */
export const csvLines = (rows: readonly (readonly Cell[])[]): string =>
  stringify(
    rows.map((row) =>
      row.map((cell) => (typeof cell === 'string' && HIDDEN_FORMULA.test(cell) ? `'${cell}` : cell)),
    ),
    // Of numbers it leaves the minus alone.
    { escape_formulas: true, record_delimiter: 'windows' },
  );
