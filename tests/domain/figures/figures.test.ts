import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, type Day, daysAfter } from '../../../domain/dates.ts';
import { TERMS } from '../../../domain/entries.ts';
import { type Figures, figuresOf, groupedFigures } from '../../../domain/figures/figures.ts';
import { type ItemLine, lineOf } from '../../../domain/figures/item-line.ts';
import { spreadOf } from '../../../domain/figures/spread.ts';
import { weeksBetween, weeksShown } from '../../../domain/figures/weeks.ts';
import { foldItemView } from '../../../domain/replay.ts';
import { itemHistories } from '../histories.ts';
import {
  closed,
  committee,
  eventsOf,
  ITEM,
  lead,
  raised,
  record,
  reopened,
  type Wish,
  withdrawn,
} from '../kit.ts';
import { aLine } from './kit.ts';

const day = (text: string) => text as Day;

describe('the middle of numbers', () => {
  test.each([
    [[], 0, null, null, null],
    [[7], 7, 7, 7, 7],
    [[9, 2], 11, 2, 5.5, 9],
    [[30, 1, 20], 51, 10.5, 20, 25],
    [[4, 1, 3, 2], 10, 1.5, 2.5, 3.5],
    [[10, 9, 100], 119, 9.5, 10, 55],
    [[5, 4, 3, 2, 1], 15, 2, 3, 4],
  ])(
    'of %j: sum %s, lower quartile %s, median %s, upper quartile %s',
    (numbers, sum, lower, median, upper) => {
      expect(spreadOf(numbers)).toEqual({
        count: numbers.length,
        sum,
        lowerQuartile: lower,
        median,
        upperQuartile: upper,
      });
    },
  );

  test('lies between the quartiles, with at least half of them on either side, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 1 }), (numbers) => {
        const { median, lowerQuartile, upperQuartile } = spreadOf(numbers);
        const middle = median ?? Number.NaN;
        expect(lowerQuartile).toBeLessThanOrEqual(middle);
        expect(upperQuartile).toBeGreaterThanOrEqual(middle);
        expect(numbers.filter((one) => one <= middle).length * 2).toBeGreaterThanOrEqual(numbers.length);
        expect(numbers.filter((one) => one >= middle).length * 2).toBeGreaterThanOrEqual(numbers.length);
        expect(spreadOf(numbers.toReversed())).toEqual(spreadOf(numbers));
      }),
    );
  });
});

describe('what an item counts as', () => {
  const line = (wishes: readonly Wish[]) => lineOf(foldItemView(eventsOf(record(ITEM, wishes)), CHINA));

  test('nothing before it was raised', () => {
    expect(line([])).toBeUndefined();
  });

  test.each<[string, readonly Wish[], Partial<ItemLine>]>([
    ['raised: nobody leads it', raised, { lead: null, term: null, closedOn: null, withdrawn: false }],
    ['closed: on the day of its closing', closed, { lead: '财政办', closedOn: day('2024-03-04') }],
    ['reopened: open again', reopened, { closedOn: null, raisedOn: day('2024-03-04') }],
    ['withdrawn', withdrawn, { withdrawn: true, closedOn: null }],
    [
      'extended: by the days granted',
      [
        ...raised,
        committee('OfficeAssigned', { lead: '财政办', deadline: '2024-06' }),
        committee('DeadlineExtended', { to: '2024-07-10', reason: '同意' }),
      ],
      { extensions: 1, extensionDays: 10 },
    ],
  ])('%s', (_, wishes, expected) => {
    expect(line(wishes)).toMatchObject(expected);
  });

  test('closed, reopened and closed again: at its present closing', () => {
    const again = [
      ...reopened,
      lead('MeasureCompleted'),
      lead('EvidenceAttached'),
      lead('ClosureRequested'),
      committee('ItemClosed'),
    ];
    const entries = record(ITEM, again);
    const last = entries.at(-1)?.event;
    const dated = eventsOf(entries).map((event) =>
      event.seq === last?.seq
        ? { ...event, recordedAt: '2024-06-05T02:00:00.000Z' as typeof event.recordedAt }
        : event,
    );
    expect(last?.type).toBe('ItemClosed');
    expect(lineOf(foldItemView(dated, CHINA))).toMatchObject({ closedOn: '2024-06-05' });
  });
});

describe('figures', () => {
  const weeks = weeksBetween(day('2026-02-02'), day('2026-02-22'));
  const lines = [
    aLine({ raisedOn: day('2026-01-05'), closedOn: day('2026-02-02'), returns: 2, term: 'immediate' }),
    aLine({ raisedOn: day('2026-01-05'), closedOn: day('2026-02-08') }),
    aLine({ raisedOn: day('2026-02-01'), closedOn: day('2026-02-16'), lead: '民政办', returns: 1 }),
    aLine({ raisedOn: day('2026-01-05'), closedOn: day('2026-02-01'), extensions: 2, extensionDays: 40 }),
    aLine({ raisedOn: day('2026-03-05'), closedOn: day('2026-02-23'), lead: null }),
    aLine({ raisedOn: day('2026-01-05'), lead: '民政办', extensions: 1, extensionDays: 0 }),
    aLine({ withdrawn: true, returns: 9, extensions: 9, extensionDays: 9 }),
  ];

  test('count closings by week, 0 included, and the others beside', () => {
    expect(figuresOf(lines, weeks)).toEqual({
      items: 6,
      withdrawn: 1,
      closed: 5,
      closedByWeek: [2, 0, 1],
      closedBefore: 1,
      closedAfter: 1,
      daysToClose: { count: 5, sum: 94, lowerQuartile: 15, median: 27, upperQuartile: 28 },
      returns: { sum: 3, items: 2, perItem: 0.5 },
      extensions: { sum: 3, items: 2, days: 40 },
    });
  });

  test.each([
    [[], null],
    [[0, 0], 0],
    [[1, 0, 0], 0.33],
    [[2, 0, 0], 0.67],
    [[1, 0, 0, 0, 0, 0, 0, 0], 0.13],
    [[2, 3], 2.5],
  ])('returns of %j for each item are %s, to two decimals', (returns, perItem) => {
    const some = [...returns.map((one) => aLine({ returns: one })), aLine({ withdrawn: true, returns: 9 })];
    expect(figuresOf(some, []).returns.perItem).toBe(perItem);
  });

  test('stand by lead office in the order of their codes, and by term as far as there are any', () => {
    const { byOffice, byTerm } = groupedFigures(lines, weeks);
    expect(byOffice.map(({ office, items, closed: count }) => [office, items, count])).toEqual([
      ['民政办', 2, 1],
      ['财政办', 3, 3],
      [null, 1, 1],
    ]);
    expect(byTerm.map(({ term, items }) => [term, items])).toEqual([
      ['immediate', 1],
      [null, 5],
    ]);
    expect(byOffice[1]?.closedByWeek).toEqual([2, 0, 0]);
  });

  const someDay = fc.integer({ min: 0, max: 800 }).map((days) => daysAfter(day('2024-01-01'), days));
  const anyLine: fc.Arbitrary<ItemLine> = fc.record({
    lead: fc.constantFrom('财政办', '民政办', '城建办', null),
    term: fc.constantFrom(...TERMS, null),
    withdrawn: fc.boolean(),
    raisedOn: fc.option(someDay),
    closedOn: fc.option(someDay),
    returns: fc.nat(4),
    extensions: fc.nat(3),
    extensionDays: fc.nat(90),
  });

  /** Every number that adds up, in one order. */
  const addable = (one: Figures): number[] => [
    ...[one.items, one.withdrawn, one.closed, one.closedBefore, one.closedAfter],
    ...one.closedByWeek,
    ...[one.daysToClose.count, one.daysToClose.sum, one.returns.sum, one.returns.items],
    ...[one.extensions.sum, one.extensions.items, one.extensions.days],
  ];

  test('of all offices, and of all terms, add up to the whole; the weeks to what is closed', () => {
    fc.assert(
      fc.property(fc.array(anyLine), someDay, fc.option(someDay, { nil: undefined }), (some, one, other) => {
        const [from, to] = other !== undefined && other < one ? [other, one] : [undefined, one];
        const { whole, byOffice, byTerm } = groupedFigures(some, weeksShown(some, from, to));
        const sum = (groups: readonly Figures[]) =>
          addable(whole).map((_, index) =>
            groups.reduce((total, group) => total + (addable(group)[index] ?? Number.NaN), 0),
          );
        expect(sum(byOffice)).toEqual(addable(whole));
        expect(sum(byTerm)).toEqual(addable(whole));
        const inWeeks = whole.closedByWeek.reduce((total, count) => total + count, 0);
        expect(whole.closedBefore + inWeeks + whole.closedAfter).toBe(whole.closed);
        expect(whole.items + whole.withdrawn).toBe(some.length);
      }),
    );
  });

  test('as the ledger said then are those of the entries that it had then', () => {
    fc.assert(
      fc.property(fc.array(itemHistories, { maxLength: 3 }), fc.nat(60), (histories, place) => {
        const all = histories.flat().map(({ header }) => header.recordedAt);
        const recordedAsOf = all[place % Math.max(1, all.length)];
        if (recordedAsOf === undefined) return;
        const on = day('2024-12-31');
        const figures = (read: (events: ReturnType<typeof eventsOf>) => ReturnType<typeof foldItemView>) => {
          const some = histories.flatMap((history) => lineOf(read(eventsOf(history))) ?? []);
          return groupedFigures(some, weeksShown(some, undefined, on));
        };
        const then = figures((events) => foldItemView(events, CHINA, { recordedAsOf }));
        const earlier = figures((events) =>
          foldItemView(
            events.filter((event) => event.recordedAt <= recordedAsOf),
            CHINA,
          ),
        );
        expect(then).toEqual(earlier);
      }),
      { numRuns: 30 },
    );
  });
});
