import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;

function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.tsx?$/.test(file.name))
    .map((file) => relative(ROOT, join(file.parentPath, file.name)))
    .sort();
}

interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** What is taken, as written between the braces; empty for a dynamic import. */
  readonly names: string;
  /** A path from the root, or the name of a package. */
  readonly to: string;
}

const code = (path: string): string =>
  readFileSync(join(ROOT, path), 'utf8').replace(/(?<!\S)\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*/g, '');

/** Static, re-exporting, dynamic and type imports, in one form. */
const IMPORT =
  /\b(?:import|export)\b([^;'"()]*?)\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|\bimport\s*['"]([^'"]+)['"]/g;

function importsOf(path: string): Import[] {
  return [...code(path).matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const to = specifier.startsWith('.') ? join(dirname(path), specifier) : specifier;
    return { from: path, specifier, names: (match[1] ?? '').trim(), to };
  });
}

const domain = sourcesOf('domain');
const functions = sourcesOf('functions');
const infra = sourcesOf('infra');
const imports = [...domain, ...functions, ...infra].flatMap(importsOf);
const shown = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;
const within = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);

test('imports are found, in every folder', () => {
  for (const folder of [
    'domain',
    'domain/item',
    'domain/inspection',
    'domain/notice',
    'functions/app',
    'functions/http',
    'functions/cloud',
    'infra',
  ]) {
    expect(imports.filter(({ from }) => dirname(from) === folder).length, folder).toBeGreaterThan(5);
  }
  expect(imports.length).toBeGreaterThan(300);
});

test('every relative import names a file that there is', () => {
  const files = new Set([...domain, ...functions, ...infra]);
  const lost = imports.filter(({ specifier, to }) => /^\..*\.tsx?$/.test(specifier) && !files.has(to));
  expect(lost.map(shown)).toEqual([]);
});

describe('arrows point one way: infra → functions → domain', () => {
  test('the domain imports itself and createHash, and nothing else', () => {
    const others = imports.filter(
      ({ from, to, names }) =>
        within('domain', from) &&
        !within('domain', to) &&
        !(to === 'node:crypto' && /^\{ createHash \}$/.test(names)),
    );
    expect(others.map(shown)).toEqual([]);
  });

  test('functions import neither infra nor tests', () => {
    const others = imports.filter(
      ({ from, to }) => within('functions', from) && (within('infra', to) || within('tests', to)),
    );
    expect(others.map(shown)).toEqual([]);
  });

  test('infra imports no tests', () => {
    const others = imports.filter(({ from, to }) => within('infra', from) && within('tests', to));
    expect(others.map(shown)).toEqual([]);
  });

  test('what runs imports no tool of development', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: { readonly [name: string]: string };
    };
    const others = imports.filter(
      ({ from, to }) =>
        !within('infra', from) &&
        Object.keys(devDependencies).some((name) => to === name || within(name, to)),
    );
    expect(others.map(shown)).toEqual([]);
  });
});

test('no import goes in a circle', () => {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports) graph.set(from, [...(graph.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const again = way.indexOf(path);
    if (again >= 0) circles.push([...way.slice(again), path].join(' → '));
    if (again >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

describe('what reaches outside', () => {
  const using = (files: readonly string[], pattern: RegExp): string[] =>
    files.filter((path) => pattern.test(code(path)));

  test('the environment is read in functions/compose.ts alone', () => {
    const readers = using(
      [...domain, ...functions, ...infra],
      /\bprocess\s*(\??\.\s*env\b|\[)|from 'node:process'/,
    );
    expect(readers).toEqual(['functions/compose.ts']);
  });

  test('the domain knows no clock, no chance, no network and no process', () => {
    expect(using(domain, /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\./)).toEqual([]);
    expect(using(domain, /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\bgetRandomValues\b/)).toEqual([]);
    expect(using(domain, /\bfetch\(|\bprocess\.|\bsetTimeout\b|\bsetInterval\b|\bconsole\./)).toEqual([]);
  });
});

test('no file has more than 300 lines', () => {
  const long = [...domain, ...functions, ...infra]
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});
