import { instantOf } from '../../domain/dates.ts';
import type { Stream } from '../../domain/ids.ts';
import type { Dependencies } from '../../functions/app/dependencies.ts';
import type { Ledger } from '../../functions/app/ledger.ts';
import { openLedger } from '../../functions/app/open-ledger.ts';
import { projectBatch } from '../../functions/app/project.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { DynamoViewStore } from '../../functions/store/dynamo-view-store.ts';
import { type Meter, newMeter } from '../../functions/store/meter.ts';
import { embeddedStore } from '../kit/embedded-engine.ts';
import { fill } from './fill.ts';
import { anIdentity, collecting, sampleRows } from './sample-ledger.ts';

export interface MeteredLedger {
  readonly ledger: Ledger;
  readonly deps: Dependencies;
  /** Writes a stream of so many entries and projects it, at nobody's cost. */
  fill(
    stream: Stream,
    entries: number,
    recordedAt: (seq: number) => ReturnType<typeof instantOf>,
  ): Promise<void>;
  /** What the work costs. @throws whatever it was refused with */
  cost(work: () => Promise<object>): Promise<Meter>;
  stop(): Promise<void>;
}

/** The use cases on the embedded engine, with nothing running beside them, so that a meter sees one command alone. */
export async function meteredLedger(): Promise<MeteredLedger> {
  const store = await embeddedStore();
  const identity = anIdentity();
  const meter = newMeter();
  const dependencies = (documents: ReturnType<typeof store.client>['documents']): Dependencies => ({
    ...collecting(identity, () => {}),
    events: new DynamoEventStore(documents, store.tables.events.name),
    views: new DynamoViewStore(documents, store.tables.views.name, { inTransactions: true }),
  });
  const unmetered = store.client().documents;
  const projecting = dependencies(unmetered);
  const deps = dependencies(store.client(meter).documents);
  return {
    ledger: openLedger(deps),
    deps,
    fill: async (stream, entries, recordedAt) => {
      const rows = await sampleRows(identity, stream, entries, recordedAt);
      await fill(unmetered, store.tables.events.name, rows);
      for (let at = 0; at < rows.length; at += 500) await projectBatch(projecting, rows.slice(at, at + 500));
    },
    cost: async (work) => {
      Object.assign(meter, newMeter());
      const result = await work();
      if ('refused' in result) throw new Error(`refused: ${JSON.stringify(result)}`);
      return { ...meter };
    },
    stop: () => store.stop(),
  };
}

/** Entries a second apart that end now: a stream busier than any office makes it. */
export const busy =
  (entries: number) =>
  (seq: number): ReturnType<typeof instantOf> =>
    instantOf(Date.now() - (entries - seq + 2) * 1_000);
