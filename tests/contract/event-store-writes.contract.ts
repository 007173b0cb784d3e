import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStore } from '../../domain/ports.ts';
import { all, anItemStream, eventRow, freshCase, range, seqs } from '../kit/event-rows.ts';

export interface EventStoreUnderTest {
  readonly store: EventStore;
  /** Another client of the same table, for reads that follow another's write. */
  readonly other: EventStore;
  stop(): Promise<void>;
}

/** What every event store must do when it writes. The names say the rule. */
export function eventStoreWrites(name: string, open: () => Promise<EventStoreUnderTest>): void {
  describe(`event store writes: ${name}`, () => {
    let under: EventStoreUnderTest;
    let store: EventStore;
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(() => under?.stop());

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
