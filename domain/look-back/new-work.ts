import type { ItemEvent } from '../events.ts';
import { measureId } from '../ids.ts';
import { type ItemHistory, isOfficeWork } from './item-history.ts';
import { plainText } from './similarity.ts';

/** What an entry brings; undefined where its words were erased, and nobody can say. */
function broughtBy(
  { type, data, text }: ItemEvent,
  measures: ReadonlyMap<string, string>,
): string | undefined {
  switch (type) {
    case 'EvidenceAttached':
      return data.sha256;
    case 'MeasureAdopted':
    case 'ProgressReported':
      return text === undefined ? undefined : plainText(text.text);
    case 'MeasureCompleted':
      // The same measure under another number is the same.
      return text === undefined ? undefined : `${measures.get(data.measureId)} ${plainText(text.summary)}`;
    default:
      return undefined;
  }
}

/**
 * Does an entry of the offices' work bring something that the item never had: no file or words handed in before, be
 * they withdrawn or voided since?
 */
export function isNewIn({ recorded, work }: ItemHistory): (entry: ItemEvent) => boolean {
  // As recorded, with what does not stand any more; and as corrected.
  const all = [...(recorded.filter((event) => event.known && isOfficeWork(event)) as ItemEvent[]), ...work];
  const byType = new Map<string, ReadonlyMap<string, number>>();
  let measures: ReadonlyMap<string, string> | undefined;
  const measureTexts = (): ReadonlyMap<string, string> =>
    new Map(
      all.flatMap(({ type, seq, text }) =>
        type === 'MeasureAdopted' ? [[measureId(seq), plainText(text?.text ?? '')] as const] : [],
      ),
    );
  const brings = (entry: ItemEvent): string | undefined => {
    measures ??= measureTexts();
    return broughtBy(entry, measures);
  };
  /** Where in the stream each of the type was brought first; read once, and of types that are asked for. */
  const firstOf = (type: string): ReadonlyMap<string, number> => {
    const known = byType.get(type);
    if (known) return known;
    const first = new Map<string, number>();
    for (const entry of all) {
      const brought = entry.type === type ? brings(entry) : undefined;
      if (brought === undefined) continue;
      first.set(brought, Math.min(first.get(brought) ?? entry.seq, entry.seq));
    }
    byType.set(type, first);
    return first;
  };
  return (entry) => {
    const brought = brings(entry);
    return brought === undefined || (firstOf(entry.type).get(brought) ?? entry.seq) === entry.seq;
  };
}
