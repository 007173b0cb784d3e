import type { EventStore, ViewStore } from '../../domain/ports.ts';
import { CASES, SNAPSHOTS } from '../app/view-rows.ts';
import type { Poller } from './stream-poller.ts';

/** A reader waits at most so long for what this process wrote to be projected, in milliseconds. */
const PATIENCE_MS = 1_000;

/**
 * On one machine the writer and the projector share a process, so a list can show what was acknowledged before
 * it was asked for. Reads of lists wait for the projector, and only when something was written since.
 */
export function freshViews(
  events: EventStore,
  views: ViewStore,
  poller: Pick<Poller, 'wake' | 'idle'>,
): { events: EventStore; views: ViewStore } {
  let written = 0;
  let projected = 0;
  const caughtUp = async (): Promise<void> => {
    if (projected === written) return;
    const upTo = written;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, false);
    });
    const idle = poller.idle().then(
      () => true,
      () => false,
    );
    if (await Promise.race([idle, patience])) projected = Math.max(projected, upTo);
    clearTimeout(timer);
  };
  return {
    events: {
      append: async (row, signal) => {
        try {
          return await events.append(row, signal);
        } finally {
          // Also when no answer came: the row may stand, and a retry may acknowledge it without writing.
          written += 1;
          poller.wake();
        }
      },
      newest: (stream, limit) => events.newest(stream, limit),
      row: (stream, seq) => events.row(stream, seq),
      stream: (stream, after, pageSize) => events.stream(stream, after, pageSize),
      partition: (caseId, part) => events.partition(caseId, part),
      newestItem: (caseId) => events.newestItem(caseId),
      firstEntries: (caseId, itemIds) => events.firstEntries(caseId, itemIds),
      scan: (after) => events.scan(after),
      caseIds: (after) => events.caseIds(after),
      eraseText: (stream, seq) => events.eraseText(stream, seq),
    },
    views: {
      get: async (partition, sort, consistent) => {
        if (partition === CASES) await caughtUp();
        return views.get(partition, sort, consistent);
      },
      range: async (partition, bounds, options) => {
        if (!bounds.from?.startsWith(SNAPSHOTS)) await caughtUp();
        return views.range(partition, bounds, options);
      },
      getMany: (keys, consistent) => views.getMany(keys, consistent),
      advance: (row) => views.advance(row),
      advanceAll: (rows) => views.advanceAll(rows),
      putAll: (rows) => views.putAll(rows),
      remove: (keys) => views.remove(keys),
      scan: () => views.scan(),
    },
  };
}
