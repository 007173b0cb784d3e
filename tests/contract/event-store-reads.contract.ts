import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseId, Stream } from '../../domain/ids.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';
import {
  aCaseId,
  all,
  anItemId,
  anItemStream,
  eventRow,
  fill,
  freshCase,
  range,
  seqs,
} from '../kit/event-rows.ts';
import type { EventStoreUnderTest } from './event-store-writes.contract.ts';

/** What every event store must do when it reads. A peer's fault is one of those found when peers were run. */
export function eventStoreReads(name: string, open: () => Promise<EventStoreUnderTest>): void {
  describe(`event store reads: ${name}`, () => {
    let under: EventStoreUnderTest;
    let store: EventStore;
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(() => under?.stop());

    test('a row that is not there is undefined, a stream without rows is empty', async () => {
      const stream = anItemStream();
      expect(await store.row(stream, 1)).toBeUndefined();
      expect(await store.newest(stream, 4)).toEqual([]);
      expect(await all(store.stream(stream))).toEqual([]);
      expect(await all(store.partition(stream.caseId, 'all'))).toEqual([]);
      expect(await store.newestItem(stream.caseId)).toBeUndefined();
      expect(await store.firstEntries(stream.caseId, [stream.itemId])).toEqual([]);
      expect(await store.firstEntries(stream.caseId, [])).toEqual([]);
    });

    test('newest gives the newest rows, newest first, however the numbers are written', async () => {
      const stream = anItemStream();
      await fill(store, stream, 1, 11);
      expect(seqs(await store.newest(stream, 4))).toEqual([11, 10, 9, 8]);
      expect(seqs(await store.newest(stream, 11))).toEqual(range(1, 11).reverse());
      expect(seqs(await store.newest(stream, 20))).toEqual(range(1, 11).reverse());
    });

    test('a first load of 2,500 rows of 900 bytes gives 2,500 (a peer gives 1,550)', async () => {
      const stream = anItemStream();
      await fill(store, stream, 1, 2_500, 900);
      expect(seqs(await all(store.stream(stream)))).toEqual(range(1, 2_500));
      expect(seqs(await store.newest(stream, 2_400))).toEqual(range(101, 2_500).reverse());
      expect(seqs(await all(store.stream(stream, 2_498)))).toEqual([2_499, 2_500]);
      expect(seqs(await all(store.partition(stream.caseId, 'items')))).toEqual(range(1, 2_500));
      const scanned = await all(store.scan());
      expect(seqs(scanned.filter((row) => row.entry.caseId === stream.caseId))).toEqual(range(1, 2_500));
    }, 60_000);

    test('a stream is read from the entry after a seq', async () => {
      const stream = { caseId: freshCase() };
      await fill(store, stream, 1, 12);
      expect(seqs(await all(store.stream(stream, 0)))).toEqual(range(1, 12));
      expect(seqs(await all(store.stream(stream, 9)))).toEqual([10, 11, 12]);
      expect(await all(store.stream(stream, 12))).toEqual([]);
      expect(await all(store.stream(stream, 999_999))).toEqual([]);
    });

    test('a reader that may stop early takes pages of its own size', async () => {
      const stream = { caseId: freshCase() };
      await fill(store, stream, 1, 10);
      const pages: number[][] = [];
      for await (const page of store.stream(stream, 1, 4)) pages.push(seqs(page));
      expect(pages).toEqual([range(2, 5), range(6, 9), [10]]);
    });

    test('the last seq that a key can hold is read like any other', async () => {
      const stream = anItemStream('9999');
      await store.append(eventRow(stream, 999_999));
      expect(seqs(await store.newest(stream, 1))).toEqual([999_999]);
      expect(seqs(await all(store.stream(stream, 999_998)))).toEqual([999_999]);
      expect(await store.newestItem(stream.caseId)).toBe('9999');
    });

    test('streams do not mix: another item, the case itself, a case whose name goes on', async () => {
      const caseId = freshCase();
      const streams: Stream[] = [
        { caseId },
        { caseId, itemId: anItemId('0001') },
        { caseId, itemId: anItemId('0010') },
        { caseId: freshCase(), itemId: anItemId('0001') },
      ];
      for (const [index, stream] of streams.entries()) await fill(store, stream, 1, index + 1);
      for (const [index, stream] of streams.entries()) {
        const rows = await all(store.stream(stream));
        expect(seqs(rows)).toEqual(range(1, index + 1));
        expect(new Set(rows.map((row) => row.entry.itemId))).toEqual(new Set([stream.itemId]));
        expect(await store.newest(stream, 10)).toEqual([...rows].reverse());
      }
    });

    test('a case is read in key order: its own stream, then item after item', async () => {
      const caseId = freshCase();
      await fill(store, { caseId, itemId: anItemId('0010') }, 1, 2);
      await fill(store, { caseId, itemId: anItemId('0002') }, 1, 11);
      await fill(store, { caseId }, 1, 3);
      const keys = (rows: EventRow[]): string[] =>
        rows.map(({ entry }) => `${entry.itemId ?? 'case'} ${entry.seq}`);
      const items = [...range(1, 11).map((seq) => `0002 ${seq}`), '0010 1', '0010 2'];
      expect(keys(await all(store.partition(caseId, 'items')))).toEqual(items);
      expect(keys(await all(store.partition(caseId, 'all')))).toEqual([
        'case 1',
        'case 2',
        'case 3',
        ...items,
      ]);
      expect(await store.newestItem(caseId)).toBe('0010');
    });

    test('a case without items has no newest item', async () => {
      const caseId = freshCase();
      await fill(store, { caseId }, 1, 2);
      expect(await store.newestItem(caseId)).toBeUndefined();
    });

    test('the first entries of a hundred items come in one call, those without an entry left out', async () => {
      const caseId = freshCase();
      const ids = range(1, 100).map((n) => anItemId(String(n).padStart(4, '0')));
      for (const itemId of ids.slice(0, 98)) await fill(store, { caseId, itemId }, 1, 2);
      const rows = await store.firstEntries(caseId, [...ids, ...ids.slice(0, 1)].slice(0, 100));
      expect(seqs(rows)).toEqual(Array.from({ length: 98 }, () => 1));
      expect(rows.map((row) => row.entry.itemId).sort()).toEqual(ids.slice(0, 98));
      const repeated = await store.firstEntries(caseId, [...ids.slice(0, 2), ...ids.slice(0, 2)]);
      expect(repeated).toHaveLength(2);
    });

    test('a scan gives every row once, streams whole and in order, and goes on after any key', async () => {
      const cases = [freshCase(), freshCase(), freshCase()];
      for (const caseId of cases) {
        await fill(store, { caseId, itemId: anItemId('0003') }, 1, 11);
        await fill(store, { caseId }, 1, 2);
      }
      const rows = (await all(store.scan())).map(({ entry }) => entry);
      const ours = rows.filter(({ caseId }) => cases.includes(caseId));
      expect(ours).toHaveLength(39);
      for (const caseId of cases) {
        const streamed = ours.filter((entry) => entry.caseId === caseId);
        expect(streamed.map(({ seq }) => seq)).toEqual([1, 2, ...range(1, 11)]);
        const start = rows.indexOf(streamed[0] as (typeof rows)[number]);
        expect(rows.slice(start, start + 13)).toEqual(streamed);
      }
      for (const at of [0, 1, 2, 12, 13, 38]) {
        const resumeAt = rows.indexOf(ours[at] as (typeof rows)[number]);
        const rest = (await all(store.scan(ours[at]))).map(({ entry }) => entry);
        expect(rest).toEqual(rows.slice(resumeAt + 1));
      }
    });

    describe('the ids of cases', () => {
      const ids = async (after?: CaseId): Promise<CaseId[]> => {
        const found: CaseId[] = [];
        for await (const id of store.caseIds(after)) found.push(id);
        return found;
      };
      const fillCase = async (caseId: CaseId, entries: number) => {
        await fill(store, { caseId }, 1, 1);
        if (entries > 1) await fill(store, { caseId, itemId: anItemId('0001') }, 1, entries - 1);
      };

      test('come once each, however many entries a case has, ids that begin others included', async () => {
        const base = freshCase();
        const near = ['', '0', '-0', '-a', 'a', 'aa', 'z'].map((end) => aCaseId(base + end));
        const before = new Set(await ids());
        for (const [at, caseId] of near.entries()) await fillCase(caseId, at + 1);
        // Only items, and the highest keys that there are.
        const odd = [freshCase(), freshCase()] as const;
        await store.append(eventRow({ caseId: odd[0], itemId: anItemId('9999') }, 999_999));
        await store.append(eventRow({ caseId: odd[1] }, 999_999));
        const all = await ids();
        expect(new Set(all).size).toBe(all.length);
        const fresh = all.filter((id) => !before.has(id));
        expect(fresh.sort()).toEqual([...near, ...odd].sort());
        const scanned = new Set<CaseId>();
        for await (const page of store.scan()) for (const { entry } of page) scanned.add(entry.caseId);
        expect(new Set(all)).toEqual(scanned);
      });

      test('go on after any one of them, to the end', async () => {
        const cases = [freshCase(), freshCase(), freshCase()];
        for (const caseId of cases) await fillCase(caseId, 3);
        const all = await ids();
        for (const caseId of [...cases, all[0], all.at(-1)]) {
          const at = all.indexOf(caseId as CaseId);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(await ids(caseId)).toEqual(all.slice(at + 1));
        }
      });

      test('may be left early: the first ones were taken', async () => {
        for (let n = 0; n < 3; n += 1) await fillCase(freshCase(), 2);
        const all = await ids();
        const taken: CaseId[] = [];
        for await (const id of store.caseIds()) {
          taken.push(id);
          if (taken.length === 2) break;
        }
        expect(taken).toEqual(all.slice(0, 2));
      });
    });
  });
}
