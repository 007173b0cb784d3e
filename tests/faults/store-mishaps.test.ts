import { describe, expect, test } from 'vitest';
import { all, eventRow, freshCase } from '../kit/event-rows.ts';
import { MemoryEventStore } from '../kit/memory-event-store.ts';
import { MemoryViewStore } from '../kit/memory-view-store.ts';
import { mishaps } from '../kit/mishaps.ts';

/** Other tests believe their fault injectors: so these are tested as well. */
describe('mishaps of the stores in memory', () => {
  const stream = { caseId: freshCase() };
  const row = eventRow(stream, 1);

  test('a lost or throttled write leaves nothing, an unacknowledged one is there', async () => {
    const store = new MemoryEventStore();
    store.mishap = mishaps('append', 'lost', 'throttled', 'unacknowledged');
    await expect(store.append(row)).rejects.toMatchObject({ name: 'StoreFault', kind: 'unavailable' });
    await expect(store.append(row)).rejects.toMatchObject({ name: 'StoreFault', kind: 'busy' });
    expect(await store.row(stream, 1)).toBeUndefined();
    await expect(store.append(row)).rejects.toMatchObject({ name: 'StoreFault', kind: 'unavailable' });
    expect(await store.row(stream, 1)).toEqual(row);
    expect(await store.append(row)).toEqual({ clash: row });
  });

  test('a late write lands after one that came later', async () => {
    const store = new MemoryEventStore();
    store.mishap = mishaps('append', { delayMs: 20 });
    const late = store.append(row);
    const prompt = eventRow(stream, 1, { text: 'prompt' });
    expect(await store.append(prompt)).toBe('appended');
    expect(await late).toEqual({ clash: prompt });
  });

  test('a paged read can fail between its pages', async () => {
    const store = new MemoryEventStore();
    for (let seq = 1; seq <= 150; seq += 1) await store.append(eventRow(stream, seq));
    const pages = store.stream(stream)[Symbol.asyncIterator]();
    expect((await pages.next()).value).toHaveLength(100);
    store.mishap = mishaps('stream', 'lost');
    await expect(pages.next()).rejects.toMatchObject({ name: 'StoreFault' });
    expect(await all(store.stream(stream))).toHaveLength(150);
  });

  test('what is given can be changed without changing what is kept', async () => {
    const store = new MemoryEventStore();
    await store.append(row);
    (await store.row(stream, 1))?.entry.dataSalt.fill(0);
    expect(await store.row(stream, 1)).toEqual(row);
  });

  test('a view advanced and not acknowledged stands', async () => {
    const store = new MemoryViewStore();
    store.mishap = mishaps('advance', 'unacknowledged');
    const view = { partition: 'p', sort: 's', version: 1, body: '{}' };
    await expect(store.advance(view)).rejects.toMatchObject({ name: 'StoreFault' });
    expect(await store.advance(view)).toBe(false);
  });
});
