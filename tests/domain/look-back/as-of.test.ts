import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cut, dayOfCut } from '../../../domain/cut.ts';
import { CHINA, daysAfter, epochMs, type Instant, instantOf } from '../../../domain/dates.ts';
import type { LedgerEvent } from '../../../domain/events.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { Asked, CaseEvents } from '../../../domain/look-back/history.ts';
import { all, at, cases, dayAt, earlierOf, instants, now, runs, share, turnsOf, upTo } from './ledgers.ts';

/** Asked at that moment, or in hindsight on a cut; what an earlier case found is known to both. */
const asking = (recorded: CaseEvents, cut: Cut, at: Instant): Asked => ({
  cut,
  today: dayOfCut(cut, at, CHINA),
  zone: CHINA,
  earlier: earlierOf(recorded),
});

const MOST = 12;
const shares = fc.array(share, { minLength: 2, maxLength: 2 });

/** Some of the instants around entries that speak of others, from all over the ledger, and some others. */
const cutsOf = (recorded: CaseEvents, shares: readonly number[]): readonly Instant[] => {
  const turns = turnsOf(recorded);
  return [
    ...turns.filter((_, index) => turns.length <= MOST || index % Math.ceil(turns.length / MOST) === 0),
    ...shares.map((one) => at(instants(recorded), one)),
  ];
};

describe('flags as of an instant', () => {
  test('are those that there were when nothing had been recorded after it', () => {
    fc.assert(
      fc.property(cases, shares, (recorded, some) => {
        const later = instantOf(epochMs(at(instants(recorded), 1)) + 400 * 86_400_000);
        for (const recordedAsOf of cutsOf(recorded, some)) {
          const then = upTo(recorded, recordedAsOf);
          const asOf = flagsOf(recorded, asking(recorded, { recordedAsOf }, later));
          expect(asOf).toEqual(flagsOf(then, asking(recorded, {}, recordedAsOf)));
        }
      }),
      runs,
    );
  });

  test('are the same as then on the effective clock too', () => {
    fc.assert(
      fc.property(cases, shares, share, (recorded, some, effect) => {
        const later = instantOf(epochMs(at(instants(recorded), 1)) + 400 * 86_400_000);
        for (const recordedAsOf of cutsOf(recorded, some)) {
          const then = upTo(recorded, recordedAsOf);
          const effectiveOn = dayAt(at(instants(recorded), effect));
          const asOf = flagsOf(recorded, asking(recorded, { recordedAsOf, effectiveOn }, later));
          expect(asOf).toEqual(flagsOf(then, asking(recorded, { effectiveOn }, recordedAsOf)));
        }
      }),
      { numRuns: 30 },
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
