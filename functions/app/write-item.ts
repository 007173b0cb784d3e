import type { Principal } from '../../domain/actor.ts';
import type { ItemEventType } from '../../domain/events.ts';
import { type CaseId, type ItemId, mintItemId, type Stream } from '../../domain/ids.ts';
import {
  decideItem,
  type ItemCommand,
  needsCase,
  needsHistory,
  needsItems,
} from '../../domain/item/decide.ts';
import { type ItemState, initialItem } from '../../domain/item/state.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { reachesCase } from './access.ts';
import { appendDecided } from './append.ts';
import { checkOptions, readCommand } from './command-input.ts';
import type { Dependencies } from './dependencies.ts';
import { eraseAnnounced } from './erase.ts';
import { findRaised } from './idempotency.ts';
import type { EntryRequest, RecordedEntry, WriteOptions } from './ledger.ts';
import { circumstances, type Deciding, type ItemAround, recordEntry, recorded, repeat } from './record.ts';
import { stampAfter } from './stamp.ts';
import { caseStream, emptyStream, itemStream, readAll, readStreamState } from './streams.ts';

/** Records one entry on an item. */
export async function recordOnItem(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  itemId: ItemId,
  request: EntryRequest,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal> {
  const command = readCommand<ItemEventType>('item', request);
  const refused = reachesCase(who, caseId) ?? checkOptions(options);
  if (refused) return refused;
  if (isRefusal(command)) return command;
  const stream: Stream = { caseId, itemId };
  const deciding = decidingItem(deps, stream, command, who);
  return eraseAnnounced(
    deps,
    stream,
    command,
    await recordEntry(deps, { stream, command, deciding, who, options }),
  );
}

function decidingItem(
  deps: Dependencies,
  stream: Stream,
  command: ItemCommand,
  who: Principal,
): Deciding<ItemState, ItemAround> {
  const { events, identity } = deps;
  return {
    kind: itemStream,
    absent: refuse('item-not-found', `case ${stream.caseId} has no item ${stream.itemId}`),
    decide: (state, at) => decideItem(command, state, at),
    around: async () => {
      const [inspection, history, newest] = await Promise.all([
        needsCase(command, who.role)
          ? readStreamState(caseStream, events, { caseId: stream.caseId }, identity.zone)
          : undefined,
        needsHistory(command) ? readAll(events, stream) : undefined,
        needsItems(command) ? events.newestItem(stream.caseId) : undefined,
      ]);
      return {
        itemNumber: Number(stream.itemId),
        ...(inspection ? { inspection: inspection.state } : {}),
        ...(history ? { history: history.map((entry) => entry.event) } : {}),
        ...(newest ? { itemCount: Number(newest) } : {}),
      };
    },
  };
}

/** How often a new item is numbered again after another took the number. */
const ATTEMPTS = 50;

/** Raises an issue: mints the next item of the case and records its first entry. */
export async function raiseIssue(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  request: Omit<EntryRequest, 'type'>,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal> {
  const command = readCommand<'IssueRaised'>('item', { ...request, type: 'IssueRaised' });
  const refused = reachesCase(who, caseId) ?? checkOptions(options);
  if (refused) return refused;
  if (isRefusal(command)) return command;
  if (options.ifMatch !== undefined)
    return { ...refuse('version-mismatch', 'a new item has no version'), version: 0 };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await tryToRaise(deps, who, caseId, command, options);
    if (outcome !== 'clash') return outcome;
  }
  return refuse('conflict');
}

async function tryToRaise(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  command: ItemCommand,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal | 'clash'> {
  const [newest, opened] = await Promise.all([
    deps.events.newestItem(caseId),
    deps.events.newest({ caseId }, 1),
  ]);
  if (opened.length === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  const items = newest === undefined ? 0 : Number(newest);
  if (options.idempotencyKey !== undefined && items > 0) {
    const found = await findRaised(deps, caseId, items, options.idempotencyKey, who, deps.clock.now());
    if (found) return repeat(found, command);
  }
  const itemId = mintItemId(items + 1);
  if (itemId === undefined) return refuse('stream-full', `case ${caseId} has ${items} items`);
  return appendFirst(deps, who, { caseId, itemId }, command, options.idempotencyKey ?? deps.entropy.uuid());
}

async function appendFirst(
  deps: Dependencies,
  who: Principal,
  stream: Stream & { readonly itemId: ItemId },
  command: ItemCommand,
  commandId: string,
): Promise<RecordedEntry | Refusal | 'clash'> {
  const recordedAt = stampAfter(null, deps.clock);
  if (typeof recordedAt !== 'string') return recordedAt;
  const at = circumstances(deps, who, 1, recordedAt, command, false);
  const payload = decideItem(command, initialItem, { ...at, itemNumber: Number(stream.itemId) });
  if (isRefusal(payload)) return payload;
  const decided = { ...payload, type: command.type, occurredOn: command.occurredOn, commandId, recordedAt };
  const result = await appendDecided(deps, itemStream, stream, emptyStream(itemStream), decided, who);
  if (result === 'clash') return 'clash';
  return isRefusal(result) ? result : recorded(result.entry, false);
}
