import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Json } from '../../../domain/canonical.ts';
import { epochMs, instantOf } from '../../../domain/dates.ts';
import { seal } from '../../../domain/envelope.ts';
import { GENESIS, type Hash, sha256Hex } from '../../../domain/hashing.ts';
import type { Stream } from '../../../domain/ids.ts';
import type { EventRow } from '../../../domain/ports.ts';
import type { CliContext, OpenedStore, Output } from '../../../functions/cli/context.ts';
import { PipeClosed } from '../../../functions/cli/output.ts';
import { runCli } from '../../../functions/cli/run.ts';
import type { ExitStatus } from '../../../functions/cli/verb.ts';
import { aCaseId, anItemId } from '../../kit/event-rows.ts';
import { MemoryEventStore } from '../../kit/memory-event-store.ts';
import { MemoryViewStore } from '../../kit/memory-view-store.ts';

export const LEDGER = 'AAAAAAAAAAAAAAAAAAAAAA';
export const START = epochMs(instantOf(Date.UTC(2026, 2, 1)));

interface Said {
  readonly type: string;
  readonly data?: { readonly [name: string]: Json };
  readonly text?: { readonly [name: string]: Json };
}

/** A stream's rows, each sealed onto the one before, a second apart. Salts follow from the place, so bytes are fixed. */
export function sealed(stream: Stream, said: readonly Said[], ledger = LEDGER): EventRow[] {
  let prev: Hash = GENESIS;
  return said.map(({ type, data = {}, text = {} }, index) => {
    const seq = index + 1;
    const salt = (part: string) =>
      Buffer.from(sha256Hex(`${stream.caseId} ${stream.itemId} ${seq} ${part}`), 'hex').subarray(0, 16);
    const { stored, hash } = seal({
      actor: { iss: 'urn:taizhang:local', sub: 'li', office: '纪工委', role: 'committee' },
      caseId: stream.caseId,
      itemId: stream.itemId,
      seq,
      type,
      v: 1,
      ledger,
      prev,
      recordedAt: instantOf(START + seq * 1000),
      commandId: `c${seq}`,
      data,
      text,
      names: { actorName: '李四' },
      dataSalt: new Uint8Array(salt('data')),
      textSalt: new Uint8Array(salt('text')),
    });
    prev = hash;
    return { entry: stored };
  });
}

export const CASE = aCaseId('xl-2023');

/** A case with `items` items of `each` entries, the last of them a progress report. */
export function aLedger(items = 3, each = 3, ledger = LEDGER, inCase = CASE): EventRow[] {
  const opened = {
    type: 'CaseOpened',
    data: { feedbackOn: '2023-09-01' },
    text: { title: '巡察整改', inspectedBody: '某街道', inspectingBody: '区委巡察组' },
  };
  const rows = sealed({ caseId: inCase }, [opened], ledger);
  for (let n = 1; n <= items; n += 1) {
    const stream = { caseId: inCase, itemId: anItemId(String(n).padStart(4, '0')) };
    const raised = { type: 'IssueRaised', text: { title: `第${n}个问题“台账”不清` } };
    const more = Array.from({ length: each - 1 }, (_, at) => ({
      type: 'ProgressReported',
      text: { text: `进展${at}` },
    }));
    rows.push(...sealed(stream, [raised, ...more], ledger));
  }
  return rows;
}

export async function storeOf(rows: readonly EventRow[]): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  for (const row of rows) await store.append(row);
  return store;
}

export interface Ran {
  readonly status: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** A folder for the test, and a command line around it. */
export function commandLine() {
  const bench = {
    folder: '',
    data: '',
    events: new MemoryEventStore(),
    /** Stores that `restore` has made, by the folder in which it made them. */
    fresh: new Map<string, MemoryEventStore>(),
    rebuilt: 0,
    now: START + 60_000,
    waited: [] as number[],
    fetch: undefined as typeof globalThis.fetch | undefined,
    env: {} as { url?: string; token?: string },
    terminal: undefined as number | undefined,
    /** The reader of stdout goes away after so many writes. */
    readerLeavesAfter: Number.POSITIVE_INFINITY,
    async run(...argv: string[]): Promise<Ran> {
      const written = { out: '', err: '' };
      let writes = 0;
      const output = (to: 'out' | 'err'): Output => ({
        isTTY: bench.terminal !== undefined,
        columns: bench.terminal,
        write: async (text) => {
          writes += to === 'out' ? 1 : 0;
          if (writes > bench.readerLeavesAfter) throw new PipeClosed();
          written[to] += text;
        },
      });
      const context: CliContext = {
        stdout: output('out'),
        stderr: output('err'),
        settings: { url: bench.env.url, token: bench.env.token, dataFolder: bench.data, user: 'li' },
        fetch: (...request) => (bench.fetch ?? globalThis.fetch)(...request),
        now: () => bench.now,
        wait: async (ms) => {
          bench.now += ms;
          bench.waited.push(ms);
        },
        openStore: async () => bench.opened(bench.events),
        openFreshStore: async (folder) => {
          const events = bench.fresh.get('next') ?? new MemoryEventStore();
          bench.fresh.set(folder, events);
          await writeFile(join(folder, 'events.db'), 'made');
          return bench.opened(events);
        },
      };
      return { status: await runCli(argv, context), ...written };
    },
    opened: (events: MemoryEventStore): OpenedStore => ({
      events,
      views: new MemoryViewStore(),
      rebuild: async (progress) => {
        bench.rebuilt += 1;
        progress(1);
        return { events: 1, rows: 2 };
      },
      replayDeadLetters: async () => ({ replayed: 1, left: 0 }),
      close: async () => {},
    }),
  };
  beforeEach(async () => {
    bench.folder = await mkdtemp(join(tmpdir(), 'taizhang-cli-'));
    bench.data = join(bench.folder, 'data');
    await mkdir(bench.data);
    await writeFile(join(bench.data, 'ledger.json'), JSON.stringify({ ledger: LEDGER, zoneOffset: 480 }));
    bench.events = new MemoryEventStore();
    bench.fresh = new Map();
    bench.rebuilt = 0;
    bench.now = START + 60_000;
    bench.waited = [];
    bench.fetch = undefined;
    bench.env = {};
    bench.terminal = undefined;
    bench.readerLeavesAfter = Number.POSITIVE_INFINITY;
  });
  afterEach(() => rm(bench.folder, { recursive: true, force: true }));
  return bench;
}
