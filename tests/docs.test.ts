import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusals } from '../domain/refusals.ts';
import { apiOptions } from '../functions/cli/api.ts';
import { verbs } from '../functions/cli/run.ts';
import { CONSOLE_ROUTES } from '../functions/console/routes.ts';
import { openApiDocument } from '../functions/http/openapi.ts';
import { operations } from '../functions/http/openapi-operations.ts';
import { problemTypes } from '../functions/http/problems-page.tsx';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const readme = read('README.md');
const chinese = read('README.zh-CN.md');
const changelog = read('CHANGELOG.md');
const { version } = JSON.parse(read('package.json')) as { version: string };

/** The rows of README's tables. */
const rows = readme.split('\n').filter((line) => line.startsWith('|'));

interface Example {
  readonly commands: string;
  /** With … for what differs from run to run; undefined where only success counts. */
  readonly output: string | undefined;
}

/** Blocks marked `sh run`, each with the block of its output that may follow. */
function examples(markdown: string): Example[] {
  const blocks = /^```sh run\n([\s\S]*?)^```\n(?:```text output\n([\s\S]*?)^```\n)?/gm;
  return [...markdown.matchAll(blocks)].map(([, commands = '', output]) => ({ commands, output }));
}

describe('what is documented', () => {
  it.each(operations.map(({ method, path }) => [method.toUpperCase(), path]))(
    'the route %s %s',
    (method, path) => {
      const described = rows.filter((row) => row.includes(` ${path}\``) || row.includes(`\`${path}\``));
      expect(
        described.some((row) => row.includes(`${method} `)),
        `${method} ${path} in README's tables`,
      ).toBe(true);
    },
  );

  it.each(Object.values(CONSOLE_ROUTES).map(([, path]) => path))('the page %s', (path) => {
    expect(rows.some((row) => row.includes(`\`${path}\``))).toBe(true);
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))('the verb %s with its options', (name, verb) => {
    const row =
      rows.find((line) => line.startsWith(`| \`${name}\``) || line.startsWith(`| \`${name} `)) ?? '';
    const options = row.split('|').at(-2) ?? '';
    const said = [...options.matchAll(/`--([a-z-]+)`/g)].map((match) => match[1] ?? '');
    const shared = verb.options.url ? Object.keys(apiOptions) : [];
    const own = Object.keys(verb.options).filter((option) => !shared.includes(option));
    expect(said.sort()).toEqual(own.sort());
    expect(chinese).toContain(`\`${name}\``);
  });

  it.each([...Object.keys(apiOptions), 'json', 'help'])('the option --%s', (option) => {
    expect(readme).toContain(`\`--${option}\``);
  });

  /** What compose.ts only sets, for a library, is nobody's to set. */
  const variables = read('functions/compose.ts').matchAll(
    /\benv\.([A-Z][A-Z_0-9]*)(?! *\?\?=)\b|\bneeded\(env, '([A-Z_]+)'\)/g,
  );
  const names = [...new Set([...variables].map((match) => match[1] ?? match[2] ?? ''))];

  it.each(names)('the variable %s', (name) => {
    expect(rows.some((row) => row.includes(`\`${name}\``))).toBe(true);
    expect(chinese).toContain(`\`${name}\``);
  });

  it('no variable that is not read', () => {
    for (const [name] of `${readme}${chinese}`.matchAll(/TAIZHANG_[A-Z_]+/g)) expect(names).toContain(name);
  });

  it.each(Object.keys(refusals))('the refusal %s, at /problems and where it may be met', (code) => {
    expect(problemTypes.map((problem) => problem.code)).toContain(code);
    // Signing in is done on pages, of which the description of the API does not speak.
    const where = code.startsWith('sign-in-') ? readme : JSON.stringify(openApiDocument(version));
    expect(where).toContain(`\`${code}\``);
  });

  it('the version', () => {
    expect(changelog).toContain(`## [${version}]`);
  });
});

describe('what the documents name', () => {
  it.each([
    ['README.md', readme],
    ['README.zh-CN.md', chinese],
    ['CHANGELOG.md', changelog],
  ])('is there: links of %s', (_, markdown) => {
    const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(0);
    for (const link of links.filter((one) => !/^https?:/.test(one))) {
      const [path = '', anchor] = link.split('#');
      expect(existsSync(join(root, path)), link).toBe(true);
      if (anchor === undefined) continue;
      const headings = [...read(path).matchAll(/^#+ (.+)$/gm)].map((match) => slug(match[1] ?? ''));
      expect(headings).toContain(anchor);
    }
  });

  it('is the same in both languages: commands of the Chinese guide are README’s', () => {
    const known = examples(readme).map(({ commands }) => commands);
    const shown = examples(chinese).map(({ commands }) => commands);
    expect(shown.length).toBeGreaterThan(5);
    for (const commands of shown) expect(known).toContain(commands);
    for (const command of ['npm ci', 'npm start']) expect(chinese).toContain(`${command}\n`);
  });
});

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

describe('the commands of README', () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;
  let outputs: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taizhang-docs-'));
    for (const name of ['package.json', 'node_modules', 'domain', 'functions']) {
      await symlink(join(root, name), join(folder, name));
    }
    server = start(['--import', 'tsx', 'functions/local.ts'], process.execPath, folder, { PORT: '0' });
    url = await greeted(server);
    const script = examples(readme).map(({ commands }) => commands.replaceAll('http://127.0.0.1:8787', url));
    outputs = (await shell(script.join(`printf '%s\\n' ${DIVIDER}\n`), folder)).split(`${DIVIDER}\n`);
  }, 240_000);

  afterAll(async () => {
    if (server.exitCode === null) {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  });

  it.each(examples(readme).map(({ commands, output }, at) => [commands.split('\n')[0], at, output] as const))(
    'print what it says: %s',
    (_, at, output) => {
      if (output === undefined) return;
      const found = (outputs[at] ?? '').replaceAll(url, 'http://127.0.0.1:8787');
      if (!pattern(output).test(found)) expect(found).toBe(output);
    },
  );

  it('are as many as were run', () => {
    expect(outputs.length).toBe(examples(readme).length);
    expect(outputs.length).toBeGreaterThan(10);
  });
});

const DIVIDER = '=====';

/** Text with … for anything; how wide a column is does not count. */
function pattern(output: string): RegExp {
  const lines = output
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll(/ +/g, ' +')
        .replaceAll('…', '[\\s\\S]*?'),
    );
  return new RegExp(`^\\s*${lines.join('\\s*\\n\\s*')}\\s*$`);
}

function start(args: readonly string[], program: string, cwd: string, env: NodeJS.ProcessEnv): ChildProcess {
  const outside = Object.entries(process.env).filter(
    ([name]) => !/^(TAIZHANG_|PORT$|HOST$|NODE_OPTIONS$)/.test(name),
  );
  return spawn(program, args, {
    cwd,
    env: { ...Object.fromEntries(outside), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The address that a starting server greets with. */
function greeted(server: ChildProcess): Promise<string> {
  let said = '';
  let complained = '';
  server.stderr?.on('data', (chunk) => {
    complained += chunk;
  });
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (chunk) => {
      said += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    server.once('exit', () => reject(new Error(`the server did not start: ${complained}`)));
  });
}

/** What a shell prints that runs the script as a reader would, and stops at the first command that fails. */
function shell(script: string, cwd: string): Promise<string> {
  const child = start(['-euc', script], 'bash', cwd, {});
  let printed = '';
  let complained = '';
  child.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    complained += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('close', (status) =>
      status === 0 ? resolve(printed) : reject(new Error(`status ${status}:\n${printed}\n${complained}`)),
    );
  });
}
