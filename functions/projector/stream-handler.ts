import { canonical } from '../../domain/canonical.ts';
import { UndecodableEntry } from '../../domain/decode.ts';
import { sha256Hex } from '../../domain/hashing.ts';
import { type EventRow, StoreFault } from '../../domain/ports.ts';
import { type DeadLetter, deadLetterRow } from '../app/dead-letters.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { type Projected, projectBatch } from '../app/project.ts';
import { readAll } from '../app/streams.ts';
import { DEAD_LETTERS } from '../app/view-rows.ts';
import type { Log } from '../log.ts';
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

export interface StreamAnswer {
  /** The record to begin again with, by its sequence number; empty when all are done. */
  readonly batchItemFailures: { itemIdentifier: string }[];
}

/** What the projector reports, for whoever counts: of one batch. */
export interface ProjectedBatch {
  readonly folded: number;
  readonly setAside: number;
  /** Records that are no insertion, announced erasures included. */
  readonly notInserted: number;
}

/**
 * The projector's handler, the same on Lambda and on one machine. What cannot be projected is set aside in the
 * views table. A fault of the store lets the batch come again: whole (thrown) when nothing of it could be
 * projected, else from the first record of the first case that could not.
 */
export function createStreamHandler(
  deps: Dependencies,
  log: Log,
  report: (batch: ProjectedBatch) => void = () => {},
): (batch: StreamBatch) => Promise<StreamAnswer> {
  return async ({ Records }) => {
    const arrived: Arrived[] = [];
    let notInserted = 0;
    let setAside = 0;
    for (const record of Records) {
      if (record.eventName !== 'INSERT') {
        notInserted += 1;
        if (!(isErasure(record) && (await isAnnounced(deps, record)))) {
          log('error', 'an event was changed or removed', { keys: keysOf(record) });
        }
        continue;
      }
      const row = await readRecord(deps, record, log);
      if (row) arrived.push({ row, sequenceNumber: record.dynamodb?.SequenceNumber ?? '' });
      else setAside += 1;
    }
    const { folded, deadLetters, failedAt } = await projectAll(deps, arrived, log);
    for (const { where, why } of deadLetters) log('error', 'a record was set aside', { where, why });
    log('info', 'projected', { records: Records.length, folded });
    report({ folded, setAside: setAside + deadLetters.length, notInserted });
    return { batchItemFailures: failedAt === undefined ? [] : [{ itemIdentifier: failedAt }] };
  };
}

interface Arrived {
  readonly row: EventRow;
  readonly sequenceNumber: string;
}

/** All at once; where that fails, case by case in the order of their first records, to the store's first fault. */
async function projectAll(
  deps: Dependencies,
  arrived: readonly Arrived[],
  log: Log,
): Promise<Projected & { readonly failedAt?: string }> {
  const byCase = [...groupByCase(arrived).values()];
  const rowsOf = (some: readonly Arrived[]): EventRow[] => some.map(({ row }) => row);
  try {
    return await projectBatch(deps, rowsOf(arrived));
  } catch (error) {
    if (error instanceof StoreFault && byCase.length < 2) throw error;
  }
  let folded = 0;
  const deadLetters: DeadLetter[] = [];
  for (const [at, ofCase] of byCase.entries()) {
    try {
      const done = await projectBatch(deps, rowsOf(ofCase));
      folded += done.folded;
      deadLetters.push(...done.deadLetters);
    } catch (error) {
      if (!(error instanceof StoreFault)) {
        deadLetters.push(...(await setAsideCase(deps, ofCase, error)));
        continue;
      }
      if (at === 0) throw error;
      const failedAt = ofCase[0]?.sequenceNumber ?? '';
      log('warn', 'a batch is projected in part', { failedAt, cause: String(error.cause) });
      return { folded, deadLetters, failedAt };
    }
  }
  return { folded, deadLetters };
}

/** Something of the case's views cannot be read or made; the other cases go on, and a rebuild of this one mends it. */
async function setAsideCase(
  deps: Dependencies,
  ofCase: readonly Arrived[],
  error: unknown,
): Promise<readonly DeadLetter[]> {
  const why = error instanceof Error ? error.message : String(error);
  const letters = ofCase.map(({ row: { entry } }): DeadLetter => {
    const stream = { caseId: entry.caseId, itemId: entry.itemId };
    return { stream, where: `${entry.caseId}/${entry.itemId ?? 'case'}/${entry.seq}`, why };
  });
  await deps.views.putAll(letters.map(deadLetterRow));
  return letters;
}

function groupByCase(arrived: readonly Arrived[]): Map<string, Arrived[]> {
  const cases = new Map<string, Arrived[]>();
  for (const one of arrived) {
    const { caseId } = one.row.entry;
    cases.set(caseId, [...(cases.get(caseId) ?? []), one]);
  }
  return cases;
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
    const named = keysOf(record);
    // A key that is no entry's may be longer than a sort key may be.
    const sort = named.length <= 200 ? named : sha256Hex(named);
    const caseId = record.dynamodb?.Keys?.caseId?.S ?? null;
    const itemId = /^I#([0-9]{4})#/.exec(record.dynamodb?.Keys?.entry?.S ?? '')?.[1] ?? null;
    const body = canonical({ caseId, itemId, why: error.message });
    await deps.views.putAll([{ partition: DEAD_LETTERS, sort, version: 1, body }]);
    log('error', 'a record was set aside', { where: named, why: error.message });
    return undefined;
  }
}
