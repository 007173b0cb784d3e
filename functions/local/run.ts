import { readFileSync } from 'node:fs';
import { BadEnvironment, type Environment } from '../compose.ts';
import type { Log } from '../log.ts';
import { EngineFailed, EngineMissing } from './engine.ts';
import { NotALedger } from './ledger-file.ts';
import { FolderInUse } from './lock.ts';
import { PortInUse, type RunningServer, serve } from './serve.ts';

const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** What an operator can mend; everything else is a fault of ours and shows its stack. */
const EXPECTED = [BadEnvironment, EngineFailed, EngineMissing, FolderInUse, NotALedger, PortInUse];

/** After so long a stop is forced, in milliseconds. */
const STOP_MS = 4_500;

/** Serves until SIGTERM or SIGINT, or until the engine is lost. Ends the process with a status. */
export async function runUntilStopped(
  environment: () => Environment,
  log: Log,
  ready: (server: RunningServer, env: Environment) => Promise<void>,
): Promise<void> {
  let server: RunningServer | undefined;
  let stopping = false;
  const stop = async (status: number, why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log('info', 'stopping', { why });
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await server?.stop();
    log('info', 'stopped', {});
    process.exit(status);
  };
  process.on('SIGTERM', () => void stop(0, 'SIGTERM'));
  process.on('SIGINT', () => void stop(0, 'SIGINT'));
  process.on('unhandledRejection', (reason) =>
    log('error', 'unhandled rejection', { stack: stackOf(reason) }),
  );
  process.on('uncaughtException', (error) => log('error', 'uncaught exception', { stack: stackOf(error) }));
  try {
    const env = environment();
    server = await serve(env, VERSION, log);
    if (stopping) return await server.stop();
    void server.engineLost.then((why) => {
      process.stderr.write(`taizhang: ${why}; start again, nothing acknowledged is lost.\n`);
      return stop(1, why);
    });
    await ready(server, env);
    log('info', 'ready', { url: server.url });
  } catch (error) {
    process.stderr.write(`taizhang: ${oneLine(error)}\n`);
    await server?.stop();
    process.exit(1);
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

const oneLine = (error: unknown): string =>
  EXPECTED.some((kind) => error instanceof kind) ? (error as Error).message : stackOf(error);
