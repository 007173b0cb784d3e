import { describe, expect, test } from 'vitest';
import { itemEventTypes } from '../../../domain/payload.ts';
import { correctableFields, fieldsOf, NO_CHOICES } from '../../../functions/console/form/controls.ts';
import { readBegan, readCorrection, rebased, typedFrom } from '../../../functions/console/form/correction.ts';
import { fieldLabel, pathLabel, valueText, yuan } from '../../../functions/console/form/field-label.ts';
import { dateText, fenOf, readEntry } from '../../../functions/console/form/read-form.ts';
import { fieldNames } from '../../../functions/console/texts/fields.ts';

describe('what people type', () => {
  test.each([
    ['2026-10-12', '2026-10-12'],
    ['2026年10月12日', '2026-10-12'],
    [' 2026.1.2 ', '2026-01-02'],
    ['2026/3', '2026-03'],
    ['2026年3月', '2026-03'],
    ['2026年', '2026'],
    ['去年', '去年'],
    ['', ''],
  ])('the date %s is read as %s', (typed, read) => expect(dateText(typed)).toBe(read));

  test.each([
    ['12345.6', 1_234_560],
    ['12,345.60', 1_234_560],
    ['0.05', 5],
    ['7', 700],
    ['1.234', undefined],
    ['-1', undefined],
    ['一万', undefined],
  ])('%s yuan are %s fen', (typed, fen) => expect(fenOf(typed)).toBe(fen));

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [1_234_560, '12,345.60'],
    [22_670_000, '226,700.00'],
  ])('%i fen read %s', (fen, said) => expect(yuan(fen)).toBe(said));

  test('what is left empty is absent, lists are split, marks are true', () => {
    const fields = fieldsOf('item', 'OfficeAssigned', NO_CHOICES, 'zh');
    const typed = {
      lead: ['财政办'],
      supporting: ['党建办、 建设办，'],
      term: [''],
      deadline: ['2026年6月'],
    };
    expect(readEntry('OfficeAssigned', fields, typed).entry).toEqual({
      type: 'OfficeAssigned',
      data: { lead: '财政办', supporting: ['党建办', '建设办'], deadline: '2026-06' },
    });
    const completed = fieldsOf('item', 'MeasureCompleted', NO_CHOICES, 'zh');
    const done = readEntry('MeasureCompleted', completed, {
      summary: ['完成'],
      measureId: ['m2'],
      continuing: ['true'],
      occurredOn: ['2026-10'],
    });
    expect(done.entry).toEqual({
      type: 'MeasureCompleted',
      occurredOn: '2026-10',
      data: { summary: '完成', measureId: 'm2', continuing: true },
    });
  });
});

describe('every form', () => {
  test.each(itemEventTypes)('of %s names all its fields in both languages', (type) => {
    for (const { name } of fieldsOf('item', type, NO_CHOICES, 'zh')) {
      for (const language of ['zh', 'en'] as const) expect(fieldLabel(language, name, type)).not.toBe(name);
    }
  });

  test('no name of a field is there in one language only', () => {
    expect(Object.keys(fieldNames.zh)).toEqual(Object.keys(fieldNames.en));
  });
});

describe('a correction', () => {
  const fields = correctableFields('item', 'ProgressReported', NO_CHOICES, 'zh');
  const standing = { data: { text: '第一行\n第二行', measureId: 'm2' }, occurredOn: '2026-10' };

  test('begins with what stands, and leaves out what no correction can change', () => {
    expect(fields.map(({ name }) => name)).toEqual(['set.text', 'set.occurredOn']);
    expect(typedFrom(fields, standing)).toEqual({
      'set.text': ['第一行\n第二行'],
      'set.occurredOn': ['2026-10'],
    });
  });

  const began = typedFrom(fields, standing);
  const correct = (typed: { [name: string]: string[] }) =>
    readCorrection(7, 'ProgressReported', fields, { reason: ['笔误'], ...typed }, began).entry.data;

  test('records only what differs; line ends of a browser are no difference', () => {
    const same = { 'set.text': ['第一行\r\n第二行'], 'set.occurredOn': ['2026-10'] };
    expect(correct(same)).toEqual({ target: 7, reason: '笔误' });
    expect(correct({ ...same, 'set.text': ['改'] })).toEqual({
      target: 7,
      reason: '笔误',
      set: { text: '改' },
    });
    expect(correct({ ...same, 'set.occurredOn': [''] })).toEqual({
      target: 7,
      reason: '笔误',
      occurredOn: null,
    });
    expect(correct({ ...same, 'set.occurredOn': ['2026年9月'] })).toEqual({
      target: 7,
      reason: '笔误',
      occurredOn: '2026-09',
    });
  });
});

describe('a correction that somebody overtook', () => {
  const fields = correctableFields('item', 'ProgressReported', NO_CHOICES, 'zh');

  test('keeps what was changed, shows what stands now, and undoes nobody’s work', () => {
    const began = { 'set.text': ['原文'], 'set.occurredOn': ['2026-09-03'] };
    const now = { 'set.text': ['原文'], 'set.occurredOn': ['2026-09-20'] };
    const typed = { 'set.text': ['改字'], 'set.occurredOn': ['2026-09-03'], reason: ['笔误'] };
    const again = rebased(fields, typed, began, now);
    expect(again).toEqual({ 'set.text': ['改字'], 'set.occurredOn': ['2026-09-20'], reason: ['笔误'] });
    const sent = readCorrection(7, 'ProgressReported', fields, again, now).entry.data;
    expect(sent).toEqual({ target: 7, reason: '笔误', set: { text: '改字' } });
  });

  test('keeps a box unticked that was unticked', () => {
    const completed = correctableFields('item', 'MeasureCompleted', NO_CHOICES, 'zh');
    const began = { 'set.summary': ['完成'], 'set.continuing': ['true'] };
    const again = rebased(completed, { 'set.summary': ['完成'], reason: ['误勾'] }, began, began);
    expect(again['set.continuing']).toEqual([]);
    expect(readCorrection(7, 'MeasureCompleted', completed, again, began).entry.data).toEqual({
      target: 7,
      reason: '误勾',
      set: { continuing: null },
    });
  });

  test('brings along what it began with, or nothing that counts', () => {
    const began = { 'set.text': ['原文'] };
    expect(readBegan(JSON.stringify(began))).toEqual(began);
    for (const odd of ['', 'null', '[]]', '{"a":1}', '{"a":[1]}'])
      expect(readBegan(odd), odd).toBeUndefined();
  });
});

describe('changes read out', () => {
  test.each([
    ['measures/m2/status', '措施 m2 · 状态'],
    ['evidence/e5/standing', '佐证 e5 · 有效'],
    ['entries/4/text', '#4 内容'],
    ['deadline', '整改时限'],
  ])('%s is %s', (path, said) => expect(pathLabel('zh', path)).toBe(said));

  test('values have words', () => {
    expect(valueText('zh', 'status', 'closure-requested')).toBe('申请销号');
    expect(valueText('zh', 'measures/m2/status', 'adopted')).toBe('进行中');
    expect(valueText('en', 'evidence/e5/standing', false)).toBe('no');
    expect(valueText('zh', 'supporting', ['甲', '乙'])).toBe('甲、乙');
    expect(valueText('zh', 'fundsFen', 12_345)).toBe('123.45 元');
    expect(valueText('zh', 'deadline', null)).toBeUndefined();
    expect(valueText('zh', 'supporting', [])).toBeUndefined();
  });
});
