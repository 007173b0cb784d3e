import { afterAll, describe, expect, test } from 'vitest';
import { CHINA } from '../../../domain/dates.ts';
import { type FlagRule, flagRules } from '../../../domain/look-back/catalogue.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { EarlierProblem } from '../../../domain/look-back/history.ts';
import { caseLife } from '../../kit/histories/case-life.ts';
import { chanceOf } from '../../kit/histories/chance.ts';
import type { Fault, Planted } from '../../kit/histories/faults/fault.ts';
import { faults } from '../../kit/histories/faults.ts';
import { nearMisses } from '../../kit/histories/near-misses.ts';
import { type CaseStory, told } from '../../kit/histories/story.ts';

/** Plantings of each way to commit a fault, each in a case of its own. */
const PLANTINGS = 10;
/** Honest cases, of twelve items each. */
const HONEST = 160;
/** Of a hundred items, or of a hundred cases for what is flagged on the case. */
const TOLERATED = 2;

/** Where honest people are flagged as well, and why that is right. */
const EXPLAINED: { readonly [R in FlagRule]?: string } = {
  reopened: 'a look-back that finds something and has it put right is honest work, and still worth a look',
};

const earlierTitles = (seed: number): readonly string[] =>
  caseLife({ seed: seed + 50_000 }).items.map(({ steps }) => String(steps[0]?.text.title));

function flagsOn(story: CaseStory, earlier: readonly string[]): readonly Flag[] {
  const recorded = told(story);
  const before = told(caseLife({ seed: 99_999, items: 1 }));
  const raised = before.items[0]?.events[0];
  if (!raised) throw new Error('no earlier problem');
  const problems = earlier.map(
    (title): EarlierProblem => ({
      caseId: before.caseId,
      title,
      raised,
      corrections: [],
    }),
  );
  return flagsOf(recorded, { cut: {}, today: story.today, zone: CHINA, earlier: problems });
}

interface Tally {
  planted: number;
  found: number;
  falseAlarms: number;
  /** Items, or cases, on which there could have been a false alarm. */
  honest: number;
}
const tallies = new Map(
  flagRules.map((rule) => [rule as string, { planted: 0, found: 0, falseAlarms: 0, honest: 0 } as Tally]),
);
const tallyOf = (rule: string): Tally => {
  const tally = tallies.get(rule);
  if (!tally) throw new Error(`no rule ${rule}`);
  return tally;
};

/** Rules that are flagged on the case only. */
const OF_CASE: ReadonlySet<string> = new Set([
  'register-burst-before-look-back',
  'plan-missing',
  'published-totals-differ',
  'sanctions-without-item',
  'institutions-without-item',
  'funds-without-item',
  'numbering-gap',
]);

/** The next case that has a place for the fault, with the fault in it. */
function planted(fault: Fault, from: number): { seed: number; story: CaseStory; planted: Planted } {
  for (let seed = from; seed < from + 60; seed += 1) {
    const story = caseLife({ seed });
    const found = fault.plant(story, chanceOf(seed));
    if (found) return { seed, story, planted: found };
  }
  throw new Error(`no case has a place for ${fault.rule}: ${fault.way}`);
}

test('a fault is planted for every rule', () => {
  expect(new Set(faults.map(({ rule }) => rule))).toEqual(new Set(flagRules));
});

describe('what is planted is found, on the item where it was planted', () => {
  test.each(faults.map((fault) => [fault.rule, fault.way, fault] as const))('%s: %s', (rule, _, fault) => {
    const tally = tallyOf(rule);
    const missed: string[] = [];
    let seed = 1_000;
    for (let count = 0; count < PLANTINGS; count += 1) {
      const found = planted(fault, seed + 1);
      seed = found.seed;
      const flags = flagsOn(found.story, found.planted.earlier ?? []);
      for (const itemId of found.planted.on) {
        const hit = flags.some((flag) => flag.rule === rule && flag.itemId === itemId && !flag.dismissed);
        tally.planted += 1;
        if (hit) tally.found += 1;
        else missed.push(`seed ${seed}, item ${itemId ?? 'of the case'}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

describe('what is in order by a hair is no fault', () => {
  test.each(nearMisses.map((near) => [near.rule, near.way, near] as const))('%s: %s', (rule, _, near) => {
    let seed = 3_000;
    for (let count = 0; count < PLANTINGS; count += 1) {
      const found = planted(near, seed + 1);
      seed = found.seed;
      const flagged = flagsOn(found.story, []).filter(
        (flag) => flag.rule === rule && found.planted.on.includes(flag.itemId),
      );
      expect(flagged, `seed ${seed}`).toEqual([]);
    }
  });
});

describe('honest people are left in peace', () => {
  const alarms: { readonly rule: string; readonly at: string }[] = [];
  let items = 0;
  for (let seed = 1; seed <= HONEST; seed += 1) {
    const story = caseLife({ seed });
    items += story.items.length;
    for (const { rule, itemId } of flagsOn(story, earlierTitles(seed))) {
      alarms.push({ rule, at: `seed ${seed}, item ${itemId ?? 'of the case'}` });
    }
  }

  test.each(flagRules.map((rule) => [rule]))('%s', (rule) => {
    const tally = tallyOf(rule);
    const raised = alarms.filter((alarm) => alarm.rule === rule);
    tally.falseAlarms = raised.length;
    tally.honest = OF_CASE.has(rule) ? HONEST : items;
    const inHundred = (100 * raised.length) / tally.honest;
    if (EXPLAINED[rule]) expect(inHundred).toBeGreaterThan(0);
    else
      expect(
        inHundred,
        raised
          .slice(0, 5)
          .map(({ at }) => at)
          .join('; '),
      ).toBeLessThan(TOLERATED);
  });
});

afterAll(() => {
  const percent = (share: number, of: number): string =>
    of === 0 ? '–' : `${((100 * share) / of).toFixed(1)} %`;
  const lines = [...tallies].map(([rule, { planted: all, found, falseAlarms, honest }]) => [
    rule,
    String(all),
    String(found),
    percent(found, all),
    `${falseAlarms} of ${honest}`,
    percent(falseAlarms, honest),
    percent(found, found + falseAlarms),
  ]);
  const table = [['rule', 'planted', 'found', 'recall', 'false alarms', 'rate', 'precision'], ...lines];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const shown = table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  process.stdout.write(`${shown.join('\n')}\n`);
});
