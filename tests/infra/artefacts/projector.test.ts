import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import type { Ledger } from '../../../functions/app/ledger.ts';
import { openLedger } from '../../../functions/app/open-ledger.ts';
import { pictureKey } from '../../../functions/app/view-rows.ts';
import type { StreamResponse } from '../../../functions/projector/stream-event.ts';
import type { TestStore } from '../../kit/embedded-engine.ts';
import { anItemId, range } from '../../kit/event-rows.ts';
import { type FailingProxy, failingProxy } from '../../kit/failing-proxy.ts';
import { answered, type RunningFunction, startFunction } from '../../kit/lambda/deployed.ts';
import { metricsOf } from '../../kit/lambda/embedded-metrics.ts';
import {
  allRecords,
  type EventRecord,
  type EventsStream,
  eventsStream,
  followStream,
} from '../../kit/lambda/events-stream.ts';
import { deployedFunctions, deployedStore, deploymentInProcess } from '../../kit/lambda/functions.ts';
import { accepted, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { pathsAgree, rebuildsToTheSameBytes, viewRows } from '../../kit/recheck.ts';
import { until } from '../../kit/server-process.ts';

const ITEM = anItemId('0001');

describe('the projector as deployed, on real records of the stream', () => {
  let store: TestStore;
  let proxy: FailingProxy;
  let stream: EventsStream;
  let projector: RunningFunction;
  let deps: Dependencies;
  let ledger: Ledger;
  beforeAll(async () => {
    store = await deployedStore();
    proxy = await failingProxy(store.endpoint);
    stream = await eventsStream(store);
    const deployed = deployedFunctions(['projector']);
    projector = await startFunction(deployed.projector, { dynamodb: proxy.endpoint });
    deps = deploymentInProcess(store);
    ledger = openLedger(deps);
  });
  afterAll(async () => {
    await projector?.stop();
    stream?.streams.destroy();
    await Promise.all([proxy?.stop(), store?.stop()]);
  });
  /** How far the stream was read before this test. */
  let before = 0;
  let logged = 0;
  beforeEach(async () => {
    before = (await everyRecord()).length;
    logged = projector.log.length;
  });

  const everyRecord = async (): Promise<EventRecord[]> =>
    (await allRecords(stream)).flatMap(({ records }) => records);
  /** What this test has written. */
  const fresh = async (): Promise<EventRecord[]> => (await everyRecord()).slice(before);
  const project = (records: readonly EventRecord[]) =>
    answered<StreamResponse>(projector.invoke({ Records: records }));
  const log = (): readonly string[] => projector.log.slice(logged);

  /** A case with one item and so many reports on it. */
  async function written(reports: number): Promise<CaseId> {
    const caseId = await openedCase(ledger, people.committee);
    accepted(await ledger.raiseIssue(people.committee, caseId, { data: { title: '题' } }, {}));
    const say = async (type: string, data: object, who = people.lead) =>
      accepted(await ledger.recordOnItem(who, caseId, ITEM, { type, data }, {}));
    await say('OfficeAssigned', { lead: '财政办' }, people.committee);
    for (const n of range(1, reports)) await say('ProgressReported', { text: `进展${n}` });
    return caseId;
  }
  const version = async (caseId: CaseId): Promise<number | undefined> => {
    const key = pictureKey({ caseId, itemId: ITEM });
    return (await deps.views.get(key.partition, key.sort, true))?.version;
  };
  const numberOf = (record: EventRecord | undefined): string => record?.dynamodb.SequenceNumber ?? '';
  const ofCase = (records: readonly EventRecord[], caseId: CaseId): EventRecord[] =>
    records.filter(({ dynamodb }) => dynamodb.Keys.caseId?.S === caseId);

  test('builds the same views from batches of 100 and of one, and a rebuild builds them too', async () => {
    await written(60);
    await written(40);
    const records = await fresh();
    expect(records.length).toBe(106);
    for (let at = 0; at < records.length; at += 100) {
      expect(await project(records.slice(at, at + 100))).toEqual({ batchItemFailures: [] });
    }
    expect(metricsOf(log(), 'EntriesProjected')).toEqual([100, 6]);
    const hundreds = await viewRows(deps);
    await deps.views.remove(hundreds);
    for (const record of records.slice(0, 25))
      expect(await project([record])).toEqual({ batchItemFailures: [] });
    expect(await project(records.slice(25))).toEqual({ batchItemFailures: [] });
    expect(await viewRows(deps)).toEqual(hundreds);
    await pathsAgree(deps, ledger);
    await rebuildsToTheSameBytes(deps);
  });

  test('changes nothing when a batch comes again', async () => {
    await written(12);
    const records = await fresh();
    await project(records);
    const once = await viewRows(deps);
    expect(await project(records)).toEqual({ batchItemFailures: [] });
    expect(await project(records.slice(3, 7))).toEqual({ batchItemFailures: [] });
    expect(await viewRows(deps)).toEqual(once);
    expect(metricsOf(log(), 'EntriesProjected')).toEqual([15]);
  });

  test('sets a poisoned record aside, counts it, and goes on with the others', async () => {
    const [one, other] = [await written(3), await written(3)];
    const records = await fresh();
    const broken = ofCase(records, one).at(-1);
    const poisoned = records.map((record) =>
      record === broken
        ? {
            ...record,
            dynamodb: {
              ...record.dynamodb,
              NewImage: { ...record.dynamodb.NewImage, header: { S: '{"no":"header"}' } },
            },
          }
        : record,
    );
    expect(await project(poisoned)).toEqual({ batchItemFailures: [] });
    expect([await version(one), await version(other)]).toEqual([4, 5]);
    expect(metricsOf(log(), 'RecordsSetAside')).toEqual([1]);
    expect((await ledger.health()).deadLetters).toBe(1);
    const said = log().filter((line) => line.includes('set aside'));
    expect(said).toEqual([expect.stringContaining(`${one}/${ITEM}/5`)]);
    expect(log().join()).not.toContain('进展');
    expect(await project(records)).toEqual({ batchItemFailures: [] });
    expect(await version(one)).toBe(5);
    await deps.views.remove((await viewRows(deps)).filter(({ partition }) => partition === 'dead-letters'));
  });

  test('a case whose partition is busy: its first record is reported, the cases before it are projected', async () => {
    const [first, busy, last] = [await written(2), await written(2), await written(2)];
    const records = await fresh();
    // Interleaved, as parallel writers leave them: case after case, record by record.
    const mixed = range(0, 4).flatMap((at) =>
      [first, busy, last].flatMap((id) => ofCase(records, id)[at] ?? []),
    );
    const inOrder = mixed.map((record, at) => ({
      ...record,
      dynamodb: { ...record.dynamodb, SequenceNumber: numberOf(records[at]) },
    }));
    proxy.answer('throttled', busy);
    const reported = numberOf(ofCase(inOrder, busy)[0]);
    expect(await project(inOrder)).toEqual({ batchItemFailures: [{ itemIdentifier: reported }] });
    expect(proxy.refused()).toBeGreaterThan(0);
    expect([await version(first), await version(busy), await version(last)]).toEqual([
      4,
      undefined,
      undefined,
    ]);
    expect(log().some((line) => line.includes('projected in part'))).toBe(true);
    proxy.letThrough();
    const again = inOrder.filter((record) => BigInt(numberOf(record)) >= BigInt(reported));
    expect(await project(again)).toEqual({ batchItemFailures: [] });
    expect([await version(first), await version(busy), await version(last)]).toEqual([4, 4, 4]);
  }, 30_000);

  test('fails as a whole when nothing can be written, and is made good when it comes again', async () => {
    const caseId = await written(1);
    const records = await fresh();
    proxy.answer('failed', store.tables.views.name);
    const outcome = await projector.invoke({ Records: records });
    expect(outcome).toMatchObject({ error: { errorType: 'StoreFault', errorMessage: 'the store is busy' } });
    expect(log().some((line) => line.includes('the invocation failed'))).toBe(true);
    proxy.letThrough();
    await project(records);
    expect(await version(caseId)).toBe(3);
  });

  test('behind a stream that retries, a busy case is late and nothing is lost', async () => {
    const [early, busy, late] = [await written(1), await written(1), await written(1)];
    proxy.answer('failed', busy);
    const poller = followStream(stream, projector);
    try {
      await until(() => poller.status().failure !== undefined);
      expect(await version(early)).toBe(3);
      expect(await version(busy)).toBeUndefined();
      proxy.letThrough();
      await poller.idle();
      expect([await version(early), await version(busy), await version(late)]).toEqual([3, 3, 3]);
      expect(poller.status().retries).toBeGreaterThan(0);
    } finally {
      proxy.letThrough();
      await poller.stop();
    }
    await rebuildsToTheSameBytes(deps);
  }, 30_000);

  test('knows an announced erasure from a forgery, and counts both', async () => {
    const caseId = await written(2);
    const erase = { type: 'TextErased', data: { target: 3, ground: '法', approvedBy: 'wang' } };
    accepted(await ledger.recordOnItem(people.committee, caseId, ITEM, erase, {}));
    const erased = await fresh();
    expect(erased.map(({ eventName }) => eventName)).toContain('MODIFY');
    await project(erased);
    expect(log().filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
    const { documents } = store.client();
    const key = { caseId, entry: 'I#0001#000004' };
    const forged = { ':data': '{"forged":true}' };
    await documents.send(
      new UpdateCommand({
        ...{ TableName: store.tables.events.name, Key: key },
        UpdateExpression: 'SET #data = :data',
        ExpressionAttributeNames: { '#data': 'data' },
        ExpressionAttributeValues: forged,
      }),
    );
    const change = (await fresh()).at(-1);
    expect(change?.eventName).toBe('MODIFY');
    expect(await project(change ? [change] : [])).toEqual({ batchItemFailures: [] });
    const errors = log().filter((line) => line.includes('"level":"ERROR"'));
    expect(errors).toEqual([expect.stringContaining(`${caseId}/I#0001#000004`)]);
    expect(errors.join()).not.toMatch(/forged|进展/);
    expect(metricsOf(log(), 'RecordsNotInserted')).toEqual([1, 1]);
  });

  test('a put without its condition replaces a row, and that is seen as well', async () => {
    const caseId = await written(1);
    await project(await fresh());
    const { documents } = store.client();
    const Item = { caseId, entry: 'I#0001#000003', header: '{}', data: '{}' };
    await documents.send(new PutCommand({ TableName: store.tables.events.name, Item }));
    const change = (await fresh()).at(-1);
    await project(change ? [change] : []);
    expect(log().filter((line) => line.includes('an event was changed or removed'))).toHaveLength(1);
  });
});
