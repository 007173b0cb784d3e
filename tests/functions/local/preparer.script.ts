// Prepares the store in the given file, step by step, until it is killed or done.
import { prepareStore } from '../../../functions/local/stream-index.ts';
import { createTable } from './rows.ts';

const file = process.argv[2];
if (file === undefined) throw new Error('Which file?');
process.stdout.write('started\n');
await prepareStore({ file, createTables: createTable });
process.stdout.write('prepared\n');
