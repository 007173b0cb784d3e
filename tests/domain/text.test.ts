import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  caseId,
  evidenceId,
  itemId,
  MAX_ITEMS,
  MAX_SEQ,
  measureId,
  mintedSeq,
  mintItemId,
} from '../../domain/ids.ts';
import { normaliseText } from '../../domain/text.ts';

/** Anything a client can send, halves of surrogate pairs included. */
const units = fc.array(
  fc.oneof(
    fc.constantFrom(0x0d, 0x0a, 0x20, 0x09, 0x3000, 0xfeff, 0x65, 0x301, 0x212b, 0xd842, 0xdfb7, 0x00),
    fc.nat(0xffff),
  ),
  { maxLength: 12 },
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  units.map((codes) => String.fromCharCode(...codes)),
);

test('what comes out is NFC, trimmed, with LF as its only control character, and whole', () => {
  fc.assert(
    fc.property(anyText, (input) => {
      const result = normaliseText(input, 1_000);
      if ('fault' in result) return;
      const { value } = result;
      expect(value).toBe(value.normalize('NFC'));
      expect(value).toBe(value.trim());
      expect([...value].filter((character) => character !== '\n' && /\p{Cc}/u.test(character))).toEqual([]);
      expect(
        [...value].every((character) => character.length === 2 || !/[\ud800-\udfff]/.test(character)),
      ).toBe(true);
      expect(value.length).toBeGreaterThan(0);
    }),
    { numRuns: 2_000 },
  );
});

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(anyText, (input) => {
      const once = normaliseText(input, 1_000);
      if ('value' in once) expect(normaliseText(once.value, 1_000)).toEqual(once);
    }),
    { numRuns: 2_000 },
  );
});

test('line ends of every system, blanks around and forms of a letter make no difference', () => {
  const same = ['甲\n乙é', '甲\r\n乙é', '甲\r乙é', '  甲\n乙é\u3000\t\n', '甲\n乙e\u0301'];
  expect(same.map((text) => normaliseText(text, 10))).toEqual(same.map(() => ({ value: '甲\n乙é' })));
});

test.each([
  ['', 'empty'],
  [' \r\n\u3000\t', 'empty'],
  ['甲\t乙', 'control-character'],
  ['甲\u0000', 'control-character'],
  ['甲\u0085乙', 'control-character'],
  ['甲\u000b乙', 'control-character'],
  ['\ud842', 'lone-surrogate'],
  ['\udfb7甲', 'lone-surrogate'],
  ['12345678901', 'too-long'],
  [' '.repeat(41), 'too-long'],
  [`e${'\u0301'.repeat(31)}`, 'combining-marks'],
])('%j is refused: %s', (input, fault) => {
  expect(normaliseText(input, fault === 'combining-marks' ? 1_000 : 10)).toEqual({ fault });
});

test('a limit counts what is stored, not what was sent', () => {
  expect(normaliseText(`  ${'甲'.repeat(10)}  `, 10)).toEqual({ value: '甲'.repeat(10) });
  expect(normaliseText('𠮷'.repeat(5), 10)).toEqual({ value: '𠮷'.repeat(5) });
  expect(normaliseText('e\u0301'.repeat(10), 10)).toEqual({ value: 'é'.repeat(10) });
});

test('item ids are minted in order, four digits wide, and read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: MAX_ITEMS + 5 }), (n) => {
      const id = mintItemId(n);
      if (n < 1 || n > MAX_ITEMS) expect(id).toBeUndefined();
      else expect([id?.length, Number(id), itemId(id ?? '')]).toEqual([4, n, id]);
    }),
  );
  expect([itemId('0000'), itemId('1'), itemId('00001'), itemId('０００１'), mintItemId(1.5)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('ids of measures and evidence name the entry that brought them, and nothing else reads as one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_SEQ }), (seq) => {
      expect([mintedSeq('m', measureId(seq)), mintedSeq('e', evidenceId(seq))]).toEqual([seq, seq]);
      expect([mintedSeq('e', measureId(seq)), mintedSeq('m', evidenceId(seq))]).toEqual([
        undefined,
        undefined,
      ]);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[me]?-?[0-9]{0,8}$/)), (text) => {
      const seq = mintedSeq('m', text);
      if (seq !== undefined) expect([measureId(seq), seq >= 1 && seq <= MAX_SEQ]).toEqual([text, true]);
    }),
  );
});

test.each([
  ['abc', true],
  ['a-1', true],
  ['ab', false],
  ['-ab', false],
  ['ab-', false],
  ['Abc', false],
  ['青山镇', false],
  ['a_b', false],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['abc\n', false],
])('%j as a case id: %s', (text, valid) => {
  expect(caseId(text)).toBe(valid ? text : undefined);
});
