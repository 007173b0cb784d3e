import { setTimeout as delay } from 'node:timers/promises';
import type { CaseId } from '../../domain/ids.ts';
import { openLedgerFile } from '../../functions/local/ledger-file.ts';
import { apiClient } from './api-client.ts';
import { figure, heading, median, note } from './figures.ts';
import { fill } from './fill.ts';
import { openItems, SAMPLE_CASE, untilProjected } from './http.bench.ts';
import { daily, item, sampleRows } from './sample-ledger.ts';
import { dataFolder, removeFolder, type ServerProcess, startServer } from './server.ts';

const CASES = 20;
const ITEMS = 50;
/** 100,000 entries in all; `BENCH_ENTRIES` of an item for a shorter look. */
const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 100);
const ROUNDS = 15;
const IN_A_ROW = 20;

/** (d) A data folder of 100,000 entries against an empty one. */
export async function bigFolder(): Promise<void> {
  heading(`A data folder of ${CASES * ITEMS * ENTRIES} entries`);
  const folder = await dataFolder();
  const empty = await dataFolder();
  try {
    await prepare(folder);
    const server = await startServer(folder);
    figure('from the engine up to ready', server.readyAfterEngine / 1_000, 's', { atMost: 3 });
    note(`from the start of the process to ready: ${(server.startedIn / 1_000).toFixed(2)} s`);
    const other = await startServer(empty);
    try {
      await compare(server, other);
    } finally {
      await Promise.all([server.stop(), other.stop()]);
    }
  } finally {
    await Promise.all([removeFolder(folder), removeFolder(empty)]);
  }
}

/** Fills the folder through the engine of a running server, whose projector reads it all from the stream. */
async function prepare(folder: string): Promise<void> {
  const server = await startServer(folder);
  const identity = await openLedgerFile(folder, Date.now);
  const began = performance.now();
  for (let number = 1; number <= CASES; number += 1) {
    const caseId = `big-${String(number).padStart(3, '0')}` as CaseId;
    const rows = await sampleRows(identity, { caseId }, 1, daily(ENTRIES + 1));
    for (let n = 1; n <= ITEMS; n += 1) {
      rows.push(...(await sampleRows(identity, { caseId, itemId: item(n) }, ENTRIES, daily(ENTRIES))));
    }
    await fill(server.engine.documents, 'taizhang-events', rows);
  }
  const client = apiClient(
    server.url,
    await server.token({ sub: 'wang', role: 'committee', office: '纪委监委' }),
  );
  // A list waits for what the server itself wrote, and so for all that was filled in before.
  await client.post('/v1/cases', { caseId: 'after-all', data: SAMPLE_CASE });
  await untilProjected(client);
  client.close();
  const seconds = (performance.now() - began) / 1_000;
  note(`filled and projected at ${((CASES * ITEMS * ENTRIES) / seconds).toFixed(0)} entries a second`);
  await server.stop();
}

/** In turn, so that the machine treats both alike. */
async function compare(big: ServerProcess, empty: ServerProcess): Promise<void> {
  const [there, here] = [await openItems(big, 1, 'newest-case'), await openItems(empty, 1, 'newest-case')];
  const ratios: number[] = [];
  const times: { big: number; empty: number }[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const of = async (work: () => Promise<unknown>): Promise<number> => {
      const taken: number[] = [];
      for (let done = 0; done < IN_A_ROW; done += 1) {
        const began = performance.now();
        await work();
        taken.push(performance.now() - began);
      }
      return median(taken);
    };
    const pair = { big: await of(() => there.record(0)), empty: await of(() => here.record(0)) };
    if (round < 0) continue;
    times.push(pair);
    ratios.push(pair.big / pair.empty);
  }
  const against = `${median(times.map((one) => one.big)).toFixed(2)} ms against ${median(times.map((one) => one.empty)).toFixed(2)} ms`;
  figure('p50 of recording, against an empty folder', median(ratios), 'times', { atMost: 1.5 }, against);
  await there.projected();
  await delay(1_000);
  figure('memory of our process', await big.memory(), 'MB', { atMost: 200 });
  note(`memory on the empty folder: ${(await empty.memory()).toFixed(0)} MB`);
  there.close();
  here.close();
}
