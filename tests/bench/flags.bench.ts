import { CHINA, dayOf, instantOf } from '../../domain/dates.ts';
import { decodeEntry } from '../../domain/decode.ts';
import { flagsOf } from '../../domain/look-back/flags.ts';
import { alike } from '../../domain/look-back/similarity.ts';
import { foldItemView } from '../../domain/replay.ts';
import { readItems } from '../../functions/app/read-partition.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { embeddedStore } from '../kit/embedded-engine.ts';
import { caseLife } from '../kit/histories/case-life.ts';
import { told } from '../kit/histories/story.ts';
import { figure, heading, median } from './figures.ts';
import { fill } from './fill.ts';
import { anIdentity, CASE, daily, item, sampleRows } from './sample-ledger.ts';
import { coldCpuTime, cpuTime, pairedTime } from './timing.ts';

const ITEMS = 50;
const ENTRIES = 110;
const CASES = 100;
/** Each ten times the one before: more items, then the same items with longer histories. */
const SIZES = [
  { name: 'more items', of: [1, 10, 100].map((times) => ({ items: 5 * times, entries: ENTRIES })) },
  { name: 'longer histories', of: [1, 10, 100].map((times) => ({ items: ITEMS, entries: 11 * times })) },
];

function sample(seed: number, items: number, entries: number) {
  const story = caseLife({ seed, items, entries });
  const recorded = told(story);
  const asked = { cut: {}, today: story.today, zone: CHINA };
  const count = recorded.items.reduce((sum, item) => sum + item.events.length, recorded.events.length);
  return { recorded, count, flags: () => flagsOf(recorded, asked) };
}
type Sample = ReturnType<typeof sample>;

/** What cannot be spared: every item folded once. */
const folds = ({ recorded }: Sample) => recorded.items.map(({ events }) => foldItemView(events, CHINA));

/** All flags of a case, of a district, and how the time grows with the entries. */
export async function flags(): Promise<void> {
  heading(`Red flags of a case of ${ITEMS} items, words at hand, one core`);
  const one = sample(1, ITEMS, ENTRIES);
  const { ratio } = await pairedTime(one.flags, () => folds(one), 31);
  const against = `${one.count} entries; ${ratio.toFixed(1)} times the bare fold of the same items`;
  figure('all flags of the case', cpuTime(one.flags, 60), 'ms', { atMost: 50 }, against);
  district();
  for (const { name, of } of SIZES) growth(name, of);
  mouldGrowth('alike', { atMost: 1.4 }, (name) => `${MOULD}${name}牵头各责任科室分工落实对照清单逐项销号`);
  mouldGrowth(
    'in three places',
    {},
    ([a, b, c]) => `围绕群众${a}反映强烈的突出问题建立${b}联席会议制度由牵头各责任${c}科室分工`,
  );
  mouldGrowth('not alike enough', { atMost: 1.4 }, (name) => `建立${name}长效管理机制明确责任分工`);
  await fromStore();
}

/** What somebody waits for who asks: every row read, decoded, and the flags; milliseconds that pass. */
async function fromStore(): Promise<void> {
  const identity = anIdentity();
  const store = await embeddedStore();
  try {
    const { documents } = store.client();
    const table = store.tables.events.name;
    const opening = await sampleRows(identity, { caseId: CASE }, 1, daily(ENTRIES + 1));
    await fill(documents, table, opening);
    for (let n = 1; n <= ITEMS; n += 1) {
      await fill(
        documents,
        table,
        await sampleRows(identity, { caseId: CASE, itemId: item(n) }, 100, daily(100)),
      );
    }
    const events = new DynamoEventStore(documents, table);
    const read = async () => {
      const items = [];
      for await (const { itemId, entries } of readItems(events, CASE)) {
        items.push({ itemId, events: entries.map((entry) => entry.event) });
      }
      return { caseId: CASE, events: opening.map((row) => decodeEntry(row.entry).event), items };
    };
    const asked = { cut: {}, today: dayOf(instantOf(Date.now()), CHINA), zone: CHINA };
    const { one, other } = await pairedTime(async () => flagsOf(await read(), asked), read, 9);
    figure(
      'read from the store, decoded and flagged',
      one,
      'ms',
      {},
      `${other.toFixed(0)} ms of it to read and decode`,
    );
  } finally {
    await store.stop();
  }
}

/** One case after the other, as a read of the district has them; telling their stories is not counted. */
function district(): void {
  let [entries, found, ms, floor] = [0, 0, 0, 0];
  for (let seed = 1; seed <= CASES; seed += 1) {
    const one = sample(seed, ITEMS, ENTRIES);
    entries += one.count;
    ms += coldCpuTime(() => {
      found += one.flags().length;
    });
    const again = sample(seed, ITEMS, ENTRIES);
    floor += coldCpuTime(() => folds(again));
  }
  figure(
    `a district of ${CASES} such cases`,
    ms / 1_000,
    's',
    { atMost: 3 },
    `${entries} entries, ${found} flags; ${(ms / floor).toFixed(1)} times the bare fold, all seen for the first time`,
  );
}

/** The exponent by which the time grows with the entries: the slope of the line through the logarithms. */
function growth(name: string, sizes: readonly { readonly items: number; readonly entries: number }[]): void {
  const points = sizes.map(({ items, entries }) => {
    const one = sample(7, items, entries);
    const rounds = Math.max(3, Math.round(40_000 / one.count));
    const times = [cpuTime(one.flags, rounds), cpuTime(one.flags, rounds), cpuTime(one.flags, rounds)];
    return { count: one.count, ms: median(times), floor: cpuTime(() => folds(one), rounds) };
  });
  const shown = points.map(
    ({ count, ms, floor }) => `${count}: ${ms.toFixed(1)} ms (${(ms / floor).toFixed(1)} folds)`,
  );
  figure(
    `growth with the entries, by ${name}`,
    slope(points),
    'exponent',
    { atMost: 1.15 },
    shown.join(', '),
  );
}

const MOULD = '围绕群众反映强烈的突出问题建立联席会议制度由';
const SIGNS = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉';

/** Measures from one mould, which differ in three characters, each of an item of its own. */
const templated = (count: number, textOf: (name: string) => string) =>
  Array.from({ length: count }, (_, index) => {
    const sign = (place: number): string =>
      SIGNS.charAt(Math.floor(index / SIGNS.length ** place) % SIGNS.length);
    return { owner: String(index), text: textOf(sign(0) + sign(1) + sign(2)) };
  });

function mouldGrowth(
  name: string,
  target: { readonly atMost?: number },
  textOf: (name: string) => string,
): void {
  const points = [500, 2_000, 8_000].map((count) => {
    const texts = templated(count, textOf);
    const rounds = Math.max(1, Math.round(8_000 / count));
    return {
      count,
      found: alike(texts, 85).length,
      ms: median([1, 2, 3].map(() => cpuTime(() => alike(texts, 85), rounds))),
    };
  });
  const shown = points.map(({ count, found, ms }) => `${count}: ${ms.toFixed(1)} ms (${found} alike)`);
  figure(
    `templated measures, ${name}: growth with their number`,
    slope(points),
    'exponent',
    target,
    shown.join(', '),
  );
}

function slope(points: readonly { readonly count: number; readonly ms: number }[]): number {
  const logs = points.map(({ count, ms }) => [Math.log(count), Math.log(ms)] as const);
  const mean = (of: 0 | 1): number => logs.reduce((sum, log) => sum + log[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return covariance / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}
