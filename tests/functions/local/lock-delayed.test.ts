import { open } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { acquireLock, FolderInUse, readLock } from '../../../functions/local/lock.ts';
import { temporaryFolder } from './kit.ts';

vi.mock('node:fs/promises', async (original) => {
  const actual = await original<typeof import('node:fs/promises')>();
  return { ...actual, open: vi.fn(actual.open) };
});

test('a taker that slept while its number was taken, released and tidied away withdraws', async () => {
  const folder = await temporaryFolder();
  const actual = vi.mocked(open).getMockImplementation();
  if (actual === undefined) throw new Error('open is not mocked');
  // The sleeper has seen a free folder and is about to write its draft when two others come by.
  vi.mocked(open).mockImplementationOnce(async (...args) => {
    await (await acquireLock(folder, { url: 'http://first' })).release();
    await acquireLock(folder, { url: 'http://second' });
    return actual(...args);
  });
  await expect(acquireLock(folder, { url: 'http://sleeper' })).rejects.toThrow(FolderInUse);
  expect(await readLock(folder)).toMatchObject({ url: 'http://second' });
});
