import type { CaseId, ItemId, Stream } from '../../domain/ids.ts';
import { type EventRow, type EventStore, StoreFault } from '../../domain/ports.ts';
import { befall, type MishapHook } from './mishaps.ts';

/** Rows a page: few, so that a reader which forgets to page on is found out. */
const PAGE = 100;

/** The facts in a Map: a model for laws, and an injector of faults. Rows are kept and given as copies. */
export class MemoryEventStore implements EventStore {
  readonly #rows = new Map<string, EventRow>();
  /** Set it at any time; asked before every call, and before every page of the paged ones. */
  mishap: MishapHook = () => undefined;

  append(row: EventRow, signal?: AbortSignal): Promise<'appended' | { readonly clash: EventRow }> {
    return befall(this.mishap('append'), () => {
      if (signal?.aborted) throw new StoreFault('unavailable', signal.reason);
      const key = keyOf(row.entry);
      const standing = this.#rows.get(key);
      if (standing) return { clash: copy(standing) };
      this.#rows.set(key, copy(row));
      return 'appended';
    });
  }

  newest(stream: Stream, limit: number): Promise<readonly EventRow[]> {
    return befall(this.mishap('newest'), () => this.#streamRows(stream).reverse().slice(0, limit).map(copy));
  }

  row(stream: Stream, seq: number): Promise<EventRow | undefined> {
    return befall(this.mishap('row'), () => {
      const row = this.#rows.get(keyOf({ ...stream, seq }));
      return row && copy(row);
    });
  }

  stream(stream: Stream, after = 0, pageSize = PAGE): AsyncIterable<readonly EventRow[]> {
    const rows = () => this.#streamRows(stream).filter(({ entry }) => entry.seq > after);
    return this.#paged('stream', rows, pageSize);
  }

  partition(caseId: CaseId, part: 'all' | 'items'): AsyncIterable<readonly EventRow[]> {
    return this.#paged('partition', () =>
      this.#sorted(({ entry }) => entry.caseId === caseId && (part === 'all' || entry.itemId !== undefined)),
    );
  }

  newestItem(caseId: CaseId): Promise<ItemId | undefined> {
    return befall(
      this.mishap('newestItem'),
      () => this.#sorted(({ entry }) => entry.caseId === caseId).at(-1)?.entry.itemId,
    );
  }

  firstEntries(caseId: CaseId, itemIds: readonly ItemId[]): Promise<readonly EventRow[]> {
    return befall(this.mishap('firstEntries'), () =>
      this.#sorted(({ entry }) => entry.caseId === caseId && entry.seq === 1)
        .filter(({ entry }) => entry.itemId !== undefined && itemIds.includes(entry.itemId))
        .map(copy),
    );
  }

  async *caseIds(after?: CaseId): AsyncGenerator<CaseId> {
    const all = new Set(this.#sorted(() => true).map(({ entry }) => entry.caseId));
    for (const caseId of all) if (after === undefined || caseId > after) yield caseId;
  }

  scan(after?: {
    readonly caseId: CaseId;
    readonly itemId: ItemId | undefined;
    readonly seq: number;
  }): AsyncIterable<readonly EventRow[]> {
    const from = after ? keyOf(after) : '';
    return this.#paged('scan', () => this.#sorted(({ entry }) => keyOf(entry) > from));
  }

  eraseText(stream: Stream, seq: number): Promise<void> {
    return befall(this.mishap('eraseText'), () => {
      const key = keyOf({ ...stream, seq });
      const row = this.#rows.get(key);
      if (!row) throw new Error(`no entry ${key}`);
      this.#rows.set(key, { ...row, entry: { ...row.entry, text: undefined, textSalt: undefined } });
    });
  }

  /** The rows as they are taken when the first page is asked for, as a strong read may give them. */
  async *#paged(call: string, rows: () => EventRow[], size = PAGE): AsyncGenerator<readonly EventRow[]> {
    const all = await befall(this.mishap(call), rows);
    for (let from = 0; from < all.length; from += size) {
      if (from > 0) await befall(this.mishap(call), () => undefined);
      yield all.slice(from, from + size).map(copy);
    }
  }

  #streamRows(stream: Stream): EventRow[] {
    return this.#sorted(({ entry }) => entry.caseId === stream.caseId && entry.itemId === stream.itemId);
  }

  #sorted(kept: (row: EventRow) => boolean): EventRow[] {
    return [...this.#rows]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, row]) => row)
      .filter(kept);
  }
}

/** Sorts by case, then its own stream, then the items': the NUL keeps `a` before `a-b`. */
function keyOf(entry: { caseId: CaseId; itemId?: ItemId | undefined; seq: number }): string {
  const stream = entry.itemId === undefined ? 'C' : `I#${entry.itemId}`;
  return `${entry.caseId}\0${stream}#${String(entry.seq).padStart(6, '0')}`;
}

const copy = (row: EventRow): EventRow => structuredClone(row);
