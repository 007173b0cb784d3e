/** Dice that fall alike in every run: the same seed gives the same histories. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  /** True so many times in a hundred. */
  readonly percent: (share: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  /** So many of them, in an order of its own; fewer where there are not as many. */
  readonly some: <T>(from: readonly T[], count: number) => T[];
  /** 64 hex digits that no other call gives. */
  readonly hash: () => string;
}

/** @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md, splitmix32 */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const between = (least: number, most: number): number => least + (next() % (most - least + 1));
  const pick = <T>(from: readonly T[]): T => {
    const found = from[between(0, from.length - 1)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  return {
    between,
    pick,
    percent: (share) => next() % 100 < share,
    some: (from, count) => {
      const left = [...from];
      return Array.from({ length: Math.min(count, left.length) }, () =>
        left.splice(between(0, left.length - 1), 1),
      ).flat();
    },
    hash: () => Array.from({ length: 8 }, () => next().toString(16).padStart(8, '0')).join(''),
  };
}
