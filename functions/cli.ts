import { setTimeout as wait } from 'node:timers/promises';
import { outputTo, remarksTo } from './cli/output.ts';
import { runCli } from './cli/run.ts';
import { readCliSettings } from './cli/settings.ts';
import { readEnvironment } from './compose.ts';
import { openFreshStore, openStore } from './local/cli-store.ts';

const env = readEnvironment();

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: outputTo(process.stdout),
  stderr: remarksTo(process.stderr),
  settings: readCliSettings(env),
  fetch: globalThis.fetch,
  now: Date.now,
  wait: (ms) => wait(ms),
  openStore: () => openStore(env),
  openFreshStore: (folder) => openFreshStore(env, folder),
});
