import type { Principal } from '../../domain/actor.ts';
import { type OfLookBack, ofLookBack, redatedOpening } from '../../domain/decision-order.ts';
import type { CaseEventType, LedgerEvent } from '../../domain/events.ts';
import type { CaseId, ItemId, Stream } from '../../domain/ids.ts';
import { type CaseCommand, decideCase, itemsInQuestion } from '../../domain/inspection/decide.ts';
import type { CaseState } from '../../domain/inspection/state.ts';
import { needsHistory } from '../../domain/item/decide.ts';
import type { ItemState } from '../../domain/item/state.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { foldItem } from '../../domain/replay.ts';
import { resolve } from '../../domain/resolve.ts';
import { reachesCase } from './access.ts';
import { checkOptions, readCommand } from './command-input.ts';
import type { Dependencies } from './dependencies.ts';
import { eraseAnnounced } from './erase.ts';
import type { EntryRequest, RecordedEntry, WriteOptions } from './ledger.ts';
import { readItems } from './read-partition.ts';
import { type CaseAround, type Deciding, recordEntry } from './record.ts';
import { caseStream, itemStream, readAll, readStreamState } from './streams.ts';

/** Records one entry on the case stream. */
export async function recordOnCase(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  request: EntryRequest,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal> {
  const command = readCommand<CaseEventType>('case', request);
  const refused = reachesCase(who, caseId) ?? checkOptions(options);
  if (refused) return refused;
  if (isRefusal(command)) return command;
  const absent = refuse('case-not-found', `there is no case ${caseId}`);
  const deciding = { ...decidingCase(deps, caseId, command, who), absent };
  const stream: Stream = { caseId };
  return eraseAnnounced(
    deps,
    stream,
    command,
    await recordEntry(deps, { stream, command, deciding, who, options }),
  );
}

/** Opens a case: records its first entry, unless there is a case of that id. */
export async function openCase(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  request: Omit<EntryRequest, 'type'>,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal> {
  const command = readCommand<CaseEventType>('case', { ...request, type: 'CaseOpened' });
  const refused = reachesCase(who, caseId) ?? checkOptions(options);
  if (refused) return refused;
  if (isRefusal(command)) return command;
  const deciding = decidingCase(deps, caseId, command, who);
  return recordEntry(deps, { stream: { caseId }, command, deciding, who, options });
}

function decidingCase(
  deps: Dependencies,
  caseId: CaseId,
  command: CaseCommand,
  who: Principal,
): Deciding<CaseState, CaseAround> {
  return {
    kind: caseStream,
    absent: undefined,
    decide: (state, at) => decideCase(command, state, at),
    around: async () => {
      const [entries, items] = await Promise.all([
        needsHistory(command) ? readAll(deps.events, { caseId }) : undefined,
        aboutItems(deps, caseId, command, who),
      ]);
      if (!entries) return items;
      const history = entries.map((entry) => entry.event);
      const opening = redatedOpening(command, history);
      if (!opening || who.role !== 'committee') return { ...items, history };
      return { ...items, history, ofLookBack: await heldByItems(deps, caseId, opening.seq) };
    },
  };
}

/** What every item of the case holds of one look-back. */
async function heldByItems(
  { events, identity }: Dependencies,
  caseId: CaseId,
  lookBackSeq: number,
): Promise<readonly OfLookBack[]> {
  const held: OfLookBack[] = [];
  for await (const { entries } of readItems(events, caseId)) {
    const recorded = entries.map((entry): LedgerEvent => entry.event);
    held.push(...ofLookBack(lookBackSeq, resolve(recorded, identity.zone)));
  }
  return held;
}

/** What the decision needs of the case's items, read as consistently as the stream itself. */
async function aboutItems(
  deps: Dependencies,
  caseId: CaseId,
  command: CaseCommand,
  who: Principal,
): Promise<Pick<CaseAround, 'itemCount' | 'items'>> {
  const { events, identity } = deps;
  const asked = itemsInQuestion(command, who.role);
  if (asked === 'none') return {};
  if (asked === 'count') return { itemCount: Number((await events.newestItem(caseId)) ?? 0) };
  if (asked === 'all') {
    const items: ItemState[] = [];
    for await (const { entries } of readItems(events, caseId)) {
      items.push(
        foldItem(
          entries.map((entry): LedgerEvent => entry.event),
          identity.zone,
        ),
      );
    }
    return { items, itemCount: items.length };
  }
  const stream: Stream = { caseId, itemId: asked.itemId as ItemId };
  const [item, newest] = await Promise.all([
    readStreamState(itemStream, events, stream, identity.zone),
    events.newestItem(caseId),
  ]);
  return { items: [item.state], itemCount: Number(newest ?? 0) };
}
