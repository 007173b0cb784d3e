declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** One inspected organisation in one round: a slug of 3 to 64 characters a-z 0-9 -. */
export type CaseId = Branded<'CaseId'>;
/** An item within its case: four digits from 0001, minted in order. */
export type ItemId = Branded<'ItemId'>;

/** The widest numbers that the sort keys hold; past them the ledger refuses with `stream-full`. */
export const MAX_ITEMS = 9_999;
export const MAX_SEQ = 999_999;

export function caseId(text: string): CaseId | undefined {
  return /^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$/.test(text) ? (text as CaseId) : undefined;
}

export function itemId(text: string): ItemId | undefined {
  return /^[0-9]{4}$/.test(text) && text !== '0000' ? (text as ItemId) : undefined;
}

/** The id of the n-th item of a case, 1 ≤ n ≤ 9,999. */
export function mintItemId(n: number): ItemId | undefined {
  return Number.isInteger(n) && n >= 1 && n <= MAX_ITEMS ? (String(n).padStart(4, '0') as ItemId) : undefined;
}

/** Where facts are appended: the stream of a case, or of one of its items. */
export interface Stream {
  readonly caseId: CaseId;
  readonly itemId?: ItemId | undefined;
}

/** The seq inside a minted id: `m12` is the measure that entry 12 brought, `e7` the evidence of entry 7. */
export function mintedSeq(letter: 'm' | 'e', id: string): number | undefined {
  const match = /^([me])([1-9][0-9]{0,5})$/.exec(id);
  return match && match[1] === letter ? Number(match[2]) : undefined;
}

export const measureId = (seq: number): string => `m${seq}`;
export const evidenceId = (seq: number): string => `e${seq}`;
