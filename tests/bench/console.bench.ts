import { gzipSync } from 'node:zlib';
import { html } from 'hono/html';
import { type CaseId, caseId, mintItemId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { visitor } from '../kit/console-visitor.ts';
import { accepted } from '../kit/ledger-bench.ts';
import { people } from '../kit/people.ts';
import { figure, heading, note } from './figures.ts';
import { pairedTime } from './timing.ts';

const SIZES = [500, 1_000] as const;
const ROUNDS = 25;
const TITLE_CHARACTERS = 28;

/**
 * (g) The register as a page, whole: session, reading, filters, charts and table, against nothing but a table of as
 * many rows and cells written with hono's templates, and against reading the rows.
 */
export async function consolePages(): Promise<void> {
  heading('The register as a page');
  const bench = await apiBench();
  try {
    const reviewer = await visitor(bench, people.reviewer);
    for (const size of SIZES) {
      const id = await filledCase(bench, size);
      const page = async (): Promise<string> => (await reviewer.show(`/cases/${id}`)).html;
      const text = await page();
      const rows = text.split('<tr>').length - 1;
      const read = () => bench.ledger.register(people.reviewer, id, {}, { limit: 1_000 }, {});
      const { one, other, ratio } = await pairedTime(page, () => bareTable(rows), ROUNDS);
      const reading = await pairedTime(page, read, ROUNDS);
      // Both of one series: what other programs did falls on both alike.
      const rendering = reading.one - reading.other;
      note(`${size} items: ${rows} rows on the page, ${text.length} characters`);
      figure(
        `p50 of the page, reading apart, ${size} items`,
        rendering,
        'ms',
        size === 500 ? { atMost: 20 } : {},
      );
      note(
        `p50 of the page, reading included: ${one.toFixed(1)} ms; of reading alone ${reading.other.toFixed(1)} ms`,
      );
      note(
        `a bare table of as many cells: ${other.toFixed(2)} ms; the page takes ${ratio.toFixed(1)} times as long`,
      );
      figure(`transferred with gzip, ${size} items`, gzipSync(text).length / 1_000, 'KB', { atMost: 100 });
    }
    const item = async () => (await reviewer.show(`/cases/${idOf(500)}/items/0001`)).html;
    const { one } = await pairedTime(item, () => bareTable(20), ROUNDS);
    note(`p50 of an item’s page: ${one.toFixed(1)} ms`);
  } finally {
    await bench.stop();
  }
}

const idOf = (size: number): CaseId => caseId(`bench-${size}-items`) as CaseId;

/** Common characters in no order: they pack no better than real titles do. */
function title(seed: number): string {
  let state = seed * 2_654_435_761 + 97;
  return Array.from({ length: TITLE_CHARACTERS }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCharCode(0x4e00 + ((state >>> 8) % 3_000));
  }).join('');
}

async function filledCase({ ledger, projected }: ApiBench, size: number): Promise<CaseId> {
  const id = idOf(size);
  const opening = { title: '巡察整改', inspectedBody: '甲', inspectingBody: '乙', feedbackOn: '2026-01-15' };
  accepted(await ledger.openCase(people.committee, id, { data: opening }, {}));
  for (let n = 1; n <= size; n += 1) {
    accepted(await ledger.raiseIssue(people.committee, id, { data: { title: title(n) } }, {}));
    const itemId = mintItemId(n);
    if (!itemId) throw new Error('no such item');
    const record = async (type: string, data: object) => {
      const outcome = await ledger.recordOnItem(people.committee, id, itemId, { type, data }, {});
      if (isRefusal(outcome)) throw new Error(outcome.detail);
    };
    const deadline = `2026-${String((n % 12) + 1).padStart(2, '0')}-28`;
    await record('OfficeAssigned', { lead: `单位${n % 12}`, supporting: [`单位${(n % 12) + 12}`], deadline });
    await record('MeasureAdopted', { text: title(n + 10_000) });
  }
  await projected();
  return id;
}

/** As many rows of ten cells, and nothing else. */
const bareTable = (rows: number): string =>
  String(
    html`<table>${Array.from({ length: rows }, (_, n) => html`<tr>${Array.from({ length: 10 }, (_, cell) => html`<td>${`${n} ${cell}`}</td>`)}</tr>`)}</table>`,
  );
