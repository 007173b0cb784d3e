/** A figure as the page shows it: three significant digits, and none that pretend to be more. */
export function figure(value: number, digits = 3): string {
  if (value === 0) return '0';
  const [unit, name] =
    Math.abs(value) >= 1e9 ? [1e9, ' billion'] : Math.abs(value) >= 1e6 ? [1e6, ' million'] : [1, ''];
  const rounded = Number((value / unit).toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  const shown = rounded.toLocaleString('en', { maximumFractionDigits: Math.min(decimals, 20) });
  return `${shown}${name}`;
}

/** Dollars; from a cent on, two places. */
export const dollars = (value: number): string =>
  value > 0 && value < 0.005 ? '< 0.01' : value < 10 ? value.toFixed(2) : figure(value);

export const percent = (share: number): string =>
  share < 0.005 ? '< 1 %' : `${figure(share * 100, share < 0.1 ? 1 : 2)} %`;

/** Seconds in the unit that a person would choose. */
export function duration(seconds: number): string {
  if (seconds < 0.1) return `${figure(seconds * 1_000, 2)} ms`;
  if (seconds < 120) return `${figure(seconds, 2)} s`;
  if (seconds < 7_200) return `${figure(seconds / 60, 2)} min`;
  return seconds < 172_800 ? `${figure(seconds / 3_600, 2)} h` : `${figure(seconds / 86_400, 2)} days`;
}

export const gigabytes = (gb: number): string =>
  gb < 0.1 ? `${figure(gb * 1_024, 2)} MB` : gb < 1_000 ? `${figure(gb)} GB` : `${figure(gb / 1_024)} TB`;

/** A Markdown table whose first column is words and whose others are figures. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], words = 1): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, at) => (at < words ? '---' : '--:'))), ...rows.map(line)].join(
    '\n',
  );
}
