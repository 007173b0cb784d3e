import type { Principal } from '../../domain/actor.ts';
import type { CaseId } from '../../domain/ids.ts';
import { type ItemState, isResponsible } from '../../domain/item/state.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';

/** Does the token reach this case at all? */
export function reachesCase(who: Principal, caseId: CaseId): Refusal | undefined {
  return who.cases === undefined || who.cases.includes(caseId)
    ? undefined
    : refuse('case-not-allowed', `the token does not reach case ${caseId}`);
}

/** An office reads the items that it leads or supports now; the other roles read every item. */
export function mayReadItem(who: Principal, item: ItemState): Refusal | undefined {
  return who.role !== 'office' || isResponsible(item, who.office)
    ? undefined
    : refuse('office-not-responsible', `${who.office} neither leads nor supports this item`);
}

/** The case's own stream, and what spans all items, is not an office's to read. */
export function mayReadWholeCase(who: Principal): Refusal | undefined {
  return who.role === 'office'
    ? refuse('role-not-allowed', 'an office reads its own items and its own entries')
    : undefined;
}
