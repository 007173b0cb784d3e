import type { CutEcho } from '../../domain/cut.ts';
import type { ZoneOffset } from '../../domain/dates.ts';
import type { CaseDeadlines, CountedOn } from '../app/case-deadlines.ts';
import { inert } from '../cli/output.ts';
import { shorten } from '../cli/table.ts';
import { digestWords } from '../console/texts/digest.ts';
import { frame } from '../console/texts/frame.ts';
import { COLON, COMMA, type Language } from '../console/texts/language.ts';
import { timeWords } from '../console/texts/time.ts';
import { momentIn } from '../console/time/moment.ts';
import { byOffice, type OfficeDigest } from './by-office.ts';

export interface DigestContent {
  readonly counted: CountedOn;
  readonly cases: readonly CaseDeadlines[];
  readonly cut?: CutEcho | undefined;
}

/** Columns of a title: enough to know the item by. */
const TITLE_WIDTH = 100;

/**
 * The digest as plain text, each item a line. Where `mostBytes` of UTF-8 are not enough for all of it, it holds the
 * counts of every office and as many items of each as fit, and says how many more there are.
 */
export function composeDigest(
  content: DigestContent,
  language: Language,
  mostBytes = Number.POSITIVE_INFINITY,
): string {
  const offices = byOffice(content.cases);
  const fits = (text: string): boolean => Buffer.byteLength(text) <= mostBytes;
  const text = (items: number, shown = offices.length): string =>
    composed(content, offices, language, items, shown);
  const whole = text(Number.POSITIVE_INFINITY);
  if (fits(whole)) return whole;
  const longest = Math.max(
    ...offices.flatMap(({ overdue, due, silent }) => [overdue.length, due.length, silent.length]),
  );
  const items = mostThat((count) => fits(text(count)), longest);
  if (items !== undefined) return text(items);
  return text(0, mostThat((count) => fits(text(0, count)), offices.length) ?? 0);
}

/** The greatest count up to `limit` that holds, where a greater one holds only if every smaller does. */
function mostThat(holds: (count: number) => boolean, limit: number): number | undefined {
  if (!holds(0)) return undefined;
  let most = 0;
  let least = limit + 1;
  while (least - most > 1) {
    const middle = Math.floor((most + least) / 2);
    if (holds(middle)) most = middle;
    else least = middle;
  }
  return most;
}

function composed(
  { counted, cut }: DigestContent,
  offices: readonly OfficeDigest[],
  language: Language,
  items: number,
  shown: number,
): string {
  const words = digestWords[language];
  const more = offices.length - shown;
  const cutShort = more > 0 || offices.some((one) => LISTS.some((list) => one[list].length > items));
  const lines = [
    words.title(counted.day),
    ...cutLines(cut, counted.zone, language),
    ...(cutShort ? [words.whole] : []),
    offices.length === 0 ? words.nothing : countsOf(words.all, offices, counted, language),
    ...offices.slice(0, shown).flatMap((one) => ['', ...officeLines(one, counted, language, items)]),
    ...(more > 0 ? ['', words.moreOffices(more)] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const LISTS = ['overdue', 'due', 'silent'] as const;

function headings({ withinDays, silentDays }: CountedOn, language: Language) {
  const words = digestWords[language];
  return { overdue: words.overdue, due: words.due(withinDays), silent: words.silent(silentDays) };
}

function countsOf(
  name: string,
  offices: readonly OfficeDigest[],
  counted: CountedOn,
  language: Language,
): string {
  const heading = headings(counted, language);
  const counts = LISTS.map(
    (list) => `${heading[list]} ${offices.reduce((sum, one) => sum + one[list].length, 0)}`,
  );
  return name + COLON[language] + counts.join(COMMA[language]);
}

function officeLines(
  office: OfficeDigest,
  counted: CountedOn,
  language: Language,
  items: number,
): readonly string[] {
  const words = digestWords[language];
  const heading = headings(counted, language);
  const title = (text: string | null): string => shorten(inert(text ?? frame[language].erased), TITLE_WIDTH);
  const entries = {
    overdue: office.overdue.map((one) => [one, words.until(one.deadline), words.over(one.days)] as const),
    due: office.due.map((one) => [one, words.until(one.deadline), words.left(one.days)] as const),
    silent: office.silent.map((one) => [one, words.since(one.since), words.quiet(one.days)] as const),
  };
  return [
    countsOf(office.office === null ? words.nobody : inert(office.office), [office], counted, language),
    ...LISTS.flatMap((list) => {
      const all = entries[list];
      if (all.length === 0 || items === 0) return [];
      return [
        `  ${heading[list]}`,
        ...all
          .slice(0, items)
          .map(
            ([item, day, days]) => `    ${item.caseId}/${item.itemId}  ${title(item.title)}  ${day}  ${days}`,
          ),
        ...(all.length > items ? [`    ${words.moreItems(all.length - items)}`] : []),
      ];
    }),
  ];
}

/** Which picture it is, where it is not the present one. */
function cutLines(cut: CutEcho | undefined, zone: ZoneOffset, language: Language): readonly string[] {
  if (!cut) return [];
  const { recordedAsOf, effectiveOn, laterEntries } = cut;
  const words = timeWords[language];
  // All that is recorded counts here: there is no cut after which entries could be later.
  if (recordedAsOf === undefined)
    return effectiveOn === undefined ? [] : [words.effectivePicture(effectiveOn)];
  const at = momentIn(recordedAsOf, zone, language);
  const picture = effectiveOn === undefined ? words.recordedPicture(at) : words.bothPicture(effectiveOn, at);
  return [picture, words.later(laterEntries)];
}
