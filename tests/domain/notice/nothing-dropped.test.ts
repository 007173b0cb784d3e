import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, fold } from '../../../domain/notice/characters.ts';
import { looksLikeMetadataValue, pageChrome } from '../../../domain/notice/chrome.ts';
import { splitLines } from '../../../domain/notice/lines.ts';
import { readMarker } from '../../../domain/notice/markers.ts';
import { parseNotice } from '../../../domain/notice/parse.ts';
import { renderNotice } from '../../../domain/notice/render.ts';
import type { NoticeItem, ParsedNotice } from '../../../domain/notice/report.ts';
import { content, fixture, fixtureNames, numbers, read } from './fixtures.ts';
import { jumble, markedLines, tables } from './jumble.ts';
import { layouts } from './layouts.ts';

/** Letters and figures: without punctuation, blanks and what is invisible. */
const letters = (text: string) => cleanLine(text).replace(/[^\p{L}\p{N}]/gu, '');

/** The lines of a text that are the notice's own. */
function ownLines(text: string): string[] {
  let valueMayFollow = false;
  return splitLines(text).filter((line) => {
    const folded = fold(cleanLine(line));
    if (folded === '') return false;
    const chrome = pageChrome(folded);
    const ignored = chrome !== undefined || (valueMayFollow && looksLikeMetadataValue(folded));
    valueMayFollow = chrome === 'metadata-without-value';
    return !ignored;
  });
}

function itemWords(item: NoticeItem): string {
  const notes = [...item.notes];
  const said = [item.printedNumber ?? '', item.heading];
  item.measures.forEach((measure, index) => {
    while (notes[0] !== undefined && notes[0].after <= index) said.push(notes.shift()?.text ?? '');
    said.push(measure.printedNumber ?? '', measure.text);
  });
  return [...said, ...notes.map((note) => note.text)].map(letters).join('');
}

/** All words that a parsed notice holds, in the order of each of its parts. */
function heldWords(notice: ParsedNotice): string[] {
  return [
    letters(notice.header.text),
    ...notice.groups.map((group) => letters(`${group.printedNumber ?? ''}${group.heading}${group.text}`)),
    ...notice.items.map(itemWords),
    letters(notice.tail.text),
  ];
}

/** Lines some word of which the notice does not hold; cells of a row may be held apart. */
function droppedLines(text: string, notice: ParsedNotice): string[] {
  const held = heldWords(notice);
  const isHeld = (words: string) => held.some((part) => part.includes(letters(words)));
  return ownLines(text).filter(
    (line) => !isHeld(line) && !(isRow(line) && line.split(/[\t|｜]/).every(isHeld)),
  );
}

const isRow = (line: string) => /[\t|｜]/.test(line);
const sorted = (words: string) => Array.from(words).sort().join('');

/** Nothing dropped, and without tables, whose columns are named anew for each row, nothing said twice either. */
function expectNothingDropped(text: string): void {
  const notice = parseNotice(text);
  if (notice.kind !== 'notice') return;
  expect(droppedLines(text, notice)).toEqual([]);
  if (splitLines(text).some(isRow)) return;
  expect(sorted(heldWords(notice).join(''))).toBe(sorted(ownLines(text).map(letters).join('')));
}

describe('nothing in a notice is dropped', () => {
  it.each(fixtureNames)('every line of %s', (name) => {
    expect(droppedLines(fixture(name), read(fixture(name)))).toEqual([]);
  });

  it.each(layouts().filter((layout) => layout.none === undefined))('every line of $name', ({ text }) => {
    expect(droppedLines(text, read(text))).toEqual([]);
  });

  it.each([
    ['any jumble', jumble],
    ['any jumble below a heading', jumble.map((text) => `一、关于“甲不够”问题的整改情况\n${text}`)],
    ['markers, labels and statuses anywhere', markedLines],
    ['cells of any kind', tables],
  ])('%s', (_, texts) => {
    fc.assert(fc.property(texts, expectNothingDropped), {
      numRuns: 1500,
    });
  });
});

describe('a marked paragraph is one measure with all that continues it', () => {
  const lines = [
    '整改情况公布如下。',
    '一、关于“甲”问题的整改情况',
    '（一）开展学习。',
    '（二）健全财务制度，投资3.5万元。',
  ];
  const item = (...more: string[]) => read([...lines, ...more].join('\n')).items[0];

  it.each([
    [['①召开会议。②整改到位。']],
    [['①召开会议。', '②整改到位。']],
    [['①召开会议。', '已印发纪要。', '②已完成']],
  ])('with %j below it', (below) => {
    const notice = read([...lines, ...below, '（三）长期坚持。'].join('\n'));
    const found = notice.items[0];
    expect(numbers(found)).toEqual(['（一）', '（二）', '（三）']);
    expect(found?.measures[1]?.text).toBe(['健全财务制度，投资3.5万元。', ...below].join('\n'));
    expect(found?.notes).toEqual([]);
    expect([found?.statedStatus, found?.term]).toEqual([undefined, undefined]);
    expect(content(read(renderNotice(notice)))).toEqual(content(notice));
  });

  it('while a short line only heads the marked ones below it', () => {
    const found = item('（三）规范程序。', '①召开会议。②整改到位。');
    expect(numbers(found)).toEqual(['（一）', '（二）', '①', '②']);
    expect(found?.notes.map((note) => note.text)).toEqual(['（三）规范程序。']);
  });
});

describe('what was dropped once', () => {
  it('the number of a row that marks no problem', () => {
    const table = [
      '整改情况公布如下。',
      '|序号|问题|整改措施|',
      '|1|甲不够|加强学习。|',
      '|A-3|乙不够|健全台账。|',
      '|4||丙|',
    ];
    const notes = read(table.join('\n')).items.flatMap((item) => item.notes.map((note) => note.text));
    expect(notes).toContain('序号 A-3');
    expect(notes).toContain('序号 4');
  });

  it('the end of 第一章 before a 部分 of its own', () => {
    expect(readMarker('第一章开展部分学习', '第一章开展部分学习')?.printed).toBe('第一章');
  });
});
