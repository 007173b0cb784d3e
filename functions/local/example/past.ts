import { decodeEntry } from '../../../domain/decode.ts';
import type { Header } from '../../../domain/envelope.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { EventStore } from '../../../domain/ports.ts';

/** What stands in a case already: the seq of every command, and the version of every stream. */
export interface Past {
  seqOf(commandId: string): number | undefined;
  /** Of an item by its number; 0 is the case itself. */
  version(item: number): number;
  commandIds(): Iterable<string>;
  add(header: Pick<Header, 'commandId' | 'itemId' | 'seq'>): void;
  /** Reads the case whole. */
  read(): Promise<void>;
}

export async function readPast(events: EventStore, caseId: CaseId): Promise<Past> {
  const seqs = new Map<string, number>();
  const versions = new Map<number, number>();
  const past: Past = {
    seqOf: (commandId) => seqs.get(commandId),
    version: (item) => versions.get(item) ?? 0,
    commandIds: () => seqs.keys(),
    add({ commandId, itemId, seq }) {
      seqs.set(commandId, seq);
      versions.set(Number(itemId ?? 0), seq);
    },
    async read() {
      for await (const page of events.partition(caseId, 'all')) {
        for (const { entry } of page) past.add(decodeEntry(entry).header);
      }
    },
  };
  await past.read();
  return past;
}
