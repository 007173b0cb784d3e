import { median } from './figures.ts';

const milliseconds = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/**
 * Two things timed in turn, so that whatever else the machine does falls on both alike. Gives the median of each
 * and the median of the ratios of neighbours, `one` over `other`.
 */
export async function pairedTime(
  one: () => Promise<unknown> | unknown,
  other: () => Promise<unknown> | unknown,
  rounds: number,
): Promise<{ readonly one: number; readonly other: number; readonly ratio: number }> {
  const pairs: [number, number][] = [];
  for (let round = -3; round < rounds; round += 1) {
    const pair: [number, number] = [await milliseconds(one), await milliseconds(other)];
    if (round >= 0) pairs.push(pair);
  }
  return {
    one: median(pairs.map(([time]) => time)),
    other: median(pairs.map(([, time]) => time)),
    ratio: median(pairs.map(([time, base]) => time / base)),
  };
}

/**
 * Milliseconds of CPU that one call takes on its core, over `rounds`: what other programs do does not count, and
 * the garbage that a call leaves does.
 */
export function cpuTime(work: () => unknown, rounds: number): number {
  for (let round = 0; round < rounds / 2; round += 1) work();
  return (
    coldCpuTime(() => {
      for (let round = 0; round < rounds; round += 1) work();
    }) / rounds
  );
}

/** Milliseconds of CPU of one call that nothing went before. */
export function coldCpuTime(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}
