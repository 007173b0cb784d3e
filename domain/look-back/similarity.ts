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

function trigrams(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = 0; at + 3 <= text.length; at += 1) found.add(text.slice(at, at + 3));
  return found;
}

interface Indexed {
  readonly at: number;
  readonly owner: string;
  /** Numbers of its trigrams, the rarest of all texts first. */
  readonly grams: Int32Array;
}

/** How many numbers two ascending lists share. */
function shared(one: Int32Array, other: Int32Array): number {
  let count = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const [a, b] = [one[i] as number, other[j] as number];
    if (a === b) count += 1;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return count;
}

/** Trigrams as numbers in the order of how few texts have them. */
function indexed(texts: readonly OwnedText[]): Indexed[] {
  const sets = texts.map(({ text }) => trigrams(text));
  const counts = new Map<string, number>();
  for (const set of sets) for (const gram of set) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const byRarity = [...counts].sort(([one, count], [other, more]) => count - more || (one < other ? -1 : 1));
  const rank = new Map(byRarity.map(([gram], index) => [gram, index]));
  return texts.map(({ owner }, at) => ({
    at,
    owner,
    grams: Int32Array.from(sets[at] ?? [], (gram) => rank.get(gram) as number).sort(),
  }));
}

/** Texts that were seen, by a trigram of their prefixes. */
type Holders = Map<number, Map<string, Indexed[]>>;

/**
 * For each text one text of another owner that is at least so much alike, where there is one: the first that is
 * found, since one is enough to look. Exact: sets whose overlap reaches the bound share one of their rarest members
 * (prefix filtering), so only texts that do are compared.
 * @see Chaudhuri, Ganti, Kaushik: A primitive operator for similarity joins in data cleaning, ICDE 2006
 */
export function alike(texts: readonly OwnedText[], percent: number): readonly Likeness[] {
  const holders: Holders = new Map();
  /** Those among them that have found none yet. */
  const waiting = new Map<number, Indexed[]>();
  const found: Likeness[] = [];
  const answered = new Set<number>();
  const answer = (one: Indexed, match: Match): void => {
    found.push({ one: one.at, other: match.other.at, percent: match.percent });
    answered.add(one.at);
  };
  for (const text of indexed(texts)) {
    const { grams } = text;
    const least = Math.ceil((grams.length * percent) / 100);
    const prefix = grams.subarray(0, grams.length - least + 1);
    const match = firstMatch(text, prefix, holders, percent);
    if (match) answer(text, match);
    for (const gram of prefix) {
      hold(holders, gram, text);
      const waiters = waiting.get(gram) ?? [];
      // Without a match it is like none of all those before it, so like none of those that wait.
      if (!match) {
        waiters.push(text);
        waiting.set(gram, waiters);
        continue;
      }
      for (const other of waiters) {
        const index = answered.has(other.at) ? undefined : likeness(text, other, percent);
        if (index !== undefined) answer(other, { other: text, percent: index });
      }
      waiting.set(
        gram,
        waiters.filter(({ at }) => !answered.has(at)),
      );
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

interface Match {
  readonly other: Indexed;
  readonly percent: number;
}

/** In whole percent, where both are of different owners and so much alike. */
function likeness(one: Indexed, other: Indexed, percent: number): number | undefined {
  if (one.owner === other.owner) return undefined;
  const [few, many] = [one.grams.length, other.grams.length].sort((a, b) => a - b) as [number, number];
  if (few * 100 < many * percent) return undefined;
  const common = shared(one.grams, other.grams);
  const index = Math.floor((common * 100) / (few + many - common));
  return index >= percent ? index : undefined;
}

function firstMatch(text: Indexed, prefix: Int32Array, holders: Holders, percent: number): Match | undefined {
  const seen = new Set<number>();
  for (const gram of prefix) {
    for (const [holder, others] of holders.get(gram) ?? []) {
      if (holder === text.owner) continue;
      for (const other of others) {
        if (seen.has(other.at)) continue;
        seen.add(other.at);
        const index = likeness(text, other, percent);
        if (index !== undefined) return { other, percent: index };
      }
    }
  }
  return undefined;
}
