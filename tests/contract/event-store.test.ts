import { DynamoEventStore } from '../../functions/store/dynamo-event-store.ts';
import { dynamoDbLocalFolder, dynamoDbLocalStore } from '../kit/dynamodb-local.ts';
import { embeddedStore, type TestStore } from '../kit/embedded-engine.ts';
import { MemoryEventStore } from '../kit/memory-event-store.ts';
import { eventStoreReads } from './event-store-reads.contract.ts';
import { type EventStoreUnderTest, eventStoreWrites } from './event-store-writes.contract.ts';

function eventStoreContract(name: string, open: () => Promise<EventStoreUnderTest>): void {
  eventStoreWrites(name, open);
  eventStoreReads(name, open);
}

function onEngine(engine: TestStore): EventStoreUnderTest {
  const open = () => new DynamoEventStore(engine.client().documents, engine.tables.events.name);
  return { store: open(), other: open(), stop: () => engine.stop() };
}

eventStoreContract('in memory', async () => {
  const store = new MemoryEventStore();
  return { store, other: store, stop: async () => {} };
});

eventStoreContract('embedded engine', async () => onEngine(await embeddedStore()));

const folder = dynamoDbLocalFolder();
if (folder !== undefined)
  eventStoreContract('DynamoDB Local', async () => onEngine(await dynamoDbLocalStore(folder)));
