import type { ItemId } from '../ids.ts';
import type { CheckedItem } from './checked-item.ts';

/** An entry of the case's own stream, where `itemId` is null, or of an item's. */
export interface TracedEntry {
  readonly itemId: ItemId | null;
  readonly seq: number;
}

/** A number of items, with these items and the entries that it rests on. */
export interface TracedNumber {
  readonly count: number;
  readonly items: readonly ItemId[];
  readonly entries: readonly TracedEntry[];
}

export const REPORT_NUMBERS = [
  'sampled',
  'checked',
  'genuine',
  'partial',
  'false',
  'unchecked',
  'unsampled',
  'reopened',
] as const;
export type ReportNumber = (typeof REPORT_NUMBERS)[number];

/** `unchecked` was sampled and has no finding; `unsampled` has one and was not sampled. */
export type ReportNumbers = { readonly [N in ReportNumber]: TracedNumber };

export interface OfficeNumbers {
  readonly office: string | null;
  readonly counts: ReportNumbers;
}

/** Which items count for a number, and on which entries that rests. */
const RULES: {
  readonly [N in ReportNumber]: {
    readonly counts: (item: CheckedItem) => boolean;
    readonly entries: (item: CheckedItem) => readonly TracedEntry[];
  };
} = {
  sampled: { counts: isSampled, entries: draws },
  checked: { counts: isChecked, entries: finding },
  genuine: { counts: (item) => item.finding?.verdict === 'genuine', entries: finding },
  partial: { counts: (item) => item.finding?.verdict === 'partial', entries: finding },
  false: { counts: (item) => item.finding?.verdict === 'false', entries: finding },
  unchecked: { counts: (item) => isSampled(item) && !isChecked(item), entries: draws },
  unsampled: { counts: (item) => isChecked(item) && !isSampled(item), entries: finding },
  reopened: {
    counts: ({ reopened }) => reopened.length > 0,
    entries: ({ itemId, reopened }) => reopened.map((seq) => ({ itemId, seq })),
  },
};

function isSampled({ samples }: CheckedItem): boolean {
  return samples.length > 0;
}

function isChecked(item: CheckedItem): boolean {
  return item.finding !== null;
}

function draws({ samples }: CheckedItem): readonly TracedEntry[] {
  return samples.map((seq) => ({ itemId: null, seq }));
}

function finding(item: CheckedItem): readonly TracedEntry[] {
  return item.finding === null ? [] : [{ itemId: item.itemId, seq: item.finding.seq }];
}

function numbersOf(items: readonly CheckedItem[]): ReportNumbers {
  const traced = REPORT_NUMBERS.map((name): [ReportNumber, TracedNumber] => {
    const { counts, entries } = RULES[name];
    const counted = items.filter(counts);
    return [
      name,
      {
        count: counted.length,
        items: counted.map(({ itemId }) => itemId),
        entries: distinct(counted.flatMap(entries)),
      },
    ];
  });
  return Object.fromEntries(traced) as { [N in ReportNumber]: TracedNumber };
}

/** One draw stands behind many items, and is one entry; the case's own first, then by item, in seq order. */
function distinct(entries: readonly TracedEntry[]): readonly TracedEntry[] {
  return [...new Map(entries.map((entry) => [`${entry.itemId}/${entry.seq}`, entry])).values()].sort(
    (one, other) =>
      one.itemId === other.itemId ? one.seq - other.seq : (one.itemId ?? '') < (other.itemId ?? '') ? -1 : 1,
  );
}

/** The numbers of a look-back, whole and by office; of two offices' items each counts for its own alone. */
export function reportNumbers(items: readonly CheckedItem[]): {
  readonly counts: ReportNumbers;
  readonly byOffice: readonly OfficeNumbers[];
} {
  const offices = [...new Set(items.map(({ office }) => office))].sort((one, other) =>
    one === null ? 1 : other === null ? -1 : one < other ? -1 : 1,
  );
  return {
    counts: numbersOf(items),
    byOffice: offices.map((office) => ({
      office,
      counts: numbersOf(items.filter((item) => item.office === office)),
    })),
  };
}
