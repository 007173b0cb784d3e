import { describe, expect, test } from 'vitest';
import { FLAG_RULES, type FlagRule, flagRules, THRESHOLDS } from '../../../../domain/look-back/catalogue.ts';
import { comparesItems } from '../../../../domain/look-back/rules.ts';
import { caseEvents, flagsIn, newestDay } from '../kit.ts';
import { checkRows, type Row, thresholdsOfRow } from '../row.ts';
import { burstRows } from './bursts.ts';
import { closingRows } from './closing.ts';
import { datesRows } from './dates.ts';
import { deadlineRows } from './deadlines.ts';
import { inspectionRows } from './inspection.ts';
import { paceRows } from './pace.ts';
import { publicationRows } from './publication.ts';
import { repeatedRows } from './repeated.ts';
import { silenceRows } from './silence.ts';
import { stepRows } from './steps.ts';
import { wordsRows } from './words.ts';

const groups: { readonly [group: string]: readonly Row[] } = {
  closing: closingRows,
  steps: stepRows,
  pace: paceRows,
  words: wordsRows,
  dates: datesRows,
  bursts: burstRows,
  deadlines: deadlineRows,
  silence: silenceRows,
  inspection: inspectionRows,
  publication: publicationRows,
  repeated: repeatedRows,
};
const rows = Object.values(groups).flat();

describe('every rule has its histories', () => {
  test.each(flagRules)('%s: one that raises it, a near miss, one that is corrected', (rule) => {
    const kinds = new Set(rows.filter((row) => row.rule === rule).map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['raises', 'near miss', 'corrected']));
  });

  test('every threshold changes the outcome of a rule that reads it', () => {
    const set = rows.filter(({ kind }) => kind === 'threshold');
    const reads = (rule: FlagRule): readonly string[] => FLAG_RULES[rule].thresholds;
    for (const row of set) expect(reads(row.rule)).toEqual(expect.arrayContaining([...thresholdsOfRow(row)]));
    expect(new Set(set.flatMap(thresholdsOfRow))).toEqual(new Set(Object.keys(THRESHOLDS)));
  });
});

describe('a rule that compares no items says the same of an item alone', () => {
  test.each(flagRules.filter((rule) => !comparesItems(rule)))('%s', (rule) => {
    for (const { given, when } of rows.filter((row) => row.rule === rule)) {
      const whole = caseEvents(given);
      for (const flag of flagsIn(whole, when).filter((one) => one.rule === rule && one.itemId !== null)) {
        const alone = { ...whole, items: whole.items.filter(({ itemId }) => itemId === flag.itemId) };
        const today = when?.today ?? when?.effectiveOn ?? newestDay(whole);
        expect(flagsIn(alone, { ...when, today })).toContainEqual(flag);
      }
    }
  });
});

for (const [group, ofGroup] of Object.entries(groups)) describe(group, () => checkRows(ofGroup));
