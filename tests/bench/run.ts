import { bigFolder } from './big.bench.ts';
import { carrying } from './carrying.bench.ts';
import { coldStart } from './cold-start.bench.ts';
import { consolePages } from './console.bench.ts';
import { costs } from './cost.bench.ts';
import { closingLine, heading, note } from './figures.ts';
import { flags } from './flags.bench.ts';
import { throughHttp } from './http.bench.ts';
import { parsing } from './parse.bench.ts';
import { pureFolds } from './pure.bench.ts';
import { replay } from './replay.bench.ts';

/** By name, so that `npm run bench -- folds replay` runs two of them. */
const SECTIONS: { readonly [name: string]: () => Promise<void> } = {
  costs,
  carrying,
  folds: pureFolds,
  flags,
  replay,
  parsing,
  http: throughHttp,
  console: consolePages,
  cold: coldStart,
  big: bigFolder,
};

const asked = process.argv.slice(2);
for (const name of asked) {
  if (SECTIONS[name]) continue;
  process.stderr.write(`no section ${name}; there are ${Object.keys(SECTIONS).join(', ')}\n`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
for (const [name, section] of Object.entries(SECTIONS)) {
  if (asked.length === 0 || asked.includes(name)) await section();
}
heading('All in all');
note(closingLine());
