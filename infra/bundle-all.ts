import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, FUNCTIONS } from './bundle.ts';

// For looking at: writes every function's bundle into the folder that is named.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name a folder');
rmSync(folder, { recursive: true, force: true });
for (const name of FUNCTIONS) bundle(name, join(folder, name));
