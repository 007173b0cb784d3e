import { describe, expect, it } from 'vitest';
import { LONGEST_NOTICE, MOST_LINES, parseNotice } from '../../../domain/notice/parse.ts';
import { codes, fixture, fixtureNames, numbers, read, titles } from './fixtures.ts';

describe('a notice is read by its structure', () => {
  it('takes part one for narrative and finds problems below aspects in part two', () => {
    const notice = read(fixture('parts-and-aspects'));
    expect(titles(notice)).toEqual([
      '理论学习中心组学习不够深入。存在以文件传达代替研讨的现象',
      '产业规划滞后',
      '集体资产出租不规范',
    ]);
    expect(notice.items.map((item) => item.aspect)).toEqual([
      '贯彻落实上级决策部署不够有力',
      '贯彻落实上级决策部署不够有力',
      '群众身边腐败问题整治不力',
    ]);
    expect(notice.items.map(numbers)).toEqual([['（1）', '（2）'], [null], ['（1）', '（2）']]);
    expect(notice.items[2]?.measures[0]).toEqual({
      printedNumber: '（1）',
      text: '收回欠租3.5万元，依据《集体资产管理办法（一）》重新签订合同。',
      lines: [18, 19],
    });
    expect(notice.header.narrative).toContain('提高政治站位');
    expect(notice.tail.text).toMatch(
      /^三、下一步工作打算\n.*\n.*\n欢迎.*\n附件：.*\n中共云溪镇委员会\n2023年6月30日$/,
    );
    expect(notice.lines).toEqual({ total: 29, header: 5, items: 6, measures: 6, tail: 7, ignored: 5 });
  });

  it('reads terms from groups whose numbering goes on', () => {
    const notice = read(fixture('terms-continued-numbering'));
    expect(notice.items.map((item) => [item.printedNumber, item.term, item.statedStatus])).toEqual([
      ['1', 'immediate', undefined],
      ['2', 'immediate', 'completed'],
      ['3', 'time-bound', undefined],
      ['4', 'time-bound', 'completed'],
      ['5', 'long-term', undefined],
    ]);
    expect(notice.items.map(numbers)).toEqual([
      ['①', '②', '③'],
      [null],
      ['一是', '二是'],
      ['一是', '二是'],
      ['（1）', '（2）'],
    ]);
    expect(notice.items[1]?.measures[0]?.occurredOn).toBe('2023-07-03');
    expect(notice.warnings.map((warning) => warning.code)).not.toContain('skipped-numeral');
  });

  it('reads labels and their values', () => {
    const notice = read(fixture('label-value'));
    expect(titles(notice)).toEqual([
      '河道保洁考核流于形式，结果运用不足',
      '工程款拨付不及时',
      '食堂管理有漏洞',
    ]);
    expect(notice.items.map((item) => item.measures.map((measure) => measure.text))).toEqual([
      ['修订考核办法，考核得分与拨付比例挂钩。'],
      ['梳理合同台账。', '按月通报拨付进度。'],
      ['重新招标，引入第三方监管。'],
    ]);
    expect(notice.items[1]?.term).toBe('long-term');
    expect(notice.items[1]?.statedStatus).toBeUndefined();
    expect(notice.header).toMatchObject({ inspectionFrom: '2021-03-02', inspectionTo: '2021-04-30' });
  });

  it('invents no item in a digest', () => {
    const notice = read(fixture('digest'));
    expect(notice.items).toEqual([]);
    expect(codes(notice)).toContain('6 joint-total');
    expect(notice.header.totals).toContainEqual({ kind: 'institutions', value: 200, inexact: true });
  });

  it('joins lines that a narrow page broke, across page numbers too', () => {
    const notice = read(fixture('hard-wrapped'));
    expect(titles(notice)).toEqual(['村级财务公开不够及时，民主理财小组作用发挥不充分', '项目监管不严']);
    expect(notice.items[0]?.measures[1]?.text).toContain('讲解审核要点和常见错误');
    expect(notice.items[1]?.measures[0]?.text).toContain('发2.0版合同');
    expect(notice.items.map(numbers)).toEqual([
      ['1', '2'],
      ['1', '2'],
    ]);
    expect(notice.tail.lines).toEqual([17, 18]);
  });

  it('reads headings without any marker', () => {
    const notice = read(fixture('unmarked-headings'));
    expect(
      notice.items.map((item) => [item.printedNumber, item.title, item.statedStatus, item.term]),
    ).toEqual([
      [null, '库房温湿度监测不到位', undefined, undefined],
      [null, '档案数字化进度偏慢', 'completed', undefined],
      [null, '借阅登记不全', undefined, 'long-term'],
    ]);
    expect(notice.header.feedbackOn).toBe('2024-05-09');
    expect(codes(notice)).toContain('1 year-carried');
  });

  it('takes siblings that mostly name deficiencies for items when no heading has the usual form', () => {
    const notice = read(fixture('likely-only'));
    expect(titles(notice)).toEqual(['理论学习不够深入', '财务管理不规范', '选人用人程序执行不严格']);
    expect(numbers(notice.items[0])).toEqual(['1', '2', '（二）']);
    expect(codes(notice)).toContain('11 skipped-numeral');
  });

  it('reads headings with their measure on the same line', () => {
    const notice = read(fixture('audit-money'));
    expect(titles(notice)).toEqual([
      '预算编制不够细化',
      '专项资金结转较大',
      '违规列支费用',
      '合同管理不严',
      '未按规定公开决算',
    ]);
    expect(notice.items[0]?.measures[0]?.lines).toEqual([5, 5]);
    expect(notice.items[2]).toMatchObject({ statedStatus: 'completed', measures: [] });
    expect(notice.header.totals).toContainEqual({ kind: 'fundsFen', value: 1_200_500_000 });
    expect(notice.header.totals).toContainEqual({ kind: 'fundsFen', value: 50_000 });
  });

  it('keeps sub-headings, tables and statuses apart from measures', () => {
    const notice = read(fixture('sub-headings'));
    expect(notice.items.map(numbers)).toEqual([
      ['（1）', '（2）'],
      [null],
      ['1', '2', '1'],
      ['（1）', '（2）'],
    ]);
    expect(titles(notice)[2]).toBe('落实“三重一大”制度不到位');
    expect(notice.items[1]?.statedStatus).toBe('basically-completed');
    expect(notice.items[3]?.notes.map((note) => note.text)).toContain('食材 | 3.5万元 | 每月');
    expect(notice.tail.text).toBe('梅岭中学党委\n二〇二三年十二月一日');
  });

  it('reads problems below problems as items and the upper as their aspect', () => {
    const notice = read(fixture('nested-problems'));
    expect(titles(notice)).toEqual([
      '重点项目谋划不深。近三年没有新增项目，“一把手”领办项目推进缓慢',
      '赛事活动影响力不足',
      '考勤制度执行不严',
    ]);
    expect(notice.items.map((item) => item.aspect)).toEqual([
      '服务大局意识不强',
      '服务大局意识不强',
      '内部管理松懈',
    ]);
    expect(notice.header).toMatchObject({ inspectionTo: '2023-01-18', feedbackOn: '2023-03-02' });
  });

  it('reads aspects with a body as items where there is no problem below them', () => {
    const notice = read(fixture('aspects-only'));
    expect(titles(notice)).toEqual(['落实意识形态责任制', '职工服务']);
  });

  it('reads lists inside a line, and no marker in numbers', () => {
    const notice = read(fixture('one-line-measures'));
    expect(notice.items.map(numbers)).toEqual([['①', '②'], ['一是', '二是'], ['（1）', '（2）'], [null]]);
    expect(titles(notice)[3]).toBe('第一、二课堂衔接不够');
  });

  it('begins no list with a marker that marks nothing', () => {
    const notice = read('现将整改情况公布如下。\n一、关于“甲”问题的整改情况\n一是，二是开展学习。');
    expect(notice.items.map(numbers)).toEqual([[null]]);
    expect(notice.items[0]?.measures[0]?.text).toBe('一是，二是开展学习。');
  });

  it('reads what an editor on Windows and a web page leave', () => {
    const notice = read(fixture('windows-page'));
    expect(titles(notice)).toEqual(['值班值守不严', '印章管理混乱']);
    expect(notice.lines).toEqual({ total: 9, header: 0, items: 2, measures: 3, tail: 1, ignored: 3 });
  });

  it('says what is odd, and where', () => {
    const found = codes(read(fixture('odd-forms')));
    expect(found).toEqual(
      expect.arrayContaining([
        '1 unclosed-quote',
        '1 item-without-measure',
        '3 skipped-numeral',
        '5 invalid-date',
        '6 repeated-numeral',
        '7 duplicate-measure',
        '8 several-dates',
        '9 odd-heading',
        '10 duplicate-measure',
        '11 deadline-date',
        '12 start-date',
      ]),
    );
  });

  it.each(fixtureNames)('accounts for every line of %s', (name) => {
    const { lines } = read(fixture(name));
    expect(lines.header + lines.items + lines.measures + lines.tail + lines.ignored).toBe(lines.total);
  });
});

describe('what is no notice is refused with a reason', () => {
  it.each([
    ['', 'empty'],
    ['\ufeff \n\n', 'empty'],
    ['hello', 'no-rectification'],
    ['整'.repeat(LONGEST_NOTICE + 1), 'too-large'],
    ['整改\n'.repeat(MOST_LINES + 1), 'too-large'],
    ['关于“甲不够”问题的整改\n'.repeat(10_000), 'too-many-items'],
  ])('%#: %.10s', (text, reason) => {
    expect(parseNotice(text)).toMatchObject({ kind: 'not-a-notice', reason });
  });
});
