import { readdirSync, readFileSync } from 'node:fs';
import type { NoticeItem, NoticeTotal } from '../../../domain/notice/report.ts';

/** One notice in our own words, and what a person reads in it. */
export interface Layout {
  name: string;
  text: string;
  header: Record<string, string>;
  totals: string[];
  items: string[];
  measures: ExpectedMeasure[][];
  /** Why it is no notice. */
  none?: string;
}

interface ExpectedMeasure {
  number: string | null;
  occurredOn: string | undefined;
  /** How its text begins. */
  begins: string;
}

const folder = new URL('./layouts/', import.meta.url);

/** A file holds notices, each as `=== name`, its text, `---` and the expected reading, one fact a line. */
export function layouts(): Layout[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split(/^=== /m).slice(1))
    .map((block) => {
      const [head, expected = ''] = block.split(/^--- ?\n/m) as [string, string?];
      const [name = '', ...lines] = head.split('\n');
      return { name, text: lines.join('\n'), ...expectation(expected) };
    });
}

function expectation(text: string): Omit<Layout, 'name' | 'text'> {
  const found: Omit<Layout, 'name' | 'text'> = { header: {}, totals: [], items: [], measures: [] };
  for (const line of text.split('\n').filter((words) => words !== '')) {
    const measure = /^ {2}(\S+) (?:\[(\S+)\] )?(.+)$/.exec(line);
    const [key = '', ...rest] = line.split(' ');
    const value = rest.join(' ');
    if (measure !== null)
      found.measures.at(-1)?.push({
        number: measure[1] === '-' ? null : (measure[1] ?? ''),
        occurredOn: measure[2],
        begins: measure[3] ?? '',
      });
    else if (key === 'item') {
      found.items.push(value);
      found.measures.push([]);
    } else if (key === 'total') found.totals.push(value);
    else if (key === 'none') found.none = value;
    else found.header[key] = value;
  }
  return found;
}

export function summaryOf(item: NoticeItem): string {
  const said = [
    `${item.printedNumber ?? '-'} | ${item.title}`,
    item.aspect && `aspect ${item.aspect}`,
    item.statedStatus && `status ${item.statedStatus}`,
    item.term && `term ${item.term}`,
  ];
  return said.filter(Boolean).join(' | ');
}

export function totalOf(total: NoticeTotal): string {
  return [total.kind, total.measure, total.value, total.inexact && '+']
    .filter((part) => part !== undefined)
    .join(' ');
}
