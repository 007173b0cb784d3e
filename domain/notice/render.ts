import { accountabilityWords, isAccountabilityKind } from './accountability.ts';
import { fenAsYuan } from './amounts.ts';
import { endsSentence } from './characters.ts';
import { markerText } from './markers.ts';
import type { LineRange, NoticeGroup, NoticeTotal } from './report.ts';

/** What a notice says, whether it was read from a text or put together from a ledger. */
export interface NoticeContent {
  header: {
    inspectedBody?: string;
    inspectingBody?: string;
    inspectionFrom?: string;
    inspectionTo?: string;
    feedbackOn?: string;
    totals?: readonly NoticeTotal[];
    narrative?: string;
    /** When given, the header is printed word for word and the fields above are not said again. */
    text?: string;
  };
  groups?: ReadonlyArray<Pick<NoticeGroup, 'printedNumber' | 'heading' | 'text' | 'parent'>>;
  items: ReadonlyArray<{
    printedNumber: string | null;
    heading: string;
    aspect?: string;
    measures: ReadonlyArray<{ printedNumber: string | null; text: string; lines?: LineRange }>;
    notes?: ReadonlyArray<{ text: string; after: number; lines?: LineRange }>;
    group?: number | null;
    /** Where the source is known, what stood on one line of it is printed on one line. */
    headingLines?: LineRange;
  }>;
  tail: { text: string };
}

/** Writes a notice such that reading it again gives the same content: law 7. */
export function renderNotice(notice: NoticeContent): string {
  const blocks: string[] = [notice.header.text ?? headerWords(notice.header)];
  const printedGroups = new Set<number>();
  let aspect: string | undefined;
  for (const item of notice.items) {
    if (notice.groups !== undefined && typeof item.group === 'number') {
      printGroups(notice.groups, item.group, printedGroups, blocks);
    } else if (notice.groups === undefined && item.aspect !== undefined && item.aspect !== aspect) {
      blocks.push(`在“${item.aspect}”方面`);
    }
    aspect = item.aspect;
    blocks.push(...itemBlocks(item));
  }
  blocks.push(notice.tail.text);
  return joined(blocks);
}

function itemBlocks(item: NoticeContent['items'][number]): string[] {
  const blocks = [markerText(item.printedNumber) + item.heading];
  let line = item.headingLines?.[1];
  const print = (text: string, lines: LineRange | undefined) => {
    if (lines !== undefined && lines[0] === line) {
      const before = blocks.pop() ?? '';
      blocks.push(`${before}${endsSentence(before) ? '' : ' '}${text}`);
    } else blocks.push(text);
    line = lines?.[1];
  };
  const notes = item.notes ?? [];
  let next = 0;
  const printNotes = (after: number) => {
    for (let note = notes[next]; note !== undefined && note.after <= after; note = notes[next]) {
      print(note.text, note.lines);
      next += 1;
    }
  };
  item.measures.forEach((measure, index) => {
    printNotes(index);
    print(markerText(measure.printedNumber) + measure.text, measure.lines);
  });
  printNotes(Number.POSITIVE_INFINITY);
  return blocks;
}

function printGroups(
  groups: NonNullable<NoticeContent['groups']>,
  index: number,
  printed: Set<number>,
  blocks: string[],
): void {
  const chain: number[] = [];
  for (let at: number | null = index; at !== null && !printed.has(at); at = groups[at]?.parent ?? null)
    chain.push(at);
  for (const at of chain.reverse()) {
    const group = groups[at];
    if (group === undefined) continue;
    printed.add(at);
    blocks.push(markerText(group.printedNumber) + group.heading);
    if (group.text !== '') blocks.push(group.text);
  }
}

/** A line that does not end as a sentence is parted from the next, lest it be read as broken by the page's width. */
function joined(blocks: readonly string[]): string {
  const lines = blocks.flatMap((block) => (block === '' ? [] : block.split('\n')));
  return `${lines.map((line, index) => (index === lines.length - 1 || endsSentence(line) ? line : `${line}\n`)).join('\n')}\n`;
}

function headerWords(header: NoticeContent['header']): string {
  const { inspectionFrom: from, inspectionTo: to, feedbackOn } = header;
  const [by, of] = [
    header.inspectingBody ?? '',
    header.inspectedBody === undefined ? '' : header.inspectedBody,
  ];
  const said: string[] = [];
  const inspected = `${by}${of === '' ? '' : `对${of}`}进行了巡察。`;
  if (from !== undefined)
    said.push(`${dateWords(from)}${to === undefined ? '起' : `至${dateWords(to)}`},${inspected}`);
  else if (by !== '' || of !== '') said.push(inspected);
  if (feedbackOn !== undefined)
    said.push(`${dateWords(feedbackOn)},${by}${of === '' ? '' : `向${of}`}反馈了巡察意见。`);
  const totals = (header.totals ?? []).map((total) => totalWords(total));
  if (totals.length > 0) said.push(`${totals.join(';')}。`);
  return [said.join(''), header.narrative ?? ''].filter((words) => words !== '').join('\n');
}

function dateWords(date: string): string {
  const [year, month, day] = date.split('-');
  return `${year}年${month === undefined ? '' : `${Number(month)}月`}${day === undefined ? '' : `${Number(day)}日`}`;
}

function totalWords(total: NoticeTotal): string {
  const more = total.inexact ? '余' : '';
  if (isAccountabilityKind(total.kind))
    return `${accountabilityWords(total.kind, total.measure)}${total.value}${more}人`;
  switch (total.kind) {
    case 'fundsFen':
      return `追缴资金${fenAsYuan(total.value)}${more}元`;
    case 'institutions':
      return `建立完善制度${total.value}${more}项`;
    case 'problems':
      return `巡察反馈问题${total.value}${more}个`;
    case 'completed':
      return `已完成整改${total.value}${more}个`;
    case 'basically-completed':
      return `基本完成整改${total.value}${more}个`;
    case 'continuing':
      return `正在整改${total.value}${more}个`;
    case 'not-completed':
      return `未完成整改${total.value}${more}个`;
    default:
      return total.kind satisfies never;
  }
}
