import { describe, expect, it } from 'vitest';
import { accountabilityToRecord } from '../../../domain/notice/accountability.ts';
import { amountInFen, fenAsYuan } from '../../../domain/notice/amounts.ts';
import { fold } from '../../../domain/notice/characters.ts';
import { readMarker } from '../../../domain/notice/markers.ts';
import { hanNumber } from '../../../domain/notice/numerals.ts';
import { readOccurrence } from '../../../domain/notice/occurred.ts';
import { parseNotice } from '../../../domain/notice/parse.ts';

import { titleOf } from '../../../domain/notice/title.ts';
import { totalsIn } from '../../../domain/notice/totals.ts';

describe('numerals', () => {
  it.each([
    ['一', 1],
    ['十', 10],
    ['十五', 15],
    ['廿三', 23],
    ['卅', 30],
    ['四十四', 44],
    ['一百', 100],
    ['一百零五', 105],
    ['两百一十', 210],
    ['九百九十九', 999],
    ['二〇二四', 2024],
    ['百', undefined],
    ['甲', undefined],
    ['', undefined],
  ])('%s is %s', (text, value) => {
    expect(hanNumber(text)).toBe(value);
  });
});

describe('markers', () => {
  it.each([
    ['一、甲', '一', 'han'],
    ['（十二）甲', '（十二）', 'han-brackets'],
    ['1．甲', '1', 'arabic'],
    ['１、甲', '１', 'arabic'],
    ['(3)甲', '(3)', 'arabic-brackets'],
    ['⑫甲', '⑫', 'circled'],
    ['㈠甲', '㈠', 'han-brackets'],
    ['一是甲', '一是', 'enumerative'],
    ['第一，甲', '第一', 'ordinal'],
    ['2)甲', '2)', 'arabic-half-bracket'],
    ['3.2024年召开会议', '3', 'arabic'],
  ])('%s begins with %s', (text, printed, style) => {
    expect(readMarker(text, fold(text))).toMatchObject({ printed, style, doubtful: false });
  });

  it.each([
    '一、二、三产业融合',
    '2.0版',
    '3.5万元',
    '(2022)云0105民初77号',
    '〔2019〕7号',
    '1、2号楼',
    '一般',
    '甲一、',
  ])('%s begins with none', (text) => {
    expect(readMarker(text, fold(text))).toBeUndefined();
  });
});

describe('titles', () => {
  it.each([
    ['关于“甲‘乙’不够” 问题的整改情况', '甲‘乙’不够'],
    ['针对"甲不够"问题的整改', '甲不够'],
    ['关于“对“甲”问题重视不够”问题的整改情况', '对“甲”问题重视不够'],
    ['关于“三重一大”制度落实不到位的问题。', '“三重一大”制度落实不到位'],
    ['关于“甲”问题整改不到位的问题', '“甲”问题整改不到位'],
    ['关于学习不深入问题的整改落实情况（已完成）', '学习不深入'],
    ['关于甲存在不足的整改情况', '甲存在不足'],
    ['在“甲”方面', '甲'],
    ['聚焦党的建设方面存在的问题', '党的建设'],
    ['整改任务：甲不及时。', '甲不及时'],
    ['学习不够深入。', '学习不够深入'],
  ])('%s', (heading, title) => {
    expect(titleOf(heading)).toBe(title);
  });
});

describe('dates of measures', () => {
  const dates = (text: string) => {
    const warned: string[] = [];
    const occurredOn = readOccurrence(text, 1, (_line, code) => warned.push(code));
    return [occurredOn, ...warned];
  };
  it.each([
    ['于2024年4月24日印发办法。', ['2024-04-24']],
    ['２０２４年３月完成普查。', ['2024-03']],
    ['2024年3月16-17日举办培训。', ['2024-03']],
    ['已于5月收回。', [undefined, 'relative-date']],
    ['6月中旬起排查。', [undefined, 'relative-date']],
    ['自2022年5月起实行。', [undefined, 'start-date']],
    ['截至2024年6月完成3处。', [undefined, 'deadline-date']],
    ['计划2024年12月底前完成。', [undefined, 'deadline-date']],
    ['印发《2024年3月工作要点》。', [undefined]],
    ['执行(2023年9月)文件〔2019〕7号。', [undefined]],
    ['追回2023年多发的补贴。', [undefined]],
    ['将2023年9月发放的补贴收回。', [undefined]],
    ['2024年，修订制度。', ['2024']],
    ['2024年1月启动，2024年3月完成。', ['2024', 'several-dates']],
    ['2023年1月启动，2024年3月完成。', [undefined, 'several-dates']],
    ['分别在2024年5月、8已举办。', ['2024', 'damaged-date']],
    ['2023年2月30日召开。', [undefined, 'invalid-date']],
    ['每年3月评议，用时3个月。', [undefined]],
    ['2023年7月至9月轮训。', [undefined]],
  ])('%s', (text, expected) => {
    expect(dates(text)).toEqual(expected);
  });
});

describe('totals', () => {
  const totals = (text: string) =>
    totalsIn(fold(text), 1, () => {}).totals.map(({ kind, measure, value, inexact }) =>
      [kind, ...(measure === undefined ? [] : [measure]), value, ...(inexact ? ['+'] : [])].join(' '),
    );
  it.each([
    ['党纪处分0人，政务处分三人', ['party-discipline 0', 'administrative-sanction 3']],
    [
      '政务处分3人（记大过1人，记过2人）',
      ['administrative-sanction 3', 'administrative-sanction 记大过 1', 'administrative-sanction 记过 2'],
    ],
    [
      '党纪处分2人（警告1人、严重警告1人）',
      ['party-discipline 2', 'party-discipline 警告 1', 'party-discipline 严重警告 1'],
    ],
    ['对1人予以记大过处分,对2人予以提醒谈话', ['administrative-sanction 记大过 1', 'reminder-talk 2']],
    ['诫勉谈话1人，诫勉2人', ['admonition 1', 'admonition 2']],
    ['党纪政务处分4人', []],
    ['批评教育30余人', ['criticism-education 30 +']],
    ['追缴资金7.132万元，涉及资金9亿元', ['fundsFen 7132000']],
    [
      '反馈的4个方面26个具体问题，已完成整改20个，基本完成3个，正在整改2个，未完成1个',
      ['problems 26', 'completed 20', 'basically-completed 3', 'continuing 2', 'not-completed 1'],
    ],
    ['建立完善制度13项，出台5个规章制度', ['institutions 13', 'institutions 5']],
    ['制定整改措施116条，召开会议12次', []],
    ['反馈的4个问题已完成整改3个，基本完成1个', ['problems 4', 'completed 3', 'basically-completed 1']],
    ['巡察反馈的697个问题，完成整改688个，总体完成率98.71%', ['problems 697', 'completed 688']],
    ['反馈问题38个，已整改完成36个，其中立行立改20个', ['problems 38', 'completed 36']],
    ['涉及问题4个方面32项', ['problems 32']],
    ['反馈26个问题，25个已完成整改，1个正在推进', ['problems 26', 'completed 25', 'continuing 1']],
    ['移交问题线索3件，反馈问题10个，整改率100%', ['problems 10']],
    ['制定整改措施231项，截至2月已完成198项，正在推进33项', []],
  ])('%s', (text, expected) => {
    expect(totals(text)).toEqual(expected);
  });

  it('moves digits, never floats', () => {
    expect(amountInFen('1.15', '元')).toBe(115);
    expect(amountInFen('3.00000001', '亿元')).toBe(30_000_000_100);
    expect(amountInFen('0.001', '元')).toBeUndefined();
    expect(amountInFen('99999999999', '亿元')).toBeUndefined();
    expect(fenAsYuan(5)).toBe('0.05');
    expect(fenAsYuan(7_132_050)).toBe('71320.5');
  });

  it('records the parts of a sum and what they leave over, and nobody twice', () => {
    const kind = 'administrative-sanction';
    expect(
      accountabilityToRecord([
        { kind, value: 3 },
        { kind, measure: '记过', value: 2 },
      ]),
    ).toEqual([
      { kind, measure: '记过', persons: 2 },
      { kind, persons: 1 },
    ]);
    expect(
      accountabilityToRecord([
        { kind, value: 1 },
        { kind, measure: '记过', value: 2 },
      ]),
    ).toEqual([{ kind, persons: 1 }]);
    expect(
      accountabilityToRecord([
        { kind, measure: '记过', value: 2 },
        { kind: 'institutions', value: 4 },
      ]),
    ).toEqual([{ kind, measure: '记过', persons: 2 }]);
  });
});

it('a numbered list of annexes takes nothing from the last measure', () => {
  const notice = parseNotice(
    [
      '2023年4月10日至6月9日,区委第五巡察组对甲街道党工委开展巡察,2023年8月3日反馈意见。',
      '一、关于“甲”问题的整改情况',
      '（一）修订办法。',
      '（二）修订章程。',
      '附件：1.整改清单',
      '2.问题台账',
    ].join('\n'),
  );
  const measures = notice.kind === 'notice' ? notice.items[0]?.measures.map((measure) => measure.text) : [];
  expect(measures).toEqual(['修订办法。', '修订章程。']);
});
