import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemId } from '../../../domain/ids.ts';
import { type Candidate, drawSample } from '../../../domain/look-back/sample.ts';
import { aCaseId, anItemId } from '../../kit/event-rows.ts';

const CASE = aCaseId('qihe-2024');
const id = (number: number): ItemId => anItemId(String(number).padStart(4, '0'));

/** `财政办: 3, 1` are three items of that office, of which the first is flagged. */
function candidates(...offices: readonly (readonly [lead: string | null, items: number, flagged: number])[]) {
  let number = 0;
  return offices.flatMap(([lead, items, flagged]) =>
    Array.from({ length: items }, (_, index): Candidate => {
      number += 1;
      return { itemId: id(number), lead, flagged: index < flagged };
    }),
  );
}

const perOffice = (all: readonly Candidate[], drawn: readonly ItemId[]) =>
  Object.fromEntries(
    [...new Set(all.map(({ lead }) => lead))].map((lead) => [
      lead,
      all.filter((one) => one.lead === lead && drawn.includes(one.itemId)).length,
    ]),
  );

const someCandidates = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 40 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc.record({
          itemId: fc.constant(id(number)),
          lead: fc.constantFrom('财政办', '民政办', '党政办', '信访办', null),
          flagged: fc.boolean(),
        }),
      ),
    ),
  );
const aDraw = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 20 }),
  size: fc.integer({ min: 1, max: 50 }),
});
const seeds = (count: number) => Array.from({ length: count }, (_, index) => `seed ${index}`);

describe('a draw by hand', () => {
  test('takes the smallest SHA-256 of seed/caseId/itemId', () => {
    const all = candidates(['财政办', 5, 0]);
    const numberOf = (itemId: string) =>
      createHash('sha256').update(`2026137/qihe-2024/${itemId}`, 'utf8').digest('hex');
    const byHand = all.map(({ itemId }) => itemId).sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1));
    expect(drawSample(CASE, all, { seed: '2026137', size: 2 })).toEqual(byHand.slice(0, 2).sort());
    // As `printf '%s' '2026137/qihe-2024/0001' | sha256sum` prints it.
    expect(numberOf('0001')).toBe('dce4b6568ed75e00abccdd2bae5ef24bc935b96fd6cf9c8258cc09eed5b6ea30');
  });

  test('asks for flagged items among the others of their own office only', () => {
    const all = candidates(['财政办', 4, 1], ['民政办', 4, 0]);
    for (const seed of seeds(50)) expect(drawSample(CASE, all, { seed, size: 2 })).toContain(id(1));
  });
});

describe('places of offices', () => {
  test.each([
    [
      'one each where there are as many',
      [
        ['甲', 9, 0],
        ['乙', 1, 0],
      ],
      2,
      { 甲: 1, 乙: 1 },
    ],
    [
      'what is left over by the items that are left',
      [
        ['甲', 9, 0],
        ['乙', 1, 0],
      ],
      5,
      { 甲: 4, 乙: 1 },
    ],
    // 4 places left for 6 + 2 items left: 3 and 1.
    [
      'whole parts',
      [
        ['甲', 7, 0],
        ['乙', 3, 0],
        ['丙', 1, 0],
      ],
      7,
      { 甲: 4, 乙: 2, 丙: 1 },
    ],
    // 2 places left for 4 + 3 + 2 items left: 8/9, 6/9 and 4/9.
    [
      'the largest remainders',
      [
        ['甲', 5, 0],
        ['乙', 4, 0],
        ['丙', 3, 0],
      ],
      5,
      { 甲: 2, 乙: 2, 丙: 1 },
    ],
    [
      'items that nobody leads are one office more',
      [
        ['甲', 3, 0],
        [null, 3, 0],
      ],
      4,
      { 甲: 2, null: 2 },
    ],
    [
      'all where there are no more',
      [
        ['甲', 2, 1],
        ['乙', 1, 0],
      ],
      99,
      { 甲: 2, 乙: 1 },
    ],
  ] as const)('%s', (_, offices, size, expected) => {
    const all = candidates(...offices);
    expect(perOffice(all, drawSample(CASE, all, { seed: 'seed', size }))).toEqual(expected);
  });

  test('with fewer places than offices a large one is likelier to be drawn', () => {
    const all = candidates(['甲', 8, 0], ['乙', 1, 0], ['丙', 1, 0]);
    const first = seeds(1_000).filter(
      (seed) => perOffice(all, drawSample(CASE, all, { seed, size: 1 })).甲 === 1,
    );
    expect(first.length).toBeGreaterThan(740);
    expect(first.length).toBeLessThan(860);
  });
});

describe('flagged items', () => {
  test.each([
    ['get half', 8, 4, 4, 2],
    ['get half, rounded up', 8, 4, 3, 2],
    ['get what there are', 8, 1, 4, 1],
    ['take what others leave', 5, 4, 4, 3],
    ['are all there is', 3, 3, 2, 2],
    ['are none', 3, 0, 2, 0],
  ])('%s: %i items, %i flagged, %i places', (_, items, flagged, size, expected) => {
    const all = candidates(['甲', items, flagged]);
    const drawn = drawSample(CASE, all, { seed: 'seed', size });
    expect(all.filter((one) => one.flagged && drawn.includes(one.itemId)).length).toBe(expected);
  });
});

describe('laws', () => {
  test('the order of the candidates does not matter, and exactly so many of them are drawn, in order', () => {
    fc.assert(
      fc.property(someCandidates, aDraw, (all, draw) => {
        const drawn = drawSample(CASE, all, draw);
        expect(drawSample(CASE, [...all].reverse(), draw)).toEqual(drawn);
        expect(drawn).toHaveLength(Math.min(draw.size, all.length));
        expect([...new Set(drawn)].sort()).toEqual(drawn);
        expect(all.map(({ itemId }) => itemId)).toEqual(expect.arrayContaining([...drawn]));
      }),
    );
  });

  test('every office is drawn from where places suffice, and none beyond its items', () => {
    fc.assert(
      fc.property(someCandidates, aDraw, (all, draw) => {
        const counts: number[] = Object.values(perOffice(all, drawSample(CASE, all, draw)));
        if (draw.size >= counts.length) expect(Math.min(...counts)).toBeGreaterThan(0);
        else expect(Math.max(...counts)).toBe(1);
      }),
    );
  });

  test('an office’s own share of flagged items is drawn', () => {
    fc.assert(
      fc.property(someCandidates, aDraw, (all, draw) => {
        const drawn = drawSample(CASE, all, draw);
        for (const lead of new Set(all.map((one) => one.lead))) {
          const own = all.filter((one) => one.lead === lead);
          const taken = own.filter(({ itemId }) => drawn.includes(itemId));
          const flagged = own.filter((one) => one.flagged).length;
          expect(taken.filter((one) => one.flagged).length).toBeGreaterThanOrEqual(
            Math.min(flagged, Math.ceil(taken.length / 2)),
          );
        }
      }),
    );
  });

  test('flags of one office change nothing for another', () => {
    fc.assert(
      fc.property(someCandidates, aDraw, (all, draw) => {
        const others = all.filter(({ lead }) => lead !== '财政办').map(({ itemId }) => itemId);
        const turned = all.map((one) => (one.lead === '财政办' ? { ...one, flagged: !one.flagged } : one));
        const ofOthers = (drawn: readonly ItemId[]) => drawn.filter((itemId) => others.includes(itemId));
        expect(ofOthers(drawSample(CASE, turned, draw))).toEqual(ofOthers(drawSample(CASE, all, draw)));
      }),
    );
  });

  test('over many seeds each item of a stratum is drawn about equally often', () => {
    const all = candidates(['甲', 12, 4], ['乙', 6, 0]);
    const times = new Map(all.map(({ itemId }) => [itemId, 0]));
    const draws = 3_000;
    for (const seed of seeds(draws)) {
      for (const itemId of drawSample(CASE, all, { seed, size: 6 }))
        times.set(itemId, (times.get(itemId) ?? 0) + 1);
    }
    // 甲 has 4 places, two for its 4 flagged items and two for its 8 others; 乙 has 2 for 6. Five sigma.
    const share = ({ lead, flagged }: Candidate) => (lead === '乙' ? 2 / 6 : flagged ? 2 / 4 : 2 / 8);
    for (const one of all) {
      const expected = share(one);
      const sigma = Math.sqrt(draws * expected * (1 - expected));
      expect(Math.abs((times.get(one.itemId) ?? 0) - draws * expected)).toBeLessThan(5 * sigma);
    }
  });
});
