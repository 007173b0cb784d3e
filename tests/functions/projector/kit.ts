import { canonical } from '../../../domain/canonical.ts';
import { CHINA } from '../../../domain/dates.ts';
import type { EventRow } from '../../../domain/ports.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { forgetful } from '../../../functions/app/written-streams.ts';
import { createStreamHandler, type StreamRecord } from '../../../functions/projector/stream-handler.ts';
import { toItem } from '../../../functions/store/event-row.ts';
import { entropy, type LogLine, manualClock } from '../../kit/ledger-bench.ts';
import { MemoryEventStore } from '../../kit/memory-event-store.ts';
import { MemoryViewStore } from '../../kit/memory-view-store.ts';

type Image = Readonly<Record<string, { S: string } | { B: string }>>;

/** A row as a stream record shows it: texts as S, salts as B in base64. */
export function imageOf(row: EventRow): Image {
  return Object.fromEntries(
    Object.entries(toItem(row))
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) =>
        typeof value === 'string'
          ? [name, { S: value }]
          : [name, { B: Buffer.from(value as Uint8Array).toString('base64') }],
      ),
  );
}

const keysOf = ({ caseId, entry }: Image) => ({ ...(caseId && { caseId }), ...(entry && { entry }) });

/** An attribute that changes to undefined is not there. */
export const inserted = (row: EventRow, change: object = {}): StreamRecord => {
  const said = Object.entries({ ...imageOf(row), ...change });
  const image = Object.fromEntries(said.filter(([, value]) => value !== undefined)) as Image;
  return { eventName: 'INSERT', dynamodb: { Keys: keysOf(image), NewImage: image } };
};

export const modified = (before: Image, after: Image): StreamRecord => ({
  eventName: 'MODIFY',
  dynamodb: { Keys: keysOf(before), OldImage: before, NewImage: after },
});

/** A ledger in memory and a projector that is fed by hand. */
export function projectorBench() {
  const lines: LogLine[] = [];
  const events = new MemoryEventStore();
  const views = new MemoryViewStore();
  const clock = manualClock();
  const deps: Dependencies = {
    identity: { ledger: 'A'.repeat(22), zone: CHINA },
    events,
    views,
    clock,
    entropy,
    written: forgetful,
  };
  const handler = createStreamHandler(deps, (level, message, fields) =>
    lines.push({ level, message, fields: fields ?? {} }),
  );
  return {
    ...{ deps, events, views, lines, clock },
    ledger: openLedger(deps),
    feed: (...records: readonly StreamRecord[]) => handler({ Records: records }),
    errors: () =>
      lines
        .filter((line) => line.level === 'error')
        .map((line) => canonical([line.message, { ...line.fields } as never])),
  };
}
