import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Log, silent } from '../log.ts';
import { SUPERVISOR } from './supervisor.ts';

/** A running DynamoDB-compatible engine that owns one database file. */
export interface Engine {
  /** `http://127.0.0.1:<port>`, for the SDK's `endpoint`. */
  readonly endpoint: string;
  readonly pid: number;
  /**
   * Asks the engine to finish what it runs, fold its write-ahead log into the file and leave; kills it after
   * 10 s. Resolves once the process is gone. Safe to call twice, and after the engine died by itself.
   */
  stop(): Promise<void>;
  /** Resolves, never rejects, when the process is gone, whoever ended it. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** This platform has no embedded engine. The message says what to do. */
export class EngineMissing extends Error {
  override readonly name = 'EngineMissing';
}

/** The engine is there but did not start. The message carries its own last words. */
export class EngineFailed extends Error {
  override readonly name = 'EngineFailed';
}

/**
 * Starts the engine on `file` (created when absent, readable by its owner only) on a free loopback port, and
 * resolves when it answers. It runs in a session of its own: a Ctrl-C on the terminal reaches us and not the
 * engine, so that we can drain first.
 *
 * @throws EngineMissing, EngineFailed
 */
export async function startEngine(options: {
  readonly file: string;
  readonly log?: Log;
  /** Path of a dynoxide executable; the optional package for this platform by default. */
  readonly binary?: string | undefined;
}): Promise<Engine> {
  const file = resolve(options.file);
  const binary = options.binary ?? packagedBinary();
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return await launch(binary, file, port, options.log ?? silent);
    } catch (error) {
      // Somebody else may take the port between our look and the engine's bind.
      const portTaken = error instanceof EngineFailed && error.message.includes('already in use');
      if (!portTaken || attempt === 5) throw error;
    }
  }
}

async function launch(binary: string, file: string, port: number, log: Log): Promise<Engine> {
  const endpoint = `http://127.0.0.1:${port}`;
  const serve = ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'taizhang-engine', file, binary, ...serve], {
    cwd: dirname(file),
    detached: true,
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lifeline = child.stdin as Writable;
  lifeline.on('error', () => {}); // The watcher may be gone already; nothing is lost by that.
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    child.once('exit', (code, signal) => {
      lifeline.end('gone\n');
      done({ code, signal });
    });
    child.once('error', () => done({ code: null, signal: null }));
  });
  const closed = new Promise((done) => child.once('close', done).once('error', done));
  const words = lastWords(child, log);
  let ended = false;
  void exited.then(() => {
    ended = true;
  });

  // The lock wait is 10 s and a large file takes a moment; beyond 30 s something is wrong.
  const deadline = Date.now() + 30_000;
  while (!ended && Date.now() < deadline) {
    // Whoever answers on that port must be our child: it says so on its own output before we knock.
    if (words().includes('listening on') && (await answers(endpoint))) break;
    await Promise.race([delay(5), exited]);
  }
  if (ended || Date.now() >= deadline || child.pid === undefined) {
    child.kill('SIGKILL');
    await closed; // Not before: its last words may still be in the pipe.
    throw new EngineFailed(
      `The database engine did not start on ${file}: ${words() || `no answer from ${binary}`}`,
    );
  }
  log('info', 'engine started', { endpoint, pid: child.pid, file });

  const stop = async (): Promise<void> => {
    if (ended) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      log('warn', 'engine did not leave within 10 s and is killed', { pid: child.pid });
      child.kill('SIGKILL');
    }, 10_000);
    await exited;
    clearTimeout(timer);
  };
  return { endpoint, pid: child.pid, stop, exited };
}

/** Keeps the last line the engine printed, for readiness and error messages, and passes every line to the log. */
function lastWords(child: ChildProcess, log: Log): () => string {
  let last = '';
  const listen = (line: string): void => {
    if (line.trim() === '') return;
    last = line.trim();
    log('debug', 'engine says', { line: last });
  };
  for (const output of [child.stdout, child.stderr]) {
    if (output !== null) createInterface(output).on('line', listen);
  }
  child.once('error', (error) => listen(error.message));
  return () => last;
}

function packagedBinary(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${platform}/dynoxide`);
  } catch {
    throw new EngineMissing(
      `No embedded database engine is installed for ${platform}. Run npm ci with optional packages on linux-x64, ` +
        'or name a DynamoDB-compatible endpoint in TAIZHANG_DYNAMODB_ENDPOINT.',
    );
  }
}

/** A loopback port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((ready, failed) => {
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', ready);
  });
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new EngineFailed('No free loopback port.');
  return address.port;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(endpoint, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
