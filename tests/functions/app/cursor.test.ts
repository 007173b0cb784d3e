import { expect, test } from 'vitest';
import { cursorAfter, isOffset, placeOf } from '../../../functions/app/cursor.ts';

const any = (): boolean => true;

test('a cursor leads back to its place in its own list, and is none of another', () => {
  const cursor = cursorAfter('register a', '0012');
  expect(placeOf('register a', cursor, any)).toBe('0012');
  expect(placeOf('register a', undefined, any)).toBeUndefined();
  expect(placeOf('register b', cursor, any)).toMatchObject({ refused: 'invalid-cursor' });
});

test.each([
  '',
  'x',
  '%%%',
  'W10',
  Buffer.from('["l",1]').toString('base64url'),
  Buffer.from('{"0":"l"}').toString('base64url'),
])('what is no cursor is refused: %j', (cursor) => {
  expect(placeOf('l', cursor, any)).toMatchObject({ refused: 'invalid-cursor' });
});

test.each(['-5', 'abc', '1e9', 'Infinity', '1.5', '', '12345678'])(
  'an offset that no list gave is refused: %j',
  (place) => {
    expect(placeOf('l', cursorAfter('l', place), isOffset)).toMatchObject({ refused: 'invalid-cursor' });
    expect(placeOf('l', cursorAfter('l', '200'), isOffset)).toBe('200');
  },
);
