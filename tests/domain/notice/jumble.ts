import fc from 'fast-check';

const fragments = fc.constantFrom(
  '一、',
  '二、',
  '（一）',
  '(二)',
  '1.',
  '2．',
  '(1)',
  '①',
  '②',
  '一是',
  '二是',
  '关于',
  '“',
  '”',
  '‘',
  '’',
  '"',
  '问题的整改情况',
  '问题',
  '。',
  '；',
  '：',
  '整改措施：',
  '完成情况：',
  '整改任务：',
  '已完成',
  '方面',
  '不够',
  '2024年3月',
  '5月',
  '党纪处分3人',
  '《',
  '》',
  '立行立改类问题',
  '下一步,',
  '附件：',
  '\n',
  '\n',
  '\n\n',
  '\r\n',
  '|',
  '\t',
  ' ',
  '\u3000',
  '加强学习',
  '甲',
  '3.5万元',
  '整改',
  '\ud800',
  '\u0301',
  '字体：大 中 小',
  '- 3 -',
  '\n- ',
  '## ',
  '**',
  '第一部分',
  '整改情况：',
  '存在问题：',
  '\n|序号|问题|整改情况|\n',
  '\n|1|甲不够|已完成|\n',
  '，已整改到位',
);
/** Pieces of notices in any order. */
export const jumble = fc
  .array(fc.oneof(fragments, fc.string({ maxLength: 6 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

const marker = fc.constantFrom(
  ...['一、', '二、', '三、', '（一）', '（二）', '(三)', '一)', '1.', '2．', '3、', '(1)', '（2）', '2)'],
  ...['①', '②', '③', '㈠', '⒈', '一是', '二是', '第一，', '第二，', '第一部分 ', '第一章', '', '', ''],
);
const words = fc.constantFrom(
  ...[
    '开展学习',
    '健全财务制度，投资3.5万元',
    '召开会议',
    '整改到位',
    '已完成',
    '正在整改',
    '立行立改',
    '长期坚持',
  ],
  ...[
    '整改措施：',
    '整改措施',
    '完成情况：',
    '整改成效：',
    '责任单位：',
    '整改时限：',
    '存在问题：',
    '【整改措施】',
  ],
  ...[
    '关于“乙”问题的整改情况',
    '关于制度不健全的问题',
    '学习不够深入',
    '在丙方面',
    '立行立改类问题',
    '该问题已完成',
  ],
  ...[
    '下一步，持续推进',
    '某镇将继续整改',
    '2024年3月印发办法',
    '2024年3月8日',
    '组织领导情况',
    '甲局党组',
    '附件：',
    '',
  ],
);
const mark = fc.constantFrom('。', '。', '；', '，', '：', ' ', '', '、');
const clause = fc.tuple(marker, words, mark).map((parts) => parts.join(''));
const line = fc.array(clause, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

/** Lines of a notice with markers, labels and statuses where they may stand, and where they may not. */
export const markedLines = fc
  .array(line, { minLength: 1, maxLength: 14 })
  .map((lines) => ['现将整改情况公布如下。', '一、关于“甲”问题的整改情况', ...lines].join('\n'));

const cell = fc.constantFrom(
  '1',
  '2',
  '三',
  'A-3',
  '4（2）',
  '',
  '甲不够',
  '已完成',
  '加强学习。',
  '①甲；②乙',
  '乡镇',
);
const row = fc.array(cell, { minLength: 4, maxLength: 4 }).map((cells) => `|${cells.join('|')}|`);

/** A table that is read as labels, with cells of any kind in any column. */
export const tables = fc
  .array(row, { minLength: 1, maxLength: 6 })
  .map((rows) => ['整改情况公布如下。', '|序号|问题|整改措施|单位|', ...rows].join('\n'));
