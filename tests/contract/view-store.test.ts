import { DynamoViewStore } from '../../functions/store/dynamo-view-store.ts';
import { dynamoDbLocalFolder, dynamoDbLocalStore } from '../kit/dynamodb-local.ts';
import { embeddedStore, type TestStore } from '../kit/embedded-engine.ts';
import { MemoryViewStore } from '../kit/memory-view-store.ts';
import { type ViewStoreUnderTest, viewStoreContract } from './view-store.contract.ts';

function onEngine(engine: TestStore, inTransactions = false): ViewStoreUnderTest {
  const store = new DynamoViewStore(engine.client().documents, engine.tables.views.name, { inTransactions });
  return { store, stop: () => engine.stop() };
}

viewStoreContract('in memory', async () => ({ store: new MemoryViewStore(), stop: async () => {} }));

viewStoreContract('embedded engine', async () => onEngine(await embeddedStore()));
viewStoreContract('embedded engine, in transactions', async () => onEngine(await embeddedStore(), true));

const folder = dynamoDbLocalFolder();
if (folder !== undefined)
  viewStoreContract('DynamoDB Local', async () => onEngine(await dynamoDbLocalStore(folder)));
