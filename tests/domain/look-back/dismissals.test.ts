import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { CHINA, type Day, daysAfter, instantOf } from '../../../domain/dates.ts';
import type { EventType, LedgerEvent } from '../../../domain/events.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { CaseEvents } from '../../../domain/look-back/history.ts';
import { caseLife } from '../../kit/histories/case-life.ts';
import { officer, reviewer } from '../../kit/histories/people.ts';
import { aDay, MINUTE, type Step, told } from '../../kit/histories/story.ts';
import { all, at, cases, dayAt, instants, now, runs, share, upTo } from './ledgers.ts';

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
