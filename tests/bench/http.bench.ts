import { randomBytes, randomUUID } from 'node:crypto';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createTables } from '../../functions/store/create-tables.ts';
import { tables } from '../../functions/store/tables.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { figure, heading, median, note, quantile } from './figures.ts';
import { CASE, OFFICE, REPORT } from './sample-ledger.ts';
import { dataFolder, removeFolder, type ServerProcess, startServer } from './server.ts';

const CLIENTS = 16;
const ROUNDS = 5;
/** Of one round: so many in a row for the latency, then so many milliseconds with all clients. */
const IN_A_ROW = 60;
const PRESSED_MS = 3_000;

/** (b) The whole HTTP API in a process of its own against bare puts of rows of the same size, on one engine. */
export async function throughHttp(): Promise<void> {
  heading('Recording through the whole HTTP API');
  const folder = await dataFolder();
  const server = await startServer(folder);
  try {
    await compare(server);
  } finally {
    await server.stop();
    await removeFolder(folder);
  }
}

async function compare(server: ServerProcess): Promise<void> {
  const ledger = await openItems(server, CLIENTS);
  const put = await rawPuts(server, await rowSize(server));
  const rounds: Record<'ours' | 'keyed' | 'raw' | 'ourRate' | 'rawRate', number>[] = [];
  const latencies: number[] = [];
  const cpu: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const rawTimes = await inARow(IN_A_ROW, () => put());
    const ourTimes = await inARow(IN_A_ROW, () => ledger.record(0));
    const keyedTimes = await inARow(IN_A_ROW, () => ledger.recordOnce(0));
    const rawRate = await pressed(() => put());
    const before = await server.cpu();
    const ourRate = await pressed((client) => ledger.record(client));
    cpu.push(((await server.cpu()) - before) / (ourRate * (PRESSED_MS / 1_000)));
    if (round < 0) continue; // The first round warms both up.
    rounds.push({
      ours: median(ourTimes),
      keyed: median(keyedTimes),
      raw: median(rawTimes),
      ourRate,
      rawRate,
    });
    latencies.push(...ourTimes);
    await ledger.projected();
  }
  const of = (one: (round: (typeof rounds)[number]) => number): number => median(rounds.map(one));
  const p50 = `${of((r) => r.ours).toFixed(2)} ms against ${of((r) => r.raw).toFixed(2)} ms`;
  figure(
    'p50 of recording, against a bare put',
    of((r) => r.ours / r.raw),
    'times',
    { atMost: 4 },
    p50,
  );
  figure(
    'the same with an Idempotency-Key on a busy item',
    of((r) => r.keyed / r.raw),
    'times',
  );
  note(`p95 of recording: ${quantile(latencies, 0.95).toFixed(2)} ms`);
  const rate = `${of((r) => r.ourRate).toFixed(0)}/s against ${of((r) => r.rawRate).toFixed(0)}/s`;
  const share = of((r) => r.ourRate / r.rawRate);
  figure(`throughput with ${CLIENTS} clients, of bare puts`, share, 'times', { atLeast: 1 / 3 }, rate);
  note(`CPU of the server for one recording, projecting included: ${median(cpu).toFixed(2)} ms`);
  note(`memory of the server afterwards: ${(await server.memory()).toFixed(0)} MB`);
  ledger.close();
}

async function inARow(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

/** Calls a second while every client calls again as soon as it is answered. */
async function pressed(work: (client: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      while (performance.now() - began < PRESSED_MS) {
        await work(client);
        done += 1;
      }
    }),
  );
  return (done * 1_000) / (performance.now() - began);
}

export interface OpenItems {
  /** Records one report on the n-th item. */
  record(n: number): Promise<unknown>;
  /** The same with a key of its own, as careful clients send one. */
  recordOnce(n: number): Promise<unknown>;
  /** Resolves once all that was recorded is projected. */
  projected(): Promise<void>;
  close(): void;
}

export const SAMPLE_CASE = {
  title: '市财政局党组巡察整改',
  inspectedBody: '市财政局党组',
  inspectingBody: '市委第三巡察组',
  feedbackOn: '2025-03-14',
};

/** Opens a case with items that an office may report on. */
export async function openItems(
  server: ServerProcess,
  count: number,
  caseId: string = CASE,
): Promise<OpenItems> {
  const committee = apiClient(
    server.url,
    await server.token({ sub: 'wang', role: 'committee', office: '纪委监委' }),
  );
  const officer = apiClient(server.url, await server.token({ sub: 'zhang', role: 'office', office: OFFICE }));
  await committee.post('/v1/cases', { caseId, data: SAMPLE_CASE });
  const paths: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const raised = await committee.post(`/v1/cases/${caseId}/items`, { data: { title: `问题${n}` } });
    const path = `/v1/cases/${caseId}/items/${String(raised.itemId)}/events`;
    await committee.post(path, { type: 'OfficeAssigned', data: { lead: OFFICE } });
    await officer.post(path, { type: 'MeasureAdopted', data: { text: '修订公务接待管理办法。' } });
    paths.push(path);
  }
  const report = { type: 'ProgressReported', data: { measureId: 'm3', text: REPORT } };
  return {
    record: (n) => officer.post(paths[n] ?? '', report),
    recordOnce: (n) => officer.post(paths[n] ?? '', report, { 'idempotency-key': randomUUID() }),
    projected: () => untilProjected(committee),
    close: () => {
      committee.close();
      officer.close();
    },
  };
}

/** A list waits a second at most for the projector: it has caught up once a list comes without waiting. */
export async function untilProjected(client: ApiClient): Promise<void> {
  for (;;) {
    const began = performance.now();
    await client.get('/v1/cases?limit=1');
    if (performance.now() - began < 900) return;
  }
}

/** Bytes of the strings of the newest row that the ledger wrote, with what it carries. */
async function rowSize({ engine }: ServerProcess): Promise<number> {
  const { Items = [] } = await engine.documents.send(
    new QueryCommand({
      TableName: 'taizhang-events',
      KeyConditionExpression: 'caseId = :case',
      ExpressionAttributeValues: { ':case': CASE },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Object.values(Items[0] ?? {}).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? Buffer.byteLength(value) : 16),
    REPORT.length * 3,
  );
}

/** Conditional puts into a table like that of the events, its stream included. */
async function rawPuts({ engine }: ServerProcess, bytes: number): Promise<() => Promise<unknown>> {
  const { events } = tables(`raw${randomBytes(3).toString('hex')}-`);
  await createTables(engine.documents, [events]);
  const body = 'x'.repeat(Math.max(0, bytes - 30));
  let seq = 0;
  return () => {
    seq += 1;
    return engine.documents.send(
      new PutCommand({
        TableName: events.name,
        Item: { caseId: CASE, entry: `I#0001#${String(seq).padStart(6, '0')}`, body },
        ConditionExpression: 'attribute_not_exists(entry)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  };
}
