import type { Principal } from '../../domain/actor.ts';
import { measureId } from '../../domain/ids.ts';
import type { CaseState } from '../../domain/inspection/state.ts';
import { unmetClosingRules } from '../../domain/item/closing.ts';
import { isCompletable } from '../../domain/item/decide.ts';
import { recordableNow } from '../../domain/item/permissions.ts';
import type { ItemState } from '../../domain/item/state.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';
import { mayReadItem, reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { ItemNext } from './item-life.ts';
import type { ItemStream } from './read-item.ts';
import { caseStream, itemStream, readStreamState } from './streams.ts';

/** What may come next on an item. It rests on the same reads as a decision does, and costs as little. */
export async function readNext(
  deps: Dependencies,
  who: Principal,
  stream: ItemStream,
): Promise<ItemNext | Refusal> {
  const refused = reachesCase(who, stream.caseId);
  if (refused) return refused;
  const { zone } = deps.identity;
  const [{ head, state }, inspection] = await Promise.all([
    readStreamState(itemStream, deps.events, stream, zone),
    readStreamState(caseStream, deps.events, { caseId: stream.caseId }, zone),
  ]);
  if (head.version === 0)
    return refuse('item-not-found', `case ${stream.caseId} has no item ${stream.itemId}`);
  return mayReadItem(who, state) ?? nextOn(state, inspection.state, who, head.version);
}

const ABOUT_THE_CLOSER: ReadonlySet<string> = new Set(['closer-was-responsible', 'closer-took-part']);

/** The same from states at hand. */
export function nextOn(
  state: ItemState,
  inspection: CaseState,
  who: Principal,
  newestVersion: number,
): ItemNext {
  const unmet = unmetClosingRules(state, inspection, who);
  return {
    newestVersion,
    recordable: recordableNow(who, state, inspection),
    completable: state.measures.filter((one) => isCompletable(one, state)).map(({ seq }) => measureId(seq)),
    unmet: who.role === 'committee' ? unmet : unmet.filter(({ refused }) => !ABOUT_THE_CLOSER.has(refused)),
  };
}
