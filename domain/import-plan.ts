import type { Json } from './canonical.ts';
import { type PartialDate, partialDate } from './dates.ts';
import type { EventType, Source } from './events.ts';
import { uuidV5 } from './hashing.ts';
import { accountabilityToRecord } from './notice/accountability.ts';
import type { LineRange, NoticeItem, NoticeTotal, ParsedNotice } from './notice/report.ts';

/** One entry that an import records. Its command id says where in which text it stands, so it is known again. */
export interface PlannedEntry {
  readonly type: EventType;
  readonly occurredOn: PartialDate | undefined;
  /** Structure and words together, unchecked. */
  readonly data: { readonly [name: string]: Json | undefined };
  readonly commandId: string;
  readonly source: Source;
}

export interface PlannedItem {
  readonly raised: PlannedEntry;
  readonly measures: readonly PlannedEntry[];
}

export interface ImportPlan {
  /** Undefined where the header does not say what a case needs. */
  readonly opening: PlannedEntry | undefined;
  readonly totals: readonly PlannedEntry[];
  readonly items: readonly PlannedItem[];
  /** Recorded last: where they stand, the text was imported whole, however a later release may read it. */
  readonly completion: readonly PlannedEntry[];
}

/** The name space of command ids of imported lines: a UUID of the product's own. */
const IMPORT_NAMESPACE = 'b9a3a5f8-3e0c-4f0f-9a51-6a0a8b1f7d42';

/** The command id of one place in one text: UUIDv5 of (SHA-256 of the text without its byte order mark, with LF line ends, its end trimmed; place). */
export const importCommandId = (sha256: string, place: string): string =>
  uuidV5(IMPORT_NAMESPACE, `${sha256} ${place}`);

/** Words longer than this are recorded in several entries, so that no entry grows beyond its limit. */
const PIECE = 3_000;

/** What a notice becomes, in the order in which it is recorded. Nothing is closed by an import. */
export function planImport(
  notice: ParsedNotice,
  /** Of the text to the byte: what `source` names. */
  sha256: string,
  /** Of the text however it was saved (byte order mark, line ends, blank end): what command ids rest on. */
  sameness: string,
  parserVersion: string,
): ImportPlan {
  const { header, tail } = notice;
  const feedbackOn = header.feedbackOn === undefined ? undefined : partialDate(header.feedbackOn);
  const entry = (
    type: EventType,
    place: string,
    lines: LineRange | null,
    data: PlannedEntry['data'],
    occurredOn?: PartialDate,
  ): PlannedEntry => ({
    type,
    occurredOn,
    data,
    commandId: importCommandId(sameness, place),
    source: { sha256, ...(lines ? { lines: [lines[0], lines[1]] } : {}) },
  });

  const placeOf = placesByLine();
  const { inspectedBody, inspectingBody } = header;
  const opening =
    inspectedBody === undefined || inspectingBody === undefined || feedbackOn === undefined
      ? undefined
      : entry(
          'CaseOpened',
          'case',
          header.lines,
          {
            title: `${inspectedBody}巡察整改`,
            inspectedBody,
            inspectingBody,
            feedbackOn,
            inspection:
              header.inspectionFrom !== undefined && header.inspectionTo !== undefined
                ? { from: header.inspectionFrom, to: header.inspectionTo }
                : undefined,
          },
          feedbackOn,
        );

  const counts = { ...notice.lines, numbered: numbered(notice.items), notices: notice.items.length };
  const narrative = pieces(header.narrative);
  const endings = pieces(tail.text);
  const parts = Math.max(1, narrative.length, endings.length);
  const imported = Array.from({ length: parts }, (_, index) =>
    entry(
      'SourceImported',
      `source ${index + 1}`,
      index === 0 ? [1, Math.max(1, notice.lines.total)] : null,
      {
        sha256,
        parserVersion,
        counts,
        narrative: narrative[index],
        tail: endings[index],
      },
    ),
  );

  return {
    opening,
    totals: totals(notice, entry),
    completion: imported,
    items: notice.items.map((item) => ({
      raised: entry(
        'IssueRaised',
        placeOf('item', item.lines[0]),
        item.lines,
        {
          title: item.title,
          printedNumber: item.printedNumber ?? undefined,
          heading: item.heading === item.title ? undefined : item.heading,
          aspect: item.aspect,
          statedStatus: item.statedStatus,
        },
        feedbackOn,
      ),
      measures: item.measures.map((measure) =>
        entry(
          'MeasureAdopted',
          placeOf('measure', measure.lines[0]),
          measure.lines,
          { text: measure.text, printedNumber: measure.printedNumber ?? undefined },
          measure.occurredOn === undefined ? undefined : partialDate(measure.occurredOn),
        ),
      ),
    })),
  };
}

/** Names places by their line: `item 12`, and `measure 13`, `measure 13 (2)` where a line holds several. */
function placesByLine(): (what: 'item' | 'measure', line: number) => string {
  const counted = new Map<string, number>();
  return (what, line) => {
    const place = `${what} ${line}`;
    const count = (counted.get(place) ?? 0) + 1;
    counted.set(place, count);
    return count === 1 ? place : `${place} (${count})`;
  };
}

type MakeEntry = (
  type: EventType,
  place: string,
  lines: LineRange | null,
  data: PlannedEntry['data'],
) => PlannedEntry;

/** What the header counts: accountability, institutions, money. Counts of problems are no facts of their own. */
function totals({ header }: ParsedNotice, entry: MakeEntry): PlannedEntry[] {
  const lines = header.totalLines[0] ?? header.lines;
  const entries = accountabilityToRecord(header.totals).map((count, index) =>
    entry('AccountabilityRecorded', `accountability ${index + 1}`, lines, {
      kind: count.kind,
      measure: count.measure,
      persons: count.persons,
      inexact: count.inexact,
    }),
  );
  header.totals.forEach((total: NoticeTotal, index) => {
    const at = header.totalLines[index] ?? lines;
    if (total.kind === 'institutions' && total.value > 0) {
      entries.push(entry('InstitutionRecorded', `total ${index + 1}`, at, { count: total.value }));
    }
    if (total.kind === 'fundsFen') {
      entries.push(entry('FundsRecovered', `total ${index + 1}`, at, { amountFen: total.value }));
    }
  });
  return entries;
}

const numbered = (items: readonly NoticeItem[]): number =>
  items.reduce(
    (sum, item) => sum + item.measures.filter((measure) => measure.printedNumber !== null).length,
    0,
  );

function pieces(text: string): string[] {
  const found: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const cut = rest.length <= PIECE ? rest.length : Math.max(1, rest.lastIndexOf('\n', PIECE));
    const end = cut <= 1 ? PIECE : cut;
    // A surrogate pair stays whole.
    const safe = /[\ud800-\udbff]/.test(rest.charAt(end - 1)) ? end - 1 : end;
    found.push(rest.slice(0, safe).trim());
    rest = rest.slice(safe).trim();
  }
  return found;
}
