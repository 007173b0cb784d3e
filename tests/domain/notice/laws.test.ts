import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, fold } from '../../../domain/notice/characters.ts';
import { pageChrome } from '../../../domain/notice/chrome.ts';
import { splitLines } from '../../../domain/notice/lines.ts';
import { LONGEST_NOTICE, MOST_LINES, parseNotice } from '../../../domain/notice/parse.ts';
import { type NoticeContent, renderNotice } from '../../../domain/notice/render.ts';
import { content, fixture, fixtureNames, read } from './fixtures.ts';
import { jumble } from './jumble.ts';

const words = fc.constantFrom(
  '加强学习培训',
  '完善监督机制',
  '清理往来账款',
  '健全台账',
  '组织开展自查',
  '落实专人负责',
);
const sentence = fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('，')}。`);
const title = fc.constantFrom(
  '学习不够深入',
  '监督不到位',
  '制度“空转”且执行不严',
  '台账缺失',
  '审批滞后。存在补签现象',
);
const plainNotice = fc
  .array(
    fc.record({
      title,
      quoted: fc.boolean(),
      measures: fc.array(sentence, { minLength: 1, maxLength: 4 }),
      marked: fc.boolean(),
      status: fc.boolean(),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((items) => {
    const lines = [
      '2023年3月1日至5月6日，县委巡察组对甲镇党委进行了巡察。2023年7月8日，县委巡察组向甲镇党委反馈了巡察意见。',
    ];
    items.forEach((item, index) => {
      lines.push(`${'一二三四五六七八九'.charAt(index)}、关于“${item.title}”问题的整改情况`);
      for (const [at, measure] of item.measures.entries())
        lines.push(item.marked ? `(${'一二三四'.charAt(at)})${measure}` : measure);
      if (item.status) lines.push('完成情况：已完成');
    });
    return { items, text: lines.join('\n') };
  });

/** What reading a text costs, in milliseconds of this process, however busy the machine is. */
function cpuMs(text: string): number {
  const before = process.cpuUsage();
  parseNotice(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('laws of the notice', () => {
  it('any string is read or refused, every line counted once, in whatever form', () => {
    fc.assert(
      fc.property(jumble, (text) => {
        const parsed = parseNotice(text);
        if (parsed.kind !== 'notice') return;
        const { total, ...classes } = parsed.lines;
        expect(Object.values(classes).reduce((sum, lines) => sum + lines, 0)).toBe(total);
        expect(Object.values(classes).every((lines) => lines >= 0)).toBe(true);
        for (const item of parsed.items) {
          expect(item.title).not.toBe('');
          for (const measure of item.measures) {
            expect(measure.text.trim()).not.toBe('');
            expect(measure.lines[0]).toBeGreaterThanOrEqual(item.lines[0]);
            expect(measure.lines[1]).toBeLessThanOrEqual(item.lines[1]);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('what is written and read again says the same: notices of the usual form', () => {
    fc.assert(
      fc.property(plainNotice, ({ items, text }) => {
        const notice = read(text);
        expect(notice.items.map((item) => item.title)).toEqual(items.map((item) => item.title));
        expect(notice.items.map((item) => item.measures.length)).toEqual(
          items.map((item) => item.measures.length),
        );
        expect(content(read(renderNotice(notice)))).toEqual(content(notice));
      }),
      { numRuns: 200 },
    );
  });

  it.each(fixtureNames)('what is written and read again says the same: %s', (name) => {
    const notice = read(fixture(name));
    expect(content(read(renderNotice(notice)))).toEqual(content(notice));
    expect(renderNotice(read(renderNotice(notice)))).toBe(renderNotice(notice));
  });

  it.each(fixtureNames)('no line of %s is lost but page chrome', (name) => {
    const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');
    const notice = read(fixture(name));
    const written = letters(renderNotice(notice));
    const lost = splitLines(fixture(name)).filter((line) => !written.includes(letters(line)));
    expect(lost.length).toBeLessThanOrEqual(notice.lines.ignored);
    for (const line of lost) expect(pageChrome(fold(cleanLine(line)))).toBeDefined();
  });

  it('a header put together from its fields is read as those fields', () => {
    const header = {
      inspectedBody: '甲镇党委',
      inspectingBody: '县委第一巡察组',
      inspectionFrom: '2023-03-01',
      inspectionTo: '2023-05-06',
      feedbackOn: '2023-07-08',
      totals: [
        { kind: 'problems' as const, value: 1 },
        { kind: 'completed' as const, value: 1 },
        { kind: 'party-discipline' as const, value: 2 },
        { kind: 'party-discipline' as const, measure: '警告', value: 2 },
        { kind: 'administrative-sanction' as const, measure: '警告', value: 1 },
        { kind: 'admonition' as const, value: 0 },
        { kind: 'reminder-talk' as const, value: 30, inexact: true as const },
        { kind: 'organisational' as const, value: 3 },
        { kind: 'transferred' as const, value: 1 },
        { kind: 'institutions' as const, value: 9 },
        { kind: 'fundsFen' as const, value: 7_132_005 },
      ],
      narrative: '全镇高度重视整改。',
    };
    const written: NoticeContent = {
      header,
      items: [
        {
          printedNumber: '一',
          heading: '关于“甲不够”问题的整改情况',
          aspect: '乙不力',
          measures: [{ printedNumber: '(一)', text: '加强学习。\n定期考核。' }],
        },
      ],
      tail: { text: '下一步,持续整改。' },
    };
    const notice = read(renderNotice(written));
    expect(notice.header).toMatchObject(header);
    expect(notice.items).toMatchObject([
      { printedNumber: '一', title: '甲不够', aspect: '乙不力', measures: written.items[0]?.measures },
    ]);
    expect(notice.tail.text).toBe(written.tail.text);
  });

  it('within its limits no text takes more than linear time', () => {
    const whole = (piece: string) => piece.repeat(Math.floor(LONGEST_NOTICE / piece.length) - 1);
    const lined = (piece: string) => `${piece}\n`.repeat(MOST_LINES - 3);
    const item = '一、关于“甲不够”问题的整改\n';
    const texts = [
      '整改',
      '整改(一)',
      '“',
      '《“(',
      '1',
      '12,',
      '2024年3月',
      '3月',
      ' ',
      '。整改措施:甲',
      '①②',
      '\u0323\u0301',
      ' |',
      '问题',
      '对甲',
      '。(1)甲;(2)乙',
      '【整改措施】',
      '4个问题',
    ].map(whole);
    texts.push(
      ...[
        '(一)',
        '“',
        '一、关于“甲',
        '《\n》',
        '甲',
        '加强。',
        '下一步,加强。',
        '整改措施:',
        '一是甲。二是乙',
        '\t甲\t乙',
        '|问题|整改情况|完成情况|',
        '甲不够\n整改措施:乙',
        '1.存在问题:甲\n2.整改措施:',
      ].map(lined),
    );
    for (const text of texts) {
      const long = (item + text).slice(0, LONGEST_NOTICE);
      const quarter = Math.min(cpuMs(long.slice(0, long.length / 4)), cpuMs(long.slice(0, long.length / 4)));
      // Four times the text takes four times as long, and sixteen times where the time grows with its square.
      expect(cpuMs(long), text.slice(0, 12)).toBeLessThan(9 * quarter + 500);
    }
  }, 600_000);
});
