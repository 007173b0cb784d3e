import type { ItemCircumstances } from '../command.ts';
import { lastDay, type PartialDate, partialDate } from '../dates.ts';
import type { ItemEvent } from '../events.ts';
import { isRecord } from '../fields.ts';
import type { Payload } from '../payload.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { type Resolved, resolve } from '../resolve.ts';
import { evolveItem } from './evolve.ts';
import { type ItemState, initialItem } from './state.ts';

/** An extension extends something, and makes it later. */
export function notLater({ deadline }: ItemState, to: PartialDate): Refusal | undefined {
  if (deadline === undefined) return refuse('no-deadline');
  return lastDay(to) > lastDay(deadline)
    ? undefined
    : refuse('extension-not-later', `${to} is not later than ${deadline}`);
}

/**
 * A correction of an extension leaves it later than the deadline that it extends, as all now reads, and earlier than
 * what extends it further. The first deadline itself may be corrected to any day.
 */
export function overtaken(
  { data }: Payload,
  { history = [], zone }: Pick<ItemCircumstances, 'history' | 'zone'>,
): Refusal | undefined {
  const target = history.find(({ seq }) => seq === data.target);
  const to = isRecord(data.set) ? partialDate(String(data.set.to)) : undefined;
  if (target?.type !== 'DeadlineExtended' || to === undefined) return undefined;
  let state = initialItem;
  for (const entry of resolve(history, zone) as Resolved<ItemEvent>[]) {
    if (entry.type !== 'DeadlineExtended') {
      state = evolveItem(state, entry);
      continue;
    }
    const event = entry.seq === target.seq ? { ...entry, data: { ...entry.data, to } } : entry;
    const refused = event.seq < target.seq ? undefined : notLater(state, event.data.to);
    if (refused && state.deadline !== undefined) return refused;
    state = evolveItem(state, event);
  }
  return undefined;
}
