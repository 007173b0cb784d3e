import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHINA, daysAfter } from '../../../domain/dates.ts';
import type { LedgerEvent } from '../../../domain/events.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { CaseEvents, EarlierProblem } from '../../../domain/look-back/history.ts';
import { all, at, cases, dayAt, instants, now, runs, share, upTo } from './ledgers.ts';

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
