import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CARRY_EVERY, itemStream, readStreamState } from '../../functions/app/streams.ts';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { aCaseId, anItemId, freshCase } from '../kit/event-rows.ts';
import { begun, entry, progress, recorded } from '../kit/item-path.ts';
import { people } from '../kit/people.ts';
import { pathsAgree, rebuildsToTheSameBytes, recheck } from '../kit/recheck.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('law 3: the state is the fold of the entries in seq order, by any path', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await apiBench();
  });
  afterAll(() => api?.stop());

  test.each([
    ['EntryCorrected', { target: 3, set: { text: '建好制度' }, reason: '笔误' }],
    ['EntryVoided', { target: 3, reason: '重复' }],
    ['EvidenceWithdrawn', { evidenceId: 'e4', reason: '不实' }],
  ])('after %s alone, which makes earlier entries read differently', async (type, data) => {
    const { item } = await begun(api);
    const on = (body: object) => recorded(api, people.lead, `${item}/events`, body);
    const file = { name: '制度', mediaType: 'application/pdf', bytes: 1, sha256: 'ef'.repeat(32) };
    await on(entry('MeasureAdopted', { text: '建制度' }));
    await on(entry('EvidenceAttached', { ...file, measureIds: ['m3'] }));
    await api.projected();
    await on(entry(type, data));
    await on(progress('后续'));
    await api.projected();
    await pathsAgree(api.deps, api.ledger);
  });

  test('of a long history with every kind of amendment, an import and an erasure', async () => {
    const { item, inCase } = await begun(api);
    const on = (body: object, who = people.lead) => recorded(api, who, `${item}/events`, body);
    await on(entry('MeasureAdopted', { text: '建制度' }));
    await on(progress('含姓名的进展'));
    const file = { name: '制度', mediaType: 'application/pdf', bytes: 1, sha256: 'ef'.repeat(32) };
    await on(entry('EvidenceAttached', { ...file, measureIds: ['m3'] }));
    for (let n = 0; n < 30; n += 1) await on(progress(`进展${n}`));
    await on(entry('EntryCorrected', { target: 3, set: { text: '建好制度' }, reason: '笔误' }));
    await on(entry('EntryVoided', { target: 8, reason: '重复' }));
    await on(entry('EvidenceWithdrawn', { evidenceId: 'e5', reason: '不实' }));
    await on(entry('TextErased', { target: 4, ground: '个人信息', approvedBy: 'wang' }), people.committee);
    for (let n = 0; n < 3; n += 1) await on(progress(`后续${n}`));
    await recorded(
      api,
      people.committee,
      `${inCase}/events`,
      entry('AccountabilityRecorded', { kind: 'admonition', persons: 2 }),
    );
    const notice = await readFile(
      new URL('../../functions/local/example/notice.txt', import.meta.url),
      'utf8',
    );
    const path = `/v1/cases/${freshCase()}/import?commit=true`;
    expect((await api.ask(people.committee, 'POST', path, notice)).body.committed).toBe(true);
    await api.projected();
    await recheck(api.deps, api.ledger);
  }, 60_000);

  test('a carried state of another fold is ignored, and the history is read instead', async () => {
    const { item, inCase } = await begun(api);
    for (let n = 0; n < 6; n += 1) await recorded(api, people.lead, `${item}/events`, progress(`${n}`));
    const stream = { caseId: aCaseId(inCase.slice('/v1/cases/'.length)), itemId: anItemId('0001') };
    const { zone } = api.deps.identity;
    const carried = await readStreamState(itemStream, api.deps.events, stream, zone);
    const strange = (rows: Awaited<ReturnType<typeof api.deps.events.newest>>, packed?: string) =>
      rows.map(({ entry: stored }) => ({ entry: stored, carried: packed }));
    for (const packed of [undefined, '', '{', '[]', '["another fold"]', 'null']) {
      const events = {
        ...api.deps.events,
        stream: api.deps.events.stream,
        newest: async (...asked: Parameters<typeof api.deps.events.newest>) =>
          strange(await api.deps.events.newest(...asked), packed),
      };
      const refolded = await readStreamState(itemStream, events, stream, zone);
      expect([packed, refolded.state, refolded.head]).toEqual([packed, carried.state, carried.head]);
    }
    const [newest] = await api.deps.events.newest(stream, CARRY_EVERY);
    expect(newest?.entry.seq).toBe(carried.head.version);
  });

  test('a rebuild beside writers ends where the stream ends', async () => {
    const { item } = await begun(api);
    const writing = (async () => {
      for (let n = 0; n < 40; n += 1) await recorded(api, people.lead, `${item}/events`, progress(`${n}`));
    })();
    await rebuildsBeside();
    await writing;
    await api.projected();
    await pathsAgree(api.deps, api.ledger);
    await rebuildsToTheSameBytes(api.deps);
  });

  const rebuildsBeside = async (): Promise<void> => {
    const { rebuildViews } = await import('../../functions/app/rebuild.ts');
    await rebuildViews(api.deps);
  };
});
