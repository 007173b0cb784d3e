import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, EngineFailed, EngineMissing, startEngine } from '../../../functions/local/engine.ts';
import { clients, portClosed, run, type Script, temporaryFolder } from './kit.ts';
import { createTable, numbersOf, put } from './rows.ts';

async function engineOn(file: string): Promise<Engine> {
  const engine = await startEngine({ file });
  onTestFinished(() => engine.stop());
  return engine;
}

test('what was written is there after a stop and a start', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const first = await engineOn(file);
  await createTable(first.endpoint);
  await put(clients(first.endpoint).database, 'a', 1);
  await first.stop();
  await first.stop();
  expect(await first.exited).toEqual({ code: 0, signal: null });
  await portClosed(first.endpoint);

  const second = await engineOn(file);
  expect(await numbersOf(clients(second.endpoint).database, 'a')).toEqual([1]);
});

test('a second engine on a file waits until the first has gone', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const first = await engineOn(file);
  let secondRuns = false;
  const second = engineOn(file).then((engine) => {
    secondRuns = true;
    return engine;
  });
  await new Promise((later) => setTimeout(later, 300));
  expect(secondRuns).toBe(false);
  await first.stop();
  expect((await second).endpoint).not.toBe(first.endpoint);
});

test('an engine that dies is reported with its signal', async () => {
  const engine = await engineOn(join(await temporaryFolder(), 'store.db'));
  process.kill(engine.pid, 'SIGKILL');
  expect(await engine.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a file that is no database is refused in the words of the engine', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  await writeFile(file, 'not a database, however long one looks at it. '.repeat(200));
  const start = startEngine({ file });
  await expect(start).rejects.toThrow(EngineFailed);
  await expect(start).rejects.toThrow('not a valid SQLite database');
});

test('a binary that does not exist is refused by name', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const start = startEngine({ file, binary: '/nowhere/dynoxide' });
  await expect(start).rejects.toThrow(EngineFailed);
  await expect(start).rejects.toThrow('/nowhere/dynoxide');
});

test('a platform without the package is told what to do instead', async () => {
  const { platform } = process;
  Object.defineProperty(process, 'platform', { value: 'plan9' });
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: platform });
  });
  const start = startEngine({ file: '/unused' });
  await expect(start).rejects.toThrow(EngineMissing);
  await expect(start).rejects.toThrow(/plan9.*TAIZHANG_DYNAMODB_ENDPOINT/);
});

/** The writer's engine, once it has acknowledged enough writes to be in full swing. */
async function inFullSwing(writer: Script): Promise<{ pid: number; endpoint: string }> {
  const [, pid, endpoint] = (await writer.line('engine ')).split(' ');
  await writer.line('acknowledged a 30');
  return { pid: Number(pid), endpoint: endpoint ?? '' };
}

/** Everything acknowledged is there, and of the rest at most the one write that each of four writers had under way. */
async function expectNothingLost(writer: Script, file: string): Promise<void> {
  const { database } = clients((await engineOn(file)).endpoint);
  for (const stream of ['a', 'b', 'c', 'd']) {
    const acknowledged = writer.lines.filter((line) => line.startsWith(`acknowledged ${stream} `)).length;
    const found = await numbersOf(database, stream);
    expect(found).toEqual(found.map((_, index) => index + 1));
    expect(found.length - acknowledged).toBeGreaterThanOrEqual(0);
    expect(found.length - acknowledged).toBeLessThanOrEqual(1);
  }
}

test('kill -9 of the application under load ends the engine and loses nothing acknowledged', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const writer = run(new URL('./writer.script.ts', import.meta.url), file);
  const { endpoint } = await inFullSwing(writer);
  writer.process.kill('SIGKILL');
  await writer.ended;
  await portClosed(endpoint);
  await expectNothingLost(writer, file);
});

test('kill -9 of the engine under load loses nothing acknowledged', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const writer = run(new URL('./writer.script.ts', import.meta.url), file);
  const { pid } = await inFullSwing(writer);
  process.kill(pid, 'SIGKILL');
  await new Promise((later) => setTimeout(later, 100));
  writer.process.kill('SIGKILL');
  await writer.ended;
  await expectNothingLost(writer, file);
});

test('a Ctrl-C, which goes to the whole process group, leaves the engine to the application', async () => {
  const file = join(await temporaryFolder(), 'store.db');
  const writer = run(new URL('./writer.script.ts', import.meta.url), file);
  await inFullSwing(writer);
  process.kill(-(writer.process.pid ?? 0), 'SIGINT');
  await writer.line('interrupted');
  const before = writer.lines.filter((line) => line.startsWith('acknowledged a')).length;
  await writer.line(`acknowledged a ${before + 20}`);
});
