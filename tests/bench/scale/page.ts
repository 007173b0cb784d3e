import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { comparable, fillIn } from './blocks.ts';
import { measure } from './measure.ts';

/** The page whose tables are derived here. */
export const PAGE = new URL('../../../infra/SCALE.md', import.meta.url);

/** What two pages say differently in their tables, block by block; empty when they agree. */
export function differences(page: string, derived: string): string[] {
  const stands = comparable(page);
  return [...comparable(derived)]
    .filter(([name, text]) => stands.get(name) !== text)
    .map(([name, text]) => difference(name, stands.get(name) ?? '', text));
}

/** Lines that only one of two blocks has. */
function difference(name: string, before: string, after: string): string {
  const one = before.split('\n');
  const other = after.split('\n');
  return [
    name,
    ...one.filter((line) => !other.includes(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `+ ${line}`),
  ].join('\n');
}

/** Measures, and rewrites the page's tables with `--write`; without it, says what differs and exits with 1. */
async function run(options: readonly string[]): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const derived = fillIn(page, await measure());
  if (options.includes('--write')) return writeFile(PAGE, derived);
  const found = differences(page, derived);
  for (const one of found) process.stdout.write(`${one}\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run(process.argv.slice(2));
