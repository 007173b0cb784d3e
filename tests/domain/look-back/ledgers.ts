import fc from 'fast-check';
import { CHINA, type Day, dayOf, epochMs, instantOf } from '../../../domain/dates.ts';
import type { LedgerEvent } from '../../../domain/events.ts';
import { mintItemId } from '../../../domain/ids.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { CaseEvents, EarlierProblem } from '../../../domain/look-back/history.ts';
import { aCaseId } from '../../kit/event-rows.ts';
import { caseLife } from '../../kit/histories/case-life.ts';
import { type Chance, chanceOf } from '../../kit/histories/chance.ts';
import { ofType, put } from '../../kit/histories/faults/fault.ts';
import { faults } from '../../kit/histories/faults.ts';
import { reviewer } from '../../kit/histories/people.ts';
import { SECOND_TITLES, thinkAgain } from '../../kit/histories/second-thoughts.ts';
import { type CaseStory, MINUTE, told } from '../../kit/histories/story.ts';
import { caseHistories, itemHistories } from '../histories.ts';
import { CASE, eventsOf } from '../kit.ts';

/** Somebody looks at flags of that moment and dismisses some of them; what follows moves up. */
function dismissSome(story: CaseStory, at: number, chance: Chance): void {
  const recordedAsOf = instantOf(at);
  const flags = flagsOf(told(story), { cut: { recordedAsOf }, today: dayAt(recordedAsOf), zone: CHINA });
  for (const [n, { rule, itemId }] of chance.some(flags, 3).entries()) {
    const steps = story.items.find((item) => item.itemId === itemId)?.steps ?? story.steps;
    put(steps, 'FlagDismissed', reviewer, at + 1 + n, { data: { rule }, text: { reason: '已经核实' } });
  }
}

/** A life in which three faults are planted, whatever they do to each other, and on which people think again. */
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
    thinkAgain(story, chance);
    for (const { at } of chance.some(
      ofType(story, 'NoticePublished', 'EntryCorrected', 'LookBackOpened'),
      3,
    )) {
      dismissSome(story, at + MINUTE, chance);
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

const TURNING: ReadonlySet<string> = new Set([
  'EntryCorrected',
  'EntryVoided',
  'FlagDismissed',
  'CaseSettingsChanged',
]);

/** Instants around which everything before reads otherwise: just before, and at, each entry that speaks of others. */
export const turnsOf = (recorded: CaseEvents): readonly LedgerEvent['recordedAt'][] =>
  all(recorded)
    .filter(({ type }) => TURNING.has(type))
    .flatMap(({ recordedAt }) => [instantOf(epochMs(recordedAt) - 1), recordedAt]);

const EARLIER_CASE = aCaseId('earlier-case');

/** Problems of an earlier case of the same body: two of this case as they were raised, and what others are corrected to. */
export function earlierOf(recorded: CaseEvents): readonly EarlierProblem[] {
  const raises = recorded.items.flatMap(({ events: [first] }) =>
    first?.known && first.type === 'IssueRaised' ? [first] : [],
  );
  const [raised] = raises;
  if (!raised) return [];
  const titles = raises.slice(0, 2).flatMap(({ text }) => (text ? [text.title] : []));
  return [...titles, ...SECOND_TITLES].map((title) => ({
    caseId: EARLIER_CASE,
    title,
    raised: { ...raised, caseId: EARLIER_CASE },
    corrections: [],
  }));
}

/** What there would be if nobody had recorded anything after the instant. */
export const upTo = (
  { caseId, events, items }: CaseEvents,
  recordedAsOf: LedgerEvent['recordedAt'],
): CaseEvents => ({
  caseId,
  events: events.filter((event) => event.recordedAt <= recordedAsOf),
  items: items
    .map((item) => ({ ...item, events: item.events.filter((event) => event.recordedAt <= recordedAsOf) }))
    .filter((item) => item.events.length > 0),
});

export const dayAt = (recordedAt: LedgerEvent['recordedAt']): Day => dayOf(recordedAt, CHINA);
export const now = (recorded: CaseEvents): Day => dayAt(at(instants(recorded), 1));
