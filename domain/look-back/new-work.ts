import type { ItemEvent } from '../events.ts';
import { measureId } from '../ids.ts';
import { type ItemHistory, isOfficeWork } from './item-history.ts';
import { plainText } from './similarity.ts';

/** What an entry brings; undefined where its words were erased, and nobody can say. */
function broughtBy(
  { type, data, text }: ItemEvent,
  measures: () => ReadonlyMap<string, string>,
): string | undefined {
  switch (type) {
    case 'EvidenceAttached':
      return data.sha256;
    case 'MeasureAdopted':
    case 'ProgressReported':
      return text === undefined ? undefined : plainText(text.text);
    case 'MeasureCompleted':
      // The same measure under another number is the same.
      return text === undefined ? undefined : `${measures().get(data.measureId)} ${plainText(text.summary)}`;
    default:
      return undefined;
  }
}

type IsNew = (entry: ItemEvent) => boolean;

/** Of items read once: several rules ask. */
const asked = new WeakMap<ItemHistory, IsNew>();

/**
 * Does an entry of the offices' work bring something that the item never had: no file or words handed in before, be
 * they withdrawn or voided since?
 */
export function isNewIn(item: ItemHistory): IsNew {
  const isNew = asked.get(item) ?? comparedWithAll(item);
  asked.set(item, isNew);
  return isNew;
}

function comparedWithAll({ recorded, work }: ItemHistory): IsNew {
  // As recorded, with what does not stand any more; and as corrected, where that reads otherwise.
  const all = [
    ...(recorded.filter((event) => event.known && isOfficeWork(event)) as ItemEvent[]),
    ...work.filter(({ corrections }) => corrections.length > 0),
  ];
  const byType = new Map<string, ReadonlyMap<string, number>>();
  let texts: ReadonlyMap<string, string> | undefined;
  const measures = (): ReadonlyMap<string, string> => {
    texts ??= new Map(
      all.flatMap(({ type, seq, text }) =>
        type === 'MeasureAdopted' ? [[measureId(seq), plainText(text?.text ?? '')] as const] : [],
      ),
    );
    return texts;
  };
  /** Where in the stream each of the type was brought first; read once, and of types that are asked for. */
  const firstOf = (type: string): ReadonlyMap<string, number> => {
    const known = byType.get(type);
    if (known) return known;
    const first = new Map<string, number>();
    for (const entry of all) {
      const brought = entry.type === type ? broughtBy(entry, measures) : undefined;
      if (brought === undefined) continue;
      first.set(brought, Math.min(first.get(brought) ?? entry.seq, entry.seq));
    }
    byType.set(type, first);
    return first;
  };
  return (entry) => {
    const brought = broughtBy(entry, measures);
    return brought === undefined || (firstOf(entry.type).get(brought) ?? entry.seq) === entry.seq;
  };
}
