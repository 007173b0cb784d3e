import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Day } from '../../../domain/dates.ts';
import { groupedFigures } from '../../../domain/figures/figures.ts';
import { csvLines } from '../../../functions/documents/csv.ts';
import { CODES, figuresCsv } from '../../../functions/documents/figures-csv.ts';
import { aLine } from '../../domain/figures/kit.ts';
import { aCaseId } from '../../kit/event-rows.ts';

const day = (text: string) => text as Day;

/** Closed as of nine days before its raise: days below 0, and an office whose name would be a formula. */
const line = aLine({ lead: '-9', returns: 3, raisedOn: day('2026-01-15'), closedOn: day('2026-01-06') });
const file = figuresCsv(
  {
    caseId: aCaseId('figures-csv'),
    title: '－1+2',
    on: day('2026-03-01'),
    weeks: [],
    ...groupedFigures([line, aLine({ lead: '-9', withdrawn: true }), aLine({ withdrawn: true })], []),
  },
  CODES,
);
const rows = file
  .replace('\ufeff', '')
  .trimEnd()
  .split('\r\n')
  .map((row) => row.split(','));

describe('the file of figures', () => {
  test('has numbers below 0 as numbers, so that a spreadsheet sums them', () => {
    const days = rows.filter((row) => row[0] === 'case' && row[5]?.startsWith('daysToClose.'));
    expect(days.map((row) => [row[5], row.at(-1)])).toEqual([
      ['daysToClose.count', '1'],
      ['daysToClose.sum', '-9'],
      ['daysToClose.median', '-9'],
      ['daysToClose.lowerQuartile', '-9'],
      ['daysToClose.upperQuartile', '-9'],
    ]);
  });

  test('has returns for each item, and nothing where there is no item', () => {
    const perItem = rows.filter((row) => row[5] === 'returnsPerItem');
    expect(perItem.map((row) => [row[0], row[3], row.at(-1)])).toEqual([
      ['case', '', '3'],
      ['office', "'-9", '3'],
      ['office', '财政办', ''],
      ['term', '', '3'],
    ]);
  });

  test('has what people wrote as text, though it looks like a number', () => {
    expect(new Set(rows.slice(1).map((row) => row[2]))).toEqual(new Set(["'－1+2"]));
    expect(rows.filter((row) => row[0] === 'office').map((row) => row[3])).toContain("'-9");
  });
});

test('law 9: no text is a formula, whatever stands before its sign; every number is itself', () => {
  const blank = fc.constantFrom('', ' ', '\t', '\r', '\n', '\u00a0', '\u200b', '\ufeff');
  const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠');
  fc.assert(
    fc.property(
      blank,
      blank,
      sign,
      fc.string(),
      fc.double({ noNaN: true }),
      (one, other, first, rest, number) => {
        const text = one + other + first + rest;
        const [cell = ''] = [csvLines([[text]])];
        expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
        expect(csvLines([[number]])).toBe(`${String(number)}\r\n`);
      },
    ),
  );
});
