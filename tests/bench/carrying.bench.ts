import type { DecodedEntry } from '../../domain/decode.ts';
import type { EventRow } from '../../domain/ports.ts';
import { rowBytes } from '../../functions/app/append.ts';
import type { Dependencies } from '../../functions/app/dependencies.ts';
import { importNotice } from '../../functions/app/import-notice.ts';
import {
  afterEntry,
  CARRY_EVERY,
  caseStream,
  decodeRow,
  emptyStream,
  itemStream,
  type StreamKind,
} from '../../functions/app/streams.ts';
import { MemoryEventStore } from '../kit/memory-event-store.ts';
import { distribution, figure, heading, note } from './figures.ts';
import { noticeText } from './notice-file.ts';
import { anIdentity, CASE, collecting, committee, daily, item, sampleRows } from './sample-ledger.ts';

const writeUnits = (bytes: number): number => Math.ceil(bytes / 1_024);
const readUnits = (bytes: number): number => Math.ceil(bytes / 4_096);

/** (a) W of the real notice's entries, and (f) what carrying the state on every row, every 4th or adaptively costs. */
export async function carrying(): Promise<void> {
  const { name, text } = await noticeText();
  heading(`Write units of the entries of ${name}, with all that their rows carry`);
  const { events, identity } = await imported(text);
  const rows: EventRow[] = [];
  for await (const page of events.scan()) rows.push(...page);
  const units = rows.map((row) => writeUnits(rowBytes(row.entry) + carriedBytes(row.carried)));
  distribution('W', units, 'W');
  const share = units.filter((unit) => unit === 1).length / units.length;
  figure('entries that cost 1 W', 100 * share, '%', { atLeast: 90 });
  const bytes = rows.map((row) => rowBytes(row.entry)).sort((one, other) => one - other);
  note(`median row ${bytes[bytes.length >> 1]} bytes without what it carries`);

  heading('Carrying the state: on every row, on every 4th, or where it costs no further unit (chosen)');
  comparePolicies(name, rows, identity.zone);
  const stream = { caseId: CASE, itemId: item(1) };
  comparePolicies(
    'an item of 1,000 reports',
    await sampleRows(identity, stream, 1_000, daily(1_000)),
    identity.zone,
  );
}

const carriedBytes = (carried: string | undefined): number =>
  carried === undefined ? 0 : 'carried'.length + Buffer.byteLength(carried);

async function imported(
  text: string,
): Promise<{ events: MemoryEventStore; identity: Dependencies['identity'] }> {
  const events = new MemoryEventStore();
  const identity = anIdentity();
  const deps = { ...collecting(identity, () => {}), events };
  const report = await importNotice(deps, committee, CASE, text, true);
  if (!('committed' in report)) throw new Error(`the notice was refused: ${JSON.stringify(report)}`);
  return { events, identity };
}

interface Sizes {
  readonly bare: number;
  readonly carried: number;
}

function comparePolicies(name: string, rows: readonly EventRow[], zone: number): void {
  const streams = new Map<string, DecodedEntry[]>();
  for (const row of rows) {
    const entry = decodeRow(row);
    const key = `${entry.header.caseId}/${entry.header.itemId ?? ''}`;
    streams.set(key, [...(streams.get(key) ?? []), entry]);
  }
  const sizes = [...streams.values()].map((entries) =>
    entries[0]?.header.itemId === undefined
      ? sizesOf(caseStream, entries, zone)
      : sizesOf(itemStream, entries, zone),
  );
  const policies: { readonly [name: string]: (row: Sizes, index: number, since: number) => boolean } = {
    'every row': () => true,
    'every 4th': (_, index) => index % CARRY_EVERY === CARRY_EVERY - 1,
    adaptive: ({ bare, carried }, _, since) =>
      since >= CARRY_EVERY - 1 || writeUnits(bare + carried) === writeUnits(bare),
  };
  for (const [policy, carries] of Object.entries(policies)) {
    const w: number[] = [];
    const r: number[] = [];
    for (const stream of sizes) {
      const stored: number[] = [];
      let since = 0;
      for (const [index, row] of stream.entries()) {
        const carried = carries(row, index, since);
        since = carried ? 0 : since + 1;
        stored.push(row.bare + (carried ? row.carried : 0));
        w.push(writeUnits(stored.at(-1) ?? 0));
        // What the next command reads: the newest row where every row tells, else the newest four.
        const read = stored.slice(policy === 'every row' ? -1 : -CARRY_EVERY);
        r.push(readUnits(read.reduce((sum, one) => sum + one, 0)));
      }
    }
    distribution(`${name}, ${policy}: W`, w, 'W');
    distribution(`${name}, ${policy}: R of the next command`, r, 'R');
  }
}

function sizesOf<State>(kind: StreamKind<State>, entries: readonly DecodedEntry[], zone: number): Sizes[] {
  let state = emptyStream(kind);
  return entries.map((entry) => {
    state = { ...afterEntry(kind, state, entry, undefined, zone), rowsSinceCarried: 0 };
    return { bare: rowBytes(entry.stored), carried: carriedBytes(kind.pack(state)) };
  });
}
