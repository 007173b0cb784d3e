/** Where a name stands in its sentence. */
export interface NameRange {
  start: number;
  end: number;
}

const inspects =
  /对([^,。;:]{2,60}?)(?:党组织)?(?:开展|进行|实施)(?:了|为期)?[^。;]{0,40}?(?:巡察|巡视|审计|督察|检查|回头看)/;
const answers = /向([^,。;:]{2,60}?)(?:党组织)?(?:领导班子)?(?:反馈|通报|进行了?反馈)/;
const inspector =
  /(?:巡察|巡视|审计|督察|督查|检查|督导)(?:[一二三四五六七八九十\d]{1,3})?组|审计[局厅署]|巡察办/;
/** 我局 and 该镇 name nobody. */
const pronoun = /^(?:我|本|该|贵|其)[^,]{0,6}$|^(?:各|相关|有关|被)|^\d+(?:家|个)/;

/** The name before 对 or 向, as far back as its clause goes. */
export function readInspectingBody(sentence: string): NameRange | undefined {
  for (const pattern of [inspects, answers]) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    const clause = sentence.slice(Math.max(0, match.index - 80), match.index);
    const offset = match.index - clause.length;
    const from =
      Math.max(
        clause.lastIndexOf(','),
        clause.lastIndexOf('。'),
        clause.lastIndexOf(';'),
        clause.lastIndexOf(':'),
      ) + 1;
    // A date may stand before the name or behind it without a comma.
    const named = clause.slice(from);
    const lead = /^.*?\d(?:日|月|旬|底|初)(?:起|间|期间)?(?=[^\d\s]*组)/.exec(named)?.[0].length ?? 0;
    const rest = named.slice(lead);
    const tail = /(?:于|在|自|从)?\s?\d.*$|(?:于|在|已|又|正式|先后|分别)+$/.exec(rest);
    const name = (tail === null ? rest : rest.slice(0, tail.index)).trim();
    if (name.length < 3 || name.length > 40 || !inspector.test(name)) continue;
    const start = offset + from + lead + rest.indexOf(name);
    return { start, end: start + name.length };
  }
  return undefined;
}

export function readInspectedBody(sentence: string): NameRange | undefined {
  if (!inspector.test(sentence) && !/巡察|巡视|审计/.test(sentence)) return undefined;
  for (const pattern of [inspects, answers]) {
    const match = pattern.exec(sentence);
    const name = match?.[1]?.trim();
    if (match === null || name === undefined || name.length < 2 || pronoun.test(name)) continue;
    if (/问题|意见|情况|整改|干部|群众|社会/.test(name)) continue;
    const start = match.index + 1 + (match[1] ?? '').indexOf(name);
    return { start, end: start + name.length };
  }
  return undefined;
}

const published = /^(?:中共)?(.{2,40}?)(?:关于|落实|对).{0,60}(?:整改|巡察|巡视|审计)/;
const bodyName =
  /(?:党组|党委|党工委|党总支|党支部|委员会|局|镇|乡|街道|院|公司|中心|学校|大学|中学|小学|集团|联合会|协会|总工会)$/;

/** The body that a title line names: 中共某某局党组关于巡察整改情况的通报. */
export function titleBody(lines: readonly string[]): string | undefined {
  for (const line of lines.slice(0, 6)) {
    if (line.length > 120 || /[。;；]/.test(line)) continue;
    const name = published.exec(line)?.[1]?.trim();
    if (name !== undefined && bodyName.test(name)) return name;
  }
  return undefined;
}
