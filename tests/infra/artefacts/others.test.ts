import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { deadLetterRow } from '../../../functions/app/dead-letters.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import type { Ledger } from '../../../functions/app/ledger.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { withoutErasing } from '../../../functions/cloud/dependencies.ts';
import type { TestStore } from '../../kit/embedded-engine.ts';
import { aCaseId, anItemId, range } from '../../kit/event-rows.ts';
import {
  answered,
  type DeployedFunction,
  type RunningFunction,
  startFunction,
} from '../../kit/lambda/deployed.ts';
import { metricsOf } from '../../kit/lambda/embedded-metrics.ts';
import { allRecords, type EventsStream, eventsStream, followStream } from '../../kit/lambda/events-stream.ts';
import { deployedFunctions, deployedStore, deploymentInProcess } from '../../kit/lambda/functions.ts';
import { type Queues, queuesStandIn } from '../../kit/lambda/queues.ts';
import { accepted, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { viewRows } from '../../kit/recheck.ts';

const ITEM = anItemId('0001');
type Name = 'projector' | 'sentinel' | 'maintenance' | 'eraser';

let store: TestStore;
let stream: EventsStream;
let queues: Queues;
let functions: { readonly [name in Name]: DeployedFunction };
let deps: Dependencies;
let ledger: Ledger;
const running: RunningFunction[] = [];

beforeAll(async () => {
  store = await deployedStore();
  [stream, queues] = await Promise.all([eventsStream(store), queuesStandIn()]);
  const named = { rebuild: queues.url('rebuild'), deadLetters: queues.url('dead-letters') };
  const all = ['projector', 'sentinel', 'maintenance', 'eraser'] as const;
  functions = deployedFunctions(all, { queues: named });
  deps = deploymentInProcess(store);
  // As in the cloud: who records an erasure does not carry it out.
  ledger = openLedger({ ...deps, events: withoutErasing(deps.events) });
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  stream?.streams.destroy();
  await Promise.all([store?.stop(), queues?.stop()]);
});

async function start(fn: DeployedFunction): Promise<RunningFunction> {
  const addresses = { dynamodb: store.endpoint, streams: store.endpoint, queues: queues.endpoint };
  const started = await startFunction(fn, addresses);
  running.push(started);
  return started;
}

/** A case with one item and one report, whose words are to be erased where asked. */
async function written(erasing = false, to = ledger): Promise<CaseId> {
  const caseId = await openedCase(to, people.committee);
  accepted(await to.raiseIssue(people.committee, caseId, { data: { title: '题' } }, {}));
  const say = async (type: string, data: object, who = people.lead) =>
    accepted(await to.recordOnItem(who, caseId, ITEM, { type, data }, {}));
  await say('OfficeAssigned', { lead: '财政办' }, people.committee);
  await say('ProgressReported', { text: '应删的话' });
  const erase = { target: 3, ground: '法', approvedBy: 'wang' };
  if (erasing) await say('TextErased', erase, people.committee);
  return caseId;
}

const failureOf = async (fn: RunningFunction, event: unknown): Promise<string> => {
  const outcome = await fn.invoke(event);
  return 'error' in outcome ? outcome.error.errorMessage : `answered ${JSON.stringify(outcome.payload)}`;
};

describe('the sentinel', () => {
  test('cries for every record that is no insertion, with its key and without its words', async () => {
    const sentinel = await start(functions.sentinel);
    // What is forged here must stand in nobody's way.
    const forged = await deployedStore();
    const itsStream = await eventsStream(forged);
    const itsDeps = deploymentInProcess(forged);
    const caseId = await written(false, openLedger(itsDeps));
    const { documents } = forged.client();
    const key = (seq: number) => ({
      TableName: forged.tables.events.name,
      Key: { caseId, entry: `I#0001#00000${seq}` },
    });
    const forge = {
      UpdateExpression: 'SET header = :forged',
      ExpressionAttributeValues: { ':forged': '{}' },
    };
    await documents.send(new UpdateCommand({ ...key(2), ...forge }));
    await itsDeps.events.eraseText({ caseId, itemId: ITEM }, 3);
    await documents.send(new DeleteCommand(key(1)));
    const records = (await allRecords(itsStream)).flatMap((shard) => shard.records);
    itsStream.streams.destroy();
    await forged.stop();
    const Records = records.filter(({ eventName }) => eventName !== 'INSERT');
    expect(Records.map(({ eventName }) => eventName)).toEqual(['MODIFY', 'MODIFY', 'REMOVE']);
    expect(await sentinel.invoke({ Records })).toEqual({ payload: null });
    const said = sentinel.log
      .filter((line) => line.includes('"level":"ERROR"'))
      .map((line) => JSON.parse(line));
    expect(said.map((one) => [one.eventName, one.caseId, one.entry, one.wordsGone])).toEqual([
      ['MODIFY', caseId, 'I#0001#000002', false],
      ['MODIFY', caseId, 'I#0001#000003', true],
      ['REMOVE', caseId, 'I#0001#000001', false],
    ]);
    expect(metricsOf(sentinel.log, 'RecordsNotInserted')).toEqual([3]);
    expect(sentinel.log.join()).not.toContain('应删的话');
  });
});

describe('the eraser', () => {
  const words = async (caseId: CaseId): Promise<string | undefined> =>
    (await deps.events.row({ caseId, itemId: ITEM }, 3))?.entry.text;

  test('carries out what is announced, of all cases, once; what is not announced stays', async () => {
    const [one, kept, other] = [await written(true), await written(), await written(true)];
    expect(await words(one)).toContain('应删的话');
    const eraser = await start(functions.eraser);
    const first = await answered<{ erased: number; cases: number }>(eraser.invoke({}));
    expect(first).toEqual({ erased: 2, cases: 3 });
    expect([await words(one), await words(other)]).toEqual([undefined, undefined]);
    expect(await words(kept)).toContain('应删的话');
    expect(await eraser.invoke({})).toEqual({ payload: { erased: 0, cases: 3 } });
    const said = eraser.log.filter((line) => line.includes('words were erased'));
    expect(said.map((line) => JSON.parse(line).caseId).sort()).toEqual([one, other].sort());
  });

  test('stops while there is time, and goes on behind the case that it names', async () => {
    await written(true);
    // Less than a step may take, so that each run looks at one case.
    const hurried = await start({ ...functions.eraser, timeoutSeconds: 30 });
    const seen: number[] = [];
    let after: string | undefined;
    for (let runs = 0; runs < 10; runs += 1) {
      const done = await answered<{ erased: number; cases: number; after?: string }>(
        hurried.invoke(after === undefined ? {} : { after }),
      );
      seen.push(done.erased);
      after = done.after;
      expect(done.cases).toBe(1);
      if (after === undefined) break;
    }
    expect([seen.length, seen.reduce((sum, one) => sum + one, 0)]).toEqual([4, 1]);
  });

  test.each([
    [{ caseId: 'NO' }, 'must be a case id'],
    [{ cases: ['abc'] }, 'cases'],
    ['abc', 'object'],
  ])('refuses the order %j and says why', async (order, why) => {
    const eraser = running.at(-1) as RunningFunction;
    expect(await failureOf(eraser, order)).toContain(why);
  });
});

describe('maintenance', () => {
  let maintenance: RunningFunction;
  let projector: RunningFunction;
  let streamed: Awaited<ReturnType<typeof viewRows>>;
  beforeAll(async () => {
    [maintenance, projector] = [await start(functions.maintenance), await start(functions.projector)];
    // More cases than a batch of messages takes.
    for (const n of range(1, 8)) await written(n === 3);
    const poller = followStream(stream, projector);
    await poller.idle();
    await poller.stop();
    streamed = await viewRows(deps);
  });

  /** Works the queue off as its event source mapping does: a batch that fails comes again. */
  async function workOff(fn: RunningFunction): Promise<string[]> {
    const steps: string[] = [];
    for (let event = queues.takeEvent('rebuild'); event; event = queues.takeEvent('rebuild')) {
      steps.push(...event.Records.map(({ body }) => (JSON.parse(body) as { step: string }).step));
      const outcome = await fn.invoke(event);
      if ('error' in outcome) for (const { body } of event.Records) queues.put('rebuild', body);
    }
    return steps;
  }
  const count = (steps: readonly string[], step: string): number =>
    steps.filter((one) => one === step).length;

  test('rebuilds through the queue, and makes good what was damaged, to the byte', async () => {
    const damaged = streamed.filter(
      ({ partition, sort }) => partition.startsWith('case#') && sort === 'item#0001',
    );
    await deps.views.putAll(damaged.map((row) => ({ ...row, body: row.body.replace('财政办', '改掉了') })));
    await deps.views.putAll([
      { partition: damaged[0]?.partition ?? '', sort: 'item#0099', version: 1, body: '{}' },
    ]);
    expect(await viewRows(deps)).not.toEqual(streamed);
    expect(await maintenance.invoke({ task: 'rebuild' })).toEqual({ payload: { started: 'rebuild' } });
    const steps = await workOff(maintenance);
    expect([steps.length, count(steps, 'list'), count(steps, 'case')]).toEqual([13, 1, 12]);
    expect(await viewRows(deps)).toEqual(streamed);
  });

  test('rebuilds one case and no other', async () => {
    const [row] = streamed.filter(({ sort }) => sort === 'item#0001');
    const caseId = row?.partition.slice('case#'.length);
    await deps.views.putAll(row ? [{ ...row, body: '{}' }] : []);
    await maintenance.invoke({ task: 'rebuild', caseId });
    expect(queues.bodies('rebuild')).toEqual([JSON.stringify({ step: 'case', caseId })]);
    await workOff(maintenance);
    expect(await viewRows(deps)).toEqual(streamed);
  });

  test('empties spare views first, in as many steps as it takes', async () => {
    const spare = { ...functions.maintenance.environment, TAIZHANG_VIEWS_SPARE: 'true' };
    // Less than a step may take, so that each empties one page.
    const hurried = await start({ ...functions.maintenance, environment: spare, timeoutSeconds: 30 });
    await deps.views.putAll([{ partition: 'stray', sort: 'row', version: 1, body: '{}' }]);
    await hurried.invoke({ task: 'rebuild' });
    const steps = await workOff(hurried);
    expect([count(steps, 'empty'), count(steps, 'list'), count(steps, 'case')]).toEqual([2, 1, 12]);
    expect(await viewRows(deps)).toEqual(streamed);
  });

  test('a list that the queue takes in part fails, and comes again', async () => {
    queues.refuseOne();
    await maintenance.invoke({ task: 'rebuild' });
    const steps = await workOff(maintenance);
    expect(count(steps, 'list')).toBe(2);
    expect(count(steps, 'case')).toBeGreaterThanOrEqual(12);
    expect(maintenance.log.join()).toContain('the queue refused 1 cases');
    expect(await viewRows(deps)).toEqual(streamed);
  });

  test('replays a batch that was given up, from its place in the stream, and leaves what it cannot', async () => {
    const caseId = await written();
    const shards = await allRecords(stream);
    const shard = shards.find(({ records }) =>
      records.some(({ dynamodb }) => dynamodb.Keys.caseId?.S === caseId),
    );
    const ours = shard?.records.filter(({ dynamodb }) => dynamodb.Keys.caseId?.S === caseId) ?? [];
    const numbers = ours.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const info = {
      shardId: shard?.shardId,
      startSequenceNumber: numbers[0],
      endSequenceNumber: numbers.at(-1),
      batchSize: ours.length,
      streamArn: stream.streamArn,
    };
    const message = (over: object) =>
      queues.put(
        'dead-letters',
        JSON.stringify({
          requestContext: { requestId: 'c9b8fa9f', condition: 'RetryAttemptsExhausted' },
          version: '1.0',
          timestamp: '2026-01-01T00:00:00Z',
          DDBStreamBatchInfo: { ...info, ...over },
        }),
      );
    message({});
    message({ shardId: 'shardId-00000000000000000000-00000000' });
    queues.put('dead-letters', 'no JSON');
    expect(await maintenance.invoke({ task: 'replay' })).toEqual({
      payload: { batchesReplayed: 1, batchesLeft: 2, recordsReplayed: 0, recordsLeft: 0 },
    });
    // Those that failed can be taken again at once, and are still told of.
    expect(await maintenance.invoke({ task: 'replay' })).toEqual({
      payload: { batchesReplayed: 0, batchesLeft: 2, recordsReplayed: 0, recordsLeft: 0 },
    });
    expect(queues.bodies('dead-letters')).toHaveLength(2);
    const views = await viewRows(deps);
    expect(
      views.find(({ partition, sort }) => partition === `case#${caseId}` && sort === 'item#0001')?.version,
    ).toBe(3);
    await maintenance.invoke({ task: 'rebuild' });
    await workOff(maintenance);
    expect(await viewRows(deps)).toEqual(views);
  });

  test('replays the records that the projector set aside', async () => {
    const [row] = streamed.filter(({ sort }) => sort === 'item#0001');
    const caseId = row?.partition.slice('case#'.length) ?? '';
    const letter = {
      stream: { caseId: aCaseId(caseId), itemId: ITEM },
      where: `${caseId}/0001/2`,
      why: 'once',
    };
    await deps.views.putAll([deadLetterRow(letter)]);
    expect(await maintenance.invoke({ task: 'replay' })).toMatchObject({
      payload: { recordsReplayed: 1, recordsLeft: 0 },
    });
    expect((await ledger.health()).deadLetters).toBe(0);
  });

  test.each([
    [{ task: 'destroy' }, 'task'],
    [{}, 'task'],
    [{ task: 'rebuild', caseId: 'NO' }, 'must be a case id'],
    [{ task: 'replay', more: 1 }, 'more'],
    [null, 'object'],
    [{ Records: [{ body: '{"step":"burn"}' }] }, 'step'],
    [{ Records: [{ body: 'no JSON' }] }, 'JSON'],
  ])('refuses the order %j and says why', async (order, why) => {
    const said = await failureOf(maintenance, order);
    expect(said).toContain(why);
    expect(said).not.toMatch(/^answered/);
    expect(queues.bodies('rebuild')).toEqual([]);
  });
});
