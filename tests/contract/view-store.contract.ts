import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewRow, ViewStore } from '../../domain/ports.ts';
import { all } from '../kit/event-rows.ts';

export interface ViewStoreUnderTest {
  readonly store: ViewStore;
  stop(): Promise<void>;
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const view = (partition: string, sort: string, version = 1, body = '{}'): ViewRow => ({
  partition,
  sort,
  version,
  body,
});
const bySort = (rows: readonly ViewRow[]): ViewRow[] =>
  [...rows].sort((one, other) => (one.sort < other.sort ? -1 : 1));
const sorts = (found: { readonly rows: readonly ViewRow[] }): string[] => found.rows.map((row) => row.sort);

/** What every view store must do. */
export function viewStoreContract(name: string, open: () => Promise<ViewStoreUnderTest>): void {
  describe(`view store: ${name}`, () => {
    let under: ViewStoreUnderTest;
    let store: ViewStore;
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(() => under?.stop());

    test('a row comes back as it went in', async () => {
      const row = view(`register#${randomUUID()}`, '0001#责任单位', 7, '{"标题":"😀\\n"}');
      expect(await store.advance(row)).toBe(true);
      expect(await store.get(row.partition, row.sort, true)).toEqual(row);
      expect(await store.get(row.partition, row.sort)).toEqual(row);
      expect(await store.get(row.partition, 'another')).toBeUndefined();
    });

    test('a row only moves forward: an older or equal version leaves it as it stands', async () => {
      const partition = randomUUID();
      expect(await store.advance(view(partition, 'a', 7, 'seven'))).toBe(true);
      expect(await store.advance(view(partition, 'a', 1, 'one'))).toBe(false);
      expect(await store.advance(view(partition, 'a', 7, 'again'))).toBe(false);
      expect(await store.get(partition, 'a', true)).toEqual(view(partition, 'a', 7, 'seven'));
      expect(await store.advance(view(partition, 'a', 10, 'ten'))).toBe(true);
      expect(await store.get(partition, 'a', true)).toEqual(view(partition, 'a', 10, 'ten'));
    });

    test('many rows move forward together, and those that stand further stay', async () => {
      const partition = randomUUID();
      const standing = [view(partition, 's007', 9, 'newer'), view(partition, 's150', 2, 'the same version')];
      for (const row of standing) await store.advance(row);
      const asked = numbers(1, 230).map((n) => view(partition, `s${String(n).padStart(3, '0')}`, 2, `b${n}`));
      await store.advanceAll(asked);
      await store.advanceAll(asked);
      const expected = asked.map((row) => standing.find(({ sort }) => sort === row.sort) ?? row);
      const found = await store.range(partition, {}, { limit: 300, consistent: true });
      expect(found.rows).toEqual(expected);
      await store.advanceAll([
        view(partition, 's001', 3, 'older'),
        view(partition, 's001', 4, 'twice in one call'),
      ]);
      expect(await store.get(partition, 's001', true)).toEqual(
        view(partition, 's001', 4, 'twice in one call'),
      );
    });

    test('versions 1 to 30 in any order, all at once, end at 30', async () => {
      const partition = randomUUID();
      const shuffled = numbers(1, 30).map((n) => (n * 17) % 31);
      const results = await Promise.all(
        shuffled.map((version) => store.advance(view(partition, 'a', version, `v${version}`))),
      );
      expect(results.some(Boolean)).toBe(true);
      expect(await store.get(partition, 'a', true)).toEqual(view(partition, 'a', 30, 'v30'));
    });

    test('many rows are put, got and removed, more than one batch takes', async () => {
      const partition = randomUUID();
      const rows = numbers(1, 230).map((n) => view(partition, `k${1_000 + n}`, n, `{"n":${n}}`));
      await store.putAll(rows);
      expect(bySort(await store.getMany(rows, true))).toEqual(rows);
      const absent = { partition, sort: 'absent' };
      expect(await store.getMany([...rows.slice(0, 2), ...rows.slice(0, 2), absent], true)).toHaveLength(2);
      await store.remove([...rows.slice(0, 200), ...rows.slice(0, 1), absent]);
      expect(bySort(await store.getMany(rows, true))).toEqual(rows.slice(200));
    });

    test('nothing to put, get or remove is no error', async () => {
      await store.putAll([]);
      await store.remove([]);
      expect(await store.getMany([])).toEqual([]);
    });

    test('putting is for rows that depend on their key: it overwrites, and the last one said counts', async () => {
      const partition = randomUUID();
      await store.putAll([view(partition, 'a', 9, 'old')]);
      await store.putAll([view(partition, 'a', 1, 'first'), view(partition, 'a', 1, 'last')]);
      expect(await store.get(partition, 'a', true)).toEqual(view(partition, 'a', 1, 'last'));
    });

    test('a range pages forwards and backwards and says exactly whether more follow', async () => {
      const partition = randomUUID();
      const keys = numbers(1, 10).map((n) => `d#${10 + n}`);
      await store.putAll(keys.map((sort) => view(partition, sort)));
      await store.putAll([view(partition, 'c#99'), view(partition, 'e#01'), view(randomUUID(), 'd#15')]);
      for (const descending of [false, true]) {
        for (const limit of [1, 3, 5, 9, 10]) {
          const seen: string[] = [];
          let pages = 0;
          for (let more = true; more; pages += 1) {
            const bounds = { prefix: 'd#', after: seen.at(-1) };
            const page = await store.range(partition, bounds, { limit, descending, consistent: true });
            seen.push(...sorts(page));
            more = page.more;
          }
          expect(seen).toEqual(descending ? [...keys].reverse() : keys);
          expect(pages).toBe(Math.ceil(keys.length / limit));
        }
      }
    });

    test('a range has inclusive ends, an exclusive start and a prefix, each on its own or together', async () => {
      const partition = randomUUID();
      await store.putAll(['a1', 'b1', 'b2', 'b3', 'b4', 'c1'].map((sort) => view(partition, sort)));
      const cases: [Parameters<ViewStore['range']>[1], string, string][] = [
        [{}, 'a1 b1 b2 b3 b4 c1', 'c1 b4 b3 b2 b1 a1'],
        [{ prefix: 'b' }, 'b1 b2 b3 b4', 'b4 b3 b2 b1'],
        [{ from: 'b2' }, 'b2 b3 b4 c1', 'c1 b4 b3 b2'],
        [{ to: 'b2' }, 'a1 b1 b2', 'b2 b1 a1'],
        [{ from: 'b2', to: 'b3' }, 'b2 b3', 'b3 b2'],
        [{ prefix: 'b', from: 'b3' }, 'b3 b4', 'b4 b3'],
        [{ prefix: 'b', from: 'a', to: 'b2' }, 'b1 b2', 'b2 b1'],
        [{ prefix: 'b', to: 'z' }, 'b1 b2 b3 b4', 'b4 b3 b2 b1'],
        [{ after: 'b2' }, 'b3 b4 c1', 'b1 a1'],
        [{ prefix: 'b', after: 'b2' }, 'b3 b4', 'b1'],
        [{ prefix: 'b', after: 'b2x' }, 'b3 b4', 'b2 b1'],
        [{ prefix: 'b', after: 'a' }, 'b1 b2 b3 b4', ''],
        [{ prefix: 'b', after: 'c' }, '', 'b4 b3 b2 b1'],
        [{ from: 'b2', to: 'b3', after: 'b3' }, '', 'b2'],
        [{ from: 'b2', to: 'b3', after: 'b2' }, 'b3', ''],
        [{ prefix: '', from: '' }, 'a1 b1 b2 b3 b4 c1', 'c1 b4 b3 b2 b1 a1'],
        [{ to: '' }, '', ''],
        [{ after: '' }, 'a1 b1 b2 b3 b4 c1', ''],
        [{ from: 'b3', to: 'b2' }, '', ''],
        [{ prefix: 'b', from: 'c' }, '', ''],
        [{ prefix: 'x' }, '', ''],
      ];
      for (const [bounds, forwards, backwards] of cases) {
        const options = { limit: 10, consistent: true };
        const up = await store.range(partition, bounds, options);
        expect([bounds, sorts(up).join(' '), up.more]).toEqual([bounds, forwards, false]);
        const down = await store.range(partition, bounds, { ...options, descending: true });
        expect([bounds, sorts(down).join(' '), down.more]).toEqual([bounds, backwards, false]);
      }
    });

    test('keys sort by their bytes in UTF-8, and a prefix holds them all', async () => {
      const partition = randomUUID();
      const inOrder = ['办', '办a', '办公', '办！', '办😀', '务'];
      await store.putAll([...inOrder].reverse().map((sort) => view(partition, sort)));
      const options = { limit: 10, consistent: true };
      const whole = await store.range(partition, {}, options);
      expect(sorts(whole)).toEqual(
        [...inOrder].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
      const some = await store.range(partition, { prefix: '办' }, options);
      expect(sorts(some)).toEqual(['办', '办a', '办公', '办！', '办😀']);
      const rest = await store.range(partition, { prefix: '办', after: '办！' }, options);
      expect(sorts(rest)).toEqual(['办😀']);
    });

    test('a range beyond 1 MB comes whole', async () => {
      const partition = randomUUID();
      const keys = numbers(1, 60).map((n) => `k${100 + n}`);
      await store.putAll(keys.map((sort) => view(partition, sort, 1, '字'.repeat(10_000))));
      const found = await store.range(partition, { prefix: 'k' }, { limit: 60, consistent: true });
      expect(sorts(found)).toEqual(keys);
      expect(found.more).toBe(false);
      expect(await store.getMany(found.rows, true)).toHaveLength(60);
      const scanned = (await all(store.scan())).filter((row) => row.partition === partition);
      expect(bySort(scanned)).toEqual(found.rows);
    });
  });
}
