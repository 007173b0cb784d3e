import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Principal } from '../../domain/actor.ts';
import { type LocalIssuer, openLocalIssuer } from '../../functions/identity/local-issuer.ts';
import { readLock } from '../../functions/local/lock.ts';
import { type Ask, answerOf, headersOf, sentBody } from './api-bench.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Every line of its standard error so far: the log. */
  readonly log: readonly string[];
  readonly out: readonly string[];
  /** Its own id and its engine's. */
  readonly engine: string;
  readonly ask: Ask;
  /** Sends the signal and resolves once the process is gone. */
  end(signal: NodeJS.Signals): Promise<{ readonly status: number | null; readonly signal: string | null }>;
}

/** A temporary data folder; `remove` takes it away. */
export async function dataFolder(): Promise<{ readonly data: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-process-'));
  return {
    data: join(folder, 'data'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const environment = (data: string, port: number): NodeJS.ProcessEnv => {
  const { TAIZHANG_URL: _, TAIZHANG_TOKEN: __, TAIZHANG_DYNAMODB_ENDPOINT: ___, ...env } = process.env;
  return { ...env, TAIZHANG_DATA: data, PORT: String(port) };
};

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one of our doors to its end. */
export function run(door: 'local' | 'cli', data: string, args: readonly string[], port = 0): Promise<Ended> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', `functions/${door}.ts`, ...args],
      { cwd: ROOT, env: environment(data, port), maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => done({ status: error ? (error.code as unknown as number) : 0, out, err }),
    );
  });
}

const live = new Set<ChildProcess>();

/** Ends whatever a failed test has left running. */
export async function endServers(): Promise<void> {
  const left = [...live].map((child) => {
    child.kill('SIGKILL');
    return new Promise((gone) => child.once('close', gone));
  });
  await Promise.all(left);
}

/** The whole server as people start it, as a process of its own on this folder. Resolves when it says ready. */
export async function startServer(data: string, port = 0): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'functions/local.ts'], {
    cwd: ROOT,
    env: environment(data, port),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  live.add(child);
  const log: string[] = [];
  const out: string[] = [];
  const gone = new Promise<{ status: number | null; signal: string | null }>((done) =>
    child.once('close', (status, signal) => {
      live.delete(child);
      done({ status, signal });
    }),
  );
  createInterface(child.stdout).on('line', (line) => out.push(line));
  const url = await new Promise<string>((ready, failed) => {
    createInterface(child.stderr).on('line', (line) => {
      log.push(line);
      const said = line.startsWith('{') ? (JSON.parse(line) as { message?: string; url?: string }) : {};
      if (said.message === 'ready' && said.url) ready(said.url);
    });
    void gone.then(() => failed(new Error(`the server ended before it was ready: ${log.join('\n')}`)));
  });
  const [issuer, lock] = await Promise.all([openLocalIssuer(data), readLock(data)]);
  return {
    ...{ child, url, log, out, engine: lock?.engineEndpoint ?? '' },
    ask: asking(url, issuer),
    end: (signal) => {
      child.kill(signal);
      return gone;
    },
  };
}

function asking(url: string, issuer: LocalIssuer): ServerProcess['ask'] {
  const tokens = new Map<Principal, Promise<string>>();
  return async (who, method, path, body, headers) => {
    if (who && !tokens.has(who)) tokens.set(who, issuer.mint(who, 3_600));
    return answerOf(
      await fetch(url + path, {
        method,
        headers: headersOf(who && (await tokens.get(who)), body, headers),
        ...(body === undefined ? {} : { body: sentBody(body) }),
      }),
    );
  };
}

/** Resolves once the condition holds; the test's own timeout is the limit. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((later) => setTimeout(later, 25));
}

/** Does anything accept connections there? */
export const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
