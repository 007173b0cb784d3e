import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, daysAfter, daysBetween } from '../../../domain/dates.ts';
import { MOST_DAYS, mondayOf, weeksBetween, weeksShown } from '../../../domain/figures/weeks.ts';
import { aLine } from './kit.ts';

const day = (text: string) => text as Day;
const aDay = fc.integer({ min: -40_000, max: 40_000 }).map((days) => daysAfter(day('2000-01-01'), days));

describe('weeks', () => {
  // ISO 8601: the year of a week is that of its Thursday.
  test.each([
    ['2026-11-23', '2026-W48', '2026-11-23'],
    ['2026-11-29', '2026-W48', '2026-11-23'],
    ['2026-12-31', '2026-W53', '2026-12-28'],
    ['2027-01-03', '2026-W53', '2026-12-28'],
    ['2027-01-04', '2027-W01', '2027-01-04'],
    ['2024-12-30', '2025-W01', '2024-12-30'],
    ['2023-01-01', '2022-W52', '2022-12-26'],
    ['1969-12-31', '1970-W01', '1969-12-29'],
  ])('%s is in %s, from Monday %s', (date, week, from) => {
    expect(weeksBetween(day(date), day(date))).toEqual([{ week, from }]);
  });

  test('none is left out from the first to the last, and none before the first', () => {
    expect(weeksBetween(day('2026-12-27'), day('2027-01-04')).map(({ week }) => week)).toEqual([
      '2026-W52',
      '2026-W53',
      '2027-W01',
    ]);
    expect(weeksBetween(day('2027-01-04'), day('2027-01-03'))).toEqual([]);
  });

  test('every day is in the week of the Monday on or before it', () => {
    fc.assert(
      fc.property(aDay, (date) => {
        const monday = mondayOf(date);
        expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
        expect(daysBetween(monday, date)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(monday, date)).toBeLessThan(7);
      }),
    );
  });

  test('follow each other with names of their own, in order', () => {
    fc.assert(
      fc.property(aDay, fc.nat(900), (first, days) => {
        const weeks = weeksBetween(first, daysAfter(first, days));
        const names = weeks.map(({ week }) => week);
        expect(names).toEqual([...new Set(names)].toSorted());
        for (const [index, { from }] of weeks.entries())
          expect(from).toBe(daysAfter(mondayOf(first), index * 7));
      }),
    );
  });
});

describe('the weeks shown', () => {
  const closedOn = (...days: string[]) => days.map((date) => aLine({ closedOn: day(date) }));
  const first = (weeks: readonly { from: Day }[]) => [weeks[0]?.from, weeks.at(-1)?.from, weeks.length];

  test.each([
    ['from the first closing to the last day', closedOn('2026-03-04', '2026-02-03'), undefined, '2026-03-10'],
    ['from the day asked for', closedOn('2026-03-04'), '2026-02-05', '2026-03-10'],
  ])('%s', (_, lines, from, to) => {
    expect(first(weeksShown(lines, from as Day | undefined, day(to)))).toEqual([
      '2026-02-02',
      '2026-03-09',
      6,
    ]);
  });

  test('none where nothing was closed and no first day is asked for', () => {
    expect(weeksShown([aLine({})], undefined, day('2026-03-10'))).toEqual([]);
  });

  test('one where all was closed later', () => {
    expect(first(weeksShown(closedOn('2026-05-01'), undefined, day('2026-03-10')))).toEqual([
      '2026-03-09',
      '2026-03-09',
      1,
    ]);
  });

  test('no further back than a span goes, whatever a closing says', () => {
    const weeks = weeksShown(closedOn('1000-01-01', '2026-03-01'), undefined, day('2026-03-10'));
    expect(weeks[0]?.from).toBe(mondayOf(daysAfter(day('2026-03-10'), -MOST_DAYS)));
    expect(weeks.at(-1)?.from).toBe('2026-03-09');
  });
});
