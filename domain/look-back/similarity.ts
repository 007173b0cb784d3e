import { sketched } from './sketches.ts';

/** Letters and digits alone: what two texts have in common does not hang on spaces and punctuation. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** A text of someone's, already plain. */
export interface OwnedText {
  readonly owner: string;
  readonly text: string;
}

/** Two texts of different owners that are alike. */
export interface Likeness {
  /** Places in the list that was given. */
  readonly one: number;
  readonly other: number;
  /** Jaccard index of their sets of character trigrams, in whole percent, rounded down. */
  readonly percent: number;
}

interface Indexed {
  readonly at: number;
  readonly owner: string;
  /** Numbers of its trigrams, the rarest of all texts first. */
  readonly grams: Int32Array;
}

/** The least that two sets of these sizes have in common where they are so much alike. */
const leastShared = (one: number, other: number, percent: number): number =>
  Math.ceil(((one + other) * percent) / (100 + percent));

/**
 * How many numbers two ascending lists share; undefined where that is less than so many, and that as soon as it
 * shows. What differs is rare and comes first, so it mostly shows after a few numbers, however long the lists are.
 */
function shared(one: Int32Array, other: Int32Array, least: number): number | undefined {
  let [count, spareOfOne, spareOfOther] = [0, one.length - least, other.length - least];
  for (let i = 0, j = 0; i < one.length && j < other.length && spareOfOne >= 0 && spareOfOther >= 0; ) {
    const [a, b] = [one[i] as number, other[j] as number];
    if (a === b) count += 1;
    if (a < b) spareOfOne -= 1;
    if (b < a) spareOfOther -= 1;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return count >= least ? count : undefined;
}

/** Trigrams as numbers in the order of how few texts have them. */
function indexed(texts: readonly OwnedText[]): Indexed[] {
  const idOf = new Map<string, number>();
  const counts: number[] = [];
  const sets = texts.map(({ text }) => {
    const set = new Set<number>();
    for (let at = 0; at + 3 <= text.length; at += 1) {
      const gram = text.slice(at, at + 3);
      const id = idOf.get(gram) ?? idOf.size;
      if (id === idOf.size) idOf.set(gram, id);
      set.add(id);
    }
    for (const id of set) counts[id] = (counts[id] ?? 0) + 1;
    return set;
  });
  const byRarity = Float64Array.from(counts, (count, id) => count * counts.length + id).sort();
  const rank = new Int32Array(counts.length);
  byRarity.forEach((key, place) => {
    rank[key % counts.length] = place;
  });
  return texts.map(({ owner }, at) => ({
    at,
    owner,
    grams: Int32Array.from(sets[at] ?? [], (id) => rank[id] as number).sort(),
  }));
}

/** Texts by a trigram of theirs, and by owner. */
type Holders = Map<number, Map<string, Indexed[]>>;

interface Match {
  readonly other: Indexed;
  readonly percent: number;
}

/**
 * For each text one text of another owner that is at least so much alike, where there is one: the first that is
 * found, since one is enough to look. Exact: sets whose overlap reaches the bound share one of their rarest members
 * (prefix filtering), so only texts that do are compared. Small sets come first: then fewer of a set's rarest members
 * have to be looked up by those after it. Time grows nearly with the texts; it grows faster where very many differ in
 * several places, share one of them, and are not alike, and then each pair costs a look at two sketches.
 * @see Chaudhuri, Ganti, Kaushik: A primitive operator for similarity joins in data cleaning, ICDE 2006
 * @see Xiao, Wang, Lin, Yu: Efficient similarity joins for near duplicate detection, WWW 2008
 */
export function alike(texts: readonly OwnedText[], percent: number): readonly Likeness[] {
  const holders: Holders = new Map();
  /** Those among them that have found none yet. */
  const waiting: Holders = new Map();
  const found: Likeness[] = [];
  const answered = new Set<Indexed>();
  /** With which text each was compared last. */
  const compared = new Int32Array(texts.length).fill(-1);
  const answer = (one: Indexed, { other, percent: index }: Match): void => {
    if (answered.has(one)) return;
    found.push({ one: one.at, other: other.at, percent: index });
    answered.add(one);
  };
  const bySize = indexed(texts).sort((one, other) => one.grams.length - other.grams.length);
  const compare = comparing(bySize, percent);
  for (const text of bySize) {
    const { grams } = text;
    const least = Math.ceil((grams.length * percent) / 100);
    const asked = grams.subarray(0, grams.length - least + 1);
    const match = firstMatch(text, asked, holders, compare, compared);
    if (match) {
      answer(text, match);
      answer(match.other, { other: text, percent: match.percent });
      // Without a match it is like none of all those before it, so like none of those that wait.
      for (const one of waitingFor(text, asked, waiting, answered)) {
        if (compared[one.at] === text.at) continue;
        compared[one.at] = text.at;
        const index = compare(text, one);
        if (index !== undefined) answer(one, { other: text, percent: index });
      }
    }
    // Whoever asks later is no smaller.
    const looked = leastShared(grams.length, grams.length, percent);
    for (const gram of grams.subarray(0, grams.length - looked + 1)) {
      hold(holders, gram, text);
      if (!match) hold(waiting, gram, text);
    }
  }
  return found;
}

function hold(holders: Holders, gram: number, text: Indexed): void {
  const owners = holders.get(gram) ?? new Map<string, Indexed[]>();
  holders.set(gram, owners);
  const own = owners.get(text.owner);
  if (own) own.push(text);
  else owners.set(text.owner, [text]);
}

/** In whole percent, where two texts are so much alike. */
type Compare = (one: Indexed, other: Indexed) => number | undefined;

function comparing(all: readonly Indexed[], percent: number): Compare {
  const differing = sketched(all);
  return (one, other) => {
    const sizes = one.grams.length + other.grams.length;
    const least = leastShared(one.grams.length, other.grams.length, percent);
    if (differing(one.at, other.at) > sizes - 2 * least) return undefined;
    const common = shared(one.grams, other.grams, least);
    return common === undefined ? undefined : Math.floor((common * 100) / (sizes - common));
  };
}

function firstMatch(
  text: Indexed,
  asked: Int32Array,
  holders: Holders,
  compare: Compare,
  compared: Int32Array,
): Match | undefined {
  for (const gram of asked) {
    for (const [owner, others] of holders.get(gram) ?? []) {
      if (owner === text.owner) continue;
      for (const other of others) {
        if (compared[other.at] === text.at) continue;
        compared[other.at] = text.at;
        const index = compare(text, other);
        if (index !== undefined) return { other, percent: index };
      }
    }
  }
  return undefined;
}

/** Those of other owners that wait under one of the trigrams; whoever has been answered waits no longer. */
function* waitingFor(
  text: Indexed,
  asked: Int32Array,
  waiting: Holders,
  answered: ReadonlySet<Indexed>,
): Generator<Indexed> {
  for (const gram of asked) {
    const owners = waiting.get(gram) ?? new Map<string, Indexed[]>();
    for (const [owner, others] of owners) {
      if (owner === text.owner) continue;
      yield* others;
      const left = others.filter((other) => !answered.has(other));
      if (left.length > 0) owners.set(owner, left);
      else owners.delete(owner);
    }
  }
}
