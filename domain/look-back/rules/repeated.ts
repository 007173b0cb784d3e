import { groupedBy } from '../../grouping.ts';
import type { ItemId } from '../../ids.ts';
import type { CaseRule, Sighting } from '../flag.ts';
import type { CaseHistory } from '../history.ts';
import type { ItemHistory, Standing } from '../item-history.ts';
import { alike, plainText } from '../similarity.ts';

interface Held<E> {
  readonly item: ItemHistory;
  readonly entry: E;
}

/** What several items have in common: for each of them its own entries, and one of another item. */
function* sharedByItems<E extends Standing<'EvidenceAttached'> | Standing<'MeasureAdopted'>>(
  groups: Iterable<readonly Held<E>[]>,
): Generator<Sighting & { readonly itemId: ItemId }> {
  const ofItem = new Map<ItemHistory, { entries: E[]; items: number }>();
  for (const group of groups) {
    const items = new Set(group.map(({ item }) => item));
    if (items.size < 2) continue;
    const [first] = group;
    const elsewhere = group.find(({ item }) => item !== first?.item);
    for (const { item, entry } of group) {
      const sighted = ofItem.get(item) ?? { entries: [], items: 0 };
      ofItem.set(item, sighted);
      const other = item === first?.item ? elsewhere : first;
      sighted.entries.push(entry);
      if (other) sighted.entries.push(other.entry);
      sighted.items = Math.max(sighted.items, items.size);
    }
  }
  for (const [{ itemId }, { entries, items }] of ofItem) yield { itemId, entries, values: { items } };
}

/** Items with something to look at: what a withdrawn one had may rightly be found where it was merged. */
const standing = ({ items }: CaseHistory): readonly ItemHistory[] =>
  items.filter(({ state }) => state.status !== 'withdrawn');

/** The same file shown for several problems. */
export const evidenceReused: CaseRule = (inspection) =>
  sharedByItems(
    groupedBy(
      standing(inspection).flatMap((item) => item.evidence.map((entry) => ({ item, entry }))),
      ({ entry }) => entry.data.sha256,
    ).values(),
  );

interface MeasureText extends Held<Standing<'MeasureAdopted'>> {
  readonly text: string;
}

/** Two rules ask for them. */
const measuresKnown = new WeakMap<CaseHistory, readonly MeasureText[]>();

function measureTexts(inspection: CaseHistory): readonly MeasureText[] {
  const { thresholds } = inspection;
  const texts =
    measuresKnown.get(inspection) ??
    standing(inspection).flatMap((item) =>
      item.measures.flatMap(({ adopted }) => {
        const text = plainText(adopted.text?.text ?? '');
        return text.length >= thresholds.similarLength ? [{ item, entry: adopted, text }] : [];
      }),
    );
  measuresKnown.set(inspection, texts);
  return texts;
}

/** The same measure, word for word, against several problems. */
export const measureRepeated: CaseRule = (inspection) =>
  sharedByItems(groupedBy(measureTexts(inspection), ({ text }) => text).values());

/** Nearly the same measure against several problems; the same one is `measure-repeated`. */
export const measureSimilar: CaseRule = function* (inspection) {
  // Equal texts are compared as one. That of several items is nobody's: each of them may have it from another.
  const texts = [...groupedBy(measureTexts(inspection), ({ text }) => text)].map(([text, holders]) => {
    const owners = new Set(holders.map(({ item }) => item.itemId));
    return { text, holders, owner: owners.size === 1 ? (holders[0]?.item.itemId ?? '') : `several: ${text}` };
  });
  const sighted = new Map<ItemId, { entries: Standing<'MeasureAdopted'>[]; percent: number }>();
  for (const { one, other, percent } of alike(texts, inspection.thresholds.similarPercent)) {
    const others = texts[other]?.holders ?? [];
    const first = others[0];
    const elsewhere = others.find(({ item }) => item !== first?.item);
    for (const { item, entry } of texts[one]?.holders ?? []) {
      const match = item === first?.item ? elsewhere : first;
      if (!match) continue;
      const seenHere = sighted.get(item.itemId) ?? { entries: [], percent: 0 };
      sighted.set(item.itemId, seenHere);
      seenHere.entries.push(entry, match.entry);
      seenHere.percent = Math.max(seenHere.percent, percent);
    }
  }
  for (const [itemId, { entries, percent }] of sighted) yield { itemId, entries, values: { percent } };
};

/** A problem that an earlier inspection of the same body had found already. */
export const problemRecurs: CaseRule = function* (inspection) {
  const { earlier, thresholds } = inspection;
  if (earlier.length === 0) return;
  const now = standing(inspection).flatMap((item) => {
    const [raised] = item.of('IssueRaised');
    return raised && item.title !== null ? [{ item, raised, text: plainText(item.title) }] : [];
  });
  const before = earlier.map((problem) => ({ problem, text: plainText(problem.title) }));
  const byText = new Map(before.map((one) => [one.text, one.problem]));
  const recurring = new Set<ItemId>();
  // Which case is the earlier one, the days of feedback say; as they were corrected, perhaps.
  const opened = inspection.of('CaseOpened').filter(({ corrections }) => corrections.length > 0);
  for (const { item, raised, text } of now) {
    const same = text === '' ? undefined : byText.get(text);
    if (!same) continue;
    recurring.add(item.itemId);
    yield {
      itemId: item.itemId,
      entries: [...opened, same.raised, ...same.corrections, raised],
      values: { percent: 100 },
    };
  }
  const long = ({ text }: { readonly text: string }): boolean => text.length >= thresholds.similarLength;
  const [asked, known] = [now.filter(long), before.filter(long)];
  const texts = [
    ...known.map(({ text }) => ({ owner: 'earlier', text })),
    ...asked.map(({ text }) => ({ owner: 'now', text })),
  ];
  for (const { one, other, percent } of alike(texts, thresholds.similarPercent)) {
    const [mine, theirs] = [asked[one - known.length], known[other]];
    if (!mine || !theirs || recurring.has(mine.item.itemId)) continue;
    const entries = [...opened, theirs.problem.raised, ...theirs.problem.corrections, mine.raised];
    yield { itemId: mine.item.itemId, entries, values: { percent } };
  }
};
