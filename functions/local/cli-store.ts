import type { Dependencies } from '../app/dependencies.ts';
import { replayDeadLetters } from '../app/project.ts';
import { rebuildViews } from '../app/rebuild.ts';
import { forgetful } from '../app/written-streams.ts';
import type { OpenedStore } from '../cli/context.ts';
import { completeRestore } from '../cli/swap.ts';
import { BadEnvironment, type Environment } from '../compose.ts';
import { silent } from '../log.ts';
import { systemClock, systemEntropy } from '../system.ts';
import { openLedgerFile } from './ledger-file.ts';
import { acquireLock, readLock } from './lock.ts';
import { type OpenStore, openStoreIn, storeAt } from './open-store.ts';

/** Opens the stores of the data folder: through the engine of a live server, or alone under the folder's lock. */
export async function openStore(env: Environment): Promise<OpenedStore> {
  await completeRestore(env.dataFolder);
  const live = await readLock(env.dataFolder);
  if (live?.engineEndpoint !== undefined) {
    return opened(env.dataFolder, storeAt(live.engineEndpoint, env), async () => {});
  }
  return openAlone(env, env.dataFolder, env.dynamodbEndpoint);
}

/**
 * Opens a folder that no server knows, always on an embedded engine of its own.
 *
 * @throws BadEnvironment where the server would use another engine, and so not see what is written here
 */
export async function openFreshStore(env: Environment, folder: string): Promise<OpenedStore> {
  if (env.dynamodbEndpoint !== undefined) {
    throw new BadEnvironment(
      'A backup is restored into a folder; unset TAIZHANG_DYNAMODB_ENDPOINT to do so.',
    );
  }
  return openAlone(env, folder, undefined);
}

async function openAlone(
  env: Environment,
  folder: string,
  endpoint: string | undefined,
): Promise<OpenedStore> {
  const identity = await openLedgerFile(folder, Date.now);
  const lock = await acquireLock(folder);
  try {
    return await opened(
      folder,
      await openStoreIn(folder, endpoint, env, silent),
      () => lock.release(),
      identity,
    );
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function opened(
  folder: string,
  store: OpenStore,
  release: () => Promise<void>,
  known?: Dependencies['identity'],
): Promise<OpenedStore> {
  const deps: Dependencies = {
    identity: known ?? (await openLedgerFile(folder, Date.now)),
    events: store.events,
    views: store.views,
    clock: systemClock(),
    entropy: systemEntropy,
    written: forgetful,
  };
  return {
    events: store.events,
    views: store.views,
    rebuild: (progress) => rebuildViews(deps, progress),
    replayDeadLetters: () => replayDeadLetters(deps),
    close: async () => {
      await store.close();
      await release();
    },
  };
}
