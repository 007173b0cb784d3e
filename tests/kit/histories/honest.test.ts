import { expect, test } from 'vitest';
import { canonical, type Json } from '../../../domain/canonical.ts';
import type { Command } from '../../../domain/command.ts';
import { CHINA, dayOf, effectDay } from '../../../domain/dates.ts';
import type { EventType, KnownEvent, LedgerEvent } from '../../../domain/events.ts';
import { type CaseCommand, decideCase } from '../../../domain/inspection/decide.ts';
import { decideItem, type ItemCommand } from '../../../domain/item/decide.ts';
import { checkPayload, joinPayload } from '../../../domain/payload.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { foldCase, foldItem } from '../../../domain/replay.ts';
import { caseLife } from './case-life.ts';
import { told } from './story.ts';

type Told = ReturnType<typeof told>;

/** What the deciders would have said to an entry at its time: what they record, or why not. */
function decided(event: KnownEvent, before: readonly LedgerEvent[], story: Told): unknown {
  const { type, data, text, recordedAt, occurredOn, itemId, source } = event;
  const payload = checkPayload(itemId ? 'item' : 'case', type, joinPayload(data, text));
  if ('errors' in payload) return payload.errors;
  const command: Command<EventType> = { type, occurredOn, ...payload };
  const at = {
    principal: event.actor,
    seq: event.seq,
    today: dayOf(recordedAt, CHINA),
    effectOn: effectDay(occurredOn, recordedAt, CHINA),
    zone: CHINA,
    imported: source !== undefined,
    history: before,
    itemCount: story.items.length,
  };
  const cut = { recordedAsOf: recordedAt };
  const outcome = itemId
    ? decideItem(command as ItemCommand, foldItem(before, CHINA), {
        ...at,
        inspection: foldCase(story.events, CHINA, cut),
        itemNumber: Number(itemId),
      })
    : decideCase(command as CaseCommand, foldCase(before, CHINA), { ...at, items: [] });
  return isRefusal(outcome) ? outcome : canonical({ data: outcome.data, text: outcome.text } as Json);
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the deciders let every entry of an honest history in (%i)', (seed) => {
  const story = told(caseLife({ seed, entries: seed === 8 ? 60 : 0 }));
  for (const stream of [story.events, ...story.items.map(({ events }) => events)]) {
    for (const [index, event] of stream.entries()) {
      if (!event.known) throw new Error('an unknown entry');
      const { type, itemId, seq, data, text } = event;
      expect(decided(event, stream.slice(0, index), story), `${type} ${itemId} ${seq}`).toBe(
        canonical({ data, text } as unknown as Json),
      );
    }
  }
});

test('the same seed tells the same story, another one another', () => {
  const [one, again, other] = [caseLife({ seed: 5 }), caseLife({ seed: 5 }), caseLife({ seed: 6 })].map(told);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});

test('a case is as long as it is asked to be', () => {
  const { items } = told(caseLife({ seed: 1, items: 50, entries: 100 }));
  const entries = items.reduce((sum, { events }) => sum + events.length, 0);
  expect(items).toHaveLength(50);
  expect(entries).toBeGreaterThan(4_500);
  expect(entries).toBeLessThan(5_500);
});
