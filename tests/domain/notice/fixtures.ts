import { readFileSync } from 'node:fs';
import { parseNotice } from '../../../domain/notice/parse.ts';
import type { NoticeItem, ParsedNotice } from '../../../domain/notice/report.ts';

export const fixtureNames = [
  'aspects-only',
  'audit-money',
  'digest',
  'hard-wrapped',
  'label-value',
  'likely-only',
  'nested-problems',
  'odd-forms',
  'one-line-measures',
  'parts-and-aspects',
  'sub-headings',
  'terms-continued-numbering',
  'unmarked-headings',
  'windows-page',
] as const;

export type FixtureName = (typeof fixtureNames)[number];

export function fixture(name: FixtureName): string {
  return readFileSync(new URL(`./${name}.txt`, import.meta.url), 'utf8');
}

export function read(text: string): ParsedNotice {
  const parsed = parseNotice(text);
  if (parsed.kind !== 'notice') throw new Error(`not a notice: ${parsed.reason}`);
  return parsed;
}

/** What law 7 compares: everything but line ranges and counts. */
export function content(notice: ParsedNotice): unknown {
  const places = new Set(['lines', 'line', 'totalLines', 'headingLines']);
  const words = { ...notice, warnings: undefined };
  return JSON.parse(JSON.stringify(words, (key, value) => (places.has(key) ? undefined : value)));
}

export function titles(notice: ParsedNotice): string[] {
  return notice.items.map((item) => item.title);
}

export function numbers(item: NoticeItem | undefined): Array<string | null> | undefined {
  return item?.measures.map((measure) => measure.printedNumber);
}

export function codes(notice: ParsedNotice): string[] {
  return notice.warnings.map((warning) => `${warning.line} ${warning.code}`);
}
