import { withoutEndMarks } from './characters.ts';
import { innerLabels, type LabelClass, readLabel } from './labels.ts';
import { bracketedAtEnd, statedAtEnd, statedTerm, statusPhrase } from './statuses.ts';
import { headingEnd, LONGEST_HEADING, outerQuote } from './title.ts';

/**
 * What the words of a paragraph's first sentence make of it.
 * problem: names one problem in the usual form; likely: may name one, if its siblings do too;
 * aspect, part, grouping: stand above problems; narrative: how the work was organised; closing: what comes next.
 */
export type HeadingKind =
  | 'problem'
  | 'likely'
  | 'aspect'
  | 'part'
  | 'grouping'
  | 'narrative'
  | 'closing'
  | 'plain';

export interface Heading {
  kind: HeadingKind;
  /** Offset behind the heading; what follows it on the line is body. */
  end: number;
  /** The label with which it begins. */
  label?: LabelClass;
}

/** Effects and statuses may close any list; the other labels stand right under the problem they belong to. */
export function opensBody({ label }: Heading): boolean {
  return label !== undefined && label !== 'problem' && label !== 'effect' && label !== 'status';
}

/** How findings are worded. */
const deficiency =
  /不(?!断|仅|折|忘|定期|动产|少于|得|再|同|久|单|但|管|论|限|懈|移|搞|变|止|停|能腐|敢腐|想腐|低于|超过|漏|留|走|松|放|获)|未(?!来|成年|雨)|没有|欠|缺|薄弱|短板|差距|滞后|弱化|淡化|虚化|松懈|松散|流于|走过场|走形式|违规|违反|违纪|超标|超范围|超概算|超预算|漏洞|偏差|偏低|偏慢|偏软|偏弱|偏少|偏高|偏松|有待|隐患|风险较|形式主义|官僚主义|乏力|错位|缓慢|迟缓|隐形变异|浮于表面|乱|粗放|随意|闲置|挪用|截留|套取|侵占|虚列|虚报|虚假|滥|长期挂账|较[低差弱慢少]|反弹|失职|失管|失察|失守|失真|弱项|盲区|宽松软|空白|缺口|偏离|脱岗|脱节|重[^,。;要点]{1,6}轻|泛化|简单化|难(?:题|点)?$|慢$|单一$|(?<![减至不])少$|(?<![落时温价逆顺偏误])差$|(?<!减)弱$|(?<![降减])低$|(?<![放宽轻])松$|窄$|浅$|(?<![增更众至许])多$|存在.{0,20}问题/;
/** Whether words tell that something is lacking or wrong. */
export function namesDeficiency(folded: string): boolean {
  return deficiency.test(folded);
}

const tailWords = '(?:的|等)?(?:整改|落实|完成|进展|工作|推进|结果|情况|到位|及|成效)*';
const aspect = new RegExp(`[^在]{2}方面(?:存在)?的?(?:主要|突出|具体|有关)?(?:问题)?${tailWords}$`);
const problemPhrase = new RegExp(`^(?:关于|针对).*问题${tailWords}$`);
const ownedPhrase = new RegExp(`问题${tailWords}$`);
const aboutWithoutProblem = /^(?:关于|针对).*的整改(?:落实|完成|进展|工作)*(?:情况)?$/;
const part =
  /(?:巡察|巡视|审计|督察|督查|检查|反馈|查出|指出|移交|移送|提出|发现).{0,12}(?:意见|问题|事项|建议|线索).{0,16}(?:整改|办理|落实|处置|情况)|^(?:具体|主要|重点|突出|各项|整体)?(?:问题|任务)?的?整改(?:任务|工作)?(?:落实|进展|完成|推进)*(?:情况)?$|^(?:逐项|逐条|对照)/;
const grouping =
  /^(?:关于|属于|需|需要|对)?\s*["“(【[]?(?:立行立改|立查立改|即知即改|限期整改|限期完成|限时整改|长期坚持|长期整改|分阶段整改|持续整改|持续推进|已经?完成|基本完成|未完成|尚未完成|正在整改|正在推进)/;
const narrative =
  /组织领导|组织落实|组织推进|基本情况|总体情况|整体情况|工作概况|整改概况|整改工作(?:开展|组织|推进|部署|落实)?情况|主体责任(?:落实|履行)情况|第一责任人.{0,8}情况|书记.{0,16}(?:整改|情况)|主要(?:做法|成效)|工作成效|整改成效|(?:提高|提升|强化|增强).{0,6}(?:站位|认识|意识|领导|组织|责任|担当|督导|督促|跟踪)|思想认识|压紧?压?实.{0,6}责任|统筹(?:推进|谋划|安排)|动员部署|研究部署|追责问责|责任追究|问责情况|处理情况|建章立制|线索.{0,6}(?:办理|处置|查办|查处)|其他.{0,8}(?:情况|事项)/;
const closing =
  /^(?:下一?步|下阶段|下一阶段|今后|接下来|后续|巩固(?:深化|拓展)?(?:巡察|整改)|持续巩固)|(?:下一?步|下阶段|今后|后续|未来).{0,12}(?:打算|安排|计划|工作|措施|方向|考虑|努力)/;
const document = /(?:通报|公告|公布|公示|公开|报告|通知|方案)$/;

/** Longest line that is taken for a heading though nothing marks it. */
const LONGEST_GROUP = 60;

export function readHeading(folded: string, marked: boolean): Heading {
  const label = readLabel(folded);
  if (label?.labelClass === 'problem') {
    // 整改任务: and what it holds up to the sentence's end, or to the next label, name the problem together.
    const value = folded.slice(label.length);
    const next = innerLabels(value)[0] ?? value.length;
    const end = label.length + Math.min(headingEnd(value), next);
    return {
      kind: value.trim() !== '' && end <= LONGEST_HEADING ? 'problem' : 'plain',
      end,
      label: label.labelClass,
    };
  }
  const end = headingEnd(folded);
  if (label !== undefined) return { kind: 'plain', end, label: label.labelClass };
  if (end > LONGEST_HEADING) return { kind: 'plain', end };
  const named = withoutEndMarks(folded.slice(0, end)).replace(/\s*[(【[][^()【】[\]]{0,14}[)】\]]$/, '');
  const core = named.slice(0, statedAtEnd(named)?.at);
  const kind = kindOf(core, folded, end, marked);
  // (一)支部活动(长期坚持): a short phrase that says how far it is or how long it takes is more than a deed.
  const stated =
    kind === 'plain' && marked && saysHowFar(folded.slice(0, end)) && core.length <= LONGEST_GROUP;
  return { kind: stated && !isAction(core) && !/\d|[。;!?]$/.test(core) ? 'likely' : kind, end };
}

function saysHowFar(folded: string): boolean {
  const bracketed = /[。;!?][(【[]/.test(folded) ? undefined : bracketedAtEnd(folded);
  return bracketed !== undefined && (statusPhrase(bracketed) ?? statedTerm(bracketed)) !== undefined;
}

function kindOf(core: string, folded: string, end: number, marked: boolean): HeadingKind {
  if (core === '' || end > LONGEST_HEADING || document.test(core)) return 'plain';
  const rest = folded.slice(end);
  const alone = rest.trim() === '';
  const quote = outerQuote(core);
  if (quote !== undefined) {
    const after = core.slice(quote.close + 1, quote.close + 30);
    if (/^\s*(?:的|这一|存在|等)*方面/.test(after)) return alone || marked ? 'aspect' : 'plain';
    const about = quote.open > 0;
    if (/^\s*(?:的|等|这一|这个|相关|突出|主要)*\s*(?:问题|整改|落实)/.test(after)) {
      return new RegExp(`^\\s*[^,]{0,8}(?:问题)?\\s*${tailWords}$`).test(after) ? 'problem' : 'plain';
    }
    if (about && marked) return 'likely';
  }
  if (closing.test(core.slice(0, 80)) && core.length <= LONGEST_GROUP) return 'closing';
  return unquotedKind(core, alone, marked);
}

function unquotedKind(core: string, alone: boolean, marked: boolean): HeadingKind {
  const short = core.length <= LONGEST_GROUP;
  const finding = deficiency.test(core);
  // Prose seldom opens with 关于 and closes its first sentence with 问题: such a sentence heads its own paragraph.
  const mayHead = marked || alone || (finding && /^关于.*问题$/.test(core));
  if (short && mayHead && grouping.test(core) && (marked || /问题|事项|任务|类/.test(core)))
    return 'grouping';
  if (mayHead && core.length <= 2 * LONGEST_GROUP && aspect.test(core)) return 'aspect';
  if (marked && short && !finding && part.test(core)) return 'part';
  if (mayHead && problemPhrase.test(core) && core.length <= 300 && (finding || !part.test(core)))
    return 'problem';
  if (mayHead && finding && aboutWithoutProblem.test(core)) return 'problem';
  // A sentence of the header speaks of 反馈问题 and 整改 as well; a heading is no sentence.
  if (!marked) return alone && short && !finding && !/[,;]/.test(core) && part.test(core) ? 'part' : 'plain';
  if (short && !finding && narrative.test(core)) return 'narrative';
  if (core.length <= 2 * LONGEST_GROUP && (finding || ownedPhrase.test(core)) && !isAction(core))
    return 'likely';
  return 'plain';
}

const action =
  /^(?:针对|对|围绕|聚焦|为|通过|进一步|加强|强化|完善|健全|建立|开展|组织|修订|制定|印发|出台|督促|召开|严格|严肃|落实|坚持|持续|深入|认真|明确|规范|优化|推进|推动|加大|加快|及时|已|安排|举办|压实|细化|抓|做|按|清理|整改|邀请|选派|约谈|责令|要求)/;

/** 针对台账不健全,重建台账: the finding is only what the deed answers. */
function isAction(core: string): boolean {
  if (!action.test(core)) return false;
  const clauses = core.split(/[,;]/);
  return clauses.length > 1
    ? !deficiency.test(clauses.at(-1) ?? '')
    : /^(?:针对|通过|进一步|已|督促)/.test(core);
}
