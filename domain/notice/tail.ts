import type { Paragraph } from './source-text.ts';

/** Sentences with which a notice, not an item, comes to its end. */
const farewell =
  /^(?:欢迎|热忱欢迎|诚挚欢迎|敬请|恳请)|^(?:联系方式|联系电话|监督电话|举报电话|联系人|电话|邮政信箱|通[信讯]地址|电子邮箱|邮箱|邮编)\s?[:：]?|^如有(?:意见|建议|疑问)|^特此(?:公告|公布|公示|通报|报告)|^(?:附件|附表|附)\s?\d{0,2}\s?[:：]|^附件\d{0,2}$|^(?:公示|公开|公布|公告)(?:期限?|时间|日期)|^(?:受理|联系|监督)(?:部门|单位|机构|科室|地址|渠道|方式|时间)\s?:|^(?:以上|上述)(?:整改)?情况.{0,20}(?:欢迎|监督)|^此(?:页|件)/;
const prospect = /^(?:下一?步|下阶段|下一阶段|今后|接下来|后续工作|在(?:今后|下一?步|接下来)|总之|虽然|尽管)/;
/** 某某街道将继续… as the first clause of a paragraph. */
const resolve =
  /^.{0,24}(?:党工委|党委|党组|党总支|党支部|街道|镇|乡|局|委|办|院|校|公司|集团|中心|我们)将(?:继续|进一步|以|持续|深入|坚持|按照|认真|切实|严格|在)/;
const dateAlone =
  /^(?:\d{4}|[〇零○一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日$/;
const signature =
  /^[^,。;:、!?]{2,40}(?:委员会|党组|党委|党工委|党总支|党支部|办公室|领导小组|办事处|人民政府|街道|局|院|公司|集团|中心|学校)$/;

export type Ending = 'farewell' | 'prospect';

/** How a paragraph ends the notice, if it does. `next` tells a signature from a name. */
export function endingOf(paragraph: Paragraph, next: Paragraph | undefined): Ending | undefined {
  if (paragraph.marker !== undefined || paragraph.table) return undefined;
  const head = paragraph.folded.slice(0, 80);
  if (farewell.test(head) || dateAlone.test(paragraph.folded)) return 'farewell';
  if (paragraph.folded.length <= 40 && signature.test(paragraph.folded)) {
    if (next === undefined || dateAlone.test(next.folded)) return 'farewell';
  }
  return prospect.test(head) || resolve.test(head) ? 'prospect' : undefined;
}

/**
 * Where the tail begins among the paragraphs from `from` up to `to`, exclusive, that would otherwise end the last
 * item; `to` where it has none. `itemsLookAhead`: other items close with a prospect of their own, so the last one's
 * first is its own too.
 */
export function tailStart(
  paragraphs: readonly Paragraph[],
  from: number,
  to: number,
  itemsLookAhead: boolean,
): number {
  let own = itemsLookAhead;
  // Behind a prospect inside an item its list of measures goes on; behind the notice's own a new list begins.
  const listGoesOn: boolean[] = [];
  let goesOn = false;
  for (let index = to - 1; index >= from; index -= 1) {
    listGoesOn[index] = goesOn;
    const marker = paragraphs[index]?.marker;
    if (marker !== undefined) goesOn = marker.ordinal !== 1;
  }
  for (let index = from; index < to; index += 1) {
    const paragraph = paragraphs[index];
    if (paragraph === undefined) continue;
    const ending = endingOf(paragraph, paragraphs[index + 1]);
    if (ending === 'farewell') return index;
    if (ending !== 'prospect') continue;
    if (own) own = false;
    else if (!listGoesOn[index]) return index;
  }
  return to;
}
