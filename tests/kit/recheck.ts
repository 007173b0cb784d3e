import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { dayOf } from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import { GENESIS } from '../../domain/hashing.ts';
import type { Stream } from '../../domain/ids.ts';
import type { CaseView } from '../../domain/inspection/view.ts';
import { presentItem } from '../../domain/item/present.ts';
import type { ItemView } from '../../domain/item/view.ts';
import type { ViewRow } from '../../domain/ports.ts';
import { foldCase, foldCaseView, foldItem, foldItemView } from '../../domain/replay.ts';
import { createVerifier } from '../../domain/verify.ts';
import type { Dependencies } from '../../functions/app/dependencies.ts';
import type { Ledger } from '../../functions/app/ledger.ts';
import { rebuildViews } from '../../functions/app/rebuild.ts';
import { caseStream, decodeRow, headOf, itemStream, readStreamState } from '../../functions/app/streams.ts';
import { CHECKPOINTS, DEAD_LETTERS, pictureKey, readPicture } from '../../functions/app/view-rows.ts';
import { accepted, allRows } from './ledger-bench.ts';
import { people } from './people.ts';

interface Whole {
  readonly stream: Stream;
  readonly entries: readonly DecodedEntry[];
}

/** Every stream of the table with its entries, in the order of the scan. */
async function wholeStreams({ events }: Pick<Dependencies, 'events'>): Promise<readonly Whole[]> {
  const found = new Map<string, { stream: Stream; entries: DecodedEntry[] }>();
  for (const row of await allRows(events)) {
    const { caseId, itemId } = row.entry;
    const name = `${caseId}/${itemId ?? ''}`;
    const whole = found.get(name) ?? { stream: { caseId, itemId }, entries: [] };
    whole.entries.push(decodeRow(row));
    found.set(name, whole);
  }
  return [...found.values()];
}

/** Law 2: seq from 1 without a gap, prev and hash chain, every stored string matches its hash. */
export async function chainHolds(deps: Pick<Dependencies, 'events'>): Promise<number> {
  const verifier = createVerifier();
  const rows = await allRows(deps.events);
  for (const { entry } of rows) verifier.add(entry);
  const { fault, entries } = verifier.result();
  expect(fault).toBeUndefined();
  expect(entries).toBe(rows.length);
  for (const { entries: whole } of await wholeStreams(deps)) {
    let prev: string = GENESIS;
    let last = '';
    whole.forEach((entry, index) => {
      expect(entry.header.seq).toBe(index + 1);
      expect(entry.header.prev).toBe(prev);
      expect(entry.header.recordedAt > last).toBe(true);
      prev = headOf(entry).hash;
      last = entry.header.recordedAt;
    });
  }
  return entries;
}

/** Every row of the views table but how far the stream was read, in the order of its keys. */
export async function viewRows({ views }: Pick<Dependencies, 'views'>): Promise<readonly ViewRow[]> {
  const rows: ViewRow[] = [];
  for await (const page of views.scan()) rows.push(...page);
  const key = (row: ViewRow): string => `${row.partition}\n${row.sort}`;
  return rows
    .filter((row) => row.partition !== CHECKPOINTS)
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Law 3: the state is the same by any path. The views must be projected. */
export async function pathsAgree(deps: Dependencies, ledger: Ledger): Promise<void> {
  const { zone } = deps.identity;
  const now = deps.clock.now();
  for (const { stream, entries } of await wholeStreams(deps)) {
    const events = entries.map((entry) => entry.event);
    const key = pictureKey(stream);
    const row = await deps.views.get(key.partition, key.sort, true);
    const { itemId } = stream;
    if (itemId === undefined) {
      const carried = await readStreamState(caseStream, deps.events, stream, zone);
      expect(carried.state).toEqual(foldCase(events, zone));
      expect(readPicture<CaseView>(row)?.view).toEqual(plain(foldCaseView(events, zone)));
      const past = accepted(
        await ledger.inspectionCase(people.committee, stream.caseId, { recordedAsOf: now }),
      );
      const { cut: _, ...then } = past;
      expect(then).toEqual(accepted(await ledger.inspectionCase(people.committee, stream.caseId, {})));
      continue;
    }
    const direct = foldItemView(events, zone);
    const head = headOf(entries.at(-1));
    const carried = await readStreamState(itemStream, deps.events, stream, zone);
    expect(carried.state).toEqual(foldItem(events, zone));
    expect(carried.head).toEqual(head);
    const picture = readPicture<ItemView>(row);
    expect(picture?.head).toEqual(head);
    expect(picture?.view).toEqual(plain(direct));
    const item = accepted(await ledger.item(people.committee, stream.caseId, itemId, {}));
    expect(item).toEqual(presentItem({ ...stream, itemId }, direct, head, dayOf(now, zone)));
    const { cut: _, ...then } = accepted(
      await ledger.item(people.committee, stream.caseId, itemId, { recordedAsOf: now }),
    );
    expect(then).toEqual(item);
  }
}

/** What JSON keeps: views are stored as it, so a member that is undefined is gone. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What streaming built equals what a rebuild makes, byte for byte. */
export async function rebuildsToTheSameBytes(deps: Dependencies): Promise<void> {
  const streamed = await viewRows(deps);
  await rebuildViews(deps);
  const rebuilt = await viewRows(deps);
  if (!isDeepStrictEqual(streamed, rebuilt)) expect(rebuilt).toEqual(streamed);
  expect(rebuilt.length).toBeGreaterThan(0);
  expect(streamed.filter((row) => row.partition === DEAD_LETTERS)).toEqual([]);
}

/** Everything that holds of a ledger at rest. */
export async function recheck(deps: Dependencies, ledger: Ledger): Promise<void> {
  await chainHolds(deps);
  await pathsAgree(deps, ledger);
  await rebuildsToTheSameBytes(deps);
}
