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
export function newWork({ work, turn, of }: ItemHistory): (entry: Resolved<ItemEvent>) => boolean {
  if (turn?.type !== 'ItemReopened' && of('ClosureReturned').length === 0) return () => true;
  const first = new Map<string, number>();
  for (const entry of work) {
    const brought = broughtBy(entry);
    const key = `${entry.type} ${brought}`;
    if (brought !== undefined && !first.has(key)) first.set(key, entry.seq);
  }
  return (entry) => (first.get(`${entry.type} ${broughtBy(entry)}`) ?? entry.seq) === entry.seq;
}
