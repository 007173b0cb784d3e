import type { ViewRow, ViewStore } from '../../../domain/ports.ts';
import { rowBytes, writeUnits } from './bytes.ts';

/** Write units by the kind of partition: `cases`, `audit-day` and so on. */
export type WrittenUnits = ReadonlyMap<string, number>;

const kindOf = ({ partition }: Pick<ViewRow, 'partition'>): string => partition.split('#')[0] ?? '';

/**
 * Counts the write units of every row by its partition, as DynamoDB does: those of the larger of the row as it
 * was and as it is. The meter counts a table as a whole; a hot partition is a matter of its kind.
 */
export function countingViews(views: ViewStore, written: Map<string, number>): ViewStore {
  const sizes = new Map<string, number>();
  const count = (rows: readonly ViewRow[]): void => {
    for (const row of new Map(rows.map((one) => [`${one.partition}\n${one.sort}`, one])).values()) {
      const key = `${row.partition}\n${row.sort}`;
      const bytes = rowBytes(row);
      const units = writeUnits(Math.max(bytes, sizes.get(key) ?? 0));
      sizes.set(key, bytes);
      written.set(kindOf(row), (written.get(kindOf(row)) ?? 0) + units);
    }
  };
  return {
    get: (...asked) => views.get(...asked),
    getMany: (...asked) => views.getMany(...asked),
    range: (...asked) => views.range(...asked),
    scan: () => views.scan(),
    remove: (keys) => {
      for (const { partition, sort } of keys) sizes.delete(`${partition}\n${sort}`);
      return views.remove(keys);
    },
    advance: (row) => {
      count([row]);
      return views.advance(row);
    },
    advanceAll: (rows) => {
      count(rows);
      return views.advanceAll(rows);
    },
    putAll: (rows) => {
      count(rows);
      return views.putAll(rows);
    },
  };
}
