import { canonical } from '../../domain/canonical.ts';
import { UndecodableEntry } from '../../domain/decode.ts';
import type { EventRow } from '../../domain/ports.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { projectBatch } from '../app/project.ts';
import { readAll } from '../app/streams.ts';
import { DEAD_LETTERS } from '../app/view-rows.ts';
import { type AttributeValue, fromImage } from '../store/event-row.ts';

/** One record of a DynamoDB stream, as Lambda gives it: binary attributes in base64. */
export interface StreamRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?:
    | {
        readonly Keys?: Readonly<Record<string, AttributeValue>> | undefined;
        readonly NewImage?: Readonly<Record<string, AttributeValue>> | undefined;
        readonly OldImage?: Readonly<Record<string, AttributeValue>> | undefined;
        readonly SequenceNumber?: string | undefined;
      }
    | undefined;
}

export interface StreamBatch {
  readonly Records: readonly StreamRecord[];
}

type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/**
 * The projector's handler, the same on Lambda and on one machine. It reports no partial failure: what cannot be
 * projected is set aside in the views table, and a fault of the store is thrown, so that the batch comes again.
 */
export function createStreamHandler(
  deps: Dependencies,
  log: Log,
): (batch: StreamBatch) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  return async ({ Records }) => {
    const rows: EventRow[] = [];
    for (const record of Records) {
      if (record.eventName !== 'INSERT') {
        if (!(isErasure(record) && (await isAnnounced(deps, record)))) {
          log('error', 'an event was changed or removed', { keys: keysOf(record) });
        }
        continue;
      }
      const row = await readRecord(deps, record, log);
      if (row) rows.push(row);
    }
    const { folded, deadLetters } = await projectBatch(deps, rows);
    for (const { where, why } of deadLetters) log('error', 'a record was set aside', { where, why });
    log('info', 'projected', { records: Records.length, folded });
    return { batchItemFailures: [] };
  };
}

const keysOf = (record: StreamRecord): string =>
  `${record.dynamodb?.Keys?.caseId?.S ?? '?'}/${record.dynamodb?.Keys?.entry?.S ?? '?'}`;

/** The one change there may be: text and its salt are gone, and everything else is as it was. */
function isErasure(record: StreamRecord): boolean {
  const { OldImage: before, NewImage: after } = record.dynamodb ?? {};
  if (record.eventName !== 'MODIFY' || !before || !after || after.text || after.textSalt) return false;
  const same = (name: string): boolean => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return ['caseId', 'entry', 'header', 'data', 'dataSalt', 'carried'].every(same);
}

/** An erasure is recorded before it is carried out, so its announcement stands later in the same stream. */
async function isAnnounced({ events }: Dependencies, record: StreamRecord): Promise<boolean> {
  try {
    const { caseId, itemId, seq } = fromImage(record.dynamodb?.NewImage ?? {}).entry;
    const later = await readAll(events, { caseId, itemId }, seq);
    return later.some(({ event }) => event.known && event.type === 'TextErased' && event.data.target === seq);
  } catch (error) {
    if (error instanceof UndecodableEntry) return false;
    throw error;
  }
}

async function readRecord(deps: Dependencies, record: StreamRecord, log: Log): Promise<EventRow | undefined> {
  try {
    return fromImage(record.dynamodb?.NewImage ?? {});
  } catch (error) {
    if (!(error instanceof UndecodableEntry)) throw error;
    const sort = keysOf(record);
    const caseId = record.dynamodb?.Keys?.caseId?.S ?? null;
    const itemId = /^I#([0-9]{4})#/.exec(record.dynamodb?.Keys?.entry?.S ?? '')?.[1] ?? null;
    const body = canonical({ caseId, itemId, why: error.message });
    await deps.views.putAll([{ partition: DEAD_LETTERS, sort, version: 1, body }]);
    log('error', 'a record was set aside', { where: sort, why: error.message });
    return undefined;
  }
}
