import type { StatedStatus, Term } from '../entries.ts';

// The order matters: 未完成 and 基本完成 hold 完成, 已完成并长期坚持 is completed.
const whole: ReadonlyArray<readonly [StatedStatus, RegExp]> = [
  ['not-completed', /^(?:尚未|未|暂未|还未|没有)(?:整改)?(?:完成|整改|启动|到位|落实)(?:整改|到位)?$/],
  ['basically-completed', /^(?:已)?基本(?:完成|整改)(?:整改|到位|完成)?(?:任务)?(?:[,并、].{0,12})?$/],
  [
    'completed',
    /^(?:已经?|均已|现已|全部|已全部)?(?:整改)?(?:完成|整改|到位|办结|销号|完毕)(?:整改|到位|完成|销号|完毕)?(?:任务)?(?:[,并、].{0,12})?$/,
  ],
  [
    'continuing',
    /^(?:正在|持续|长期|继续|正)?(?:整改|推进|坚持|进行|完成中)(?:中|整改|推进|坚持)?(?:并?长期坚持)?$|^(?:阶段性|部分)(?:完成|整改)(?:整改)?$|^取得阶段性(?:成效|成果|进展)$|^(?:整改|推进)中$/,
  ],
];

/** Longest sentence that says no more than a status. */
const LONGEST = 30;
const sentence =
  /^(?:截至目前|截止目前|目前|现|经整改)?,?(?:该|此|本|上述)?(?:项|个|条)?(?:反馈|整改)?(?:问题|任务|事项|工作)?,?(?:目前|现)?,?/;
const saidOfTheProblem =
  /(?:该|此|本|上述)(?:项|个|条)?(?:反馈)?(?:问题|整改任务|整改事项),?(?:目前|现)?,?((?:已经?|均已|现已|已全部|基本|已基本|尚未|未|正在|持续)(?:完成|整改|到位|推进)(?:整改|到位|完成|销号|中)?)(?=[。;,!?]|$)/;

/** The status that a whole folded phrase states, such as 已完成, (基本完成) or 该问题正在整改。; undefined for anything more. */
export function statusPhrase(folded: string): StatedStatus | undefined {
  if (folded.length < 2 || folded.length > LONGEST) return undefined;
  const bare = folded.replace(/^[([【<\s]+|[)\]】>。;:!,\s]+$/g, '');
  const rest = bare.replace(sentence, '');
  for (const [status, pattern] of whole) {
    if (rest !== '' && pattern.test(rest)) return status;
  }
  return undefined;
}

/** The status that prose states of 该问题 by name. A measure that is completed says nothing of its item. */
export function statusInProse(folded: string): StatedStatus | undefined {
  const match = saidOfTheProblem.exec(folded);
  return match?.[1] === undefined ? undefined : statusPhrase(match[1]);
}

const termAlone = /^[([【<]?(?:需要?|属于?)?[^,。;:、()[\]【】]{2,8}[)\]】>]?[。;]?$/;

/** The term that a whole folded phrase states, such as (长期坚持) or 立行立改。 */
export function termPhrase(folded: string): Term | undefined {
  return folded.length <= 14 && termAlone.test(folded) && /^.{0,3}[立长限即分马]/.test(folded)
    ? statedTerm(folded)
    : undefined;
}

/** 关于…的问题,已整改到位: what a heading says behind its last comma, and where that begins. */
export function statedAtEnd(core: string): { at: number; status?: StatedStatus; term?: Term } | undefined {
  const at = Math.max(core.lastIndexOf(','), core.lastIndexOf(':'));
  if (at < 4) return undefined;
  const words = core.slice(at + 1).trim();
  const status = statusPhrase(words);
  const term =
    /^(?:需要?|属于?|系|立|长|限|即|分)/.test(words) && words.length <= 10 ? statedTerm(words) : undefined;
  if (term !== undefined) return { at, term };
  return status === undefined ? undefined : { at, status };
}

const headed = /[(【[]\s*([^()【】[\]]{2,14})\s*[)】\]]\s*[。:]?$/;

/** What the last brackets of a heading say: (已完成), 【立行立改】. */
export function bracketedAtEnd(folded: string): string | undefined {
  return headed.exec(folded.slice(-24))?.[1];
}

const terms: ReadonlyArray<readonly [Term, RegExp]> = [
  ['immediate', /立行立改|立查立改|即知即改|立知立改|立即整改|马上整改/],
  ['long-term', /长期坚持|长期整改|长期推进|长期任务/],
  ['time-bound', /限期整改|限期完成|限时整改|分阶段整改|集中整改期|阶段性整改/],
];

export function statedTerm(folded: string): Term | undefined {
  const found = terms.filter(([, pattern]) => pattern.test(folded.slice(0, 200)));
  // 立行立改、长期坚持 names two terms: neither is certain.
  return found.length === 1 ? found[0]?.[0] : undefined;
}
