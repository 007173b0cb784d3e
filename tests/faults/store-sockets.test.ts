import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeClient } from '../../functions/store/client.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { DynamoViewStore } from '../../functions/store/dynamo-view-store.ts';
import { newMeter } from '../../functions/store/meter.ts';
import { embeddedStore } from '../kit/embedded-engine.ts';
import { all, anItemId, eventRow, freshCase } from '../kit/event-rows.ts';
import { type LossyProxy, lossyProxy } from '../kit/lossy-proxy.ts';

/** The real SDK, its retries included, against a real engine behind sockets that fail. */
describe('a store behind failing sockets', () => {
  let engine: Awaited<ReturnType<typeof embeddedStore>>;
  let proxy: LossyProxy;
  let events: DynamoEventStore;
  let views: DynamoViewStore;
  let direct: DynamoEventStore;
  let close: () => void;
  const meter = newMeter();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

  beforeAll(async () => {
    engine = await embeddedStore();
    proxy = await lossyProxy(engine.endpoint);
    const client = storeClient({ region: 'local', endpoint: proxy.endpoint, credentials, meter });
    close = client.close;
    events = new DynamoEventStore(client.documents, engine.tables.events.name);
    views = new DynamoViewStore(client.documents, engine.tables.views.name);
    direct = new DynamoEventStore(engine.client().documents, engine.tables.events.name);
  });
  afterAll(async () => {
    close?.();
    await proxy?.stop();
    await engine?.stop();
  });

  const aStream = () => ({ caseId: freshCase(), itemId: anItemId('0001') });

  test('a put that was lost is put again by the SDK', async () => {
    const row = eventRow(aStream(), 1);
    proxy.next('lost');
    expect(await events.append(row)).toBe('appended');
    expect(await direct.row(row.entry, 1)).toEqual(row);
  });

  test('a put that was kept and not acknowledged comes back as a clash with our own row', async () => {
    const row = eventRow(aStream(), 1, { text: '我们自己的', carried: '[1]' });
    proxy.next('unacknowledged');
    expect(await events.append(row)).toEqual({ clash: row });
    proxy.next('cut');
    expect(await events.append(eventRow(row.entry, 2))).toMatchObject({ clash: { entry: { seq: 2 } } });
    expect(await all(direct.stream(row.entry))).toHaveLength(2);
  });

  test('a put whose every answer is lost ends as unavailable, and is there', async () => {
    const row = eventRow(aStream(), 1);
    proxy.next('unacknowledged', 'lost', 'lost', 'lost');
    const before = proxy.seen();
    await expect(events.append(row)).rejects.toMatchObject({ name: 'StoreFault', kind: 'unavailable' });
    expect(proxy.seen() - before).toBe(4);
    expect(await direct.row(row.entry, 1)).toEqual(row);
  });

  test('a put that never arrives ends as unavailable, and is not there', async () => {
    const row = eventRow(aStream(), 1);
    proxy.next('lost', 'lost', 'lost', 'lost');
    await expect(events.append(row)).rejects.toMatchObject({ name: 'StoreFault', kind: 'unavailable' });
    expect(await direct.row(row.entry, 1)).toBeUndefined();
  });

  test('an engine that never answers costs one attempt its 2 s, and the next one answers', async () => {
    const row = eventRow(aStream(), 1);
    proxy.next('stalled');
    expect(await events.append(row)).toBe('appended');
  });

  test('a put is given up when its signal says so, whatever the SDK would still try', async () => {
    const row = eventRow(aStream(), 1);
    proxy.next('stalled');
    const before = proxy.seen();
    await expect(events.append(row, AbortSignal.timeout(100))).rejects.toMatchObject({
      name: 'StoreFault',
      kind: 'unavailable',
    });
    expect(proxy.seen() - before).toBe(1);
    expect(await direct.row(row.entry, 1)).toBeUndefined();
  });

  test('reads come whole after an answer was cut in the middle', async () => {
    const stream = aStream();
    const rows = Array.from({ length: 30 }, (_, index) => eventRow(stream, index + 1, { bytes: 900 }));
    for (const row of rows) await direct.append(row);
    proxy.next('cut', 'unacknowledged', 'lost');
    expect(await all(events.stream(stream))).toEqual(rows);
  });

  test('throttling passes by itself; every attempt is counted', async () => {
    const row = eventRow(aStream(), 1);
    proxy.next('throttled');
    const requests = meter.requests;
    expect(await events.append(row)).toBe('appended');
    expect(meter.requests - requests).toBe(2);
  });

  test('a view that was advanced and not acknowledged says that it stood; it is there once', async () => {
    const view = { partition: freshCase(), sort: 'a', version: 3, body: '{}' };
    proxy.next('unacknowledged');
    expect(await views.advance(view)).toBe(false);
    expect(await views.get(view.partition, 'a', true)).toEqual(view);
  });

  test('an engine that is not there is unavailable', async () => {
    const nowhere = storeClient({ region: 'local', endpoint: 'http://127.0.0.1:9', credentials });
    const store = new DynamoEventStore(nowhere.documents, 'events');
    await expect(store.newest(aStream(), 1)).rejects.toMatchObject({
      name: 'StoreFault',
      kind: 'unavailable',
    });
    nowhere.close();
  });

  test('a table that is not there is a wrong deployment, no fault', async () => {
    const store = new DynamoEventStore(engine.client().documents, 'no-such-table');
    await expect(store.newest(aStream(), 1)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
