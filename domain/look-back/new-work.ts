import type { ItemEvent } from '../events.ts';
import type { Resolved } from '../resolve.ts';
import type { ItemHistory } from './item-history.ts';
import { plainText } from './similarity.ts';

/** What an entry brings; undefined where its words were erased, and nobody can say. */
function broughtBy({ type, data, text }: Resolved<ItemEvent>): string | undefined {
  switch (type) {
    case 'EvidenceAttached':
      return data.sha256;
    case 'MeasureAdopted':
    case 'ProgressReported':
      return text === undefined ? undefined : plainText(text.text);
    case 'MeasureCompleted':
      return text === undefined ? undefined : `${data.measureId} ${plainText(text.summary)}`;
    default:
      return undefined;
  }
}

/** Does an entry of the offices' work bring something that the item did not have: no file or words handed in before? */
export function isNewIn({ work }: ItemHistory): (entry: Resolved<ItemEvent>) => boolean {
  const byType = new Map<string, ReadonlyMap<string, number>>();
  /** Where in the stream each of the type was brought first; read once, and of types that are asked for. */
  const firstOf = (type: string): ReadonlyMap<string, number> => {
    const known = byType.get(type);
    if (known) return known;
    const first = new Map<string, number>();
    for (const entry of work) {
      const brought = entry.type === type ? broughtBy(entry) : undefined;
      if (brought !== undefined && !first.has(brought)) first.set(brought, entry.seq);
    }
    byType.set(type, first);
    return first;
  };
  return (entry) => {
    const brought = broughtBy(entry);
    return brought === undefined || (firstOf(entry.type).get(brought) ?? entry.seq) === entry.seq;
  };
}
