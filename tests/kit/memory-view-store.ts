import type { ViewRow, ViewStore } from '../../domain/ports.ts';
import { befall, type MishapHook } from './mishaps.ts';

type Key = Pick<ViewRow, 'partition' | 'sort'>;

/** Projections in a Map. Its reads are always consistent, which an eventually consistent one may be as well. */
export class MemoryViewStore implements ViewStore {
  readonly #rows = new Map<string, ViewRow>();
  /** Set it at any time; asked before every call. */
  mishap: MishapHook = () => undefined;

  get(partition: string, sort: string): Promise<ViewRow | undefined> {
    return befall(this.mishap('get'), () => this.#rows.get(keyOf({ partition, sort })));
  }

  getMany(keys: readonly Key[]): Promise<readonly ViewRow[]> {
    return befall(this.mishap('getMany'), () =>
      [...new Set(keys.map(keyOf))].flatMap((key) => this.#rows.get(key) ?? []),
    );
  }

  range(
    partition: string,
    bounds: Parameters<ViewStore['range']>[1],
    options: Parameters<ViewStore['range']>[2],
  ): Promise<{ readonly rows: readonly ViewRow[]; readonly more: boolean }> {
    return befall(this.mishap('range'), () => {
      const { prefix = '', from, to, after } = bounds;
      const direction = options.descending ? -1 : 1;
      const rows = [...this.#rows.values()]
        .filter((row) => row.partition === partition && row.sort.startsWith(prefix))
        .filter(({ sort }) => from === undefined || byBytes(sort, from) >= 0)
        .filter(({ sort }) => to === undefined || byBytes(sort, to) <= 0)
        .filter(({ sort }) => after === undefined || direction * byBytes(sort, after) > 0)
        .sort((one, other) => direction * byBytes(one.sort, other.sort));
      return { rows: rows.slice(0, options.limit), more: rows.length > options.limit };
    });
  }

  advance(row: ViewRow): Promise<boolean> {
    return befall(this.mishap('advance'), () => {
      const standing = this.#rows.get(keyOf(row));
      if (standing && standing.version >= row.version) return false;
      this.#rows.set(keyOf(row), { ...row });
      return true;
    });
  }

  async advanceAll(rows: readonly ViewRow[]): Promise<void> {
    for (const row of rows) await this.advance(row);
  }

  putAll(rows: readonly ViewRow[]): Promise<void> {
    return befall(this.mishap('putAll'), () => {
      for (const row of rows) this.#rows.set(keyOf(row), { ...row });
    });
  }

  remove(keys: readonly Key[]): Promise<void> {
    return befall(this.mishap('remove'), () => {
      for (const key of keys) this.#rows.delete(keyOf(key));
    });
  }

  async *scan(): AsyncGenerator<readonly ViewRow[]> {
    const rows = await befall(this.mishap('scan'), () => [...this.#rows.values()]);
    if (rows.length > 0) yield rows;
  }
}

const keyOf = ({ partition, sort }: Key): string => JSON.stringify([partition, sort]);

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
