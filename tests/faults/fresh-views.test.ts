import { describe, expect, test } from 'vitest';
import { CASES, pictureKey, snapshotKey } from '../../functions/app/view-rows.ts';
import { freshViews } from '../../functions/local/fresh-views.ts';
import { anItemId, eventRow, freshCase } from '../kit/event-rows.ts';
import { MemoryEventStore } from '../kit/memory-event-store.ts';
import { MemoryViewStore } from '../kit/memory-view-store.ts';
import { type Mishap, mishaps } from '../kit/mishaps.ts';

/** Stores whose projector is idle when it is told so. */
function local() {
  const events = new MemoryEventStore();
  const asked: (() => void)[] = [];
  const poller = { wake: () => {}, idle: () => new Promise<void>((resolve) => asked.push(resolve)) };
  const fresh = freshViews(events, new MemoryViewStore(), poller);
  const stream = { caseId: freshCase(), itemId: anItemId('0001') };
  const { partition } = pictureKey(stream);
  return {
    ...{ events, fresh, asked, stream },
    list: () => fresh.views.range(partition, {}, { limit: 1 }),
    cases: () => fresh.views.get(CASES, stream.caseId),
  };
}

const settle = () => new Promise((later) => setImmediate(later));

describe('lists on one machine', () => {
  test('wait for the projector after a write, and only then', async () => {
    const { fresh, asked, stream, list, cases } = local();
    await Promise.all([list(), cases()]);
    expect(asked).toHaveLength(0);
    await fresh.events.append(eventRow(stream, 1));
    for (const read of [list, cases]) {
      let answered = false;
      const reading = read().then(() => {
        answered = true;
      });
      await settle();
      if (read === list) expect([answered, asked.length]).toEqual([false, 1]);
      asked.at(-1)?.();
      await reading;
    }
    expect(asked).toHaveLength(1);
  });

  test.each(['unacknowledged', 'lost'] satisfies Mishap[])(
    'wait as well when the write got no answer (%s): its row may stand',
    async (mishap) => {
      const { events, fresh, asked, stream, list } = local();
      events.mishap = mishaps('append', mishap);
      await expect(fresh.events.append(eventRow(stream, 1))).rejects.toMatchObject({ name: 'StoreFault' });
      const reading = list();
      await settle();
      expect(asked).toHaveLength(1);
      asked[0]?.();
      await reading;
    },
  );

  test('a read of snapshots waits for nothing', async () => {
    const { fresh, asked, stream } = local();
    await fresh.events.append(eventRow(stream, 1));
    const { partition, sort } = snapshotKey(
      stream.caseId,
      stream.itemId,
      '2026-01-01T00:00:00.000Z' as never,
    );
    await fresh.views.range(partition, { from: sort, to: sort }, { limit: 1 });
    expect(asked).toHaveLength(0);
  });
});
