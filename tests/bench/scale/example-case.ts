import { readFile } from 'node:fs/promises';
import type { EventRow } from '../../../domain/ports.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { readPast } from '../../../functions/local/example/past.ts';
import { EXAMPLE_CASE, record } from '../../../functions/local/example/record.ts';
import { schedule } from '../../../functions/local/example/schedule.ts';
import { createStreamHandler, type StreamRecord } from '../../../functions/projector/stream-handler.ts';
import { toItem } from '../../../functions/store/event-row.ts';
import type { CloudLedger } from './cloud-ledger.ts';
import type { Cost } from './cost.ts';
import type { WrittenUnits } from './counting-views.ts';

/** One step of the example: what recording it cost, what projecting it cost, and the entries that it brought. */
export interface MeasuredStep {
  readonly type: string;
  readonly recording: Cost;
  readonly projecting: Cost;
  readonly rows: readonly EventRow[];
  /** Write units of the projecting, by kind of partition. */
  readonly written: WrittenUnits;
}

/** Rows that the projector finds each time it comes back while an import appends one after the other. */
export const IMPORT_BATCH = 6;

/**
 * Records the example as its loader does, and projects every step before the next: an entry that a person makes
 * reaches the projector alone, those of an import come a few at a time.
 */
export async function recordAndProject(cloud: CloudLedger): Promise<readonly MeasuredStep[]> {
  const notice = await readFile(
    new URL('../../../functions/local/example/notice.txt', import.meta.url),
    'utf8',
  );
  const script = schedule('measured');
  const past = await readPast(cloud.deps.events, EXAMPLE_CASE);
  const steps: MeasuredStep[] = [];
  for (const scheduled of script) {
    const { step, at } = scheduled;
    const ledger = openLedger({ ...cloud.deps, clock: { now: () => at, aheadBy: () => 0 } });
    const facts = {
      notice,
      version: past.version(step.item),
      seqOf: (name: string) => {
        const named = script.find((other) => other.step.name === name);
        return named && past.seqOf(named.key);
      },
    };
    let outcome: Awaited<ReturnType<typeof record>> | undefined;
    const recording = await cloud.cost(async () => {
      outcome = await record(ledger, scheduled, facts);
      return outcome;
    });
    if (outcome && !isRefusal(outcome) && 'entry' in outcome) past.add(outcome.entry.header);
    else await past.read();
    const rows = cloud.takeAppended();
    const projecting = await project(cloud, rows, IMPORT_BATCH);
    steps.push({ type: step.type, recording, projecting, rows, written: cloud.takeWritten() });
  }
  return steps;
}

/** Hands rows to the projector's handler as a stream does, in batches. */
export function project(cloud: CloudLedger, rows: readonly EventRow[], batch: number): Promise<Cost> {
  const handler = createStreamHandler(cloud.deps, (level, message) => {
    if (level === 'error') throw new Error(message);
  });
  return cloud.cost(async () => {
    for (let at = 0; at < rows.length; at += batch) {
      await handler({ Records: rows.slice(at, at + batch).map(streamRecord) });
    }
  });
}

function streamRecord(row: EventRow): StreamRecord {
  const image = Object.entries(toItem(row))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name,
      value instanceof Uint8Array ? { B: Buffer.from(value).toString('base64') } : { S: String(value) },
    ]);
  return { eventName: 'INSERT', dynamodb: { NewImage: Object.fromEntries(image) } };
}
