// Tries to take a folder as soon as it is told to, says how that went, and keeps what it got until it is killed.
import { createInterface } from 'node:readline';
import { acquireLock, FolderInUse } from '../../../functions/local/lock.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Which folder?');
process.stdout.write('ready\n');
createInterface(process.stdin).once('line', async () => {
  try {
    await acquireLock(folder, { url: `http://127.0.0.1/${process.pid}` });
    process.stdout.write(`result holds\n`);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    process.stdout.write(`result refused ${error.holder.pid}\n`);
  }
});
