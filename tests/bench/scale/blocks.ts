import type { Measured } from './measure.ts';
import {
  assumptionsTable,
  caseTable,
  hereTable,
  limitsTable,
  operationsTable,
  pricesTable,
  projectingTable,
  stackTable,
  visitsTable,
} from './tables-measured.ts';
import { answersTable, partitionsTable, readsTable, registerTable, writersTable } from './tables-one-case.ts';
import {
  billTable,
  copiesTable,
  growingTable,
  rebuildTable,
  standingTable,
  storageTable,
  trafficTable,
} from './tables-sizes.ts';

/** What the script writes into the page, by the name between its markers. */
const blocks: { readonly [name: string]: (measured: Measured) => string } = {
  traffic: trafficTable,
  storage: storageTable,
  'price after 1 year': (measured) => billTable(measured, 1),
  'price after 10 years': (measured) => billTable(measured, 10),
  standing: standingTable,
  'answers after 1 year': (measured) => growingTable(measured, 1),
  'answers after 10 years': (measured) => growingTable(measured, 10),
  partitions: partitionsTable,
  writers: writersTable,
  'answers of one case': answersTable,
  reads: readsTable,
  register: registerTable,
  rebuild: rebuildTable,
  copies: copiesTable,
  case: caseTable,
  operations: operationsTable,
  projecting: projectingTable,
  assumptions: assumptionsTable,
  visits: visitsTable,
  stack: stackTable,
  limits: limitsTable,
  prices: pricesTable,
  here: hereTable,
};

/** What a time says differs from one machine to the next: it is written, and never compared. */
const TIMED = 'here';

const BLOCK = /<!-- begin: ([^>]+) -->\n[\s\S]*?<!-- end: \1 -->/g;

/** The page with every block as it should be. @throws when it lacks one, or has one that nobody knows */
export function fillIn(page: string, measured: Measured): string {
  const filled = new Set<string>();
  const text = page.replace(BLOCK, (_, name: string) => {
    const block = blocks[name];
    if (!block) throw new Error(`nobody writes the block ${name}`);
    filled.add(name);
    return `<!-- begin: ${name} -->\n\n${block(measured)}\n\n<!-- end: ${name} -->`;
  });
  const missing = Object.keys(blocks).filter((name) => !filled.has(name));
  if (missing.length > 0) throw new Error(`the page lacks ${missing.join(', ')}`);
  return text;
}

/** The blocks of a page by name, without what a time says. */
export function comparable(page: string): ReadonlyMap<string, string> {
  const found = [...page.matchAll(BLOCK)].map(([text, name = '']) => [name, text] as const);
  return new Map(found.filter(([name]) => name !== TIMED));
}

/** What stands outside the blocks: written by hand. */
export const proseOf = (page: string): string => page.replace(BLOCK, '');
