import type { ZoneOffset } from '../../../domain/dates.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import type { Paged, SupervisedEntry } from '../../app/ledger.ts';
import { BYTE_ORDER_MARK, type Cell, csvLines } from '../../documents/csv.ts';
import { fieldLabel } from '../form/field-label.ts';
import { entryName } from '../texts/entry-name.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { exactText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import { showRefusedTrail } from './supervision.tsx';
import { readTrail, readTrailQuery } from './trail-query.ts';
import { zoneName } from './trail-words.ts';

const ROWS = 1_000;
function headerRow(language: Language, zone: ZoneOffset): readonly string[] {
  const t = supervisionWords[language];
  const recorded = t.recordedIn(zoneName(zone));
  const { case: ofCase, item } = terms[language];
  const role = fieldLabel(language, 'role');
  return [recorded, t.actor, role, t.office, ofCase, item, t.seq, t.what, t.happened, t.lag];
}

function entryRow(language: Language, zone: ZoneOffset, entry: SupervisedEntry): readonly Cell[] {
  const { recordedAt, actor, caseId, itemId, seq, type, occurredOn, lagDays } = entry;
  return [
    exactText(recordedAt, zone),
    actor.sub,
    words[language].role[actor.role],
    actor.office,
    caseId,
    itemId ?? '',
    seq,
    entryName(language, type),
    occurredOn ?? frame[language].unknown,
    lagDays,
  ];
}

/** The whole trail of these filters as a file, oldest first. A filter that is refused is shown beside its form. */
export async function sendTrail(visit: SignedIn): Promise<Response> {
  const { c, today } = visit;
  const query = { ...readTrailQuery(visit), cursor: undefined };
  const read = (cursor: string | undefined) => readTrail(visit, { ...query, cursor }, 'oldest', ROWS);
  const first = await read(undefined);
  if (isRefusal(first)) return showRefusedTrail(visit, query, first);
  return c.body(csvStream(visit, first, read), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="taizhang-supervision-${today}.csv"`,
    'Cache-Control': 'no-store',
    Vary: 'Cookie',
  });
}

/** Page by page as the reader takes it. A fault on the way breaks the file off, so that nobody takes a part for the whole. */
function csvStream(
  { c, deps, console, language }: SignedIn,
  first: Paged<SupervisedEntry>,
  read: (cursor: string) => Promise<Paged<SupervisedEntry> | Refusal>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { zone } = console;
  const lines = (page: Paged<SupervisedEntry>): string =>
    csvLines(page.data.map((entry) => entryRow(language, zone, entry)));
  let next: string | undefined = first.nextCursor;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const begun = BYTE_ORDER_MARK + csvLines([headerRow(language, zone)]) + lines(first);
        controller.enqueue(encoder.encode(begun));
        if (next === undefined) controller.close();
      },
      async pull(controller) {
        try {
          const page = await read(next ?? '');
          if (isRefusal(page)) throw new Error(`the trail was refused on the way: ${page.refused}`);
          controller.enqueue(encoder.encode(lines(page)));
          next = page.nextCursor;
          if (next === undefined) controller.close();
        } catch (fault) {
          const requestId = c.get('requestId');
          deps.log('warn', 'a file broke off', { requestId, cause: String(fault) });
          controller.error(fault);
        }
      },
    },
    { highWaterMark: 0 },
  );
}
