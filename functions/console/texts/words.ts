import type { Role } from '../../../domain/actor.ts';
import type { Change } from '../../../domain/diff.ts';
import type { AccountabilityKind, StatedStatus, Term } from '../../../domain/entries.ts';
import type { EventType } from '../../../domain/events.ts';
import type { Due } from '../../../domain/inspection/tally.ts';
import type { Item } from '../../../domain/item/present.ts';
import type { Status } from '../../../domain/item/state.ts';
import { bilingual } from './language.ts';

/** The words of the field: what every page says alike. */
interface Vocabulary {
  readonly status: { readonly [S in Status]: string };
  readonly term: { readonly [T in Term]: string };
  readonly role: { readonly [R in Role]: string };
  /** An entry of that type, as a noun. */
  readonly entry: { readonly [T in EventType]: string };
  readonly measureStatus: { readonly [S in Item['measures'][number]['status']]: string };
  readonly verdict: { readonly [verdict: string]: string };
  readonly accountability: { readonly [K in AccountabilityKind]: string };
  readonly stated: { readonly [S in StatedStatus]: string };
  readonly due: { readonly [D in Due]: string };
  readonly change: { readonly [K in Change['kind']]: string };
}

export const words = bilingual<Vocabulary>(
  {
    status: {
      raised: '待整改',
      rectifying: '整改中',
      'closure-requested': '申请销号',
      closed: '已销号',
      reopened: '重新整改',
      withdrawn: '已撤销',
    },
    term: { immediate: '立行立改', 'time-bound': '限期整改', 'long-term': '长期坚持' },
    role: { office: '责任单位', committee: '纪委监委', reviewer: '回头看', auditor: '审计' },
    entry: {
      IssueRaised: '提出问题',
      IssueWithdrawn: '撤销问题',
      OfficeAssigned: '分派单位',
      MeasureAdopted: '采取措施',
      ProgressReported: '报告进展',
      MeasureCompleted: '措施完成',
      MeasureWithdrawn: '撤回措施',
      EvidenceAttached: '附佐证',
      EvidenceWithdrawn: '撤回佐证',
      ClosureRequested: '申请销号',
      ClosureRequestWithdrawn: '撤回销号申请',
      ClosureEndorsed: '签署意见',
      ClosureReturned: '退回',
      ItemClosed: '销号',
      ItemReopened: '重新整改',
      ExtensionRequested: '申请延期',
      DeadlineExtended: '同意延期',
      LookBackFindingRecorded: '回头看结论',
      FlagDismissed: '排除疑点',
      EntryCorrected: '更正',
      EntryVoided: '作废',
      TextErased: '删除文字',
      CaseOpened: '立项',
      CaseSettingsChanged: '修改设置',
      SourceImported: '导入公布',
      PlanIssued: '印发方案',
      PlanAccepted: '方案审定',
      AccountabilityRecorded: '登记问责',
      InstitutionRecorded: '登记制度',
      FundsRecovered: '登记追缴资金',
      NoticePublished: '公布进展',
      LookBackOpened: '启动回头看',
      SampleDrawn: '抽样',
      LookBackConcluded: '回头看结束',
    },
    measureStatus: { adopted: '进行中', completed: '已完成', continuing: '长期坚持', withdrawn: '已撤回' },
    verdict: { genuine: '属实', partial: '部分属实', false: '不属实' },
    accountability: {
      'party-discipline': '党纪处分',
      'administrative-sanction': '政务处分',
      admonition: '诫勉',
      'reminder-talk': '提醒谈话',
      'criticism-education': '批评教育',
      organisational: '组织处理',
      transferred: '移送',
    },
    stated: {
      completed: '完成',
      'basically-completed': '基本完成',
      continuing: '持续推进',
      'not-completed': '未完成',
    },
    due: {
      overdue: '超时限',
      within10: '剩10天内',
      within20: '剩11至20天',
      later: '剩20天以上',
      undated: '未定时限',
    },
    change: { new: '新增', 'back-dated': '补记', corrected: '更正' },
  },
  {
    status: {
      raised: 'Raised',
      rectifying: 'Rectifying',
      'closure-requested': 'Closure requested',
      closed: 'Closed',
      reopened: 'Reopened',
      withdrawn: 'Withdrawn',
    },
    term: { immediate: 'Immediate', 'time-bound': 'Time-bound', 'long-term': 'Long-term' },
    role: { office: 'Office', committee: 'Committee', reviewer: 'Look-back', auditor: 'Auditor' },
    entry: {
      IssueRaised: 'Issue raised',
      IssueWithdrawn: 'Issue withdrawn',
      OfficeAssigned: 'Office assigned',
      MeasureAdopted: 'Measure adopted',
      ProgressReported: 'Progress reported',
      MeasureCompleted: 'Measure completed',
      MeasureWithdrawn: 'Measure withdrawn',
      EvidenceAttached: 'Evidence attached',
      EvidenceWithdrawn: 'Evidence withdrawn',
      ClosureRequested: 'Closure requested',
      ClosureRequestWithdrawn: 'Closure request withdrawn',
      ClosureEndorsed: 'Closure endorsed',
      ClosureReturned: 'Closure returned',
      ItemClosed: 'Item closed',
      ItemReopened: 'Item reopened',
      ExtensionRequested: 'Extension requested',
      DeadlineExtended: 'Deadline extended',
      LookBackFindingRecorded: 'Look-back finding',
      FlagDismissed: 'Flag dismissed',
      EntryCorrected: 'Correction',
      EntryVoided: 'Entry voided',
      TextErased: 'Text erased',
      CaseOpened: 'Case opened',
      CaseSettingsChanged: 'Settings changed',
      SourceImported: 'Source imported',
      PlanIssued: 'Plan issued',
      PlanAccepted: 'Plan accepted',
      AccountabilityRecorded: 'Accountability recorded',
      InstitutionRecorded: 'Institution recorded',
      FundsRecovered: 'Funds recovered',
      NoticePublished: 'Notice published',
      LookBackOpened: 'Look-back opened',
      SampleDrawn: 'Sample drawn',
      LookBackConcluded: 'Look-back concluded',
    },
    measureStatus: {
      adopted: 'Under way',
      completed: 'Completed',
      continuing: 'Continuing',
      withdrawn: 'Withdrawn',
    },
    verdict: { genuine: 'Genuine', partial: 'Partial', false: 'False' },
    accountability: {
      'party-discipline': 'Party discipline',
      'administrative-sanction': 'Administrative sanction',
      admonition: 'Admonition',
      'reminder-talk': 'Reminder talk',
      'criticism-education': 'Criticism and education',
      organisational: 'Organisational measure',
      transferred: 'Transferred',
    },
    stated: {
      completed: 'Completed',
      'basically-completed': 'Basically completed',
      continuing: 'Continuing',
      'not-completed': 'Not completed',
    },
    due: {
      overdue: 'Overdue',
      within10: '10 days or less',
      within20: '11 to 20 days',
      later: 'More than 20 days',
      undated: 'No deadline',
    },
    change: { new: 'new', 'back-dated': 'back-dated', corrected: 'corrected' },
  },
);
