import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiBench, apiBench } from '../kit/api-bench.ts';
import { freshCase } from '../kit/event-rows.ts';
import { accepted, allRows } from '../kit/ledger-bench.ts';
import { people } from '../kit/people.ts';
import { chainHolds } from '../kit/recheck.ts';

vi.setConfig({ testTimeout: 120_000 });

interface Expected {
  readonly items: number;
  readonly numbered: number;
  /** Body paragraphs without a number: measures of their own, or continued ones. */
  readonly unnumbered: number;
  readonly totals: readonly (readonly [string, number])[];
  readonly institutions: number;
  readonly fundsFen: number;
}

// The notice is kept beside the repository, never in it.
const real = new URL('../../../shared/notices/panhuo-2024.txt', import.meta.url);
const own = new URL('../../functions/local/example/notice.txt', import.meta.url);

const REAL: Expected = {
  ...{ items: 45, numbered: 113, unnumbered: 10, institutions: 13, fundsFen: 0 },
  totals: [
    ['party-discipline', 1],
    ['administrative-sanction', 3],
    ['administrative-sanction 记大过', 1],
    ['administrative-sanction 记过', 2],
    ['reminder-talk', 18],
    ['criticism-education', 2],
    ['admonition', 1],
    ['institutions', 13],
  ],
};
const OWN: Expected = {
  ...{ items: 36, numbered: 107, unnumbered: 8, institutions: 22, fundsFen: 18_640_000 },
  totals: [
    ['party-discipline', 2],
    ['administrative-sanction', 4],
    ['administrative-sanction 警告', 1],
    ['administrative-sanction 记过', 3],
    ['admonition', 3],
    ['reminder-talk', 20],
    ['criticism-education', 7],
    ['institutions', 22],
    ['fundsFen', 18_640_000],
  ],
};

interface Measure {
  readonly text: string;
  readonly printedNumber: string | null;
}

describe('a notice imported over the API', () => {
  let api: ApiBench;
  beforeAll(async () => {
    api = await apiBench();
  });
  afterAll(() => api?.stop());

  const texts: [string, URL, Expected][] = [['our own', own, OWN]];
  if (existsSync(real)) texts.push(['the real one', real, REAL]);

  test.each(texts)('%s: everything that it says, once', async (_, file, expected) => {
    const notice = readFileSync(file, 'utf8');
    const inCase = `/v1/cases/${freshCase()}`;
    const send = async (query: string) =>
      (await api.ask(people.committee, 'POST', `${inCase}/import${query}`, notice)).body;
    const dry = await send('');
    const committed = await send('?commit=true');
    expect({ ...committed, committed: false, recorded: 0 }).toEqual(dry);
    const { header, lines } = dry;
    expect(
      header.totals.map((total: { kind: string; measure?: string; value: number }) => [
        [total.kind, total.measure].filter(Boolean).join(' '),
        total.value,
      ]),
    ).toEqual(expected.totals);
    expect(lines.header + lines.items + lines.measures + lines.tail + lines.ignored).toBe(lines.total);

    const { data } = (await api.ask(people.committee, 'GET', `${inCase}/items?limit=1000`)).body;
    const measures: Measure[] = data.flatMap((item: { measures: Measure[] }) => item.measures);
    expect(data).toHaveLength(expected.items);
    expect(measures.filter((measure) => measure.printedNumber !== null)).toHaveLength(expected.numbered);
    const bare = measures.filter((measure) => measure.printedNumber === null).length;
    const continued = measures.reduce((sum, measure) => sum + measure.text.split('\n').length - 1, 0);
    expect(bare + continued).toBe(expected.unnumbered);
    // Whatever the text says of an item, an import closes none.
    expect(data.every((item: { status: string }) => item.status !== 'closed')).toBe(true);
    const about = (await api.ask(people.committee, 'GET', inCase)).body;
    expect(about).toMatchObject({ institutions: expected.institutions, fundsFen: expected.fundsFen });
    expect(about.counts.items).toBe(expected.items);

    const count = (await allRows(api.deps.events)).length;
    expect(await send('?commit=true')).toMatchObject({ committed: true, recorded: 0 });
    expect(await allRows(api.deps.events)).toHaveLength(count);
  });

  test('imported twice at once, by two ledgers that share no queue: once', async () => {
    const text = readFileSync(own, 'utf8');
    const caseId = freshCase();
    const ledgers = [api.another(), api.another()];
    const reports = await Promise.all(
      ledgers.map((ledger) => ledger.importNotice(people.committee, caseId, text, true)),
    );
    const rows = (await allRows(api.deps.events)).filter(({ entry }) => entry.caseId === caseId);
    const commands = rows.map(({ entry }) => (JSON.parse(entry.header) as { commandId: string }).commandId);
    expect(new Set(commands).size).toBe(commands.length);
    const recorded = reports.map((report) => accepted(report).recorded);
    expect(recorded.reduce((sum, one) => sum + one, 0)).toBe(rows.length);
    expect(accepted(await api.ledger.importNotice(people.committee, caseId, text, true)).recorded).toBe(0);
    await chainHolds(api.deps);
  });
});
