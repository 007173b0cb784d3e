import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { onTestFinished } from 'vitest';
import { connection } from './rows.ts';

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'taizhang-local-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function clients(endpoint: string): { database: DynamoDBClient; streams: DynamoDBStreamsClient } {
  const database = new DynamoDBClient(connection(endpoint));
  const streams = new DynamoDBStreamsClient(connection(endpoint));
  onTestFinished(() => {
    database.destroy();
    streams.destroy();
  });
  return { database, streams };
}

export interface Script {
  readonly process: ChildProcess;
  /** Every line it has printed so far. */
  readonly lines: string[];
  /** Resolves with the first line that starts with the prefix, rejects when the script ends without it. */
  line(prefix: string): Promise<string>;
  readonly ended: Promise<void>;
}

/** Runs a script in a process, and process group, of its own. */
export function run(script: URL, ...args: string[]): Script {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(script), ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const output = createInterface(child.stdout);
  output.on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const line = (prefix: string): Promise<string> =>
    new Promise((found, failed) => {
      const look = (): void => {
        const hit = lines.find((text) => text.startsWith(prefix));
        if (hit === undefined) return;
        waiting.delete(look);
        found(hit);
      };
      waiting.add(look);
      void ended.then(() => failed(new Error(`${script} ended and never printed "${prefix}"`)));
      look();
    });
  return { process: child, lines, line, ended };
}

/** Resolves once nothing accepts connections there any more. */
export async function portClosed(endpoint: string): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((answer) => {
      const socket = connect(Number(new URL(endpoint).port), '127.0.0.1');
      socket.once('connect', () => answer(true)).once('error', () => answer(false));
      socket.once('connect', () => socket.destroy());
    });
    if (!open) return;
    await new Promise((later) => setTimeout(later, 20));
  }
}
