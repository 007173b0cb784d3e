import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSettled, readCut } from '../../domain/cut.ts';
import {
  type Day,
  day,
  dayOf,
  daysBetween,
  earliestDay,
  effectDay,
  endOfDay,
  epochMs,
  type Instant,
  instant,
  instantOf,
  lastDay,
  parseRfc3339,
  partialDate,
  zoneOffset,
} from '../../domain/dates.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { on } from './kit.ts';

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const ms = fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(9999, 11, 30) });
const zone = fc.integer({ min: -14 * 60, max: 14 * 60 });
const aDay = ms.map((at) => on(new Date(at).toISOString().slice(0, 10)) as Day);

test('a date is valid exactly where the calendar has it', () => {
  const dates = fc.tuple(
    fc.integer({ min: 1000, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  );
  fc.assert(
    fc.property(dates, ([year, month, date]) => {
      const found = new Date(Date.UTC(year, month - 1, date));
      const exists = found.getUTCMonth() === month - 1 && found.getUTCDate() === date && month > 0;
      expect(partialDate(`${year}-${pad(month)}-${pad(date)}`) !== undefined).toBe(exists);
      expect(partialDate(`${year}-${pad(month)}`) !== undefined).toBe(month >= 1 && month <= 12);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  '',
  '24',
  '0999',
  '2024-1',
  '2024-02-30',
  '2023-02-29',
  '1900-02-29',
  '2024-13',
  '2024-00',
  '2024-01-00',
  '2024-01-1',
  '2024/01/01',
  '2024-01-01T',
  ' 2024',
  '2024-01-01\n',
  '２０２４',
])('%j is no date', (text) => {
  expect(partialDate(text)).toBeUndefined();
});

test('a leap day exists in leap years', () => {
  expect(['2024-02-29', '2000-02-29', '2400-02-29'].map(partialDate)).not.toContain(undefined);
});

test('a month lasts to its last day, a year to its 31 December', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const text = `${year}-${pad(month)}`;
      const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
      expect([earliestDay(on(text)), lastDay(on(text))]).toEqual([`${text}-01`, last]);
      expect([earliestDay(on(`${year}`)), lastDay(on(`${year}`))]).toEqual([
        `${year}-01-01`,
        `${year}-12-31`,
      ]);
      expect([earliestDay(on(last)), lastDay(on(last))]).toEqual([last, last]);
    }),
  );
});

describe('the zone', () => {
  test('the day of an instant is what the calendar of that zone says', () => {
    fc.assert(
      fc.property(ms, zone, (at, offset) => {
        const shifted = new Date(at + offset * 60_000);
        expect(dayOf(instantOf(at), offset)).toBe(
          `${shifted.getUTCFullYear()}-${pad(shifted.getUTCMonth() + 1)}-${pad(shifted.getUTCDate())}`,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('and what Intl says, for whole hours', () => {
    const modern = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(modern, fc.integer({ min: -12, max: 14 }), (at, hours) => {
        // POSIX signs: Etc/GMT-8 is eight hours east.
        const timeZone = hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
        const said = new Intl.DateTimeFormat('en-CA', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
        }).format(at);
        expect(dayOf(instantOf(at), hours * 60)).toBe(said);
      }),
    );
  });

  test('a day ends one millisecond before the next begins', () => {
    fc.assert(
      fc.property(aDay, zone, (date, offset) => {
        const end = endOfDay(date, offset);
        expect(dayOf(end, offset)).toBe(date);
        expect(daysBetween(date, dayOf(instantOf(epochMs(end) + 1), offset))).toBe(1);
      }),
    );
  });

  test('days between are whole, whatever lies between', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -100_000, max: 100_000 }), (from, days) => {
        const to = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
        if (day(to)) expect(daysBetween(from, on(to) as Day)).toBe(days);
      }),
    );
  });

  test.each([
    ['Z', 0],
    ['+08:00', 480],
    ['-05:30', -330],
    ['+14:00', 840],
    ['+14:01', undefined],
    ['+08:60', undefined],
    ['+8:00', undefined],
    ['0800', undefined],
    ['', undefined],
  ])('offset %j is %s', (text, minutes) => {
    expect(zoneOffset(text as string)).toBe(minutes);
  });
});

describe('instants', () => {
  test('compare as text as they do in time', () => {
    fc.assert(
      fc.property(ms, ms, (one, other) => {
        expect(Math.sign(one - other)).toBe(
          instantOf(one) < instantOf(other) ? -1 : instantOf(one) > instantOf(other) ? 1 : 0,
        );
        expect(instant(instantOf(one))).toBe(instantOf(one));
      }),
    );
  });

  test('are read with any offset, to the millisecond', () => {
    fc.assert(
      fc.property(ms, zone, fc.constantFrom('T', 't'), (at, offset, letter) => {
        const local = new Date(at + offset * 60_000).toISOString().slice(0, -1).replace('T', letter);
        const sign = offset < 0 ? '-' : '+';
        const text = `${local}${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
        expect(parseRfc3339(text)).toBe(instantOf(at));
      }),
    );
  });

  test.each([
    ['2024-03-04T09:00:00+08:00', '2024-03-04T01:00:00.000Z'],
    ['2024-03-04T01:00:00.9999Z', '2024-03-04T01:00:00.999Z'],
    ['2024-03-04T01:00:00.5z', '2024-03-04T01:00:00.500Z'],
    ['2024-03-04T01:00:00', undefined],
    ['2024-03-04 01:00:00Z', undefined],
    ['2024-03-04T24:00:00Z', undefined],
    ['2024-06-30T23:59:60Z', undefined],
    ['2024-02-30T00:00:00Z', undefined],
    ['2024-03-04T01:00Z', undefined],
  ])('%s is %s', (text, expected) => {
    expect(parseRfc3339(text)).toBe(expected);
  });

  test.each([
    '2024-03-04T01:00:00Z',
    '2024-03-04T01:00:00.000+00:00',
    '2024-02-30T01:00:00.000Z',
    '+010000-01-01T00:00:00.000Z',
  ])('%s is not the form that the ledger writes', (text) => {
    expect(instant(text)).toBeUndefined();
  });
});

describe('effect dates', () => {
  const recordedAt = '2024-03-04T16:00:00.000Z' as Instant;
  test.each([
    ['2024-01-15', '2024-01-15'],
    ['2024-02', '2024-02-29'],
    ['2023', '2023-12-31'],
    // Still running when it was recorded: what had happened had happened by then.
    ['2024-03', '2024-03-05'],
    ['2024', '2024-03-05'],
    // Moved past its recording by a correction.
    ['2024-05', '2024-05-31'],
    ['2024-04-01', '2024-04-01'],
    [undefined, '2024-03-05'],
  ])('%s counts from %s', (occurredOn, effect) => {
    expect(effectDay(occurredOn === undefined ? undefined : on(occurredOn), recordedAt, 480)).toBe(effect);
  });
});

describe('a cut', () => {
  const now = '2024-03-04T03:00:00.000Z' as Instant;
  const read = (recordedAsOf?: string, effectiveOn?: string) => {
    const cut = readCut({ recordedAsOf, effectiveOn }, now, 480);
    return isRefusal(cut) ? cut.refused : cut;
  };
  test.each([
    [
      'a bare date means to the end of that day in the zone',
      '2024-03-03',
      { recordedAsOf: '2024-03-03T15:59:59.999Z' },
    ],
    ['of today it means up to now', '2024-03-04', { recordedAsOf: now }],
    ['an instant has its offset', '2024-03-04T10:59:59+08:00', { recordedAsOf: '2024-03-04T02:59:59.000Z' }],
    ['an instant without offset is refused', '2024-03-04T10:59:59', 'invalid-fields'],
    ['a month is refused', '2024-03', 'invalid-fields'],
    ['now is not the future', now, { recordedAsOf: now }],
    ['a millisecond later is', '2024-03-04T03:00:00.001Z', 'cut-in-future'],
    ['tomorrow is', '2024-03-05', 'cut-in-future'],
    ['the last day of the calendar is, wherever it ends', '9999-12-31T23:59:59-12:00', 'cut-in-future'],
  ])('%s', (_, asked, expected) => {
    const outcome = read(asked);
    if (typeof expected === 'string') expect(outcome).toBe(expected);
    else expect(outcome).toEqual({ ...expected, effectiveOn: undefined });
  });

  test('an effective day is a day, up to today', () => {
    expect(read(undefined, '2024-03-04')).toEqual({ effectiveOn: '2024-03-04', recordedAsOf: undefined });
    expect([
      read(undefined, '2024-03'),
      read(undefined, '2024-03-05'),
      read('2024-03-01', '2024-03-05'),
    ]).toEqual(['invalid-fields', 'cut-in-future', 'cut-in-future']);
  });

  test('is settled once it is older than the tolerated skew', () => {
    const settledAfter = (wait: number) => isSettled({ recordedAsOf: now }, instantOf(epochMs(now) + wait));
    expect([settledAfter(0), settledAfter(5_000), settledAfter(5_001)]).toEqual([false, false, true]);
    expect(isSettled({ effectiveOn: on('2020-01-01') as Day }, now)).toBe(false);
  });
});
