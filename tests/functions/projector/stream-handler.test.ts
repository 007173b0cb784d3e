import { describe, expect, test } from 'vitest';
import type { EventRow } from '../../../domain/ports.ts';
import { StoreFault } from '../../../domain/ports.ts';
import { replayDeadLetters } from '../../../functions/app/project.ts';
import { pictureKey } from '../../../functions/app/view-rows.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { accepted, allRows, openedCase } from '../../kit/ledger-bench.ts';
import { mishaps } from '../../kit/mishaps.ts';
import { people } from '../../kit/people.ts';
import { pathsAgree, rebuildsToTheSameBytes, viewRows } from '../../kit/recheck.ts';
import { imageOf, inserted, modified, projectorBench } from './kit.ts';

/** Two items with eight entries each, in one case; nothing projected yet. */
async function written() {
  const bench = projectorBench();
  const caseId = await openedCase(bench.ledger, people.committee);
  const streams = ['0001', '0002'].map((id) => ({ caseId, itemId: anItemId(id) }));
  for (const { itemId } of streams) {
    accepted(await bench.ledger.raiseIssue(people.committee, caseId, { data: { title: itemId } }, {}));
    const say = (type: string, data: object, who = people.lead) =>
      bench.ledger.recordOnItem(who, caseId, itemId, { type, data }, {}).then(accepted);
    await say('OfficeAssigned', { lead: '财政办' }, people.committee);
    await say('MeasureAdopted', { text: '措施' });
    for (let n = 0; n < 16; n += 1) await say('ProgressReported', { text: `进展${n}` });
    await say('EntryCorrected', { target: 3, set: { text: '好措施' }, reason: '误' });
  }
  const rows = (await allRows(bench.events)) as [EventRow, ...EventRow[]];
  const of = (at: 0 | 1) => rows.filter(({ entry }) => entry.itemId === streams[at]?.itemId);
  const version = async (at: 0 | 1): Promise<number | undefined> => {
    const key = pictureKey(streams[at] ?? { caseId });
    return (await bench.views.get(key.partition, key.sort))?.version;
  };
  return { ...bench, caseId, streams, rows, of, version };
}

describe('the projector', () => {
  test('builds the same views however often and in whatever batches records come', async () => {
    const once = await written();
    await once.feed(...once.rows.map((row) => inserted(row)));
    const expected = await viewRows(once.deps);
    expect(expected.length).toBeGreaterThan(40);

    const often = await written();
    for (const { entry } of often.rows) expect(entry.header).toBeTypeOf('string');
    for (const row of often.rows) {
      await often.feed(inserted(row), inserted(row));
      await often.feed(inserted(often.rows[0]), inserted(row));
    }
    await pathsAgree(often.deps, often.ledger);
    await rebuildsToTheSameBytes(often.deps);
    expect(often.errors()).toEqual([]);
  });

  test('takes streams in any order among each other', async () => {
    const { feed, rows, of, deps, ledger } = await written();
    const mixed = [...of(1), ...of(0).flatMap((row) => [row]), ...rows.filter((row) => !row.entry.itemId)];
    for (let at = 0; at < mixed.length; at += 3)
      await feed(
        ...mixed
          .slice(at, at + 3)
          .reverse()
          .map((row) => inserted(row)),
      );
    await pathsAgree(deps, ledger);
    await rebuildsToTheSameBytes(deps);
  });

  test('a record that was skipped is read from the events, and what it would have brought stands', async () => {
    const { feed, of, rows, deps, ledger, version } = await written();
    await feed(...rows.filter((row) => !row.entry.itemId).map((row) => inserted(row)));
    await feed(
      ...of(0)
        .slice(0, 2)
        .map((row) => inserted(row)),
    );
    expect(await version(0)).toBe(2);
    await feed(
      ...of(0)
        .slice(9, 10)
        .map((row) => inserted(row)),
    );
    expect(await version(0)).toBe(of(0).length);
    await feed(
      ...of(1)
        .slice(-1)
        .map((row) => inserted(row)),
    );
    await pathsAgree(deps, ledger);
    await rebuildsToTheSameBytes(deps);
  });

  test('an old record that comes late moves nothing back', async () => {
    const { feed, of, rows, deps } = await written();
    await feed(...rows.map((row) => inserted(row)));
    const before = await viewRows(deps);
    await feed(
      ...of(0)
        .slice(0, 3)
        .map((row) => inserted(row)),
    );
    expect(await viewRows(deps)).toEqual(before);
  });

  test('a poisoned record is set aside, counted and logged; the others go on; a repair is taken up', async () => {
    const { feed, of, rows, deps, ledger, errors, events, version } = await written();
    const broken = of(0)[4] as EventRow;
    const poison = { header: { S: '{"not":"a header"}' } };
    // The store holds what the stream delivered: both are broken until somebody repairs them.
    const { stream } = events;
    events.stream = (asked, ...more) =>
      asked.itemId === broken.entry.itemId
        ? (async function* () {
            for await (const page of stream.call(events, asked, ...more))
              yield page.map((row) =>
                row.entry.seq === 5 ? { ...row, entry: { ...row.entry, header: poison.header.S } } : row,
              );
          })()
        : stream.call(events, asked, ...more);
    for (const row of rows) await feed(row === broken ? inserted(row, poison) : inserted(row));
    expect(await version(0)).toBe(4);
    expect(await version(1)).toBe(of(1).length);
    expect(await ledger.health()).toMatchObject({ deadLetters: expect.any(Number) });
    expect((await ledger.health()).deadLetters).toBeGreaterThan(0);
    expect(errors().length).toBeGreaterThan(0);
    expect(errors().join()).toMatch(/set aside.*0001/);
    expect(errors().join()).not.toMatch(/进展|措施/);

    const unrepaired = await replayDeadLetters(deps);
    expect(unrepaired.replayed).toBe(0);
    expect(unrepaired.left).toBeGreaterThan(0);
    events.stream = stream;
    expect((await replayDeadLetters(deps)).left).toBe(0);
    expect(await version(0)).toBe(of(0).length);
    expect((await ledger.health()).deadLetters).toBe(0);
    await pathsAgree(deps, ledger);
    await rebuildsToTheSameBytes(deps);
  });

  test.each([
    ['no header', { header: undefined }],
    ['a header that is no text', { header: { B: 'AAAA' } }],
    ['a salt of 3 bytes', { dataSalt: { B: 'AAAA' } }],
    ['a header that is no JSON', { header: { S: '{' } }],
    ['a header of another seq', { header: { S: '{"seq":9}' } }],
    ['a key that is none', { entry: { S: 'I#0001#zz' } }],
    ['no key at all', { caseId: undefined, entry: undefined }],
    ['data that is no JSON', { data: { S: 'x' } }],
  ])('a record with %s is set aside and does not throw', async (_, change) => {
    const { feed, rows, of, ledger, version } = await written();
    const broken = of(0).at(-1) as EventRow;
    await feed(...rows.filter((row) => row !== broken).map((row) => inserted(row)), inserted(broken, change));
    expect((await ledger.health()).deadLetters).toBe(1);
    expect(await version(1)).toBe(of(1).length);
    expect(await version(0)).toBe(of(0).length - 1);
  });

  test('an announced erasure raises no alarm', async () => {
    const { feed, rows, of, errors, ledger, caseId, streams, events } = await written();
    await feed(...rows.map((row) => inserted(row)));
    const before = of(0)[3] as EventRow;
    const { itemId } = streams[0] as { itemId: ReturnType<typeof anItemId> };
    const erase = { type: 'TextErased', data: { target: 4, ground: '法', approvedBy: 'wang' } };
    accepted(await ledger.recordOnItem(people.committee, caseId, itemId, erase, {}));
    const after = (await events.row({ caseId, itemId }, 4)) as EventRow;
    expect(after.entry.text).toBeUndefined();
    await feed(modified(imageOf(before), imageOf(after)));
    expect(errors()).toEqual([]);
  });

  test('a change or removal of an event is an alarm: nobody announced it', async () => {
    const { feed, rows, of, errors, lines } = await written();
    await feed(...rows.map((row) => inserted(row)));
    const before = imageOf(of(0)[3] as EventRow);
    const { text: _, textSalt: __, ...bare } = before;
    const forgeries = [
      modified(before, { ...before, data: { S: '{"forged":true}' } }),
      modified(before, { ...before, text: { S: '{"text":"改"}' } }),
      modified(before, { ...bare, header: { S: '{}' } }),
      modified(before, { ...bare, carried: { S: '[]' } }),
      // As an erasure is, but nothing in the stream says so.
      modified(before, bare),
      { eventName: 'REMOVE', dynamodb: { Keys: { caseId: before.caseId as never }, OldImage: before } },
      { eventName: 'MODIFY' },
    ];
    for (const [at, forgery] of forgeries.entries()) {
      await feed(forgery);
      expect([at, errors().length]).toEqual([at, at + 1]);
    }
    expect(lines.filter((line) => line.level === 'error').map((line) => line.message)).toEqual(
      forgeries.map(() => 'an event was changed or removed'),
    );
    expect(errors().join()).not.toMatch(/进展|forged|改/);
  });

  test.each(['get', 'putAll', 'advance'] as const)(
    'a fault of the store at %s is thrown, so that the batch comes again, and then nothing is missing',
    async (call) => {
      const { feed, rows, views, deps, ledger } = await written();
      for (const mishap of ['lost', 'throttled', 'unacknowledged'] as const) {
        views.mishap = mishaps(call, mishap);
        await expect(feed(...rows.map((row) => inserted(row)))).rejects.toBeInstanceOf(StoreFault);
      }
      await feed(...rows.map((row) => inserted(row)));
      await pathsAgree(deps, ledger);
      await rebuildsToTheSameBytes(deps);
    },
  );
});
