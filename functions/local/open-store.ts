import { join } from 'node:path';
import type { EventStore, ViewStore } from '../../domain/ports.ts';
import type { Log } from '../log.ts';
import { type StoreClient, storeClient } from '../store/client.ts';
import { createTables } from '../store/create-tables.ts';
import { DynamoEventStore } from '../store/dynamo-event-store.ts';
import { DynamoViewStore } from '../store/dynamo-view-store.ts';
import { type Tables, tables } from '../store/tables.ts';
import { type Engine, startEngine } from './engine.ts';
import { prepareStore } from './stream-index.ts';

const DATABASE_FILE = 'events.db';
export const TABLES: Tables = tables('taizhang-');

export interface EngineAccess {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Another engine than the embedded one. */
  readonly dynamodbEndpoint: string | undefined;
}

/** The two stores on an engine that runs already, with the client that reaches it. */
export interface OpenStore {
  readonly endpoint: string;
  readonly client: StoreClient;
  readonly events: EventStore;
  readonly views: ViewStore;
  /** The engine that was started for it; undefined where another one serves. */
  readonly engine: Engine | undefined;
  close(): Promise<void>;
}

export function storeAt(endpoint: string, access: EngineAccess, engine?: Engine): OpenStore {
  const embedded = access.dynamodbEndpoint === undefined;
  const client = storeClient({ ...access, endpoint, unsigned: embedded });
  return {
    endpoint,
    client,
    events: new DynamoEventStore(client.documents, TABLES.events.name),
    views: new DynamoViewStore(client.documents, TABLES.views.name, {
      inTransactions: embedded,
    }),
    engine,
    close: async () => {
      client.close();
      await engine?.stop();
    },
  };
}

/** Starts the embedded engine on a folder's database, prepared at first, or uses the engine that is named. */
export async function openStoreIn(
  folder: string,
  endpoint: string | undefined,
  access: EngineAccess,
  log: Log,
): Promise<OpenStore> {
  const create = async (at: string): Promise<void> => {
    const client = storeClient({ ...access, endpoint: at });
    try {
      await createTables(client.documents, [TABLES.events, TABLES.views]);
    } finally {
      client.close();
    }
  };
  if (endpoint !== undefined) {
    await create(endpoint);
    return storeAt(endpoint, access);
  }
  const file = join(folder, DATABASE_FILE);
  await prepareStore({ file, createTables: create, log });
  const engine = await startEngine({ file, log });
  try {
    await create(engine.endpoint);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return storeAt(engine.endpoint, access, engine);
}
