import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, startEngine } from '../../functions/local/engine.ts';
import { prepareStore } from '../../functions/local/stream-index.ts';
import { type StoreClient, storeClient } from '../../functions/store/client.ts';
import { createTables } from '../../functions/store/create-tables.ts';
import type { Meter } from '../../functions/store/meter.ts';
import { type Tables, tables } from '../../functions/store/tables.ts';

/** An engine with both tables, for one test file. */
export interface TestStore {
  readonly endpoint: string;
  readonly tables: Tables;
  /** A client of its own, closed with the store. */
  client(meter?: Meter): StoreClient;
  stop(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Tables, and what makes them on an engine. */
export interface TablesToMake {
  readonly definitions: Tables;
  create(endpoint: string): Promise<void>;
}

/** Our own definitions under names of their own. */
function freshTables(): TablesToMake {
  const definitions = tables(randomPrefix());
  return { definitions, create: (endpoint) => createAll(endpoint, definitions) };
}

/** The embedded engine on a temporary folder, as the single-machine mode prepares it. */
export async function embeddedStore(
  { definitions, create }: TablesToMake = freshTables(),
): Promise<TestStore & { readonly engine: Engine; readonly file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-store-'));
  const file = join(folder, 'store.db');
  await prepareStore({ file, createTables: create });
  const engine = await startEngine({ file });
  const store = storeOn(engine.endpoint, definitions, async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { ...store, engine, file };
}

/** Fresh tables on an engine that runs already; `stop` closes the clients and whatever `after` says. */
export async function storeAt(endpoint: string, after: () => Promise<void>): Promise<TestStore> {
  const definitions = tables(randomPrefix());
  await createAll(endpoint, definitions);
  return storeOn(endpoint, definitions, after);
}

const randomPrefix = (): string => `t${randomBytes(4).toString('hex')}-`;

async function createAll(endpoint: string, definitions: Tables): Promise<void> {
  const client = connect(endpoint);
  await createTables(client.documents, Object.values(definitions));
  client.close();
}

const connect = (endpoint: string, meter?: Meter): StoreClient =>
  storeClient({ region: 'local', endpoint, credentials: CREDENTIALS, meter });

function storeOn(endpoint: string, definitions: Tables, after: () => Promise<void>): TestStore {
  const open: StoreClient[] = [];
  return {
    endpoint,
    tables: definitions,
    client: (meter) => {
      const client = connect(endpoint, meter);
      open.push(client);
      return client;
    },
    stop: async () => {
      for (const client of open) client.close();
      await after();
    },
  };
}
