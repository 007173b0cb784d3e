import { afterEach, describe, expect, test, vi } from 'vitest';
import { CHINA } from '../../../domain/dates.ts';
import type { EventRow } from '../../../domain/ports.ts';
import { rowBytes } from '../../../functions/app/append.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { CARRY_EVERY } from '../../../functions/app/streams.ts';
import { forgetful, type WrittenStreams, writtenStreams } from '../../../functions/app/written-streams.ts';
import { createStreamHandler } from '../../../functions/projector/stream-handler.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { accepted, entropy, manualClock, openedCase, refusalOf } from '../../kit/ledger-bench.ts';
import { MemoryEventStore } from '../../kit/memory-event-store.ts';
import { MemoryViewStore } from '../../kit/memory-view-store.ts';
import { people } from '../../kit/people.ts';
import { inserted } from '../projector/kit.ts';

const itemId = anItemId('0001');

async function anItem(written: WrittenStreams = forgetful) {
  const events = new MemoryEventStore();
  const calls: string[] = [];
  events.mishap = (call) => {
    calls.push(call);
    return undefined;
  };
  const views = new MemoryViewStore();
  views.mishap = events.mishap;
  const identity = { ledger: 'A'.repeat(22), zone: CHINA };
  const deps: Dependencies = {
    identity,
    events,
    views,
    clock: manualClock(),
    entropy,
    written,
  };
  const ledger = openLedger(deps);
  const caseId = await openedCase(ledger, people.committee);
  accepted(await ledger.raiseIssue(people.committee, caseId, { data: { title: '问题' } }, {}));
  const say = (type: string, data: object, who = people.lead) =>
    ledger.recordOnItem(who, caseId, itemId, { type, data }, {});
  accepted(await say('OfficeAssigned', { lead: '财政办' }, people.committee));
  const rows = async (): Promise<EventRow[]> => {
    const found: EventRow[] = [];
    for await (const page of events.stream({ caseId, itemId })) found.push(...page);
    return found;
  };
  const projected = async (): Promise<void> => {
    const records = (await rows()).map((row) => inserted(row));
    await createStreamHandler(deps, () => {})({ Records: records });
  };
  return { events, calls, ledger, caseId, say, rows, projected };
}

describe('what a command costs', () => {
  test('one read of the newest rows and one put, however long the history', async () => {
    const { calls, say } = await anItem();
    for (const length of [0, 1, 15]) {
      for (let n = 0; n < length; n += 1) accepted(await say('ProgressReported', { text: `${n}` }));
      calls.length = 0;
      accepted(await say('MeasureAdopted', { text: '措施' }));
      expect([length, calls.sort()]).toEqual([length, ['append', 'newest']]);
    }
  });

  test('one put where this process wrote last itself, with a key one look at the index besides', async () => {
    const { calls, ledger, caseId, say, projected } = await anItem(writtenStreams(1_000_000));
    for (let n = 0; n < 40; n += 1) accepted(await say('ProgressReported', { text: `${n}` }));
    calls.length = 0;
    accepted(await say('MeasureAdopted', { text: '措施' }));
    expect(calls).toEqual(['append']);
    await projected();
    calls.length = 0;
    const request = { type: 'MeasureAdopted', data: { text: '措施二' } };
    accepted(await ledger.recordOnItem(people.lead, caseId, itemId, request, { idempotencyKey: 'k' }));
    expect(calls).toEqual(['getMany', 'append']);
  });

  test('the items of the case are read for the new day of an opening, and for no other correction', async () => {
    const { calls, ledger, caseId } = await anItem();
    const say = (type: string, data: object, occurredOn?: string) =>
      ledger.recordOnCase(people.committee, caseId, { type, data, occurredOn }, {});
    accepted(await say('LookBackOpened', { scope: '抽查' }, '2026-02-01'));
    accepted(await say('PlanIssued', { title: '方案', issuedOn: '2026-02-02' }, '2026-02-02'));
    const reason = '有误';
    for (const [data, reads] of [
      [{ target: 2, set: { scope: '全部' }, reason }, 0],
      [{ target: 3, occurredOn: '2026-02-01', reason }, 0],
      [{ target: 2, occurredOn: '2026-01-31', reason }, 1],
    ] as const) {
      calls.length = 0;
      accepted(await say('EntryCorrected', data));
      expect([data, calls.filter((call) => call === 'partition').length]).toEqual([data, reads]);
    }
  });

  test('every fourth row carries the state, and any row where that costs no further write unit', async () => {
    const { say, rows } = await anItem();
    const lengths = [10, 200, 390, 400, 800, 1_200, 5, 600];
    for (let n = 0; n < 24; n += 1)
      accepted(await say('ProgressReported', { text: '字'.repeat(lengths[n % 8] ?? 1) }));
    let since = 0;
    for (const { entry, carried } of await rows()) {
      const units = (bytes: number) => Math.ceil(bytes / 1_024);
      since = carried === undefined ? since + 1 : 0;
      expect(since).toBeLessThan(CARRY_EVERY);
      if (carried !== undefined) continue;
      const full = rowBytes(entry) + 'carried'.length + 2;
      expect(units(full + 64)).toBeGreaterThanOrEqual(units(rowBytes(entry)));
    }
  });

  test('an entry over 32 KiB is refused, and one just below is taken', async () => {
    const { say, rows } = await anItem();
    const before = (await rows()).length;
    expect(refusalOf(await say('ProgressReported', { text: '𠀀'.repeat(5_000) }))).toBe('accepted');
    expect(refusalOf(await say('ProgressReported', { text: '字'.repeat(10_000) }))).toBe('accepted');
    const heavy = { title: '字'.repeat(2_000), heading: '字'.repeat(4_000), aspect: '字'.repeat(2_000) };
    const set = { ...heavy, title: '改'.repeat(2_000) };
    const correction = { target: 1, set, reason: '字'.repeat(10_000) };
    expect(refusalOf(await say('EntryCorrected', correction, people.committee))).toBe('entry-too-large');
    expect(await rows()).toHaveLength(before + 2);
  });
});

describe('a write that gets no answer', () => {
  afterEach(() => vi.restoreAllMocks());

  test('its attempt is abandoned when its time is over, whatever the store still does', async () => {
    const { events, say } = await anItem();
    const over = new AbortController();
    const given: number[] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      given.push(ms);
      return over.signal;
    });
    events.append = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    const writing = say('ProgressReported', { text: '进展' });
    await vi.waitFor(() => expect(given).toEqual([2_000]));
    over.abort(new Error('its time is over'));
    await expect(writing).rejects.toMatchObject({ name: 'StoreFault', kind: 'unavailable' });
  });
});
