import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type KeyedLine, type SortLimits, sortLines } from '../../../functions/cli/sorted-lines.ts';

/** What is held in memory is three lines or so; three temporary files are merged into one. */
const TINY: SortLimits = { inHand: 700, fanIn: 3 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taizhang-sort-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const line = (key: string, text: string): KeyedLine => ({ key, line: Buffer.from(text) });
const shown = ({ key, line }: KeyedLine): string => `${key}: ${line}`;

async function* inPages(lines: readonly KeyedLine[], size: number): AsyncGenerator<readonly KeyedLine[]> {
  for (let from = 0; from < lines.length; from += size) yield lines.slice(from, from + size);
}

async function sorted(lines: readonly KeyedLine[], limits: SortLimits, size = 1): Promise<string[]> {
  const all: string[] = [];
  for await (const page of sortLines(inPages(lines, size), limits)) all.push(...page.map(shown));
  return all;
}

test('lines come by key, and equal keys in the order they came, through any number of files', async () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '#'), maxLength: 3 });
  // A tab and a line of nothing are lines as well.
  const text = fc.string({ unit: fc.constantFrom('x', '\t', '进'), maxLength: 5 });
  const lines = fc.array(fc.tuple(key, text), { maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 20 }), async (said, size) => {
      const given = said.map(([one, words], at) => line(one, `${at} ${words}`));
      const inMemory = given.toSorted(
        (one, other) => Number(one.key > other.key) - Number(one.key < other.key),
      );
      expect(await sorted(given, TINY, size)).toEqual(inMemory.map(shown));
    }),
    { numRuns: 60 },
  );
});

test('lines longer than what is read of a file at once come whole', async () => {
  const long = ['c', 'a', 'b'].map((key) => line(key, key.repeat(200_000)));
  expect(await sorted(long, TINY)).toEqual([long[1], long[2], long[0]].map((one) => one && shown(one)));
});

test('temporary files have no name, from the first line to the last', async () => {
  const given = Array.from({ length: 50 }, (_, at) => line(`${at % 7}`, `${at}`));
  const watched: string[][] = [];
  async function* watching() {
    for (const one of given) {
      watched.push(await readdir(folder));
      yield [one];
    }
  }
  for await (const _ of sortLines(watching(), TINY)) watched.push(await readdir(folder));
  expect(watched.length).toBeGreaterThan(given.length);
  expect(watched.flat()).toEqual([]);
});

test('what fits into memory makes no file', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'absent'));
  const given = [line('b', '1'), line('a', '2')];
  expect(await sorted(given, { inHand: 1_000_000, fanIn: 3 })).toEqual(['a: 2', 'b: 1']);
  await expect(sorted(given, { inHand: 1, fanIn: 3 })).rejects.toMatchObject({ code: 'ENOENT' });
});
