import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, FolderInUse, type Lock, readLock } from '../../../functions/local/lock.ts';
import { run, type Script, temporaryFolder } from './kit.ts';

test('a held folder is refused with the pid and the address of its holder', async () => {
  const folder = join(await temporaryFolder(), 'data');
  const lock = await acquireLock(folder);
  await expect(acquireLock(folder)).rejects.toThrow(/process \d+, which is starting/);
  await lock.update({ url: 'http://127.0.0.1:8787', engineEndpoint: 'http://127.0.0.1:9' });

  const refusal = await acquireLock(folder).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(FolderInUse);
  const { holder, message } = refusal as FolderInUse;
  expect(holder).toEqual({
    pid: process.pid,
    startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
    url: 'http://127.0.0.1:8787',
    engineEndpoint: 'http://127.0.0.1:9',
  });
  expect(message).toContain(String(process.pid));
  expect(message).toContain('http://127.0.0.1:8787');
  expect(await readLock(folder)).toEqual(holder);
});

test('a released folder is free, and nobody is said to serve it', async () => {
  const folder = await temporaryFolder();
  expect(await readLock(folder)).toBeUndefined();
  expect(await readLock(join(folder, 'absent'))).toBeUndefined();
  const first = await acquireLock(folder);
  await first.release();
  await first.release();
  expect(await readLock(folder)).toBeUndefined();
  await acquireLock(folder);
  expect(await readLock(folder)).toMatchObject({ pid: process.pid });
});

test('only its owner can read the record, and old records go', async () => {
  const folder = join(await temporaryFolder(), 'data');
  for (let round = 0; round < 3; round += 1) await (await acquireLock(folder)).release();
  await acquireLock(folder);
  expect(await readdir(folder)).toEqual(['lock.4']);
  expect((await stat(join(folder, 'lock.4'))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('a folder whose holder was killed is taken over', async () => {
  const folder = await temporaryFolder();
  const [taker] = await takers(1, folder);
  if (taker === undefined) throw new Error('no taker');
  expect(await result(taker)).toBe('result holds');
  expect(await readLock(folder)).toMatchObject({ pid: taker.process.pid });
  taker.process.kill('SIGKILL');
  await taker.ended;
  expect(await readLock(folder)).toBeUndefined();
  await acquireLock(folder);
});

test('a later process with the pid of the dead holder does not keep the folder', async () => {
  const folder = await temporaryFolder();
  await acquireLock(folder);
  const record = JSON.parse(await readFile(join(folder, 'lock.1'), 'utf8')) as { process: string };
  // The pid is alive: it is ours. Only the start time tells that it is not the holder's.
  await writeFile(join(folder, 'lock.1'), JSON.stringify({ ...record, process: `${record.process}0` }));
  await acquireLock(folder);
});

test('a record that cannot be understood does not keep the folder', async () => {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'lock.7'), '{"pid":');
  await acquireLock(folder);
  expect(await readdir(folder)).toEqual(['lock.8']);
});

test('of many processes that start at once on a dead holder’s folder exactly one gets it', async () => {
  const folder = await temporaryFolder();
  const [dead] = await takers(1, folder);
  if (dead === undefined) throw new Error('no taker');
  await result(dead);
  dead.process.kill('SIGKILL');
  await dead.ended;

  const racers = await takers(6, folder);
  const results = await Promise.all(racers.map(result));
  const winner = racers[results.indexOf('result holds')]?.process.pid;
  expect(results.filter((line) => line === 'result holds')).toHaveLength(1);
  expect(results.filter((line) => line === `result refused ${winner}`)).toHaveLength(5);
});

test('never two at once, however takers and releases interleave', async () => {
  const folder = await temporaryFolder();
  let holders = 0;
  let taken = 0;
  const worker = async (): Promise<void> => {
    for (let round = 0; round < 25; round += 1) {
      let lock: Lock;
      try {
        lock = await acquireLock(folder);
      } catch (error) {
        expect(error).toBeInstanceOf(FolderInUse);
        continue;
      }
      holders += 1;
      taken += 1;
      expect(holders).toBe(1);
      await lock.update({ url: 'http://127.0.0.1:1' });
      expect(holders).toBe(1);
      holders -= 1;
      await lock.release();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(taken).toBeGreaterThan(1);
});

async function takers(count: number, folder: string): Promise<Script[]> {
  const scripts = Array.from({ length: count }, () =>
    run(new URL('./taker.script.ts', import.meta.url), folder),
  );
  await Promise.all(scripts.map((script) => script.line('ready')));
  for (const { process: taker } of scripts) taker.stdin?.write('go\n');
  return scripts;
}

const result = (script: Script): Promise<string> => script.line('result');
