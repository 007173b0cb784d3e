import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreFault } from '../../domain/ports.ts';
import { storeClient } from '../../functions/store/client.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { DynamoViewStore } from '../../functions/store/dynamo-view-store.ts';
import { toItem } from '../../functions/store/event-row.ts';
import { aCaseId, all, anItemId, eventRow } from '../kit/event-rows.ts';

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });

/** The errors as the SDK 3 raises them, once its retries are used up. */
const FAULTS: [Error, 'busy' | 'unavailable'][] = [
  [named('ProvisionedThroughputExceededException'), 'busy'],
  [named('ThrottlingException'), 'busy'],
  [named('RequestLimitExceeded'), 'busy'],
  [named('InternalServerError'), 'busy'],
  [named('UnknownError', { $metadata: { httpStatusCode: 503 } }), 'busy'],
  [named('SyntaxError', { $metadata: { httpStatusCode: 502 } }), 'busy'],
  [named('TimeoutError', { code: 'ETIMEDOUT' }), 'unavailable'],
  [named('AbortError'), 'unavailable'],
  [named('Error', { code: 'ECONNREFUSED' }), 'unavailable'],
  [named('Error', { code: 'ECONNRESET', message: 'socket hang up' }), 'unavailable'],
  [named('Error', { code: 'ENOTFOUND' }), 'unavailable'],
];

const BUGS = [
  named('ValidationException', { $metadata: { httpStatusCode: 400 } }),
  named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }),
  named('ResourceNotFoundException', { $metadata: { httpStatusCode: 400 } }),
  new TypeError('of our own'),
];

const caseId = aCaseId('faults');
const stream = { caseId, itemId: anItemId('0001') };
const row = eventRow(stream, 1);
const view = { partition: 'p', sort: 's', version: 1, body: '{}' };

describe('faults of the store', () => {
  let mock: AwsClientStub<DynamoDBDocumentClient>;
  const { documents } = storeClient({ region: 'local', endpoint: 'http://127.0.0.1:9' });
  const events = new DynamoEventStore(documents, 'events');
  const views = new DynamoViewStore(documents, 'views');
  beforeEach(() => {
    mock = mockClient(DynamoDBDocumentClient);
  });
  afterEach(() => mock.restore());

  const calls: [string, () => Promise<unknown>][] = [
    ['append', () => events.append(row)],
    ['newest', () => events.newest(stream, 1)],
    ['row', () => events.row(stream, 1)],
    ['stream', () => all(events.stream(stream))],
    ['partition', () => all(events.partition(caseId, 'all'))],
    ['newestItem', () => events.newestItem(caseId)],
    ['firstEntries', () => events.firstEntries(caseId, [stream.itemId])],
    ['scan', () => all(events.scan())],
    ['eraseText', () => events.eraseText(stream, 1)],
    ['view get', () => views.get('p', 's')],
    ['view getMany', () => views.getMany([view])],
    ['view range', () => views.range('p', {}, { limit: 1 })],
    ['view advance', () => views.advance(view)],
    ['view putAll', () => views.putAll([view])],
    ['view remove', () => views.remove([view])],
    ['view scan', () => all(views.scan())],
  ];

  test.each(calls)('%s says which faults are no answer, and keeps their cause', async (_, call) => {
    for (const [error, kind] of FAULTS) {
      mock.reset();
      mock.onAnyCommand().rejects(error);
      const fault = await call().catch((thrown: unknown) => thrown);
      expect(fault).toBeInstanceOf(StoreFault);
      expect(fault).toMatchObject({ kind, cause: error });
    }
  });

  test.each(calls)('%s lets a bug through as it is', async (_, call) => {
    for (const error of BUGS) {
      mock.reset();
      mock.onAnyCommand().rejects(error);
      expect(await call().catch((thrown: unknown) => thrown)).toBe(error);
    }
  });

  test('a fault on a later page is thrown there, after the pages that came', async () => {
    const LastEvaluatedKey = { caseId, entry: 'I#0001#000001' };
    for (const read of [
      () => events.stream(stream),
      () => events.partition(caseId, 'items'),
      () => events.scan(),
    ]) {
      mock.reset();
      mock
        .onAnyCommand()
        .rejects(named('ThrottlingException'))
        .resolvesOnce({ Items: [toItem(row)], LastEvaluatedKey });
      const pages = read()[Symbol.asyncIterator]();
      expect((await pages.next()).value).toEqual([row]);
      await expect(pages.next()).rejects.toMatchObject({ name: 'StoreFault', kind: 'busy' });
    }
  });

  test('an empty page in the middle ends nothing', async () => {
    const key = { caseId, entry: 'I#0001#000000' };
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [], LastEvaluatedKey: key })
      .resolvesOnce({ LastEvaluatedKey: key })
      .resolvesOnce({ Items: [toItem(row)] });
    expect(await events.newest(stream, 1)).toEqual([row]);
  });

  test('what a batch leaves unprocessed is asked for again', async () => {
    const first = eventRow({ caseId, itemId: anItemId('0001') }, 1);
    const second = eventRow({ caseId, itemId: anItemId('0002') }, 1);
    const left = { caseId, entry: 'I#0002#000001' };
    mock
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { events: [toItem(first)] }, UnprocessedKeys: { events: { Keys: [left] } } })
      .resolvesOnce({ UnprocessedKeys: { events: { Keys: [left] } } })
      .resolvesOnce({ Responses: { events: [toItem(second)] } });
    expect(await events.firstEntries(caseId, [anItemId('0001'), anItemId('0002')])).toEqual([first, second]);
    const asked = mock.commandCalls(BatchGetCommand).map((call) => call.args[0].input.RequestItems?.events);
    expect(asked[1]).toEqual({ Keys: [left], ConsistentRead: true });
    expect(asked[2]).toEqual(asked[1]);
  });

  test('what a batch leaves unwritten is written again, all of it', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ ...view, sort: `s${index}` }));
    const written: unknown[] = [];
    let busy = 3;
    mock.on(BatchWriteCommand).callsFake(async (input) => {
      const requests = input.RequestItems.views;
      const kept = busy-- > 0 ? requests.slice(0, 10) : requests;
      written.push(...kept.map((request: { PutRequest: { Item: unknown } }) => request.PutRequest.Item));
      return { UnprocessedItems: { views: requests.slice(kept.length) } };
    });
    await views.putAll(rows);
    expect(written).toHaveLength(30);
    expect(new Set(written.map((item) => JSON.stringify(item)))).toEqual(
      new Set(rows.map((one) => JSON.stringify(one))),
    );
  });

  test('a batch that makes no headway ends as busy', async () => {
    mock.on(BatchWriteCommand).callsFake(async (input) => ({ UnprocessedItems: input.RequestItems }));
    await expect(views.putAll([view])).rejects.toMatchObject({ name: 'StoreFault', kind: 'busy' });
    expect(mock.commandCalls(BatchWriteCommand).length).toBeGreaterThan(3);
  });

  test('a row that is no entry is named, wherever it is read', async () => {
    const broken = { ...toItem(row), header: undefined };
    mock.on(QueryCommand).resolves({ Items: [broken] });
    mock.on(GetCommand).resolves({ Item: { ...toItem(row), dataSalt: new Uint8Array(15) } });
    mock.on(ScanCommand).resolves({ Items: [{ ...toItem(row), entry: 'I#0001#1' }] });
    await expect(events.newest(stream, 1)).rejects.toThrow("entry faults/0001/1: the row's header");
    await expect(events.row(stream, 1)).rejects.toMatchObject({
      name: 'UndecodableEntry',
      where: 'faults/0001/1',
    });
    await expect(all(events.scan())).rejects.toThrow('entry faults/I#0001#1/0');
  });

  test('a view that is no row is named', async () => {
    mock.on(GetCommand).resolves({ Item: { ...view, version: '1' } });
    await expect(views.get('p', 's')).rejects.toMatchObject({ name: 'UndecodableView' });
  });

  test('a write is conditional, and a read of facts strongly consistent', async () => {
    mock.onAnyCommand().resolves({});
    await Promise.all(calls.slice(0, 9).map(([, call]) => call()));
    for (const { args } of mock.calls()) {
      const { input } = args[0];
      const batch = 'RequestItems' in input ? Object.values(input.RequestItems ?? {})[0] : undefined;
      const consistent = { ...input, ...batch };
      expect(
        'ConditionExpression' in input || ('ConsistentRead' in consistent && consistent.ConsistentRead),
      ).toBe(true);
    }
  });
});
