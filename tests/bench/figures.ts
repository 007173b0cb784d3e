/** Every figure of a run, printed as it is found. Nothing here fails: a slow machine gets its figures too. */

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const shown = (value: number): string =>
  Number.isInteger(value) && value < 1e6
    ? String(value)
    : value.toLocaleString('en', { maximumSignificantDigits: Math.abs(value) >= 1e4 ? 4 : 3 });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export const heading = (text: string): void => say(`\n${text}\n${'-'.repeat(text.length)}`);
export const note = (text: string): void => say(`  ${text}`);

interface Target {
  readonly atMost?: number;
  readonly atLeast?: number;
}

let short = 0;

/** One figure, with what it is measured against and whether it reaches its target. */
export function figure(name: string, value: number, unit: string, target: Target = {}, against = ''): void {
  const { atMost, atLeast } = target;
  const reached = (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
  const wanted =
    atMost !== undefined
      ? `at most ${shown(atMost)}`
      : atLeast !== undefined
        ? `at least ${shown(atLeast)}`
        : '';
  if (!reached) short += 1;
  const verdict = wanted === '' ? '' : `${reached ? 'reached' : 'SHORT  '}  (${wanted})`;
  say(
    `  ${name.padEnd(58)} ${`${shown(value)} ${unit}`.padEnd(16)} ${verdict}${against ? `  ${against}` : ''}`,
  );
}

/** How often each value comes, as `1 W: 96.2 %`. */
export function distribution(name: string, values: readonly number[], unit: string): void {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shares = [...counts]
    .sort(([one], [other]) => one - other)
    .map(([value, count]) => `${value} ${unit}: ${((100 * count) / values.length).toFixed(1)} %`);
  note(`${name}: ${shares.join(', ')} (of ${values.length})`);
}

export const closingLine = (): string =>
  short === 0 ? 'every target reached' : `${short} figure${short === 1 ? '' : 's'} short of the target`;
