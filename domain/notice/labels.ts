// Labels such as 整改措施: stand for what follows them: a line of their own, or with their value behind the colon.

/** problem: the value is a problem; doing: what was done; effect: what came of it; particular: aim, person, term. */
export type LabelClass = 'problem' | 'doing' | 'done' | 'effect' | 'particular' | 'term' | 'status';

/** 整改措施及成效 */
const joined =
  '(?:(?:及|和|与|、)(?:其|工作|整改|取得|完成|落实|进展|推进){0,3}(?:的)?(?:成效|情况|效果|结果|进展))?';

/** 问题一, 问题3 and 问题(一) */
const number = '(?:[一二三四五六七八九十百\\d]{0,4}|\\([一二三四五六七八九十\\d]{1,3}\\))';

const table: ReadonlyArray<readonly [LabelClass, string]> = [
  [
    'problem',
    `(?:第[一二三四五六七八九十\\d]{1,3}[个项])?(?:巡察|巡视|审计|督察|反馈|发现|查出|指出|存在|具体|主要|突出|整改){0,3}的?问题(?:描述|表述|内容|清单|摘要)?${number}|(?:整改任务|反馈意见|整改事项)${number}|(?:反馈|巡察|巡视|审计|检查|督察)(?:意见)?指出`,
  ],
  [
    'doing',
    `(?:(?:具体|主要)?整改(?:落实)?(?:措施|举措|做法)|(?:具体|主要|工作|采取(?:的)?)(?:措施|举措|做法)|整改过程)${joined}`,
  ],
  [
    'done',
    `(?:整改(?:落实|进展|完成|工作|推进)?情况|整改(?:进展|结果|完成)|(?:落实|完成|进展|推进)情况|工作进展|整改(?:工作)?落实)${joined}`,
  ],
  [
    'effect',
    '(?:整改|取得|工作)?(?:成效|效果|成果)|下一?步(?:工作)?(?:措施|打算|计划|安排)?|长效机制(?:建设)?',
  ],
  [
    'particular',
    '整改目标|目标要求|整改要求|原因分析|问题类别|(?:整改)?(?:责任|牵头|配合|协办|主办|分管|督办|督导|包保)(?:责任)?(?:领导|人员?|单位|部门|科室|股室|处室|主体)|整改责任|(?:具体|主要|问题|突出)表现|主要方面|佐证材料|备注',
  ],
  [
    'term',
    '(?:整改|完成)?(?:时限|期限|类型|类别)(?:要求)?|问题类型|(?:计划|整改)?完成(?:时间|时限)|整改时间',
  ],
  ['status', '(?:整改|完成|销号)?(?:状态|进度)|销号情况|整改结论|完成程度'],
];

// 整改措施。 as well, though not 整改完成。, which is a sentence.
const fullStop = '(?<=措施|举措|做法|情况|成效|效果|成果|目标|表现|时限|机制)。';
/** 问题1.… as well as 问题1:… */
const numberStop = '(?<=题[一二三四五六七八九十\\d]{1,3})[.、,](?!\\d)';
const wholeLine = table.map(
  ([labelClass, names]) => [labelClass, new RegExp(`^[【[(<]?(?:${names})[】\\])>]?\\s*:?$`)] as const,
);
const leading = table.map(
  ([labelClass, names]) =>
    [
      labelClass,
      new RegExp(`^[【[(<]?(?:${names})(?:[】\\])>]\\s*:?|\\s?:|${fullStop}|${numberStop})\\s*`),
    ] as const,
);
// Within a paragraph only labels that a colon follows, behind the end of a sentence or a blank, or that brackets hold.
const innerNames = table
  .filter(([kind]) => kind !== 'problem')
  .map(([, names]) => names)
  .join('|');
const inner = new RegExp(`(?<=[。;!\\s)）”"])(?:${innerNames}):|[【[](?:${innerNames})[】\\]]`, 'g');

/** Longest label with its brackets. */
const LONGEST = 24;

export interface Label {
  labelClass: LabelClass;
  /** UTF-16 units up to its value. */
  length: number;
}

/** The label that a folded text begins with. Without a colon or brackets it must be the whole text. */
export function readLabel(folded: string): Label | undefined {
  if (folded.length < 2) return undefined;
  const head = folded.slice(0, LONGEST);
  for (const [labelClass, pattern] of leading) {
    const match = pattern.exec(head);
    if (match) return { labelClass, length: match[0].length };
  }
  if (folded.length > LONGEST) return undefined;
  for (const [labelClass, pattern] of wholeLine) {
    if (labelClass !== 'problem' && pattern.test(folded)) return { labelClass, length: folded.length };
  }
  return undefined;
}

/** Labels of one paragraph that are looked for; no notice has as many. */
const MOST_LABELS = 2_000;

/** Offsets at which labels begin inside a folded paragraph, its own beginning left out. */
export function innerLabels(folded: string): number[] {
  const found: number[] = [];
  for (const match of folded.matchAll(inner)) {
    if (found.length === MOST_LABELS) break;
    found.push(match.index);
  }
  return found;
}
