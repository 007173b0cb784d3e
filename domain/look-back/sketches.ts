/** Of each set; 128 bits tell short texts apart, and of long ones more may differ anyway. */
const WORDS = 4;

const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/**
 * By how many members two of the sets, named by their places, differ at least: every member sets one bit of a sketch,
 * so sketches differ in no more bits than the sets do in members. Takes the same time however large the sets are.
 */
export function sketched(
  sets: readonly { readonly at: number; readonly grams: Int32Array }[],
): (one: number, other: number) => number {
  const sketches = new Int32Array(sets.length * WORDS);
  for (const { at, grams } of sets) {
    for (const gram of grams) {
      const bit = Math.imul(gram + 1, 0x9e3779b1) >>> 25;
      const word = at * WORDS + (bit >>> 5);
      sketches[word] = (sketches[word] as number) | (1 << (bit & 31));
    }
  }
  return (one, other) => {
    let differing = 0;
    for (let word = 0; word < WORDS; word += 1) {
      const [a, b] = [sketches[one * WORDS + word] as number, sketches[other * WORDS + word] as number];
      differing += bitsIn(a ^ b);
    }
    return differing;
  };
}
