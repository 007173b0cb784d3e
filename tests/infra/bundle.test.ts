import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceStack } from '../../functions/cloud/source-stack.ts';
import { openApiDocument } from '../../functions/http/openapi.ts';
import { type Bundle, bundle, FUNCTIONS, type FunctionName, version } from '../../infra/bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
const made = new Map<FunctionName, Bundle>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taizhang-bundle-'));
  for (const name of FUNCTIONS) made.set(name, bundle(name, join(folder, name)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (name: FunctionName): string[] =>
  readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.[a-z]+$/.test(file),
  );
const read = (name: FunctionName, file: string): string => readFileSync(join(folder, name, file), 'utf8');
const codeOf = (name: FunctionName): string =>
  filesOf(name)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => read(name, file))
    .join('\n');

describe.each(FUNCTIONS)('the bundle of %s', (name) => {
  test('has a door, and a map beside every file of code', () => {
    const files = filesOf(name);
    expect(files).toContain('index.mjs');
    for (const file of files.filter((one) => one.endsWith('.mjs'))) expect(files).toContain(`${file}.map`);
  });

  test('is the same bytes wherever it is built, and names no path of the machine', () => {
    const again = join(folder, 'elsewhere', name, 'deeper');
    bundle(name, again);
    const files = filesOf(name);
    expect(
      readdirSync(again, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[a-z]+$/.test(file)),
    ).toEqual(files);
    for (const file of files) {
      const text = read(name, file);
      expect(readFileSync(join(again, file), 'utf8') === text, file).toBe(true);
      for (const place of [ROOT, folder]) expect(text.includes(place), `${file} names ${place}`).toBe(false);
    }
  });

  test('holds all that it asks for when it starts', () => {
    const hot = [...(made.get(name)?.hot.keys() ?? [])].map((path) => path.replace(/^bundle\//, ''));
    expect(hot).toContain('index.mjs');
    const asked = hot.flatMap((file) => [
      ...read(name, file).matchAll(/(?:^|;|\})import(?:[^"'()]*from)?"([^"]+)"/g),
    ]);
    const outside = asked.map((match) => match[1] ?? '').filter((from) => !from.startsWith('./'));
    expect(outside.length).toBeGreaterThan(0);
    for (const from of outside) expect(builtinModules).toContain(from.replace(/^node:/, ''));
  });
});

describe('what a function has no use for is not in it', () => {
  test.each(['projector', 'sentinel'] as const)(
    '%s: neither the schemas’ library nor the web layer',
    (name) => {
      expect(codeOf(name)).not.toMatch(/ZodMini|ZodError|HonoRequest|WWW-Authenticate/);
    },
  );

  test('the API: the OpenAPI document is a file, and the library that makes it is left out', () => {
    expect(JSON.parse(read('api', 'openapi.json'))).toEqual(openApiDocument(version()));
    expect(codeOf('api')).not.toMatch(/\$schema|json-schema\.org/);
  });

  test('the API: what one request needs and another does not is not loaded at the start', () => {
    const { hot, all } = made.get('api') as Bundle;
    const lazy = [...all.keys()].filter((path) => !hot.has(path));
    for (const name of ['commands', 'queries', 'notices', 'pages']) {
      expect(
        lazy.some((path) => path.includes(`/${name}-`)),
        name,
      ).toBe(true);
    }
  });

  test('the API serves its documentation from its own files', () => {
    const files = filesOf('api').filter((file) => file.startsWith('node_modules'));
    expect(files.map((file) => file.replace('node_modules/swagger-ui-dist/', '')).sort()).toEqual(
      ['package.json', 'swagger-ui-bundle.js', 'swagger-ui.css'].sort(),
    );
    expect(existsSync(join(folder, 'api/node_modules/swagger-ui-dist/LICENSE'))).toBe(true);
  });
});

test('a stack is told in the names of the sources', () => {
  const script = `import(${JSON.stringify(pathToFileURL(join(folder, 'api/index.mjs')).href)}).catch((error) => console.log(error.stack))`;
  const stack = execFileSync(process.execPath, ['--eval', script], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });
  expect(stack).toContain('TAIZHANG_LEDGER is not set');
  expect(stack).not.toContain('functions/compose.ts');
  const told = sourceStack(stack);
  expect(told).toMatch(/functions\/compose\.ts:[0-9]+:[0-9]+/);
  const [, line = ''] = /functions\/compose\.ts:([0-9]+)/.exec(told) ?? [];
  expect(readFileSync(join(ROOT, 'functions/compose.ts'), 'utf8').split('\n')[Number(line) - 1]).toContain(
    'BadEnvironment',
  );
  expect(sourceStack('Error: x\n    at y (file:///nowhere/z.mjs:1:2)')).toBe(
    'Error: x\n    at y (file:///nowhere/z.mjs:1:2)',
  );
});

test('sizes stay within their limits, as size-limit holds them', () => {
  const run = execFileSync('npm', ['run', '-s', 'size', '--', '--json'], { cwd: ROOT, encoding: 'utf8' });
  const found = JSON.parse(run.slice(run.indexOf('['))) as { name: string; passed: boolean; size: number }[];
  expect(found.map(({ name, passed }) => [name, passed])).toEqual([
    ['api', true],
    ['projector', true],
    ['digest', true],
  ]);
  for (const { name, size } of found) {
    const bytes = [...(made.get(name as FunctionName)?.all.values() ?? [])].reduce(
      (sum, one) => sum + one,
      0,
    );
    expect(Math.abs(size - bytes)).toBeLessThan(16);
  }
});
