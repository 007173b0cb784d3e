import { expect, test } from 'vitest';
import { cursorAfter, placeOf } from '../../../functions/app/cursor.ts';

test('a cursor leads back to its place in its own list, and is none of another', () => {
  const cursor = cursorAfter('register a', '0012');
  expect(placeOf('register a', cursor)).toBe('0012');
  expect(placeOf('register a', undefined)).toBeUndefined();
  expect(placeOf('register b', cursor)).toMatchObject({ refused: 'invalid-cursor' });
});

test.each([
  '',
  'x',
  '%%%',
  'W10',
  Buffer.from('["l",1]').toString('base64url'),
  Buffer.from('{"0":"l"}').toString('base64url'),
])('what is no cursor is refused: %j', (cursor) => {
  expect(placeOf('l', cursor)).toMatchObject({ refused: 'invalid-cursor' });
});
