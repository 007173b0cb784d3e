import { randomUUID } from 'node:crypto';
import { instantOf } from '../../domain/dates.ts';
import type { Meter } from '../../functions/store/meter.ts';
import { figure, heading, note } from './figures.ts';
import { busy, type MeteredLedger, meteredLedger } from './metered-ledger.ts';
import { CASE, committee, daily, item, officer, REPORT } from './sample-ledger.ts';

const LENGTHS = [10, 100, 1_000, 10_000];
const PAST = [0.03, 0.25, 0.5, 0.75, 0.99];
const REGISTER = { items: 50, entries: 20 };

const shown = ({ requests, readUnits, writeUnits }: Meter): string =>
  `${requests} requests, ${readUnits} R, ${writeUnits} W`;

/** (a) What commands and replays cost in requests and units, whatever came before. */
export async function costs(): Promise<void> {
  const metered = await meteredLedger();
  try {
    await metered.fill({ caseId: CASE }, 1, daily(1));
    await commands(metered);
    await past(metered);
    await register(metered);
  } finally {
    await metered.stop();
  }
}

async function commands({ ledger, fill, cost }: MeteredLedger): Promise<void> {
  heading('One command on an item, by entries before it');
  const record = (n: number, idempotencyKey?: string) =>
    cost(() =>
      ledger.recordOnItem(
        officer,
        CASE,
        item(n),
        { type: 'ProgressReported', data: { measureId: 'm3', text: REPORT } },
        { idempotencyKey },
      ),
    );
  const plain: Meter[] = [];
  const keyed: Meter[] = [];
  const busyKeyed: Meter[] = [];
  for (const [index, entries] of LENGTHS.entries()) {
    await fill({ caseId: CASE, itemId: item(index + 1) }, entries, daily(entries));
    await fill({ caseId: CASE, itemId: item(index + 11) }, entries, busy(entries));
    const costs = [
      await record(index + 1),
      await record(index + 1, randomUUID()),
      await record(index + 11, randomUUID()),
    ] as const;
    note(`${entries} entries: ${shown(costs[0])}; with a key ${shown(costs[1])}`);
    note(`${entries} entries, all within the last hours, with a key: ${shown(costs[2])}`);
    plain.push(costs[0]);
    keyed.push(costs[1]);
    busyKeyed.push(costs[2]);
  }
  const most = (all: readonly Meter[], of: 'requests' | 'readUnits'): number =>
    Math.max(...all.map((one) => one[of]));
  const grows = (all: readonly Meter[]): number => (all.at(-1)?.readUnits ?? 0) - (all[0]?.readUnits ?? 0);
  figure('requests of a command', most([...plain, ...keyed], 'requests'), '', { atMost: 2 });
  figure('R more at 10,000 entries than at 10', grows(plain), 'R', { atMost: 0 });
  figure('R more at 10,000 than at 10, with a key', grows(keyed), 'R', { atMost: 0 });
  figure('requests with a key on a busy item', most(busyKeyed, 'requests'), '');
}

async function past({ ledger, fill, cost }: MeteredLedger): Promise<void> {
  heading('An item of 1,000 entries as of a past date');
  const entries = 1_000;
  const at = daily(entries);
  await fill({ caseId: CASE, itemId: item(21) }, entries, at);
  const costs: Meter[] = [];
  for (const share of PAST) {
    const seq = Math.ceil(entries * share);
    const recordedAsOf = instantOf(Date.parse(at(seq)) + 3_600_000);
    const one = await cost(() => ledger.item(committee, CASE, item(21), { recordedAsOf }));
    note(`after entry ${seq}: ${shown(one)}`);
    costs.push(one);
  }
  const most = Math.max(...costs.map((one) => one.readUnits));
  figure('R at the dearest of these dates', most, 'R', { atMost: 6 }, '60 R is the limit, 6 R the wish');
}

async function register({ ledger, deps, fill, cost }: MeteredLedger): Promise<void> {
  heading(
    `A register of ${REGISTER.items} items and ${REGISTER.items * REGISTER.entries} entries as of a past date`,
  );
  const caseId = 'bench-register' as typeof CASE;
  await fill({ caseId }, 1, daily(REGISTER.entries + 1));
  for (let n = 1; n <= REGISTER.items; n += 1) {
    await fill({ caseId, itemId: item(n) }, REGISTER.entries, daily(REGISTER.entries));
  }
  const recordedAsOf = instantOf(Date.now() - 10 * 86_400_000);
  const page = { limit: 100 };
  const ours = await cost(() => ledger.register(committee, caseId, {}, page, { recordedAsOf }));
  const raw = await cost(async () => {
    let rows = 0;
    for await (const found of deps.events.partition(caseId, 'items')) rows += found.length;
    return { rows };
  });
  note(`the register ${shown(ours)}; reading its rows raw ${shown(raw)}`);
  figure('R, against the rows read raw', ours.readUnits / raw.readUnits, 'times', { atMost: 1.1 });
}
