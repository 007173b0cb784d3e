import type { Principal } from '../../domain/actor.ts';
import type { Circumstances, Command } from '../../domain/command.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { CaseEventType, EventType, ItemEventType } from '../../domain/events.ts';
import { type CaseId, MAX_ITEMS, mintItemId, type Stream } from '../../domain/ids.ts';
import type { ImportPlan, PlannedEntry, PlannedItem } from '../../domain/import-plan.ts';
import { decideCase } from '../../domain/inspection/decide.ts';
import type { CaseState } from '../../domain/inspection/state.ts';
import { decideItem } from '../../domain/item/decide.ts';
import type { ItemState } from '../../domain/item/state.ts';
import { checkPayload, type Payload } from '../../domain/payload.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { appendDecided } from './append.ts';
import type { Dependencies } from './dependencies.ts';
import { circumstances } from './record.ts';
import { stampAfter } from './stamp.ts';
import {
  caseStream,
  decodeRow,
  emptyStream,
  itemStream,
  readAll,
  readStreamState,
  type StreamKind,
  type StreamState,
} from './streams.ts';

/** How one kind of stream takes a planned entry. */
interface Taking<State> {
  readonly kind: StreamKind<State>;
  readonly decide: (
    command: Command<EventType>,
    state: State,
    at: Circumstances,
    stream: Stream,
  ) => Payload | Refusal;
}

const takingItem: Taking<ItemState> = {
  kind: itemStream,
  decide: (command, state, at, { itemId }) =>
    decideItem(command as Command<ItemEventType>, state, { ...at, itemNumber: Number(itemId) }),
};
const takingCase: Taking<CaseState> = {
  kind: caseStream,
  decide: (command, state, at) => decideCase(command as Command<CaseEventType>, state, at),
};

export const plannedPayload = (entry: PlannedEntry): ReturnType<typeof checkPayload> =>
  checkPayload(
    entry.type === 'IssueRaised' || entry.type === 'MeasureAdopted' ? 'item' : 'case',
    entry.type,
    entry.data,
  );

/** How often one entry is tried again after losing the race for a seq. */
const CLASHES = 10;

/**
 * Records what is missing of a plan, and resolves to how many entries that were, or to why it stopped; what was
 * recorded until then stays, and the same import goes on from there. Whatever another writer, or the same import
 * elsewhere, records meanwhile is read again before the next try. A text that was imported whole is known by its
 * last entries, and records nothing more.
 */
export async function recordPlan(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  plan: ImportPlan,
): Promise<number | Refusal> {
  const known = new Map<string, DecodedEntry>();
  let items = 0;
  let recorded = 0;

  const learn = (entry: DecodedEntry): void => {
    if (entry.header.source !== undefined) known.set(entry.header.commandId, entry);
    items = Math.max(items, Number(entry.header.itemId ?? 0));
  };

  async function readCase(): Promise<boolean> {
    let opened = false;
    for await (const page of deps.events.partition(caseId, 'all')) {
      for (const row of page) learn(decodeRow(row));
      opened ||= page.length > 0;
    }
    return opened;
  }

  /** Appends what is missing of these entries, each on the state that the one before left. */
  async function appendMissing<State>(
    taking: Taking<State>,
    stream: Stream,
    entries: readonly PlannedEntry[],
    start?: StreamState<State>,
  ): Promise<Refusal | undefined> {
    let state = start;
    let clashes = 0;
    for (const entry of entries) {
      while (!known.has(entry.commandId)) {
        if (state === undefined) {
          // The state first: whatever stands below its head is then among what is learnt.
          state = await readStreamState(taking.kind, deps.events, stream, deps.identity.zone);
          for (const other of await readAll(deps.events, stream)) learn(other);
          continue;
        }
        const outcome = await appendPlanned(deps, who, taking, stream, state, entry);
        if (outcome === 'clash') {
          clashes += 1;
          if (clashes > CLASHES || start !== undefined) return refuse('conflict');
          state = undefined;
          continue;
        }
        if (isRefusal(outcome)) return outcome;
        learn(outcome.entry);
        state = outcome.after;
        recorded += 1;
      }
    }
    return undefined;
  }

  /** A new item takes the next number; should another writer take it first, the case is read again. */
  async function importItem({ raised, measures }: PlannedItem): Promise<Refusal | undefined> {
    for (let races = 0; races <= CLASHES; races += 1) {
      const there = known.get(raised.commandId);
      if (there) return appendMissing(takingItem, there.event, measures);
      const itemId = mintItemId(items + 1);
      if (itemId === undefined) return refuse('stream-full');
      const stream = { caseId, itemId };
      const outcome = await appendMissing(takingItem, stream, [raised], emptyStream(itemStream));
      if (outcome && outcome.refused !== 'conflict') return outcome;
      if (outcome) await readCase();
    }
    return refuse('conflict');
  }

  const opened = await readCase();
  if (!opened && !plan.opening) return refuse('header-incomplete');
  const missing = plan.items.filter((item) => !known.has(item.raised.commandId)).length;
  if (items + missing > MAX_ITEMS) return refuse('import-too-large', `the case has ${items} items already`);
  if (plan.completion.every((entry) => known.has(entry.commandId))) return 0;
  const ofCase = opened || !plan.opening ? plan.totals : [plan.opening, ...plan.totals];
  const refused = await appendMissing(takingCase, { caseId }, ofCase);
  if (refused) return refused;
  for (const item of plan.items) {
    const stopped = await importItem(item);
    if (stopped) return stopped;
  }
  return (await appendMissing(takingCase, { caseId }, plan.completion)) ?? recorded;
}

async function appendPlanned<State>(
  deps: Dependencies,
  who: Principal,
  { kind, decide }: Taking<State>,
  stream: Stream,
  state: StreamState<State>,
  entry: PlannedEntry,
) {
  const payload = plannedPayload(entry);
  if ('errors' in payload) throw new Error(`an unchecked plan: ${entry.type} ${payload.errors[0]?.pointer}`);
  const { type, occurredOn, commandId, source } = entry;
  const recordedAt = stampAfter(state.head.recordedAt, deps.clock);
  if (typeof recordedAt !== 'string') return recordedAt;
  const command = { ...payload, type, occurredOn };
  const at = circumstances(deps, who, state.head.version + 1, recordedAt, command, true);
  const decided = decide(command, state.state, at, stream);
  if (isRefusal(decided)) return decided;
  const planned = { ...decided, type, occurredOn, commandId, source, recordedAt };
  return appendDecided(deps, kind, stream, state, planned, who);
}
