import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readLocalIssuer, type TokenClaims } from '../../functions/identity/local-issuer.ts';
import { readLock } from '../../functions/local/lock.ts';
import { type StoreClient, storeClient } from '../../functions/store/client.ts';

/** The ledger as `npm start` runs it: a process of its own on a data folder of its own. */
export interface ServerProcess {
  readonly url: string;
  /** Milliseconds from the start of the process, and from its engine's first answer, until it was ready. */
  readonly startedIn: number;
  readonly readyAfterEngine: number;
  /** Reaches the same engine. */
  readonly engine: StoreClient;
  token(claims: Pick<TokenClaims, 'sub' | 'role' | 'office'>): Promise<string>;
  /** Resident memory of our process, without the engine's, in MB. */
  memory(): Promise<number>;
  /** Milliseconds of CPU that our process has used, in all its threads. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export const dataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'taizhang-bench-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

export async function startServer(folder: string): Promise<ServerProcess> {
  const logFile = join(folder, 'bench.log');
  // A file, not a pipe: reading a log must not cost the load generator anything.
  const log = openSync(logFile, 'w');
  const began = Date.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'functions/local.ts'], {
    cwd: REPOSITORY,
    env: { ...process.env, TAIZHANG_DATA: folder, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'ignore', log],
  });
  // A run that breaks off leaves no server behind.
  process.once('exit', () => child.kill('SIGTERM'));
  const { url, readyAt, engineAt } = await untilReady(child, logFile);
  const lock = await readLock(folder);
  const issuer = await readLocalIssuer(folder);
  if (!lock?.engineEndpoint || !issuer) throw new Error('the server says nothing of its engine');
  const engine = storeClient({
    region: 'local',
    endpoint: lock.engineEndpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    url,
    startedIn: readyAt - began,
    readyAfterEngine: readyAt - engineAt,
    engine,
    token: (claims) => issuer.mint(claims, 3_600),
    memory: () => residentMemory(child.pid ?? 0),
    cpu: () => cpuUsed(child.pid ?? 0),
    stop: async () => {
      engine.close();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function untilReady(
  child: ChildProcess,
  logFile: string,
): Promise<{ url: string; readyAt: number; engineAt: number }> {
  let engineAt = Number.NaN;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${await readFile(logFile, 'utf8')}`);
    for (const line of (await readFile(logFile, 'utf8')).split('\n')) {
      if (!line.startsWith('{') || !line.endsWith('}')) continue;
      const { message, time, url } = JSON.parse(line) as { message: string; time: string; url?: string };
      if (message === 'engine started') engineAt = Date.parse(time);
      if (message === 'ready' && url) return { url, readyAt: Date.parse(time), engineAt };
    }
    await delay(10);
  }
}

async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

/** @see proc_pid_stat(5): fields 14 and 15, in ticks of 10 ms, after a name that may hold spaces */
async function cpuUsed(pid: number): Promise<number> {
  const fields =
    (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
