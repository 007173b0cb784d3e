import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CHINA } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import { StoreFault } from '../../domain/ports.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Dependencies } from '../../functions/app/dependencies.ts';
import type { Ledger, RecordedEntry } from '../../functions/app/ledger.ts';
import { openLedger } from '../../functions/app/open-ledger.ts';
import { forgetful, writtenStreams } from '../../functions/app/written-streams.ts';
import { createApi } from '../../functions/http/app.ts';
import { openApiDocument } from '../../functions/http/openapi.ts';
import { createStreamHandler } from '../../functions/projector/stream-handler.ts';
import { type StoreClient, storeClient } from '../../functions/store/client.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { inserted } from '../functions/projector/kit.ts';
import { consoleOf } from '../kit/console.ts';
import { anItemId, freshCase } from '../kit/event-rows.ts';
import {
  accepted,
  allRows,
  entropy,
  type LedgerBench,
  ledgerBench,
  manualClock,
  OPENING,
} from '../kit/ledger-bench.ts';
import { type LossyProxy, lossyProxy } from '../kit/lossy-proxy.ts';
import { MemoryEventStore } from '../kit/memory-event-store.ts';
import { MemoryViewStore } from '../kit/memory-view-store.ts';
import { mishaps } from '../kit/mishaps.ts';
import { people } from '../kit/people.ts';
import { chainHolds, pathsAgree, rebuildsToTheSameBytes, recheck } from '../kit/recheck.ts';

vi.setConfig({ testTimeout: 120_000 });

const file = { name: '制度', mediaType: 'application/pdf', bytes: 1, sha256: 'ab'.repeat(32) };

/** From the opening to the closing, each write with a key of its own. */
const scenario = (caseId: CaseId): ((ledger: Ledger) => Promise<RecordedEntry | Refusal>)[] => {
  const item = anItemId('0001');
  const keyed = (n: number) => ({ idempotencyKey: `step-${n}` });
  const on =
    (n: number, type: string, data: object, who = people.lead) =>
    (ledger: Ledger) =>
      ledger.recordOnItem(who, caseId, item, { type, data }, keyed(n));
  return [
    (ledger) => ledger.openCase(people.committee, caseId, { data: OPENING }, keyed(1)),
    (ledger) => ledger.raiseIssue(people.committee, caseId, { data: { title: '问题' } }, keyed(2)),
    on(3, 'OfficeAssigned', { lead: '财政办' }, people.committee),
    on(4, 'MeasureAdopted', { text: '措施' }),
    on(5, 'MeasureCompleted', { measureId: 'm3', summary: '完成' }),
    on(6, 'EvidenceAttached', { ...file, measureIds: ['m3'] }),
    on(7, 'EntryCorrected', { target: 3, set: { text: '好措施' }, reason: '笔误' }),
    on(8, 'ClosureRequested', { statement: '申请' }),
    on(9, 'ItemClosed', { opinion: '同意', reviewedSeq: 7 }, people.committee),
    on(10, 'TextErased', { target: 3, ground: '个人信息', approvedBy: 'wang' }, people.committee),
    (ledger) =>
      ledger.recordOnCase(
        people.committee,
        caseId,
        { type: 'AccountabilityRecorded', data: { kind: 'admonition', persons: 1 } },
        keyed(11),
      ),
  ];
};
const STEPS = scenario(freshCase()).length;

const inMemory = (): Dependencies & { events: MemoryEventStore; views: MemoryViewStore } => {
  return {
    identity: { ledger: 'A'.repeat(22), zone: CHINA },
    events: new MemoryEventStore(),
    views: new MemoryViewStore(),
    clock: manualClock(),
    entropy,
    written: writtenStreams(1_000_000),
  };
};

const processes = {
  'the same process asks again': openLedger,
  'a new process asks again': (deps: Dependencies) => openLedger({ ...deps, written: forgetful }),
};

describe('every write fails twice: lost, and kept but unacknowledged', () => {
  const cases = (['lost', 'unacknowledged', 'throttled'] as const).flatMap((mishap) =>
    Object.entries(processes).map(([name, process]) => ({ mishap, name, process })),
  );
  for (const { mishap, name, process } of cases) {
    for (let failing = 0; failing < STEPS; failing += 1) {
      test(`write ${failing + 1} of the scenario is ${mishap}; ${name}`, async () => {
        const deps = inMemory();
        const caseId = freshCase();
        for (const [at, step] of scenario(caseId).entries()) {
          const before = (await allRows(deps.events)).length;
          if (at === failing) {
            deps.events.mishap = mishaps('append', mishap);
            await expect(step(openLedger(deps))).rejects.toBeInstanceOf(StoreFault);
            const left = (await allRows(deps.events)).length - before;
            expect(left).toBe(mishap === 'unacknowledged' ? 1 : 0);
          }
          const recorded = accepted(await step(process(deps)));
          expect(recorded.repeated).toBe(at === failing && mishap === 'unacknowledged');
          expect(await allRows(deps.events)).toHaveLength(before + 1);
        }
        const rows = await allRows(deps.events);
        await createStreamHandler(deps, () => {})({ Records: rows.map((row) => inserted(row)) });
        await recheck(deps, openLedger(deps));
        const erased = rows.filter(({ entry }) => entry.text === undefined);
        expect(erased.map(({ entry }) => entry.seq)).toEqual([3]);
      });
    }
  }

  test.each(['lost', 'unacknowledged', 'throttled'] as const)(
    'an erasure announced and then %s is carried out by whoever asks again, with the key or without',
    async (mishap) => {
      for (const key of ['step-10', 'another']) {
        const deps = inMemory();
        const caseId = freshCase();
        const steps = scenario(caseId).slice(0, 9);
        for (const step of steps) accepted(await step(openLedger(deps)));
        const erase = (idempotencyKey: string) =>
          openLedger(deps).recordOnItem(
            people.committee,
            caseId,
            anItemId('0001'),
            { type: 'TextErased', data: { target: 3, ground: '个人信息', approvedBy: 'wang' } },
            { idempotencyKey },
          );
        deps.events.mishap = mishaps('eraseText', mishap);
        await expect(erase('step-10')).rejects.toBeInstanceOf(StoreFault);
        await erase(key);
        const row = await deps.events.row({ caseId, itemId: anItemId('0001') }, 3);
        expect([key, row?.entry.text, row?.entry.textSalt]).toEqual([key, undefined, undefined]);
        await chainHolds(deps);
      }
    },
  );

  test.each(['get', 'putAll', 'advance', 'range'] as const)(
    'a write of the views that fails at %s is made good when the batch comes again',
    async (call) => {
      const deps = inMemory();
      const ledger = openLedger(deps);
      for (const step of scenario(freshCase())) accepted(await step(ledger));
      const records = (await allRows(deps.events)).map((row) => inserted(row));
      const handler = createStreamHandler(deps, () => {});
      for (const mishap of ['lost', 'unacknowledged'] as const) {
        deps.views.mishap = mishaps(call, mishap);
        await expect(handler({ Records: records })).rejects.toBeInstanceOf(StoreFault);
      }
      await handler({ Records: records });
      await pathsAgree(deps, ledger);
      await rebuildsToTheSameBytes(deps);
    },
  );
});

describe('the same on real sockets in front of the real engine', () => {
  let bench: LedgerBench;
  let proxy: LossyProxy;
  const clients: StoreClient[] = [];
  beforeAll(async () => {
    bench = await ledgerBench();
    proxy = await lossyProxy(bench.store.endpoint);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await proxy?.stop();
    await bench?.stop();
  });

  /**
   * Lets the mishap befall the put alone, whatever is read before it. The client is a new one, as a new process
   * has it: an old one's budget of retries may be spent.
   */
  function befalling(...losses: Parameters<LossyProxy['next']>): Dependencies {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = storeClient({ region: 'local', endpoint: proxy.endpoint, credentials });
    clients.push(client);
    const events = new DynamoEventStore(client.documents, bench.store.tables.events.name);
    const { append } = events;
    events.append = (...asked) => {
      proxy.next(...losses);
      return append.call(events, ...asked);
    };
    return { ...bench.deps, events };
  }

  test.each(['lost', 'unacknowledged', 'cut'] as const)(
    'each put %s once: the SDK asks again, one entry',
    async (loss) => {
      const caseId = freshCase();
      for (const step of scenario(caseId)) {
        const recorded = accepted(await step(openLedger(befalling(loss))));
        expect(recorded.repeated).toBe(false);
      }
      await bench.projected();
      await chainHolds(bench.deps);
      await pathsAgree(bench.deps, bench.ledger);
    },
  );

  test.each([
    ['never arrives', ['lost', 'lost', 'lost', 'lost'], false],
    ['arrives, and no answer does', ['unacknowledged', 'lost', 'lost', 'lost'], true],
  ] as const)('a put that %s: a fault, then the retry answers', async (_, losses, repeated) => {
    const caseId = freshCase();
    for (const step of scenario(caseId)) {
      await expect(step(openLedger(befalling(...losses)))).rejects.toMatchObject({
        name: 'StoreFault',
        kind: 'unavailable',
      });
      expect(accepted(await step(bench.another())).repeated).toBe(repeated);
    }
    await bench.projected();
    await recheck(bench.deps, bench.ledger);
  });

  test('throttling that lasts is a 503 with Retry-After, and leaves no trace', async () => {
    const caseId = freshCase();
    const [open, raise, ...more] = scenario(caseId);
    for (const step of [open, raise]) if (step) accepted(await step(bench.ledger));
    for (const step of more.slice(0, 2)) accepted(await step(bench.ledger));
    const count = (await allRows(bench.deps.events)).length;
    const lines: string[] = [];
    const app = createApi({
      ledger: openLedger(befalling('throttled', 'throttled', 'throttled', 'throttled')),
      authenticate: async () => people.lead,
      log: (_, message) => lines.push(message),
      requestId: entropy.uuid,
      version: 'test',
      openApi: async () => openApiDocument('test'),
      now: Date.now,
      landing: async () => [],
      console: consoleOf(async () => people.lead),
    });
    const answer = await app.request(`/v1/cases/${caseId}/items/0001/events`, {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'ProgressReported', data: { text: '进展' } }),
    });
    expect(answer.status).toBe(503);
    // Whichever comes first: the SDK's last attempt, or the end of the 2 s that a stamped attempt has.
    expect(['busy', 'unavailable']).toContain(((await answer.json()) as { code: string }).code);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await allRows(bench.deps.events)).toHaveLength(count);
    expect(lines).toContain('the store did not answer');
  });
});
