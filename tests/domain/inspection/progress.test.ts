import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, type Day, daysAfter, type Instant, monthsAfter } from '../../../domain/dates.ts';
import { daysOfProgress, progressOverTime } from '../../../domain/inspection/progress.ts';
import { dueOn } from '../../../domain/inspection/tally.ts';
import { STATUSES, type Status } from '../../../domain/item/state.ts';

const day = (text: string) => text as Day;
const turn = (seq: number, status: Status, on: string, recorded = on) => ({
  seq,
  status,
  on: day(on),
  recordedAt: `${recorded}T02:00:00.000Z` as Instant,
});

describe('progress over time', () => {
  const items = [
    [
      turn(1, 'raised', '2025-01-01', '2025-01-10'),
      turn(2, 'rectifying', '2025-01-05', '2025-01-10'),
      turn(5, 'closed', '2025-02-01', '2025-03-01'),
      turn(6, 'reopened', '2025-04-01'),
    ],
    [turn(1, 'raised', '2025-01-01'), turn(2, 'withdrawn', '2025-02-10')],
  ];

  test('counts a turn from its day, and as recorded from the day on which the ledger learned of it', () => {
    const days = ['2024-12-31', '2025-01-01', '2025-02-01', '2025-02-10', '2025-03-01', '2025-04-01'].map(
      day,
    );
    expect(
      progressOverTime(items, days, CHINA).map(({ items: count, closed, closedAsRecorded }) => [
        count,
        closed,
        closedAsRecorded,
      ]),
    ).toEqual([
      [0, 0, 0],
      [2, 0, 0],
      [2, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
      [1, 0, 0],
    ]);
  });

  test('begins with the first turn, ends with the day asked for, and has at most so many days', () => {
    expect(daysOfProgress(items, day('2025-01-03'), 90)).toEqual(['2025-01-01', '2025-01-02', '2025-01-03']);
    const days = daysOfProgress(items, day('2026-01-01'), 10);
    expect([days.length, days[0], days.at(-1)]).toEqual([10, '2025-01-01', '2026-01-01']);
    expect(daysOfProgress([], day('2026-01-01'), 10)).toEqual([]);
    expect(daysOfProgress([[]], day('2026-01-01'), 10)).toEqual([]);
    expect(daysOfProgress([[turn(1, 'raised', '2026-01-01')]], day('2026-01-01'), 10)).toEqual([
      '2026-01-01',
    ]);
  });

  test('on the last day says what the items say', () => {
    const anItem = fc.array(
      fc.record({ status: fc.constantFrom(...STATUSES), day: fc.integer({ min: 0, max: 400 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(anItem, { maxLength: 8 }), (drawn) => {
        const histories = drawn.map((turns) =>
          turns
            .sort((one, other) => one.day - other.day)
            .map((one, index) => turn(index + 1, one.status, daysAfter(day('2025-01-01'), one.day))),
        );
        const [last] = progressOverTime(histories, [day('2027-01-01')], CHINA);
        // What is withdrawn stays so.
        const ends = histories.map(
          (turns) => (turns.find(({ status }) => status === 'withdrawn') ?? turns.at(-1))?.status,
        );
        expect(last?.closed).toBe(ends.filter((status) => status === 'closed').length);
        expect(last?.items).toBe(
          ends.filter((status) => status !== undefined && status !== 'withdrawn').length,
        );
      }),
    );
  });
});

describe('days', () => {
  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-07-16', 6, '2025-01-16'],
    ['2024-12-01', 1, '2025-01-01'],
    ['2024-03-31', 13, '2025-04-30'],
    ['2024-03-08', 0, '2024-03-08'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(monthsAfter(day(from), months)).toBe(to);
  });

  test.each([
    ['2025-06-29', 'overdue'],
    ['2025-06-30', 'within10'],
    ['2025-07-10', 'within10'],
    ['2025-07-11', 'within20'],
    ['2025-07-20', 'within20'],
    ['2025-07-21', 'later'],
    ['2025-06', 'within10'],
    [null, 'undated'],
  ])('a deadline of %s is %s on 30 June', (deadline, due) => {
    expect(dueOn(deadline as never, day('2025-06-30'))).toBe(due);
  });
});
