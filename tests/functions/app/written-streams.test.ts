import { describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { emptyStream, itemStream } from '../../../functions/app/streams.ts';
import { writtenStreams } from '../../../functions/app/written-streams.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { accepted, openedCase, refusalOf } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { chainHolds } from '../../kit/recheck.ts';
import { projectorBench } from '../projector/kit.ts';

const caseId = 'case-1' as CaseId;
const item = (id: string) => ({ caseId, itemId: anItemId(id) });
const state = emptyStream(itemStream);

describe('what is remembered', () => {
  test('the streams kept last, as far as there is room; a case and its items apart', () => {
    const written = writtenStreams(100);
    written.keep(item('0001'), state, 40);
    written.keep({ caseId }, state, 40);
    written.keep(item('0002'), state, 40);
    expect(written.find(item('0001'))).toBeUndefined();
    expect(written.find({ caseId })).toBe(state);
    expect(written.find(item('0002'))).toBe(state);
  });

  test('keeping again makes a stream the newest, and counts it once', () => {
    const written = writtenStreams(100);
    const again = { ...state };
    written.keep(item('0001'), state, 40);
    written.keep(item('0002'), state, 40);
    written.keep(item('0001'), again, 40);
    written.keep(item('0003'), state, 20);
    expect(written.find(item('0002'))).toBe(state);
    written.keep(item('0004'), state, 20);
    expect(written.find(item('0002'))).toBeUndefined();
    expect(written.find(item('0001'))).toBe(again);
  });

  test('what is forgotten leaves its room, and what is larger than the room is not kept', () => {
    const written = writtenStreams(100);
    written.keep(item('0001'), state, 100);
    written.forget(item('0001'));
    written.forget(item('0001'));
    written.keep(item('0002'), state, 100);
    expect(written.find(item('0002'))).toBe(state);
    written.keep(item('0002'), state, 101);
    expect(written.find(item('0002'))).toBeUndefined();
  });
});

describe('another process has written since', () => {
  async function twoProcesses() {
    const { deps } = projectorBench();
    const ours = openLedger({ ...deps, written: writtenStreams(1_000_000) });
    const theirs = openLedger(deps);
    const id = await openedCase(ours, people.committee);
    accepted(await ours.raiseIssue(people.committee, id, { data: { title: '问题' } }, {}));
    const on =
      (ledger: typeof ours) =>
      (
        type: string,
        data: object,
        who = people.lead,
        options: { idempotencyKey?: string; ifMatch?: number } = {},
      ) =>
        ledger.recordOnItem(who, id, anItemId('0001'), { type, data }, options);
    accepted(await on(ours)('OfficeAssigned', { lead: '财政办' }, people.committee));
    return { deps, ours: on(ours), theirs: on(theirs) };
  }

  test('the entry comes after theirs', async () => {
    const { deps, ours, theirs } = await twoProcesses();
    expect(accepted(await theirs('MeasureAdopted', { text: '措施' })).entry.header.seq).toBe(3);
    expect(accepted(await ours('MeasureAdopted', { text: '措施二' })).entry.header.seq).toBe(4);
    await chainHolds(deps);
  });

  test('nothing is refused for what no longer holds', async () => {
    const { ours, theirs } = await twoProcesses();
    expect(refusalOf(await ours('MeasureCompleted', { measureId: 'm3', summary: '完成' }))).toBe(
      'unknown-measure',
    );
    accepted(await theirs('MeasureAdopted', { text: '措施' }));
    expect(refusalOf(await ours('MeasureCompleted', { measureId: 'm3', summary: '完成' }))).toBe('accepted');
  });

  test('nothing is accepted for what no longer holds', async () => {
    const { ours, theirs } = await twoProcesses();
    accepted(await theirs('OfficeAssigned', { lead: '组织人事办' }, people.committee));
    expect(refusalOf(await ours('MeasureAdopted', { text: '措施' }))).toBe('office-not-responsible');
  });

  test('If-Match goes by the table', async () => {
    const { ours, theirs } = await twoProcesses();
    accepted(await theirs('MeasureAdopted', { text: '措施' }));
    const report = { measureId: 'm3', text: '进展' };
    expect(refusalOf(await ours('ProgressReported', report, people.lead, { ifMatch: 2 }))).toBe(
      'version-mismatch',
    );
    expect(refusalOf(await ours('ProgressReported', report, people.lead, { ifMatch: 3 }))).toBe('accepted');
  });

  test('a key that they used gives their answer', async () => {
    const { ours, theirs } = await twoProcesses();
    const once = { idempotencyKey: 'once' };
    accepted(await theirs('MeasureAdopted', { text: '措施' }, people.lead, once));
    const again = accepted(await ours('MeasureAdopted', { text: '措施' }, people.lead, once));
    expect([again.repeated, again.entry.header.seq]).toEqual([true, 3]);
  });
});
