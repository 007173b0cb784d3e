import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DeployedFunction } from './deployed.ts';
import { type Addresses, lambdaEnvironment, REGION } from './environment.ts';
import { type Outcome, runtimeApi } from './runtime-api.ts';

const BOOTSTRAP = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));

/** One execution environment of a function: its process, frozen whenever nothing is asked of it. */
export interface Instance {
  /** False once its process is gone or lost to a timeout: it takes no more invocations. */
  alive(): boolean;
  invoke(event: unknown): Promise<Outcome>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export async function startInstance(
  fn: DeployedFunction,
  taskRoot: string,
  addresses: Addresses,
  line: (text: string) => void,
): Promise<Instance> {
  let alive = true;
  const api = await runtimeApi({
    functionArn: `arn:aws-cn:lambda:${REGION}:123456789012:function:${fn.name}`,
    timeoutMs: fn.timeoutSeconds * 1_000,
    onIdle: () => child.kill('SIGSTOP'),
    onWork: () => child.kill('SIGCONT'),
    onLost: () => {
      alive = false;
      child.kill('SIGKILL');
    },
  });
  const heap = Math.floor(fn.memoryMb * 0.9);
  const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, BOOTSTRAP], {
    cwd: taskRoot,
    env: lambdaEnvironment(fn, taskRoot, api.address, addresses),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  createInterface(child.stdout).on('line', line);
  createInterface(child.stderr).on('line', line);
  const gone = new Promise<void>((done) =>
    child.once('close', (status) => {
      alive = false;
      running.delete(child);
      api.exited(status);
      done();
    }),
  );
  return {
    alive: () => alive,
    invoke: (event) => api.invoke(event),
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
      await api.close();
    },
  };
}
