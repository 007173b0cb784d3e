import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Day, dayOf, epochMs, instantOf } from '../../../domain/dates.ts';
import type { Item } from '../../../domain/item/present.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { createVerifier } from '../../../domain/verify.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import type { AskedCut } from '../../../functions/app/ledger.ts';
import { readEnvironment } from '../../../functions/compose.ts';
import { greet } from '../../../functions/local/example/greet.ts';
import { ExampleStopped, loadExample, recordExample } from '../../../functions/local/example/load.ts';
import { people } from '../../../functions/local/example/people.ts';
import { EXAMPLE_CASE, principal } from '../../../functions/local/example/record.ts';
import { schedule } from '../../../functions/local/example/schedule.ts';
import { type RunningServer, serve } from '../../../functions/local/serve.ts';

const folders: string[] = [];
const servers: RunningServer[] = [];

async function freshServer(): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-example-'));
  folders.push(folder);
  const env = readEnvironment({ TAIZHANG_DATA: folder, PORT: '0' });
  const server = await serve(env, '0.0.0', () => {});
  servers.push(server);
  return server;
}

/** Entries of every stream, by its name. */
async function entries({ events }: Dependencies): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const page of events.scan()) {
    for (const { entry } of page) counts.set(`${entry.caseId}/${entry.itemId ?? ''}`, entry.seq);
  }
  return counts;
}

const total = (counts: Map<string, number>): number =>
  [...counts.values()].reduce((sum, one) => sum + one, 0);

function answered<T extends object>(answer: T): Exclude<T, { readonly refused: unknown }> {
  if (isRefusal(answer)) throw new Error(`${answer.refused}: ${answer.detail}`);
  return answer as Exclude<T, { readonly refused: unknown }>;
}

let server: RunningServer;
const committee = principal('chen');

beforeAll(async () => {
  server = await freshServer();
  await recordExample(server.dependencies);
  await server.projected();
});

afterAll(async () => {
  for (const one of servers) await one.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function register(asked: AskedCut = {}): Promise<readonly Item[]> {
  const answer = await server.ledger.register(committee, EXAMPLE_CASE, {}, { limit: 1000 }, asked);
  return answered(answer).data;
}

const inspectionCase = async (asked: AskedCut = {}) =>
  answered(await server.ledger.inspectionCase(committee, EXAMPLE_CASE, asked));

async function historyOf(item: string) {
  const stream = { caseId: EXAMPLE_CASE, itemId: item as Item['itemId'] };
  return answered(await server.ledger.history(committee, stream, { limit: 1000 }, {})).data;
}

describe('the example', () => {
  it('shows every status that an item takes in the course of its life', async () => {
    const { counts } = await inspectionCase();
    expect(counts.items).toBe(36);
    expect(counts.byStatus).toEqual({
      raised: 0,
      rectifying: 19,
      'closure-requested': 1,
      closed: 14,
      reopened: 1,
      withdrawn: 1,
    });
    expect(counts.overdue).toBeGreaterThanOrEqual(8);
  });

  it('has an office for every item, and two that are long-term', async () => {
    const items = await register();
    expect(items.filter((item) => item.lead === null)).toEqual([]);
    expect(new Set(items.map((item) => item.lead)).size).toBeGreaterThanOrEqual(8);
    expect(items.filter((item) => item.term === 'long-term').map((item) => item.itemId)).toEqual([
      '0030',
      '0035',
    ]);
  });

  it.each([
    ['0012', ['ClosureReturned', 'ItemClosed'], 'closed'],
    ['0020', ['ClosureReturned'], 'rectifying'],
    ['0026', ['ItemClosed', 'LookBackFindingRecorded', 'ItemReopened', 'MeasureAdopted'], 'reopened'],
    ['0004', ['ExtensionRequested', 'DeadlineExtended'], 'rectifying'],
    ['0010', ['ExtensionRequested'], 'rectifying'],
    ['0018', ['IssueWithdrawn'], 'withdrawn'],
    ['0001', ['EntryCorrected', 'ItemClosed'], 'closed'],
    ['0028', ['ItemClosed', 'EntryCorrected'], 'closed'],
    ['0005', ['EntryVoided'], 'rectifying'],
    ['0009', ['EvidenceWithdrawn', 'ItemClosed'], 'closed'],
    ['0034', ['ItemClosed', 'FlagDismissed'], 'closed'],
    ['0036', ['ClosureEndorsed', 'ClosureEndorsed', 'ItemClosed'], 'closed'],
    ['0011', ['ClosureRequested', 'ClosureEndorsed'], 'closure-requested'],
  ])('item %s has been through %j and is %s', async (item, types, status) => {
    const recorded = (await historyOf(item)).map((entry) => entry.event.type);
    let from = 0;
    for (const type of types) {
      const at = recorded.indexOf(type, from);
      expect(at, `${type} in ${recorded.join(' ')}`).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
    expect((await register()).find((one) => one.itemId === item)?.status).toBe(status);
  });

  it('has a draw of its second look-back that anybody can repeat', async () => {
    const { samples } = answered(await server.ledger.lookBack(committee, EXAMPLE_CASE, 25, {}));
    expect(samples.map(({ reproduced }) => reproduced)).toEqual([true]);
    expect(samples.map(({ flaggedAsRecomputed }) => flaggedAsRecomputed)).toEqual([true]);
  });

  it('has had the closings of an office’s own items decided by another party', async () => {
    for (const item of (await register()).filter((one) => one.status === 'closed')) {
      const closing = (await historyOf(item.itemId)).findLast(({ event }) => event.type === 'ItemClosed');
      expect([item.lead, ...item.supporting]).not.toContain(closing?.event.actor.office);
      for (const measure of item.measures) {
        const evidence = item.evidence.filter(
          (one) => one.standing && one.measureIds.includes(measure.measureId),
        );
        expect(evidence.length, `${item.itemId} ${measure.measureId}`).toBeGreaterThan(0);
      }
    }
  });

  it('publishes the notice that the public reads', async () => {
    const text = await server.ledger.notice(undefined, EXAMPLE_CASE, {});
    expect(text).toContain('经营性房产租金长期拖欠');
  });

  it('has dates as precise as their sources: days, months and years', async () => {
    const lengths = new Set<number>();
    for await (const page of server.dependencies.events.scan()) {
      for (const { entry } of page) {
        const { occurredOn } = JSON.parse(entry.header) as { occurredOn?: string };
        lengths.add(occurredOn?.length ?? 0);
      }
    }
    expect([...lengths].sort()).toEqual([0, 10, 4, 7]);
  });

  it('verifies', async () => {
    const verifier = createVerifier();
    for await (const page of server.dependencies.events.scan()) {
      for (const { entry } of page) expect(verifier.add(entry)).toBeUndefined();
    }
    const { fault, heads, entries: verified } = verifier.result();
    expect(fault).toBeUndefined();
    expect(heads.length).toBe(37);
    expect(verified).toBe(total(await entries(server.dependencies)));
  });
});

describe('the clocks of the example', () => {
  it('says something else on every recorded date that is asked', async () => {
    const pictures = new Set<string>();
    for (const recordedAsOf of [
      '2024-08-20',
      '2025-01-31',
      '2025-06-30',
      '2025-12-31',
      '2026-04-30',
      '2026-10-31',
    ]) {
      const { cut, counts } = await inspectionCase({ recordedAsOf });
      pictures.add(JSON.stringify([counts, cut?.laterEntries]));
    }
    expect(pictures.size).toBe(6);
  });

  it('knows now of items that were not yet recorded then', async () => {
    const then = await inspectionCase({ recordedAsOf: '2024-11-30' });
    const known = await inspectionCase({ effectiveOn: '2024-11-30' });
    expect([then.counts.items, known.counts.items]).toEqual([0, 36]);
    expect((await register({ effectiveOn: '2024-11-30' })).some((item) => item.evidence.length > 0)).toBe(
      false,
    );
  });

  it.each([
    ['recorded', '2026-06-30', '2026-10-31'],
    ['effective', '2025-10-31', '2025-12-31'],
  ] as const)('compares two dates on the %s axis with changes of every kind', async (axis, from, to) => {
    const { changes } = answered(await server.ledger.diff(committee, EXAMPLE_CASE, { axis, from, to }, {}));
    expect([...new Set(changes.map((change) => change.kind))].sort()).toEqual([
      'back-dated',
      'corrected',
      'new',
    ]);
  });
});

describe('loading the example', () => {
  it('records nothing when it is whole', async () => {
    const before = await entries(server.dependencies);
    expect(await recordExample(server.dependencies)).toBe(0);
    expect(await entries(server.dependencies)).toEqual(before);
  });

  it('goes on where it was killed, in the import and after it', async () => {
    const { dependencies } = await freshServer();
    for (const survives of [90, 120]) {
      await expect(recordExample(dying(dependencies, survives))).rejects.toThrow('killed');
    }
    const steps = await new Promise<number>((resolve, reject) => {
      recordExample(dependencies, (done) => {
        if (done === 100) throw new Error('killed');
      }).then(reject, () => resolve(recordExample(dependencies)));
    });
    expect(steps).toBe(schedule('').length - 100);
    expect(await entries(dependencies)).toEqual(await entries(server.dependencies));
  });

  it('stops where somebody has written meanwhile, and the server goes on', async () => {
    const fresh = await freshServer();
    await expect(recordExample(dying(fresh.dependencies, 250))).rejects.toThrow('killed');
    const itemId = '0004' as Item['itemId'];
    const entry = { type: 'MeasureAdopted', data: { text: '公开腾退进度。' } };
    answered(await fresh.ledger.recordOnItem(committee, EXAMPLE_CASE, itemId, entry, {}));
    await expect(recordExample(fresh.dependencies)).rejects.toThrow(ExampleStopped);
    await loadExample(fresh);
    expect((await fresh.ledger.health()).ok).toBe(true);
  });

  it('dates nothing in the future, and goes on once the clock has come there', async () => {
    const { dependencies } = await freshServer();
    const now = instantOf(Date.UTC(2025, 1, 1));
    await recordExample({ ...dependencies, clock: { now: () => now, aheadBy: () => 0 } });
    for await (const page of dependencies.events.scan()) {
      for (const { entry } of page) expect(JSON.parse(entry.header).recordedAt <= now).toBe(true);
    }
    await recordExample(dependencies);
    expect(await entries(dependencies)).toEqual(await entries(server.dependencies));
  });

  it('is all in the past from November 2026 on, and begins in August 2024', () => {
    const days = schedule('').map(({ at }) => dayOf(at, 480));
    expect(days[0]).toBe('2024-08-01');
    expect((days.at(-1) as Day) < '2026-11-01').toBe(true);
  });

  it('keeps the instants of a stream apart by more than a clock may err', () => {
    const instants = schedule('').map(({ at }) => epochMs(at));
    for (const [index, at] of instants.slice(1).entries())
      expect(at - (instants[index] ?? 0)).toBeGreaterThan(5_000);
  });
});

/** The store dies for this writer after so many more entries. */
function dying(dependencies: Dependencies, survives: number): Dependencies {
  let left = survives;
  const { events } = dependencies;
  const dead = Object.create(events) as Dependencies['events'];
  Object.assign(dead, {
    append: (...row: Parameters<typeof events.append>) => {
      if (left === 0) throw new Error('killed');
      left -= 1;
      return events.append(...row);
    },
  });
  return { ...dependencies, events: dead };
}

describe('the greeting', () => {
  it('tells how to sign in as each role, and where everything is', () => {
    const env = readEnvironment({});
    const text = greet({ url: 'http://127.0.0.1:8787' }, env);
    for (const { role } of Object.values(people)) expect(text).toContain(`--role ${role}`);
    for (const said of ['http://127.0.0.1:8787/docs', env.dataFolder, '登录', 'scripted']) {
      expect(text).toContain(said);
    }
  });

  it('names no person of the example on a real ledger', () => {
    const text = greet(
      { url: 'http://127.0.0.1:8787' },
      readEnvironment({ TAIZHANG_DATA: "/srv/it's here" }),
    );
    expect(text).toContain("TAIZHANG_DATA='/srv/it'\\''s here' npm run");
    expect(text).not.toContain(EXAMPLE_CASE);
    expect(text).not.toContain('chen');
  });

  it('sends to another issuer where one is set', () => {
    const env = readEnvironment({ TAIZHANG_OIDC_ISSUER: 'https://id.example.invalid' });
    const text = greet({ url: 'http://127.0.0.1:8787' }, env);
    expect(text).toContain('https://id.example.invalid');
    expect(text).not.toContain('token --role');
  });
});
