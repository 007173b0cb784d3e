import type { Status } from '../../domain/item/state.ts';

/** Every word that the pages say by themselves, in one place. */
export interface Texts {
  /** @see BCP 47 */
  readonly language: string;
  readonly otherLanguage: { readonly label: string; readonly href: string };
  readonly name: string;
  readonly subtitle: string;
  readonly documentation: string;
  readonly openApi: string;
  readonly problems: string;
  readonly cases: string;
  readonly noCases: string;
  readonly unavailable: string;
  readonly erased: string;
  readonly columns: {
    readonly case: string;
    readonly items: string;
    readonly overdue: string;
    readonly notice: string;
  };
  readonly readNotice: string;
  readonly status: { readonly [S in Status]: string };
}

const zh: Texts = {
  language: 'zh-CN',
  otherLanguage: { label: 'English', href: '/?lang=en' },
  name: '整改台账',
  subtitle: '只增不改的整改进展账本：每一次记录都留痕、可回放、可核验。',
  documentation: '接口文档',
  openApi: 'OpenAPI 描述',
  problems: '拒绝代码',
  cases: '巡察项目',
  noCases: '暂无可以公开显示的项目。',
  unavailable: '台账暂时无法读取，请稍后再试。',
  erased: '（文字已依法删除）',
  columns: { case: '项目', items: '问题', overdue: '逾期', notice: '公布' },
  readNotice: '整改进展公布',
  status: {
    raised: '待整改',
    rectifying: '整改中',
    'closure-requested': '申请销号',
    closed: '已销号',
    reopened: '重新整改',
    withdrawn: '已撤销',
  },
};

const en: Texts = {
  language: 'en',
  otherLanguage: { label: '中文', href: '/' },
  name: 'Taizhang',
  subtitle: 'A ledger of rectification progress: facts are appended, never changed, and can be replayed.',
  documentation: 'API documentation',
  openApi: 'OpenAPI document',
  problems: 'Refusal codes',
  cases: 'Cases',
  noCases: 'There is no case to show here.',
  unavailable: 'The ledger cannot be read at the moment; please try again.',
  erased: '(words erased by law)',
  columns: { case: 'Case', items: 'Items', overdue: 'Overdue', notice: 'Notice' },
  readNotice: 'Published progress',
  status: {
    raised: 'Raised',
    rectifying: 'Rectifying',
    'closure-requested': 'Closure requested',
    closed: 'Closed',
    reopened: 'Reopened',
    withdrawn: 'Withdrawn',
  },
};

/** Chinese unless English is asked for. */
export const textsFor = (lang: string | undefined): Texts => (lang === 'en' ? en : zh);
