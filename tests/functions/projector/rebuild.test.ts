import { describe, expect, test } from 'vitest';
import type { EventRow } from '../../../domain/ports.ts';
import { replayDeadLetters } from '../../../functions/app/project.ts';
import { rebuildCase, rebuildViews } from '../../../functions/app/rebuild.ts';
import { CHECKPOINTS, pictureKey } from '../../../functions/app/view-rows.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { accepted, allRows, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { pathsAgree, rebuildsToTheSameBytes, viewRows } from '../../kit/recheck.ts';
import { inserted, projectorBench } from './kit.ts';

async function written() {
  const bench = projectorBench();
  const caseId = await openedCase(bench.ledger, people.committee);
  for (const title of ['甲', '乙']) {
    const raised = accepted(await bench.ledger.raiseIssue(people.committee, caseId, { data: { title } }, {}));
    const { itemId } = raised.entry.header;
    const assigned = { type: 'OfficeAssigned', data: { lead: '财政办' } };
    accepted(await bench.ledger.recordOnItem(people.committee, caseId, itemId as never, assigned, {}));
  }
  return { ...bench, caseId };
}

describe('a rebuild', () => {
  test('drops what the events do not say, and keeps how far the stream was read', async () => {
    const { deps, views } = await written();
    const stray = { partition: 'case#gone', sort: 'item#0001', version: 9, body: '{}' };
    const checkpoint = { partition: CHECKPOINTS, sort: 'shard', version: 0, body: '42' };
    await views.putAll([stray, checkpoint]);
    await rebuildViews(deps);
    expect(await views.get(stray.partition, stray.sort)).toBeUndefined();
    expect(await views.get(CHECKPOINTS, 'shard')).toEqual(checkpoint);
    await rebuildsToTheSameBytes(deps);
  });

  test('sets a poisoned entry aside, builds what stands before it and all the rest', async () => {
    const { deps, events, caseId, ledger } = await written();
    const { scan } = events;
    const poisoned = (row: EventRow): EventRow =>
      row.entry.itemId === '0001' && row.entry.seq === 2
        ? { ...row, entry: { ...row.entry, header: '{}' } }
        : row;
    events.scan = (after) =>
      (async function* () {
        for await (const page of scan.call(events, after)) yield page.map(poisoned);
      })();
    await rebuildViews(deps);
    const version = async (id: string) => {
      const key = pictureKey({ caseId, itemId: anItemId(id) });
      return (await deps.views.get(key.partition, key.sort))?.version;
    };
    expect([await version('0001'), await version('0002')]).toEqual([1, 2]);
    expect((await ledger.health()).deadLetters).toBe(1);
    events.scan = scan;
    expect(await replayDeadLetters(deps)).toEqual({ replayed: 1, left: 0 });
    expect(await version('0001')).toBe(2);
    await pathsAgree(deps, ledger);
  });

  test('brings back no word that is erased while it runs', async () => {
    const { deps, events, caseId, ledger, feed } = await written();
    const say = (type: string, data: object, who = people.lead) =>
      ledger.recordOnItem(who, caseId, anItemId('0001'), { type, data }, {});
    accepted(await say('MeasureAdopted', { text: '应删的话' }));
    // Past the sixteenth entry there is a snapshot.
    for (let at = 0; at < 16; at += 1) accepted(await say('ProgressReported', { text: `进展${at}` }));
    await feed(...(await allRows(events)).map((row) => inserted(row)));
    const held = async () =>
      (await viewRows(deps)).filter(({ body }) => body.includes('应删的话')).map(({ sort }) => sort);
    expect((await held()).some((sort) => sort.startsWith('snapshot#'))).toBe(true);
    const { partition } = events;
    events.partition = (id, part) =>
      (async function* () {
        const pages = [];
        for await (const page of partition.call(events, id, part)) pages.push(page);
        events.partition = partition;
        const erase = { target: 3, ground: '依法', approvedBy: 'wang' };
        const erased = accepted(await say('TextErased', erase, people.committee));
        const row = await events.row({ caseId, itemId: anItemId('0001') }, erased.entry.header.seq);
        if (row) await feed(inserted(row));
        expect(await held()).toEqual([]);
        yield* pages;
      })();
    await rebuildCase(deps, caseId);
    expect(await held()).toEqual([]);
    await pathsAgree(deps, ledger);
  });

  test('that died anywhere is made good by the next one', async () => {
    const { deps, views, feed } = await written();
    const rows = await allRows(deps.events);
    await feed(...rows.map((row) => inserted(row)));
    const before = await viewRows(deps);
    let calls = 0;
    views.mishap = () => {
      calls += 1;
      return undefined;
    };
    await rebuildViews(deps);
    const total = calls;
    for (let dies = 1; dies <= total; dies += 1) {
      calls = 0;
      views.mishap = () => {
        calls += 1;
        return calls === dies ? 'lost' : undefined;
      };
      await expect(rebuildViews(deps)).rejects.toMatchObject({ name: 'StoreFault' });
      views.mishap = () => undefined;
      await rebuildViews(deps);
      expect([dies, await viewRows(deps)]).toEqual([dies, before]);
    }
    expect(total).toBeGreaterThan(5);
  });
});
