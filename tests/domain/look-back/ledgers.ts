import fc from 'fast-check';
import { CHINA, type Day, dayOf } from '../../../domain/dates.ts';
import type { LedgerEvent } from '../../../domain/events.ts';
import { mintItemId } from '../../../domain/ids.ts';
import type { CaseEvents } from '../../../domain/look-back/history.ts';
import { recordedBy } from '../../../domain/replay.ts';
import { caseLife } from '../../kit/histories/case-life.ts';
import { chanceOf } from '../../kit/histories/chance.ts';
import { faults } from '../../kit/histories/faults.ts';
import { told } from '../../kit/histories/story.ts';
import { caseHistories, itemHistories } from '../histories.ts';
import { CASE, eventsOf } from '../kit.ts';

/** A life in which three faults are planted, whatever they do to each other. */
const lives: fc.Arbitrary<CaseEvents> = fc
  .tuple(fc.nat(5_000), fc.array(fc.nat(faults.length - 1), { minLength: 3, maxLength: 3 }))
  .map(([seed, kinds]) => {
    const story = caseLife({ seed, items: 6 });
    const chance = chanceOf(seed);
    for (const kind of kinds) {
      try {
        faults[kind]?.plant(story, chance);
      } catch {
        // One fault may leave no place for the next.
      }
    }
    return told(story);
  });

/** Whatever the deciders let in of what anybody threw at them. */
const jumbles: fc.Arbitrary<CaseEvents> = fc
  .tuple(caseHistories, fc.array(itemHistories, { minLength: 1, maxLength: 3 }))
  .map(([events, items]) => ({
    caseId: CASE,
    events: eventsOf(events),
    items: items.map((entries, index) => {
      const itemId = mintItemId(index + 1);
      if (itemId === undefined) throw new Error('too many items');
      return { itemId, events: eventsOf(entries).map((event): LedgerEvent => ({ ...event, itemId })) };
    }),
  }));
export const cases = fc.oneof(lives, jumbles);

export const all = ({ events, items }: CaseEvents): readonly LedgerEvent[] => [
  ...events,
  ...items.flatMap((item) => item.events),
];

/** One of the entries, as the instant of a cut. */
export const instants = (recorded: CaseEvents): readonly LedgerEvent['recordedAt'][] =>
  all(recorded)
    .map((event) => event.recordedAt)
    .sort();
export const at = <T>(list: readonly T[], share: number): T =>
  list[Math.floor(share * (list.length - 1))] as T;

export const share = fc.double({ min: 0, max: 1, noNaN: true });
export const runs = { numRuns: 60 };

/** What there would be if nobody had recorded anything after the instant. */
export const upTo = (
  { caseId, events, items }: CaseEvents,
  recordedAsOf: LedgerEvent['recordedAt'],
): CaseEvents => ({
  caseId,
  events: recordedBy(events, { recordedAsOf }),
  items: items
    .map((item) => ({ ...item, events: recordedBy(item.events, { recordedAsOf }) }))
    .filter((item) => item.events.length > 0),
});

export const dayAt = (recordedAt: LedgerEvent['recordedAt']): Day => dayOf(recordedAt, CHINA);
export const now = (recorded: CaseEvents): Day => dayAt(at(instants(recorded), 1));
