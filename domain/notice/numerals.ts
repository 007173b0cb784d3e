const digits = new Map<string, number>(
  Object.entries({
    零: 0,
    〇: 0,
    '○': 0,
    一: 1,
    二: 2,
    两: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
  }),
);
const tens = new Map<string, number>(Object.entries({ 十: 1, 廿: 2, 卅: 3 }));

/** Characters that may stand in a Chinese numeral; for character classes. */
export const hanNumeralClass = '零〇○一二两三四五六七八九十廿卅百';

/** Longest numeral read; 九百九十九 has five characters, 二〇二四 four. */
const LONGEST = 8;

/** 一 to 九百九十九, 廿三, 一百零五, and digit by digit 二〇二四; undefined for anything else. */
export function hanNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > LONGEST) return undefined;
  let total = 0;
  let pending: number | undefined;
  let positional = 0;
  let sawUnit = false;
  for (const character of text) {
    const digit = digits.get(character);
    if (digit !== undefined) {
      positional = positional * 10 + digit;
      // 一百零五: the zero only holds the place of the tens.
      pending = digit === 0 && sawUnit ? undefined : digit;
      if (!sawUnit && pending === undefined) pending = digit;
      continue;
    }
    const ten = tens.get(character);
    if (ten !== undefined) {
      total += (character === '十' ? (pending ?? 1) : ten) * 10;
    } else if (character === '百') {
      if (pending === undefined) return undefined;
      total += pending * 100;
    } else {
      return undefined;
    }
    pending = undefined;
    sawUnit = true;
  }
  return sawUnit ? total + (pending ?? 0) : positional;
}

/** Half-width digits with optional thousands commas, or a Chinese numeral. The text must be folded. */
export function wholeNumber(text: string): number | undefined {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  if (/^\d{1,3}(?:,\d{3}){1,3}$/.test(text)) return Number(text.replaceAll(',', ''));
  return hanNumber(text);
}

/** Runs of numbered signs in Unicode: first code point, how many, and what the first counts. */
const enclosed: ReadonlyArray<readonly [first: number, count: number, value: number, style: EnclosedStyle]> =
  [
    [0x2460, 20, 1, 'circled'],
    [0x3251, 15, 21, 'circled'],
    [0x32b1, 15, 36, 'circled'],
    [0x2776, 10, 1, 'circled'],
    [0x2780, 10, 1, 'circled'],
    [0x278a, 10, 1, 'circled'],
    [0x2474, 20, 1, 'arabic-brackets'],
    [0x2488, 20, 1, 'arabic'],
    [0x3220, 10, 1, 'han-brackets'],
  ];

export type EnclosedStyle = 'circled' | 'arabic-brackets' | 'arabic' | 'han-brackets';

/** ①, ⑴, ⒈, ㈠ and their like. */
export function enclosedNumber(character: string): { value: number; style: EnclosedStyle } | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x2460 || code > 0x32bf) return undefined;
  for (const [first, count, value, style] of enclosed) {
    if (code >= first && code < first + count) return { value: value + code - first, style };
  }
  return undefined;
}
