import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, type Json } from '../../domain/canonical.ts';

/** RFC 8785 a second time, after the letter: names compared unit by unit, strings written character by character. */
function byTheBook(value: Json): string {
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'number') return value.toString();
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(byTheBook).join()}]`;
  const names = Object.keys(value);
  const members = value as { readonly [name: string]: Json };
  const parts: string[] = [];
  while (names.length > 0) {
    const least = names.reduce((one, other) => (precedes(other, one) ? other : one));
    names.splice(names.indexOf(least), 1);
    parts.push(`${quoted(least)}:${byTheBook(members[least] as Json)}`);
  }
  return `{${parts.join()}}`;
}

function precedes(one: string, other: string): boolean {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one.charCodeAt(at) !== other.charCodeAt(at)) return one.charCodeAt(at) < other.charCodeAt(at);
  }
  return one.length < other.length;
}

const SHORT: { readonly [character: string]: string } = {
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
};

function quoted(text: string): string {
  let result = '"';
  for (const character of text) {
    const unit = character.charCodeAt(0);
    if (SHORT[character]) result += `\\${SHORT[character]}`;
    else result += unit < 0x20 ? `\\u${unit.toString(16).padStart(4, '0')}` : character;
  }
  return `${result}"`;
}

const words = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      '1',
      '\u20ac',
      '\r',
      '\ufb33',
      '\u0080',
      '\u00f6',
      '😀',
      '"',
      '\\',
      '\u0007',
      '\u2028',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    words,
    fc.array(tie('value')),
    fc.dictionary(words, tie('value')) as fc.Arbitrary<Json>,
  ),
})).value;

test('canonical JSON is RFC 8785 by an independent hand', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonical(value)).toBe(byTheBook(value));
    }),
    { numRuns: 500 },
  );
});

test('it says the same value again, and is its own canonical form', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonical(value);
      expect(canonical(JSON.parse(text))).toBe(text);
    }),
  );
});

test('it does not depend on the order in which members were set', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(words, fc.maxSafeInteger()), { selector: ([name]) => name }),
      (members) => {
        expect(canonical(Object.fromEntries(members))).toBe(
          canonical(Object.fromEntries(members.toReversed())),
        );
      },
    ),
  );
});

// RFC 8785 section 3.2.3.
test('names sort by UTF-16 code units, not by code points', () => {
  const names = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  expect(Object.values(JSON.parse(canonical(names)))).toHaveLength(7);
  expect([...canonical(names).matchAll(/:"([^"]*)"/g)].map((match) => match[1])).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('an undefined member is left out, and no number but a safe integer is written', () => {
  expect(canonical({ b: undefined, a: -0 })).toBe('{"a":0}');
  for (const number of [0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => canonical(number)).toThrow(RangeError);
});
