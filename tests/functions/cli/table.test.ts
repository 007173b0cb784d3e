import { describe, expect, test } from 'vitest';
import { inert } from '../../../functions/cli/output.ts';
import { displayWidth, shorten, table } from '../../../functions/cli/table.ts';

test('Chinese characters are two columns wide, combining marks none', () => {
  expect(displayWidth('台账')).toBe(4);
  expect(displayWidth('（一）ab')).toBe(8);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('𠮷')).toBe(2);
});

test('columns line up whatever is in them', () => {
  const lines = table(
    ['lead', 'title'],
    [
      ['财政办', 'a'],
      ['x', '问题'],
      ['街道党工委', 'b'],
    ],
    undefined,
  );
  const starts = lines.map((line, at) =>
    displayWidth(line.slice(0, line.lastIndexOf(['title', 'a', '问题', 'b'][at] ?? ''))),
  );
  expect(new Set(starts)).toEqual(new Set([12]));
});

test('on a terminal the widest column gives way; in a pipe nothing is cut', () => {
  const long = '很'.repeat(60);
  expect(Math.max(...table(['id', 'title'], [['0001', long]], 40).map(displayWidth))).toBeLessThanOrEqual(40);
  expect(table(['id', 'title'], [['0001', long]], undefined)[1]).toContain(long);
});

test('shortening never halves a character', () => {
  expect(shorten('台账台账', 5)).toBe('台账…');
  expect(shorten('𠮷𠮷𠮷', 4)).toBe('𠮷…');
  expect(shorten('abc', 3)).toBe('abc');
});

describe('words of a user', () => {
  test.each([
    ['\u001b[2J\u001b]0;x\u0007', '�[2J�]0;x�'],
    ['一行\n两行', '一行 两行'],
    ['a\u202eb', 'a�b'],
    ['\u009b31m', '�31m'],
  ])('cannot steer the terminal: %j', (text, shown) => {
    expect(inert(text)).toBe(shown);
  });
});
