import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summaryOf } from '../../domain/audit.ts';
import type { EventType } from '../../domain/events.ts';
import {
  caseEventTypes,
  checkPayload,
  entryRule,
  itemEventTypes,
  joinPayload,
} from '../../domain/payload.ts';
import {
  append,
  CASE_STREAM,
  eventsOf,
  ITEM,
  lead,
  record,
  rectifying,
  reviewer,
  SHA256,
  START,
} from './kit.ts';

const check = (type: EventType, input: unknown) => checkPayload('item', type, input);
const errorsOf = (type: EventType, input: unknown) => {
  const checked = check(type, input);
  return 'errors' in checked ? checked.errors.map(({ pointer, code }) => `${pointer} ${code}`) : [];
};

describe('what an entry may say', () => {
  test('structure goes to the data, words to the text, both normalised', () => {
    expect(check('MeasureAdopted', { text: ' 甲\r\n乙 ', printedNumber: ' 1 ', due: '2024-05' })).toEqual({
      data: { printedNumber: '1', due: '2024-05' },
      text: { text: '甲\n乙' },
    });
  });

  test('a new draw names an item; one that was stored without is read', () => {
    const draw = { lookBackSeq: 2, seed: '', itemIds: [] };
    const checked = checkPayload('case', 'SampleDrawn', draw);
    expect('errors' in checked && checked.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/seed empty',
      '/itemIds empty',
    ]);
    const data = { ...draw, seed: 's' };
    const stored = {
      type: 'SampleDrawn',
      actor: reviewer('SampleDrawn').who,
      data,
      text: {},
      recordedAt: START,
    };
    expect(append(CASE_STREAM, [], stored).event).toMatchObject({ known: true, data });
  });

  test('every wrong field is named, by an RFC 6901 pointer and a stable code', () => {
    const input = {
      mediaType: 'PDF',
      bytes: -1,
      sha256: 'AB'.repeat(32),
      measureIds: ['m3', 'm03', 'm3'],
      documentDate: '2024-02-30',
      'a/b~c': 1,
    };
    expect(errorsOf('EvidenceAttached', input)).toEqual([
      '/name required',
      '/mediaType invalid-value',
      '/bytes out-of-range',
      '/sha256 invalid-value',
      '/measureIds/1 invalid-value',
      '/measureIds/2 duplicate',
      '/documentDate invalid-date',
      '/a~1b~0c unknown-field',
    ]);
  });

  test.each([
    ['a list', []],
    ['null', null],
    ['words', 'x'],
  ])('%s is no payload', (_, input) => {
    expect(errorsOf('ProgressReported', input)).toEqual([' wrong-type']);
  });

  test('an absent mark is left out, never false', () => {
    expect(errorsOf('MeasureCompleted', { measureId: 'm3', summary: '完', continuing: false })).toEqual([
      '/continuing wrong-type',
    ]);
  });

  test('no input makes the check throw, and none of another type passes for words', () => {
    const types = fc.constantFrom(...itemEventTypes);
    fc.assert(
      fc.property(
        types,
        fc.dictionary(
          fc.constantFrom('text', 'title', 'set', 'target', 'reason', 'to', '__proto__', 'constructor'),
          fc.anything(),
        ),
        (type, input) => {
          const checked = check(type, input);
          if ('errors' in checked) expect(checked.errors.length).toBeGreaterThan(0);
          else
            expect(
              Object.values(checked.text).every(
                (value) => typeof value === 'string' || type === 'EntryCorrected',
              ),
            ).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('types of the other stream, and names that every object has, are no types', () => {
    expect(entryRule('item', 'CaseOpened')).toBeUndefined();
    expect(entryRule('case', 'IssueRaised')).toBeUndefined();
    expect([entryRule('case', 'toString'), entryRule('item', '__proto__')]).toEqual([undefined, undefined]);
  });

  test('no type has a field both as structure and as words, save the changes of a correction', () => {
    const both = [
      ...caseEventTypes.map((type) => entryRule('case', type)),
      ...itemEventTypes.map((type) => entryRule('item', type)),
    ].map((rule) => Object.keys(rule?.data ?? {}).filter((name) => Object.hasOwn(rule?.text ?? {}, name)));
    expect(new Set(both.flat())).toEqual(new Set(['set']));
  });
});

describe('the changes of a correction', () => {
  const changes = (set: unknown) => check('EntryCorrected', { target: 3, reason: '笔误', set });

  test('are normalised at every depth, so that a retry is recognised', () => {
    expect(
      changes({ text: ' 甲\r\n乙 ', supporting: [' 组织办 '], inspection: { from: ' 2024 ' } }),
    ).toMatchObject({
      data: { set: { text: '甲\n乙', supporting: ['组织办'], inspection: { from: '2024' } } },
    });
  });

  test.each([
    ['a fraction', 0.5],
    ['a fraction within', [{ a: 1.5 }]],
    ['a number too great', 2 ** 53],
    ['deep nesting', [[[[[1]]]]]],
  ])('hold nothing that no field holds: %s', (_, value) => {
    expect(errorsOf('EntryCorrected', { target: 3, reason: '笔误', set: { text: value } })).toEqual([
      '/set/text wrong-type',
    ]);
  });

  test('keep null, which removes', () => {
    expect(changes({ due: null })).toMatchObject({ data: { set: { due: null } } });
  });

  test('stand together again when shown', () => {
    expect(joinPayload({ target: 3, set: { due: null } }, { reason: '误', set: { text: '甲' } })).toEqual({
      target: 3,
      reason: '误',
      set: { due: null, text: '甲' },
    });
    expect(joinPayload({ sha256: SHA256 }, undefined)).toEqual({ sha256: SHA256 });
  });
});

test('a summary has at most 120 characters and cuts no character in half', () => {
  const summary = (text: string) =>
    summaryOf(eventsOf(record(ITEM, [...rectifying, lead('ProgressReported', { text })])).at(-1) as never);
  expect(summary('甲'.repeat(120))).toBe('甲'.repeat(120));
  expect(summary('甲'.repeat(121))).toBe(`${'甲'.repeat(119)}…`);
  expect(summary(`${'甲'.repeat(118)}𠮷𠮷𠮷`)).toBe(`${'甲'.repeat(118)}…`);
});
