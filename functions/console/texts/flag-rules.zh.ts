import type { FlagRule } from '../../../domain/look-back/catalogue.ts';

interface Rule {
  readonly name: string;
  /** Why somebody should look. */
  readonly reason: string;
}

export type RuleTexts = { readonly [R in FlagRule]: Rule };

/** What each rule of flags looks for, and why, in Chinese; in English it stands beside, in its own file. */
export const rulesInChinese: RuleTexts = {
  'closed-without-evidence': {
    name: '无佐证销号',
    reason:
      '自提出问题或重新整改以来，没有责任单位新提交且仍然有效的佐证材料，却已销号；以前交过的同一份文件不算新材料。',
  },
  'closed-without-measure': {
    name: '无措施销号',
    reason: '自提出问题或重新整改以来，没有新采取或完成、且仍然有效的措施，却已销号。',
  },
  'closer-involved': {
    name: '销号人参与过整改',
    reason: '销号人本人记录过该问题的措施、材料，或所在单位是责任单位：自己整改、自己销号。',
  },
  'closed-after-return-unchanged': {
    name: '退回后无新内容即销号',
    reason:
      '销号申请被退回之后，责任单位没有补充任何新的措施、进展或材料，再次申请就销了号；重交同一文件、重写同一句话不算新内容。',
  },
  'evidence-after-closing': {
    name: '佐证晚于销号',
    reason: '佐证材料的落款、发生或录入日期晚于销号日期：销号时它还不存在，或者还没有人看到。',
  },
  'steps-out-of-order': {
    name: '步骤日期倒置',
    reason: '后一步的日期早于前一步：先完成后采取、先申请后完成，或先销号后申请。',
  },
  'closed-in-bulk': {
    name: '短时间集中销号',
    reason: '同一人在几分钟内销了多个号：未必逐项审核过。列出的是构成这一批的几条，同批的其他问题各有疑点。',
  },
  'long-term-closed-fast': {
    name: '长期坚持类问题销号过快',
    reason: '长期坚持的问题需要机制运行一段时间才见成效，这一项从提出或重新整改到销号时间很短。',
  },
  'corrected-after-closing': {
    name: '销号后又更正',
    reason: '销号之后，更正或作废过此前的记录，或更正了销号本身：销号时审核的内容已经改变。',
  },
  'evidence-reused': {
    name: '同一材料用于多个问题',
    reason:
      '几个问题的佐证材料内容完全相同（SHA-256 一致）：可能一份材料应付多个问题。列出本问题的材料和另一问题的一份，其余问题各有疑点。',
  },
  'measure-repeated': {
    name: '措施文字重复',
    reason: '去掉空格和标点后，与另一问题的措施一字不差：可能照抄，没有针对性。',
  },
  'measure-similar': {
    name: '措施文字雷同',
    reason: '与另一问题的措施高度相似（三字组集合的雅卡尔指数）：可能套用，没有针对性。',
  },
  'measures-vague': {
    name: '措施空泛',
    reason: '所有有效措施的文字里，没有数字、文件，也没有期限：无从查证是否落实。',
  },
  'money-closed-by-training': {
    name: '钱物问题只靠学习会议',
    reason:
      '涉及资金资产的问题，措施只有学习、培训、会议、谈话，没有追缴、清理或建章立制，也没有追回金额的记录；学习某项规定不算建章立制。',
  },
  'recovered-less-than-named': {
    name: '追缴少于问题金额',
    reason: '问题点名了违规金额，而记在该问题名下的追缴资金少于它。',
  },
  'title-parts-unanswered': {
    name: '复合问题措施不足',
    reason: '标题由逗号、分号、句号或较长的顿号短语分成几个部分，有效措施比部分还少：可能只改了其中一部分。',
  },
  'dated-before-inspection': {
    name: '日期早于巡察',
    reason: '措施或材料的日期早于巡察开始：可能是旧材料充当整改。',
  },
  'dated-before-feedback': {
    name: '日期早于反馈',
    reason: '措施或材料的日期早于反馈，而问题不属于立行立改：那时还没有反馈这个问题。',
  },
  'recorded-late': {
    name: '事后补录',
    reason:
      '发生很久之后才录入，不论是责任单位、委员会还是复查人员的记录；提出问题、分工和导入的除外：可能是补做的台账。',
  },
  'burst-before-deadline': {
    name: '到期前集中录入',
    reason: '责任单位的记录几乎都在时限前几天录入：可能是突击补台账。',
  },
  'burst-before-look-back': {
    name: '回头看前集中录入',
    reason: '责任单位的记录几乎都在回头看开始前几天录入：可能是迎检补台账。',
  },
  'register-burst-before-look-back': {
    name: '回头看前整本台账集中录入',
    reason: '整个项目的责任单位记录几乎都在回头看开始前几天录入：可能整本台账都是为迎检补的。',
  },
  overdue: { name: '超期未销号', reason: '整改时限已过，问题还没有销号。' },
  'extended-repeatedly': { name: '多次延期', reason: '整改时限一延再延。' },
  'extended-after-expiry': {
    name: '过期后延期',
    reason: '按现在所知的时限，已经过期才记录延期：超期被抹平了。',
  },
  'extended-without-measures': {
    name: '延期而无新措施',
    reason: '延长了时限，前后却没有采取任何新措施：多给的时间用来做什么？',
  },
  'long-term-silent': {
    name: '长期坚持类问题久无动静',
    reason: '长期坚持的问题很久没有任何记录：可能已经搁置。',
  },
  'lead-changed-idle': {
    name: '换牵头单位后无动作',
    reason: '换了牵头单位，新的牵头单位一直没有记录：交接之中可能无人负责。',
  },
  'returned-repeatedly': { name: '多次退回', reason: '销号申请屡次被退回：整改可能一直没有到位。' },
  reopened: { name: '重新整改过', reason: '销号之后又重新整改：当时的销号并不牢靠。' },
  'problem-recurs': {
    name: '问题再次出现',
    reason: '同一单位此前的巡察中提出过相同或相近的问题：上一轮整改可能没有到位。',
  },
  'plan-missing': {
    name: '整改方案缺失或迟到',
    reason: '反馈之后超过规定天数，还没有印发整改方案，或者印发晚了。',
  },
  'published-totals-differ': {
    name: '公布数字与现在所知不符',
    reason: '按现在所知重算公布截至日的数字，与公布当时所知不同：向社会公布的情况可能需要更正。',
  },
  'corrected-after-publication': {
    name: '公布后又更正',
    reason: '公布之后，更正或作废过公布所依据的记录。',
  },
  'sanctions-without-item': {
    name: '问责没有对应问题',
    reason: '记了问责，没有说明对应哪个问题，或对应的问题已撤销：无从核对。',
  },
  'institutions-without-item': {
    name: '制度没有对应问题',
    reason: '记了建章立制，没有说明对应哪个问题，或对应的问题已撤销：无从核对。',
  },
  'funds-without-item': {
    name: '追缴没有对应问题',
    reason: '记了追缴资金，没有说明对应哪个问题，或对应的问题已撤销：无从核对。',
  },
  'institution-without-number': {
    name: '制度没有文号',
    reason: '说建立了制度，却没有文号：难以查到文件。',
  },
  'numbering-gap': {
    name: '原文序号不连续',
    reason: '原文序号不从一开始，或者跳号、重号：可能有问题漏登、合并或拆分，请对照原文。',
  },
};
