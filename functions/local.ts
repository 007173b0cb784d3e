import { readEnvironment } from './compose.ts';
import { greet, loadExample } from './local/example/load.ts';
import { jsonLog } from './local/json-log.ts';
import { runUntilStopped } from './local/run.ts';

const log = jsonLog((line) => process.stderr.write(line), Date.now);

await runUntilStopped(readEnvironment, log, async (server, env) => {
  if (env.isExample) await loadExample(server);
  process.stdout.write(greet(server, env));
});
