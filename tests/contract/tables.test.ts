import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  type AttributeValue,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventRecord } from '../../functions/projector/stream-event.ts';
import { createTables, ForeignTable } from '../../functions/store/create-tables.ts';
import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { fromImage } from '../../functions/store/event-row.ts';
import { newMeter } from '../../functions/store/meter.ts';
import { embeddedStore, type TestStore } from '../kit/embedded-engine.ts';
import { anItemId, eventRow, freshCase } from '../kit/event-rows.ts';

describe('the tables on the embedded engine', () => {
  let engine: TestStore;
  beforeAll(async () => {
    engine = await embeddedStore();
  });
  afterAll(() => engine?.stop());

  const describeEvents = async () =>
    (await engine.client().documents.send(new DescribeTableCommand({ TableName: engine.tables.events.name })))
      .Table;

  test('making tables that exist leaves them as they are, however many try at once', async () => {
    const { documents } = engine.client();
    const before = await describeEvents();
    const store = new DynamoEventStore(documents, engine.tables.events.name);
    const row = eventRow({ caseId: freshCase() }, 1);
    await store.append(row);
    const definitions = [...Object.values(engine.tables), { ...engine.tables.views, name: 'another-views' }];
    await Promise.all([createTables(documents, definitions), createTables(documents, definitions)]);
    expect((await describeEvents())?.LatestStreamArn).toBe(before?.LatestStreamArn);
    expect(await store.row(row.entry, 1)).toEqual(row);
  });

  test('a table of that name with other keys or without its stream is refused', async () => {
    const { documents } = engine.client();
    const { events, views } = engine.tables;
    await expect(createTables(documents, [{ ...events, sortKey: 'seq' }])).rejects.toThrow(ForeignTable);
    await expect(createTables(documents, [{ ...views, stream: 'NEW_AND_OLD_IMAGES' }])).rejects.toThrow(
      ForeignTable,
    );
  });

  test('a stream record holds the row, as the engine gives it and as Lambda hands it on', async () => {
    const { documents } = engine.client();
    const store = new DynamoEventStore(documents, engine.tables.events.name);
    const stream = { caseId: freshCase(), itemId: anItemId('0042') };
    const row = eventRow(stream, 7, { text: '佐证😀', carried: '[1]' });
    await store.append(row);
    await store.eraseText(stream, 7);
    const erased = { ...row, entry: { ...row.entry, text: undefined, textSalt: undefined } };

    const arn = (await describeEvents())?.LatestStreamArn ?? '';
    const records = (await streamRecords(engine.endpoint, arn)).filter(
      (record) => record.dynamodb?.Keys?.caseId?.S === stream.caseId,
    );
    const direct = records.map((record) => [
      image(record.dynamodb?.OldImage),
      image(record.dynamodb?.NewImage),
    ]);
    expect(direct).toEqual([
      [undefined, row],
      [row, erased],
    ]);
    const handedOn = records.map((record) => {
      const { OldImage, NewImage } = JSON.parse(JSON.stringify(eventRecord(record, arn))).dynamodb;
      return [image(OldImage), image(NewImage)];
    });
    expect(handedOn).toEqual(direct);
  });

  test('a meter counts requests and units: a put by its KB, a strong read by its 4 KB, a weak one half', async () => {
    const meter = newMeter();
    const store = new DynamoEventStore(engine.client(meter).documents, engine.tables.events.name);
    const stream = { caseId: freshCase() };
    await store.append(eventRow(stream, 1, { bytes: 800 }));
    expect(meter).toEqual({ requests: 1, readUnits: 0, writeUnits: 1 });
    await store.append(eventRow(stream, 2, { bytes: 1_100 }));
    expect(meter).toEqual({ requests: 2, readUnits: 0, writeUnits: 3 });
    await store.newest(stream, 2);
    expect(meter).toEqual({ requests: 3, readUnits: 1, writeUnits: 3 });
  });
});

const image = (value: Record<string, AttributeValue> | undefined) => value && fromImage(value);

async function streamRecords(endpoint: string, StreamArn: string) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBStreamsClient({ endpoint, region: 'local', credentials });
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records } = await client.send(new GetRecordsCommand({ ShardIterator }));
  client.destroy();
  return Records ?? [];
}
