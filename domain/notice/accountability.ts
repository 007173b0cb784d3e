import type { AccountabilityKind } from '../entries.ts';
import type { NoticeTotal } from './report.ts';

interface Term {
  kind: AccountabilityKind;
  measure?: string;
}

/** What sources call each kind and measure; a longer name wins over one that it contains. */
const names: ReadonlyArray<readonly [string, Term]> = [
  ...terms('party-discipline', ['党纪处分', '党纪处理', '党纪轻处分', '党纪重处分']),
  ...measures('party-discipline', {
    党内严重警告: '严重警告',
    严重警告: '严重警告',
    党内警告: '警告',
    党纪警告: '警告',
    撤销党内职务: '撤销党内职务',
    留党察看: '留党察看',
    开除党籍: '开除党籍',
  }),
  ...terms('administrative-sanction', ['政务处分', '政纪处分', '行政处分', '政务处理']),
  ...measures('administrative-sanction', {
    政务警告: '警告',
    行政警告: '警告',
    政务记过: '记过',
    政务记大过: '记大过',
    政务降级: '降级',
    政务撤职: '撤职',
    行政记过: '记过',
    行政记大过: '记大过',
    记大过: '记大过',
    记过: '记过',
    降级: '降级',
    撤职: '撤职',
    政务开除: '开除',
    开除公职: '开除',
  }),
  ...terms('admonition', ['诫勉谈话', '诫勉', '谈话诫勉']),
  ...terms('reminder-talk', ['提醒谈话', '谈话提醒', '约谈提醒', '提醒约谈', '批评教育提醒谈话']),
  ...terms('criticism-education', ['批评教育']),
  ...terms('organisational', ['组织处理', '组织调整']),
  ...terms('transferred', [
    '移送司法机关',
    '移送司法',
    '移送检察机关',
    '移送纪检监察机关',
    '移送纪委监委',
    '移送',
  ]),
];
/** 警告 and 开除 are measures of two kinds: which of them, only the words around tell. */
const shared = ['警告', '开除'];
const byName = new Map(names);
const anyName = new RegExp(
  [...byName.keys(), ...shared, '党纪政务处分', '党纪政纪处分', '党政纪处分', '党纪、政务处分']
    .sort((one, other) => other.length - one.length)
    .join('|'),
  'g',
);

function terms(kind: AccountabilityKind, called: readonly string[]): Array<readonly [string, Term]> {
  return called.map((name) => [name, { kind }] as const);
}

function measures(
  kind: AccountabilityKind,
  called: Readonly<Record<string, string>>,
): Array<readonly [string, Term]> {
  return Object.entries(called).map(([name, measure]) => [name, { kind, measure }] as const);
}

export interface FoundTerm extends Term {
  /** Names two kinds at once, or a measure of either: it cannot be counted for one. */
  joint?: true;
}

/** The kinds and measures that a phrase names, in order. `context` is the kind last spoken of. */
export function termsIn(phrase: string, context: AccountabilityKind | undefined): FoundTerm[] {
  const found: FoundTerm[] = [];
  for (const [name] of phrase.matchAll(anyName)) {
    const term = byName.get(name);
    if (term !== undefined) found.push(term);
    else if (shared.includes(name) && context === 'party-discipline' && name === '警告')
      found.push({ kind: context, measure: name });
    else if (shared.includes(name) && context === 'administrative-sanction')
      found.push({ kind: context, measure: name });
    else found.push({ kind: context ?? 'party-discipline', joint: true });
  }
  // 党内警告处分 and 给予记过政务处分 name the measure and then its kind: the measure says both.
  return found.filter(
    (term, index) => !isRepeated(term, found[index - 1]) && !isRepeated(term, found[index + 1]),
  );
}

function isRepeated(term: FoundTerm, neighbour: FoundTerm | undefined): boolean {
  return (
    term.measure === undefined &&
    !term.joint &&
    neighbour?.measure !== undefined &&
    neighbour.kind === term.kind
  );
}

const words: Record<AccountabilityKind, string> = {
  'party-discipline': '党纪处分',
  'administrative-sanction': '政务处分',
  admonition: '诫勉谈话',
  'reminder-talk': '提醒谈话',
  'criticism-education': '批评教育',
  organisational: '组织处理',
  transferred: '移送司法机关',
};
const prefixes: Partial<Record<AccountabilityKind, string>> = {
  'party-discipline': '党内',
  'administrative-sanction': '政务',
};

export function isAccountabilityKind(kind: string): kind is AccountabilityKind {
  return Object.hasOwn(words, kind);
}

/** The words for a kind, or for one of its measures, such that `termsIn` reads them as that and nothing else. */
export function accountabilityWords(kind: AccountabilityKind, measure: string | undefined): string {
  if (measure === undefined) return words[kind];
  const prefixed = `${prefixes[kind] ?? ''}${measure}`;
  return byName.has(prefixed) ? prefixed : measure;
}

export interface AccountabilityCount {
  kind: AccountabilityKind;
  measure?: string;
  persons: number;
  inexact?: true;
}

/**
 * What to record of a header's accountability so that nobody is counted twice: of a sum that is broken down its
 * parts, and what the parts leave over without a measure; where the parts exceed the sum, the sum alone.
 */
export function accountabilityToRecord(totals: readonly NoticeTotal[]): AccountabilityCount[] {
  const counts: AccountabilityCount[] = [];
  let index = 0;
  while (index < totals.length) {
    const sum = totals[index] as NoticeTotal;
    const parts = breakdownAt(totals, index);
    index += 1 + parts.length;
    if (!isAccountabilityKind(sum.kind)) continue;
    const counted = parts.reduce((persons, part) => persons + part.value, 0);
    if (parts.length === 0 || counted > sum.value) {
      counts.push(count(sum.kind, sum));
      continue;
    }
    for (const part of parts) counts.push(count(sum.kind, part));
    if (counted < sum.value) {
      counts.push({
        kind: sum.kind,
        persons: sum.value - counted,
        ...(sum.inexact ? { inexact: true } : {}),
      });
    }
  }
  return counts;
}

/** The parts that follow a sum directly. */
export function breakdownAt(totals: readonly NoticeTotal[], index: number): NoticeTotal[] {
  const sum = totals[index];
  const parts: NoticeTotal[] = [];
  if (sum === undefined || sum.measure !== undefined) return parts;
  for (let next = index + 1; next < totals.length; next += 1) {
    const part = totals[next];
    if (part === undefined || part.kind !== sum.kind || part.measure === undefined) break;
    parts.push(part);
  }
  return parts;
}

function count(kind: AccountabilityKind, total: NoticeTotal): AccountabilityCount {
  return {
    kind,
    ...(total.measure === undefined ? {} : { measure: total.measure }),
    persons: total.value,
    ...(total.inexact ? { inexact: true } : {}),
  };
}
