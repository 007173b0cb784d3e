/** How numbers spread: with the count and the sum, so that nobody has to trust a rounding. */
export interface Spread {
  readonly count: number;
  readonly sum: number;
  /** The middle one, or the mean of the middle two, so it may end in .5; null of none. */
  readonly median: number | null;
  /** Medians of the lower and of the upper half; of an odd count the middle number is in both. */
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
}

export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = Math.ceil(sorted.length / 2);
  return {
    count: sorted.length,
    sum: sorted.reduce((sum, number) => sum + number, 0),
    median: medianOf(sorted),
    lowerQuartile: medianOf(sorted.slice(0, half)),
    upperQuartile: medianOf(sorted.slice(sorted.length - half)),
  };
}

function medianOf(sorted: readonly number[]): number | null {
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? null : (lower + upper) / 2;
}
