import { CHINA, type Instant, instant } from '../../../domain/dates.ts';
import type { EventRow, EventStore } from '../../../domain/ports.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import { forgetful } from '../../../functions/app/written-streams.ts';
import { DynamoEventStore } from '../../../functions/store/dynamo-event-store.ts';
import { DynamoViewStore } from '../../../functions/store/dynamo-view-store.ts';
import { newMeter } from '../../../functions/store/meter.ts';
import { embeddedStore } from '../../kit/embedded-engine.ts';
import { type Cost, type Meters, newMeters, read } from './cost.ts';
import { countingViews, type WrittenUnits } from './counting-views.ts';

/** The moment at which everything is measured: after the last step of the example. */
const NOW = instant('2026-11-02T01:00:00.000Z') as Instant;

export interface CloudLedger {
  readonly deps: Dependencies;
  /** Rows appended since they were last taken, in order. */
  takeAppended(): readonly EventRow[];
  /** Write units of the views since they were last taken, by the kind of their partition. */
  takeWritten(): WrittenUnits;
  cost(work: () => Promise<unknown>): Promise<Cost>;
  stop(): Promise<void>;
}

/**
 * The stores as the cloud has them, on the embedded engine: views are written without transactions, and a writer
 * remembers nothing. Salts and ids are fixed, so that two runs count the same.
 */
export async function cloudLedger(): Promise<CloudLedger> {
  const store = await embeddedStore();
  const meters = newMeters();
  const written = new Map<string, number>();
  const appended: EventRow[] = [];
  const events = new DynamoEventStore(store.client(meters.events).documents, store.tables.events.name);
  const views = new DynamoViewStore(store.client(meters.views).documents, store.tables.views.name, {
    inTransactions: false,
  });
  let uuids = 0;
  return {
    deps: {
      identity: { ledger: 'A'.repeat(22), zone: CHINA },
      events: keeping(events, appended),
      views: countingViews(views, written),
      clock: { now: () => NOW, aheadBy: () => 0 },
      entropy: {
        salt: () => new Uint8Array(16),
        uuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
      },
      written: forgetful,
    },
    takeAppended: () => appended.splice(0),
    takeWritten: () => {
      const taken = new Map(written);
      written.clear();
      return taken;
    },
    cost: (work) => costOf(meters, work),
    stop: () => store.stop(),
  };
}

async function costOf(meters: Meters, work: () => Promise<unknown>): Promise<Cost> {
  Object.assign(meters.events, newMeter());
  Object.assign(meters.views, newMeter());
  const result = await work();
  if (typeof result === 'object' && result !== null && 'refused' in result) {
    throw new Error(`refused: ${JSON.stringify(result)}`);
  }
  return read(meters);
}

/** The store of events, with what was appended kept for the projector. */
function keeping(events: DynamoEventStore, appended: EventRow[]): EventStore {
  return new Proxy(events, {
    get(target, name) {
      if (name === 'append') {
        return async (row: EventRow, signal?: AbortSignal) => {
          const result = await target.append(row, signal);
          if (result === 'appended') appended.push(row);
          return result;
        };
      }
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
