import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { CHINA, type Day, dayOf, daysAfter, instantOf } from '../../../domain/dates.ts';
import type { EventType, LedgerEvent } from '../../../domain/events.ts';
import { mintItemId } from '../../../domain/ids.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { CaseEvents, EarlierProblem } from '../../../domain/look-back/history.ts';
import { recordedBy } from '../../../domain/replay.ts';
import { caseLife } from '../../kit/histories/case-life.ts';
import { chanceOf } from '../../kit/histories/chance.ts';
import { faults } from '../../kit/histories/faults.ts';
import { officer, reviewer } from '../../kit/histories/people.ts';
import { aDay, MINUTE, type Step, told } from '../../kit/histories/story.ts';
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
const cases = fc.oneof(lives, jumbles);

const all = ({ events, items }: CaseEvents): readonly LedgerEvent[] => [
  ...events,
  ...items.flatMap((item) => item.events),
];

/** One of the entries, as the instant of a cut. */
const instants = (recorded: CaseEvents): readonly LedgerEvent['recordedAt'][] =>
  all(recorded)
    .map((event) => event.recordedAt)
    .sort();
const at = <T>(list: readonly T[], share: number): T => list[Math.floor(share * (list.length - 1))] as T;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const runs = { numRuns: 60 };

/** What there would be if nobody had recorded anything after the instant. */
const upTo = (
  { caseId, events, items }: CaseEvents,
  recordedAsOf: LedgerEvent['recordedAt'],
): CaseEvents => ({
  caseId,
  events: recordedBy(events, { recordedAsOf }),
  items: items
    .map((item) => ({ ...item, events: recordedBy(item.events, { recordedAsOf }) }))
    .filter((item) => item.events.length > 0),
});

const dayAt = (recordedAt: LedgerEvent['recordedAt']): Day => dayOf(recordedAt, CHINA);
const now = (recorded: CaseEvents): Day => dayAt(at(instants(recorded), 1));

const earlierOf = (recorded: CaseEvents): readonly EarlierProblem[] =>
  recorded.items.slice(0, 2).flatMap(({ events: [raised] }) => {
    const title = raised?.known && raised.type === 'IssueRaised' ? raised.text?.title : undefined;
    return raised && title !== undefined ? [{ caseId: recorded.caseId, title, raised }] : [];
  });

describe('flags as of an instant', () => {
  test('are those that there were when nothing had been recorded after it', () => {
    fc.assert(
      fc.property(cases, share, (recorded, when) => {
        const recordedAsOf = at(instants(recorded), when);
        const today = dayAt(recordedAsOf);
        const asked = { cut: { recordedAsOf }, today, zone: CHINA };
        const then = upTo(recorded, recordedAsOf);
        const asOf = flagsOf(recorded, asked);
        expect(asOf).toEqual(flagsOf(then, asked));
        expect(asOf).toEqual(flagsOf(then, { ...asked, cut: {} }));
      }),
      runs,
    );
  });

  test('are the same as then on the effective clock too', () => {
    fc.assert(
      fc.property(cases, share, share, (recorded, when, effect) => {
        const recordedAsOf = at(instants(recorded), when);
        const effectiveOn = dayAt(at(instants(recorded), effect));
        const asked = { today: effectiveOn, zone: CHINA };
        const then = upTo(recorded, recordedAsOf);
        const asOf = flagsOf(recorded, { ...asked, cut: { recordedAsOf, effectiveOn } });
        expect(asOf).toEqual(flagsOf(then, { ...asked, cut: { effectiveOn } }));
      }),
      runs,
    );
  });

  test('name entries that were there, each once, and an item or the case once a rule', () => {
    fc.assert(
      fc.property(cases, share, fc.option(share), (recorded, when, effect) => {
        const recordedAsOf = at(instants(recorded), when);
        const effectiveOn = effect === null ? undefined : dayAt(at(instants(recorded), effect));
        const today = effectiveOn ?? dayAt(recordedAsOf);
        const there = new Set(
          all(upTo(recorded, recordedAsOf)).map(({ itemId, seq }) => `${itemId ?? null} ${seq}`),
        );
        const flags = flagsOf(recorded, { cut: { recordedAsOf, effectiveOn }, today, zone: CHINA });
        for (const { entries, since } of flags) {
          const named = entries.map(({ itemId, seq }) => `${itemId} ${seq}`);
          expect(named.length).toBeGreaterThan(0);
          expect(new Set(named).size).toBe(named.length);
          expect(named.filter((name) => !there.has(name))).toEqual([]);
          if (effectiveOn === undefined) expect(since <= today).toBe(true);
        }
        const subjects = flags.map(({ rule, itemId }) => `${rule} ${itemId}`);
        expect(new Set(subjects).size).toBe(subjects.length);
      }),
      runs,
    );
  });
});

/** Some of the entries of each stream, in their order; some without their words, some of a type to come. */
const holed = cases.chain((recorded) =>
  fc.infiniteStream(fc.nat(9)).map((dice): CaseEvents => {
    const some = (events: readonly LedgerEvent[]): readonly LedgerEvent[] =>
      events.flatMap((event): readonly LedgerEvent[] => {
        const { value } = dice.next();
        if (value < 3) return [];
        if (value === 3) return [{ ...event, text: undefined } as LedgerEvent];
        if (value === 4) return [{ ...event, known: false, type: 'ToCome', data: {}, text: {} }];
        return [event];
      });
    const items = recorded.items.map((item) => ({ ...item, events: some(item.events) }));
    return { ...recorded, events: some(recorded.events), items };
  }),
);

describe('flags of any part of a ledger', () => {
  test('are found without an error, on either clock', () => {
    fc.assert(
      fc.property(holed, fc.option(share), (recorded, effect) => {
        const days = instants(recorded);
        if (days.length === 0) return;
        const effectiveOn = effect === null ? undefined : dayAt(at(days, effect));
        const asked = { today: daysAfter(now(recorded), 100), zone: CHINA, earlier: earlierOf(recorded) };
        for (const { entries, since } of flagsOf(recorded, { ...asked, cut: { effectiveOn } })) {
          expect(entries.length).toBeGreaterThan(0);
          expect(since).toMatch(/^\d{4}-\d\d-\d\d$/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('are the same in whatever order the items are handed over', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat(1_000)), (recorded, dice) => {
        const asked = { cut: {}, today: now(recorded), zone: CHINA, earlier: earlierOf(recorded) };
        const shuffled = recorded.items
          .map((item) => ({ item, place: dice.next().value as number }))
          .sort((one, other) => one.place - other.place)
          .map(({ item }) => item);
        expect(flagsOf({ ...recorded, items: shuffled }, asked)).toEqual(flagsOf(recorded, asked));
      }),
      runs,
    );
  });
});

describe('a dismissal', () => {
  /** The stream of a flag, with an entry more. */
  function dismissedAt(recorded: CaseEvents, flag: Flag, recordedAt: LedgerEvent['recordedAt']): CaseEvents {
    const add = (events: readonly LedgerEvent[]): readonly LedgerEvent[] => {
      const type: EventType = 'FlagDismissed';
      const seq = 1 + Math.max(0, ...events.map((event) => event.seq));
      const [first] = events;
      if (!first) throw new Error('a flag on an empty stream');
      const said = { data: { rule: flag.rule }, text: { reason: '情况属实' }, occurredOn: undefined };
      return [
        ...events,
        { ...first, ...said, known: true, type, seq, recordedAt, actor: reviewer } as LedgerEvent,
      ];
    };
    if (flag.itemId === null) return { ...recorded, events: add(recorded.events) };
    const items = recorded.items.map((item) =>
      item.itemId === flag.itemId ? { ...item, events: add(item.events) } : item,
    );
    return { ...recorded, items };
  }

  test('takes its flag away, and no other; before the entries that it rests on, none', () => {
    fc.assert(
      fc.property(cases, share, (recorded, which) => {
        const today = daysAfter(now(recorded), 1);
        const asked = { cut: {}, today, zone: CHINA };
        const before = flagsOf(recorded, asked);
        if (before.length === 0) return;
        const flag = at(before, which);
        const after = flagsOf(
          dismissedAt(recorded, flag, instantOf(Date.parse(`${today}T04:00:00.000Z`))),
          asked,
        );
        const same = (one: Flag): boolean => one.rule === flag.rule && one.itemId === flag.itemId;
        expect(after.find(same)).toMatchObject({ entries: flag.entries, dismissed: { reason: '情况属实' } });
        expect(after.filter((one) => !same(one))).toEqual(before.filter((one) => !same(one)));
      }),
      runs,
    );
  });

  test('never hides a flag that rests on a later entry, or on a day to come', () => {
    fc.assert(
      fc.property(cases, fc.array(share, { minLength: 8, maxLength: 8 }), (recorded, shares) => {
        // Dismissals of whatever is flagged at some past moment, recorded then, and the ledger goes on.
        const [when, ...which] = shares as [number, ...number[]];
        const recordedAsOf = at(instants(recorded), when);
        const flags = flagsOf(recorded, { cut: { recordedAsOf }, today: dayAt(recordedAsOf), zone: CHINA });
        let known = recorded;
        for (const one of which) {
          if (flags.length > 0) known = insertedAt(known, at(flags, one), recordedAsOf);
        }
        const seqs = new Map(all(known).map((event) => [`${event.itemId ?? null} ${event.seq}`, event]));
        for (const flag of flagsOf(known, { cut: {}, today: daysAfter(now(known), 200), zone: CHINA })) {
          const { dismissed, entries, since, itemId } = flag;
          if (!dismissed) continue;
          expect(since <= dayAt(dismissed.recordedAt)).toBe(true);
          for (const ref of entries) {
            const event = seqs.get(`${ref.itemId} ${ref.seq}`);
            if (ref.itemId === itemId) expect(ref.seq).toBeLessThan(dismissed.seq);
            else expect((event?.recordedAt ?? '9') <= dismissed.recordedAt).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  /** A dismissal between the entries of then and those after, which move up by one; what names them does as well. */
  function insertedAt(recorded: CaseEvents, flag: Flag, recordedAt: LedgerEvent['recordedAt']): CaseEvents {
    const then = dismissedAt(upTo(recorded, recordedAt), flag, recordedAt);
    const place = (now: readonly LedgerEvent[], old: readonly LedgerEvent[]): readonly LedgerEvent[] => {
      // Later entries of the stream keep their names, and the dismissal takes the seq half-way: seqs need no whole numbers to be in order.
      const kept = now.filter((event) => event.recordedAt > recordedAt);
      const last = old.at(-1);
      if (last?.type !== 'FlagDismissed' || now.includes(last)) return now;
      return [...old.slice(0, -1), { ...last, seq: last.seq - 0.5 }, ...kept];
    };
    const events = place(recorded.events, then.events);
    const items = recorded.items.map((item) => {
      const old = then.items.find(({ itemId }) => itemId === item.itemId);
      return old ? { ...item, events: place(item.events, old.events) } : item;
    });
    return { ...recorded, events, items };
  }
});

test('who dismissed a burst before one look-back did not see the one before the next', () => {
  const story = caseLife({ seed: 1_001, items: 1 });
  const [item] = story.items;
  const [first, second] = [0, 60].map((days) => daysAfter(aDay('2023-08-01'), days)) as [Day, Day];
  const minutes = (on: Day, minute: number): number => Date.parse(`${on}T02:00:00.000Z`) + minute * MINUTE;
  const step = (
    type: EventType,
    who: Actor,
    at: number,
    text: Step['text'],
    data: Step['data'] = {},
  ): Step => ({
    type,
    who,
    at,
    data,
    text,
  });
  if (!item) throw new Error('no item');
  item.steps = [
    ...item.steps.slice(0, 2),
    ...[first, second].flatMap((on, round) =>
      Array.from({ length: 6 + 30 * round }, (_, n) =>
        step('ProgressReported', officer('财政办'), minutes(on, n), { text: '补录进展' }),
      ),
    ),
    step(
      'FlagDismissed',
      reviewer,
      minutes(first, 300),
      { reason: '集中补录，情况属实' },
      { rule: 'burst-before-look-back' },
    ),
  ];
  story.steps = story.steps.filter(({ type }) => !type.startsWith('LookBack') && type !== 'SampleDrawn');
  for (const on of [first, second])
    story.steps.push(step('LookBackOpened', reviewer, minutes(on, 200), { scope: '全部' }));
  const burst = (today: Day) =>
    flagsOf(told(story), { cut: { recordedAsOf: instantOf(minutes(today, 400)) }, today, zone: CHINA }).find(
      ({ rule }) => rule === 'burst-before-look-back',
    );
  expect(burst(first)).toMatchObject({ dismissed: { reason: '集中补录，情况属实' }, values: { entries: 6 } });
  expect(burst(second)).toMatchObject({ dismissed: null, values: { entries: 36 } });
});
