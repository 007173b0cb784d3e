import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Addresses } from './environment.ts';
import { type Instance, startInstance } from './instance.ts';
import type { Outcome } from './runtime-api.ts';

/** A function as it is deployed: its asset and what the template says about it. */
export interface DeployedFunction {
  readonly name: string;
  /** The asset. */
  readonly folder: string;
  /** `file.export`. */
  readonly handler: string;
  readonly environment: { readonly [name: string]: string };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

export interface RunningFunction {
  /** By an idle instance where there is one, else by a new one, else when one is free. */
  invoke(event: unknown): Promise<Outcome>;
  /** Every line of standard output and error so far, of all instances. */
  readonly log: readonly string[];
  /** Instances started so far. */
  coldStarts(): number;
  stop(): Promise<void>;
}

/**
 * Starts a function as Lambda does, of a copy of its asset that stands outside the repository: a file that is not
 * in the bundle is missing.
 * @param instances that may run at a time
 */
export async function startFunction(
  fn: DeployedFunction,
  addresses: Addresses,
  instances = 1,
): Promise<RunningFunction> {
  const taskRoot = await mkdtemp(join(tmpdir(), 'taizhang-task-'));
  await cp(fn.folder, taskRoot, { recursive: true });
  const log: string[] = [];
  const idle: Instance[] = [];
  const all: Instance[] = [];
  const queue: (() => void)[] = [];
  let busy = 0;
  let started = 0;

  async function take(): Promise<Instance> {
    while (busy >= instances) await new Promise<void>((free) => queue.push(free));
    busy += 1;
    const known = idle.pop();
    if (known) return known;
    started += 1;
    const fresh = await startInstance(fn, taskRoot, addresses, (text) => log.push(text));
    all.push(fresh);
    return fresh;
  }

  function giveBack(instance: Instance): void {
    busy -= 1;
    if (instance.alive()) idle.push(instance);
    queue.shift()?.();
  }

  return {
    log,
    coldStarts: () => started,
    invoke: async (event) => {
      const instance = await take();
      try {
        return await instance.invoke(event);
      } finally {
        giveBack(instance);
      }
    },
    stop: async () => {
      await Promise.all(all.map((instance) => instance.stop()));
      await rm(taskRoot, { recursive: true, force: true });
    },
  };
}

/** What the function answered. @throws what it failed with */
export async function answered<T>(outcome: Promise<Outcome>): Promise<T> {
  const done = await outcome;
  if ('payload' in done) return done.payload as T;
  throw new Error(`${done.error.errorType}: ${done.error.errorMessage}`);
}
