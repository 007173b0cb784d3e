import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alike, type Likeness, type OwnedText, plainText } from '../../../domain/look-back/similarity.ts';

const trigrams = (text: string): Set<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3)));

/** The Jaccard index as a fraction, the plain way. */
function jaccard(one: string, other: string): readonly [common: number, all: number] {
  const [a, b] = [trigrams(one), trigrams(other)];
  const common = [...a].filter((gram) => b.has(gram)).length;
  return [common, a.size + b.size - common];
}

const reaches = ([common, all]: readonly [number, number], percent: number): boolean =>
  all > 0 && common * 100 >= all * percent;

/** Few letters and many cuttings of one long text, so that much is alike, and much nearly. */
const LONG = '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳';
const aText = fc.oneof(
  fc.string({ unit: fc.constantFrom('甲', '乙', '丙'), maxLength: 12 }),
  fc.tuple(fc.nat(12), fc.nat(32)).map(([from, length]) => LONG.slice(from, from + length)),
  fc
    .tuple(fc.nat(30), fc.constantFrom('甲', '乙', ''))
    .map(([at, put]) => `${LONG.slice(0, at)}${put}${LONG.slice(at + 1)}`),
);
const texts: fc.Arbitrary<OwnedText[]> = fc.array(
  fc.record({ owner: fc.constantFrom('one', 'two', 'three'), text: aText }),
  { maxLength: 14 },
);

test('a text gets a partner of another owner exactly where there is one, with its exact percent', () => {
  let partners = 0;
  fc.assert(
    fc.property(texts, fc.integer({ min: 50, max: 99 }), (all, percent) => {
      const found = alike(all, percent);
      const byText = new Map<number, Likeness>(found.map((likeness) => [likeness.one, likeness]));
      expect(byText.size).toBe(found.length);
      all.forEach(({ owner, text }, at) => {
        const likeness = byText.get(at);
        const exists = all.some(
          (other) => other.owner !== owner && reaches(jaccard(text, other.text), percent),
        );
        expect([text, likeness !== undefined]).toEqual([text, exists]);
        if (!likeness) return;
        partners += 1;
        const other = all[likeness.other] as OwnedText;
        expect(other.owner).not.toBe(owner);
        const [common, union] = jaccard(text, other.text);
        expect(likeness.percent).toBe(Math.floor((common * 100) / union));
        expect(reaches([common, union], percent)).toBe(true);
      });
    }),
    { numRuns: 500 },
  );
  expect(partners).toBeGreaterThan(200);
});

test('at the bound two texts are alike, a trigram below they are not', () => {
  const owned = (...both: readonly string[]): OwnedText[] =>
    both.map((text, index) => ({ owner: String(index), text }));
  const [nineteen, eighteen] = [LONG.slice(0, 19), LONG.slice(0, 18)];
  expect(alike(owned(nineteen, `${nineteen}甲乙丙`), 85)).toEqual([
    { one: 1, other: 0, percent: 85 },
    { one: 0, other: 1, percent: 85 },
  ]);
  expect(alike(owned(eighteen, `${eighteen}甲乙丙`), 85)).toEqual([]);
});

test('of texts that are alike to one only, each finds it', () => {
  const one = LONG.slice(0, 27);
  const texts = [one, `${one}甲乙`, `丙丁${one}`].map((text, index) => ({
    owner: index === 0 ? 'two' : 'one',
    text,
  }));
  const pairs = [...alike([...texts.slice(1), ...texts.slice(0, 1)], 90)].map(({ one, other }) => [
    one,
    other,
  ]);
  expect(pairs.sort()).toEqual([
    [0, 2],
    [1, 2],
    [2, 0],
  ]);
});

test('thousands of texts from one mould, none of them alike enough, are compared within seconds', () => {
  const mould = LONG.repeat(2);
  const many = Array.from({ length: 3_000 }, (_, index) => ({
    owner: String(index),
    text: `${mould}${Array.from({ length: 16 }, (_, at) => String.fromCodePoint(0x20000 + index * 16 + at)).join('')}`,
  }));
  const began = performance.now();
  expect(alike(many, 85)).toEqual([]);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test.each([
  ['spaces and punctuation', ' 一、修订《办法》（试行）。\n', '一修订办法试行'],
  ['full-width letters and digits', 'ＡＢｃ１２', 'abc12'],
  ['nothing but punctuation', '——……！', ''],
])('plain text: %s', (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
  expect(plainText(plain)).toBe(plain);
});
