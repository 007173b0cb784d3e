import { inert } from './output.ts';

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const ZERO = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns of a terminal: two for an East Asian wide character, none for a combining one. @see Unicode UAX 11 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** At most `width` columns, an ellipsis where something was cut. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let result = '';
  let used = 1;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    result += character;
  }
  return `${result}…`;
}

const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/**
 * Rows under their headings, two spaces between columns. On a terminal of `columns` the widest column gives way;
 * without a width nothing is cut.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined,
): string[] {
  const cells = [headings, ...rows.map((row) => row.map(inert))];
  const widths = headings.map((_, at) => Math.max(...cells.map((row) => displayWidth(row[at] ?? ''))));
  if (columns !== undefined) {
    const total = widths.reduce((sum, width) => sum + width + 2, -2);
    const widest = widths.indexOf(Math.max(...widths));
    if (total > columns) widths[widest] = Math.max(8, (widths[widest] ?? 0) - (total - columns));
  }
  return cells.map((row) =>
    row
      .map((cell, at) =>
        at === row.length - 1
          ? shorten(cell, widths[at] ?? 0)
          : pad(shorten(cell, widths[at] ?? 0), widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
