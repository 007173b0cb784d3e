import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId, Stream } from '../../domain/ids.ts';
import type { EventRow, EventStore } from '../../domain/ports.ts';
import { all, anItemId, eventRow, freshCase } from '../kit/event-rows.ts';

export interface EventStoreUnderTest {
  readonly store: EventStore;
  /** Another client of the same table, for reads that follow another's write. */
  readonly other: EventStore;
  stop(): Promise<void>;
}

const seqs = (rows: readonly EventRow[]): number[] => rows.map((row) => row.entry.seq);
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
const anItemStream = (item = '0001'): Stream & { itemId: ItemId } => ({
  caseId: freshCase(),
  itemId: anItemId(item),
});

/** What every event store must do. The names say the rule; those marked with a peer's fault are from PEERS.md. */
export function eventStoreContract(name: string, open: () => Promise<EventStoreUnderTest>): void {
  describe(`event store: ${name}`, () => {
    let under: EventStoreUnderTest;
    let store: EventStore;
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(() => under?.stop());

    const fill = async (stream: Stream, first: number, last: number, bytes = 0): Promise<EventRow[]> => {
      const rows = range(first, last).map((seq) => eventRow(stream, seq, { bytes }));
      for (let from = 0; from < rows.length; from += 50) {
        await Promise.all(rows.slice(from, from + 50).map((row) => store.append(row)));
      }
      return rows;
    };

    test('a row comes back as it went in: strings to the letter, salts to the byte', async () => {
      const stream = anItemStream();
      const text = '党组“三重一大”决策不规范——𠮷野家😀 é ‱\n第二行\u3000全角';
      const row = eventRow(stream, 1, { text, carried: '[1,[],"二"]' });
      expect(await store.append(row)).toBe('appended');
      const read = await store.row(stream, 1);
      expect(read).toEqual(row);
      expect(read?.entry.header).toContain('2025-03-14T07:05:09.007Z');
      expect(read?.entry.dataSalt).toBeInstanceOf(Uint8Array);
      expect(await store.newest(stream, 1)).toEqual([row]);
      expect(await all(store.stream(stream))).toEqual([row]);
    });

    test('salts of every byte value survive', async () => {
      const stream = anItemStream();
      for (const [index, seq] of range(1, 16).entries()) {
        const dataSalt = Uint8Array.from({ length: 16 }, (_, at) => index * 16 + at);
        const row = eventRow(stream, seq);
        await store.append({ ...row, entry: { ...row.entry, dataSalt } });
      }
      const salts = (await all(store.stream(stream))).flatMap(({ entry }) => [...entry.dataSalt]);
      expect(salts).toEqual(range(0, 255));
    });

    test('what rides on a row may be absent', async () => {
      const stream = { caseId: freshCase() };
      await store.append(eventRow(stream, 1));
      expect((await store.row(stream, 1))?.carried).toBeUndefined();
    });

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

    test('a second append at one seq clashes, writes nothing and gives the row that stands', async () => {
      const stream = anItemStream();
      const first = eventRow(stream, 1, { text: '先到', carried: 'a' });
      expect(await store.append(first)).toBe('appended');
      expect(await under.other.append(eventRow(stream, 1, { text: '后到' }))).toEqual({ clash: first });
      expect(await all(store.stream(stream))).toEqual([first]);
    });

    test('appending the same row again clashes with our own row', async () => {
      const row = eventRow(anItemStream(), 1);
      expect(await store.append(row)).toBe('appended');
      expect(await store.append(row)).toEqual({ clash: row });
    });

    test('of forty concurrent writers at one seq exactly one wins, and all others see it', async () => {
      const stream = anItemStream();
      const rows = range(1, 40).map((writer) => eventRow(stream, 1, { text: `writer ${writer}` }));
      const outcomes = await Promise.all(
        rows.map((row, index) => (index % 2 ? store : under.other).append(row)),
      );
      const winners = rows.filter((_, index) => outcomes[index] === 'appended');
      expect(winners).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome !== 'appended')).toEqual(
        Array.from({ length: 39 }, () => ({ clash: winners[0] })),
      );
      expect(await store.row(stream, 1)).toEqual(winners[0]);
    });

    test('concurrent writers that read, then put at version + 1, leave no gap and lose nothing', async () => {
      const stream = anItemStream();
      const write = async (client: EventStore, text: string): Promise<void> => {
        for (;;) {
          const [newest] = await client.newest(stream, 1);
          const row = eventRow(stream, (newest?.entry.seq ?? 0) + 1, { text });
          if ((await client.append(row)) === 'appended') return;
        }
      };
      const texts = range(1, 24).map((writer) => `writer ${writer}`);
      await Promise.all(texts.map((text, index) => write(index % 2 ? store : under.other, text)));
      const rows = await all(store.stream(stream));
      expect(seqs(rows)).toEqual(range(1, 24));
      expect(rows.map((row) => row.entry.text).sort()).toEqual([...texts].sort());
    });

    test('a read sees at once what another client wrote', async () => {
      const stream = anItemStream();
      for (const seq of range(1, 20)) {
        await store.append(eventRow(stream, seq));
        expect(seqs(await under.other.newest(stream, 1))).toEqual([seq]);
      }
    });

    test('newest gives the newest rows, newest first, however the numbers are written', async () => {
      const stream = anItemStream();
      await fill(stream, 1, 11);
      expect(seqs(await store.newest(stream, 4))).toEqual([11, 10, 9, 8]);
      expect(seqs(await store.newest(stream, 11))).toEqual(range(1, 11).reverse());
      expect(seqs(await store.newest(stream, 20))).toEqual(range(1, 11).reverse());
    });

    test('a first load of 2,500 rows of 900 bytes gives 2,500 (a peer gives 1,550)', async () => {
      const stream = anItemStream();
      await fill(stream, 1, 2_500, 900);
      expect(seqs(await all(store.stream(stream)))).toEqual(range(1, 2_500));
      expect(seqs(await store.newest(stream, 2_400))).toEqual(range(101, 2_500).reverse());
      expect(seqs(await all(store.stream(stream, 2_498)))).toEqual([2_499, 2_500]);
      expect(seqs(await all(store.partition(stream.caseId, 'items')))).toEqual(range(1, 2_500));
      const scanned = await all(store.scan());
      expect(seqs(scanned.filter((row) => row.entry.caseId === stream.caseId))).toEqual(range(1, 2_500));
    }, 60_000);

    test('a stream is read from the entry after a seq', async () => {
      const stream = { caseId: freshCase() };
      await fill(stream, 1, 12);
      expect(seqs(await all(store.stream(stream, 0)))).toEqual(range(1, 12));
      expect(seqs(await all(store.stream(stream, 9)))).toEqual([10, 11, 12]);
      expect(await all(store.stream(stream, 12))).toEqual([]);
      expect(await all(store.stream(stream, 999_999))).toEqual([]);
    });

    test('a reader that may stop early takes pages of its own size', async () => {
      const stream = { caseId: freshCase() };
      await fill(stream, 1, 10);
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
      for (const [index, stream] of streams.entries()) await fill(stream, 1, index + 1);
      for (const [index, stream] of streams.entries()) {
        const rows = await all(store.stream(stream));
        expect(seqs(rows)).toEqual(range(1, index + 1));
        expect(new Set(rows.map((row) => row.entry.itemId))).toEqual(new Set([stream.itemId]));
        expect(await store.newest(stream, 10)).toEqual([...rows].reverse());
      }
    });

    test('a case is read in key order: its own stream, then item after item', async () => {
      const caseId = freshCase();
      await fill({ caseId, itemId: anItemId('0010') }, 1, 2);
      await fill({ caseId, itemId: anItemId('0002') }, 1, 11);
      await fill({ caseId }, 1, 3);
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
      await fill({ caseId }, 1, 2);
      expect(await store.newestItem(caseId)).toBeUndefined();
    });

    test('the first entries of a hundred items come in one call, those without an entry left out', async () => {
      const caseId = freshCase();
      const ids = range(1, 100).map((n) => anItemId(String(n).padStart(4, '0')));
      for (const itemId of ids.slice(0, 98)) await fill({ caseId, itemId }, 1, 2);
      const rows = await store.firstEntries(caseId, [...ids, ...ids.slice(0, 1)].slice(0, 100));
      expect(seqs(rows)).toEqual(Array.from({ length: 98 }, () => 1));
      expect(rows.map((row) => row.entry.itemId).sort()).toEqual(ids.slice(0, 98));
      const repeated = await store.firstEntries(caseId, [...ids.slice(0, 2), ...ids.slice(0, 2)]);
      expect(repeated).toHaveLength(2);
    });

    test('a scan gives every row once, streams whole and in order, and goes on after any key', async () => {
      const cases = [freshCase(), freshCase(), freshCase()];
      for (const caseId of cases) {
        await fill({ caseId, itemId: anItemId('0003') }, 1, 11);
        await fill({ caseId }, 1, 2);
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

    test('erasing takes the text and its salt, nothing else, and may be repeated', async () => {
      const stream = anItemStream();
      const row = eventRow(stream, 1, { text: '姓名', carried: 'kept' });
      await store.append(row);
      const erased = { ...row, entry: { ...row.entry, text: undefined, textSalt: undefined } };
      await store.eraseText(stream, 1);
      expect(await under.other.row(stream, 1)).toEqual(erased);
      await store.eraseText(stream, 1);
      expect(await store.row(stream, 1)).toEqual(erased);
      expect(await store.append(row)).toEqual({ clash: erased });
    });

    test('erasing a row that is not there is refused and makes none', async () => {
      const stream = anItemStream();
      await expect(store.eraseText(stream, 1)).rejects.toThrow(/no entry/);
      expect(await store.row(stream, 1)).toBeUndefined();
    });

    test('an entry already erased can be appended, as a restore does', async () => {
      const stream = anItemStream();
      const row = eventRow(stream, 1);
      const erased = { ...row, entry: { ...row.entry, text: undefined, textSalt: undefined } };
      expect(await store.append(erased)).toBe('appended');
      expect(await store.row(stream, 1)).toEqual(erased);
    });

    test('a put given up before it left writes nothing', async () => {
      const stream = anItemStream();
      const given = AbortSignal.abort();
      await expect(store.append(eventRow(stream, 1), given)).rejects.toMatchObject({
        name: 'StoreFault',
        kind: 'unavailable',
      });
      expect(await store.row(stream, 1)).toBeUndefined();
    });
  });
}
