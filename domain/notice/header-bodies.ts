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
    return { start, end: start + name.replace(dependants, '').length };
  }
  return undefined;
}

/** 甲镇党委及所辖6个村: the village branches were looked at too, the notice is the committee's. */
const dependants =
  /(?<=党委|党组|党工委|党总支|党支部)(?:以及|及|和|并|、)?(?:对|其|所辖|下属|下辖|所属|部分|辖区|延伸|\d).*$/;

/** Whether a name holds several bodies, as where some are inspected together. */
export function namesSeveral(name: string): boolean {
  // 和 stands inside names too: 人力资源和社会保障局 is one body, 统战部和工商联 are two.
  const parts = name.split(/和|及|与/);
  return (
    /、|等/.test(name) ||
    (parts.length > 1 && parts.every((part) => /[部办联队]$/.test(part) || bodyName.test(part)))
  );
}

const published =
  /^(?:中共|中国共产党)?(.{2,40}?)(?:关于|落实|对|(?=(?:市委|县委|区委|省委|党委)?(?:巡察|巡视|审计)|整改)).{0,60}(?:整改|巡察|巡视|审计)/;
const bodyName =
  /(?:党组|党委|党工委|党总支|党支部|支部|委员会|局|镇|乡|街道|院|公司|中心|学校|大学|中学|小学|集团|联合会|协会|总工会|馆|站|所|厂|厅|署|社|村|社区|园|基地|银行)$/;

/** The body that a title names: 中共某某局党组关于巡察整改情况的通报, on one line or on two. */
export function titleBody(lines: readonly string[]): string | undefined {
  const head = lines.slice(0, 6);
  for (const [index, line] of head.entries()) {
    const next = head[index + 1] ?? '';
    for (const title of /^关于/.test(next) ? [line, line + next] : [line]) {
      if (title.length > 120 || /[。;；]/.test(title)) continue;
      const name = published.exec(title)?.[1]?.trim();
      if (name !== undefined && bodyName.test(name) && !inspector.test(name)) return name;
    }
  }
  return undefined;
}

const dated = /^(?:\d{4}|[〇零○一二三四五六七八九]{4})年/;

/** The body that signs the notice: its name alone on the line above the date. */
export function signingBody(lines: readonly string[]): string | undefined {
  const date = lines.findLastIndex((line) => line.length <= 16 && dated.test(line));
  const name = lines[date - 1]?.replace(/^中共|^中国共产党/, '').trim();
  if (name === undefined || name.length > 40 || /[,，。;；:：]/.test(name)) return undefined;
  return bodyName.test(name) && !inspector.test(name) ? name : undefined;
}
