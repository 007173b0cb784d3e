import { randomBytes, randomUUID } from 'node:crypto';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Principal } from '../../domain/actor.ts';
import { CHINA, instantOf } from '../../domain/dates.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Clock, Entropy, EventStore } from '../../domain/ports.ts';
import { isRefusal, type Refusal } from '../../domain/refusals.ts';
import type { Dependencies } from '../../functions/app/dependencies.ts';
import type { Ledger } from '../../functions/app/ledger.ts';
import { openLedger } from '../../functions/app/open-ledger.ts';
import { writtenStreams } from '../../functions/app/written-streams.ts';
import { viewCheckpoints } from '../../functions/local/checkpoints.ts';
import { freshViews } from '../../functions/local/fresh-views.ts';
import { startPoller } from '../../functions/local/stream-poller.ts';
import { silent } from '../../functions/log.ts';
import { createStreamHandler } from '../../functions/projector/stream-handler.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { DynamoViewStore } from '../../functions/store/dynamo-view-store.ts';
import { embeddedStore } from './embedded-engine.ts';
import { freshCase } from './event-rows.ts';

/** A clock that goes on by 1 ms each time it is read, and by what it is told. */
export interface ManualClock extends Clock {
  /** Goes forward by so many milliseconds. */
  advance(ms: number): void;
}

export function manualClock(start = Date.UTC(2026, 2, 2, 1)): ManualClock {
  let ms = start;
  return {
    now: () => {
      ms += 1;
      return instantOf(ms);
    },
    aheadBy: () => 0,
    advance: (by) => {
      ms += by;
    },
  };
}

export const entropy: Entropy = { salt: () => randomBytes(16), uuid: () => randomUUID() };

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The whole ledger in this process on a real engine with a real stream, as the single-machine mode wires it. */
export interface LedgerBench {
  readonly deps: Dependencies;
  readonly ledger: Ledger;
  readonly clock: ManualClock;
  readonly store: Awaited<ReturnType<typeof embeddedStore>>;
  /** What the projector has said. */
  readonly lines: readonly LogLine[];
  /** Resolves once everything written before has been projected. */
  projected(): Promise<void>;
  /** Another ledger over the same tables, as another process would be: it shares no queue with the first. */
  another(over?: Partial<Dependencies>): Ledger;
  stop(): Promise<void>;
}

export async function ledgerBench(clock = manualClock()): Promise<LedgerBench> {
  const store = await embeddedStore();
  const { documents } = store.client();
  const lines: LogLine[] = [];
  const bare: Dependencies = {
    identity: { ledger: randomBytes(16).toString('base64url'), zone: CHINA },
    events: new DynamoEventStore(documents, store.tables.events.name),
    views: new DynamoViewStore(documents, store.tables.views.name),
    clock,
    entropy,
    written: writtenStreams(1_000_000),
  };
  const described = await documents.send(new DescribeTableCommand({ TableName: store.tables.events.name }));
  const streamArn = described.Table?.LatestStreamArn ?? '';
  const streams = new DynamoDBStreamsClient({
    region: 'local',
    endpoint: store.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const poller = startPoller({
    streams,
    streamArn,
    handler: createStreamHandler(bare, (level, message, fields) =>
      lines.push({ level, message, fields: fields ?? {} }),
    ),
    checkpoints: viewCheckpoints(bare.views, streamArn),
    batchSize: 100,
    log: silent,
  });
  const deps = { ...bare, ...freshViews(bare.events, bare.views, poller) };
  return {
    deps,
    ledger: openLedger(deps),
    clock,
    store,
    lines,
    projected: () => poller.idle(),
    another: (over = {}) => openLedger({ ...bare, written: writtenStreams(1_000_000), ...over }),
    stop: async () => {
      await poller.stop();
      streams.destroy();
      await store.stop();
    },
  };
}

/** The value, where the ledger did not say no. */
export function accepted<T extends object>(outcome: T | Refusal): Exclude<T, Refusal> {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.refused}: ${outcome.detail}`);
  return outcome as Exclude<T, Refusal>;
}

/** The code, where the ledger said no. */
export function refusalOf(outcome: object): string {
  return isRefusal(outcome) ? outcome.refused : 'accepted';
}

export const OPENING = {
  title: '巡察整改',
  inspectedBody: '栖禾街道党工委',
  inspectingBody: '区委第三巡察组',
  feedbackOn: '2026-01-15',
};

/** A new case of its own. */
export async function openedCase(ledger: Ledger, who: Principal, caseId = freshCase()): Promise<CaseId> {
  accepted(await ledger.openCase(who, caseId, { data: OPENING }, {}));
  return caseId;
}

/** Every row of the events table. */
export async function allRows(events: EventStore) {
  const rows = [];
  for await (const page of events.scan()) rows.push(...page);
  return rows;
}
