import { describe, expect, test } from 'vitest';
import { instantOf } from '../../../domain/dates.ts';
import type { Clock } from '../../../domain/ports.ts';
import { stampAfter } from '../../../functions/app/stamp.ts';

const NOW = Date.UTC(2026, 2, 2);
const clock = (ahead = 0): Clock => ({ now: () => instantOf(NOW), aheadBy: () => ahead });

describe('the stamp of the next entry', () => {
  test.each([
    ['a stream without entries gets now', null, 0],
    ['an older entry: now', -1, 0],
    ['the same millisecond: one later', 0, 1],
    ['an entry ahead within the skew: one later', 4_000, 4_001],
    ['just within the skew', 5_000, 5_001],
  ])('%s', (_, previous, expected) => {
    const before = previous === null ? null : instantOf(NOW + previous);
    expect(stampAfter(before, clock())).toBe(instantOf(NOW + expected));
  });

  test('a clock further behind than the skew, or implausibly ahead, does not write', () => {
    expect(stampAfter(instantOf(NOW + 5_001), clock())).toMatchObject({ refused: 'clock-behind' });
    expect(stampAfter(null, clock(1))).toMatchObject({ refused: 'clock-ahead' });
    expect(stampAfter(instantOf(NOW + 9_000), clock(1))).toMatchObject({ refused: 'clock-ahead' });
  });
});
