import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, type Metafile } from 'esbuild';
import { openApiDocument } from '../functions/http/openapi.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The Lambda functions, each with its door in `functions/`. */
export const FUNCTIONS = ['api', 'projector', 'sentinel', 'maintenance', 'eraser', 'digest'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export interface Bundle {
  /** The asset: what Lambda finds in /var/task. */
  readonly folder: string;
  /** Files that a cold start loads, the door first, and their bytes. */
  readonly hot: ReadonlyMap<string, number>;
  /** All files of ours, those included that are loaded when first asked for. Source maps are not counted. */
  readonly all: ReadonlyMap<string, number>;
}

/** Where a bundle pretends to be: names of its files are made of contents and of the way to the sources. */
const NOMINAL = join(ROOT, 'bundle');

/** Files that a function reads beside its code, from the package that ships them. */
const BESIDE: { readonly [name in FunctionName]?: { readonly [packageName: string]: readonly string[] } } = {
  api: { 'swagger-ui-dist': ['package.json', 'swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE'] },
};

/**
 * What the SDK imports when first asked for, and what Lambda never asks for: its credentials stand in the
 * environment, and no operation of ours streams events or runs in a browser.
 */
const NEVER_ASKED_FOR = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/nested-clients/*',
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
  '@smithy/core/event-streams',
  'bowser',
];

/**
 * Bundles a module and all that it imports into a folder, the SDK with it: what stands in the asset is all that runs. What is imported
 * when first asked for (notices, the OpenAPI document, pages) becomes a file of its own, so that a cold start does
 * not read it. The same input gives the same bytes, wherever it is built.
 */
export function bundleEntry(
  entry: string,
  folder: string,
  leftOut: readonly string[] = NEVER_ASKED_FOR,
): Bundle {
  const { metafile, outputFiles } = buildSync({
    write: false,
    absWorkingDir: ROOT,
    entryPoints: { index: entry },
    outdir: NOMINAL,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // Lambda runs Node.js 24; the oldest that the tests run it on is 20.
    target: 'node20',
    // The SDK's modules instead of its CommonJS: what is not used falls away, and what is used loads in half the time.
    mainFields: ['module', 'main'],
    minify: true,
    // Chinese as it is, not as six ASCII characters for each.
    charset: 'utf8',
    external: [...leftOut],
    sourcemap: true,
    sourcesContent: false,
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    // Packages in CommonJS ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of outputFiles) {
    const file = relative(NOMINAL, path);
    writeFileSync(join(folder, file), file.endsWith('.map') ? fromTheRoot(text) : text);
  }
  return { folder, ...sizes(metafile) };
}

/** Bundles a function, with what it reads beside its code. */
export function bundle(name: FunctionName, folder: string): Bundle {
  const made = bundleEntry(`functions/${name}.ts`, folder);
  for (const [packageName, files] of Object.entries(BESIDE[name] ?? {})) {
    const from = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
    for (const file of files) cpSync(join(from, file), join(folder, 'node_modules', packageName, file));
  }
  if (name === 'api') {
    // The console reads what it sends to browsers from beside its own file, which here is the bundle.
    cpSync(join(ROOT, 'functions/console/browser'), join(folder, 'browser'), {
      recursive: true,
      filter: (path) => !path.endsWith('.json'),
    });
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openApiDocument(version())));
  }
  return made;
}

/** A map names its sources from the root of the repository, not from where this machine happens to keep it. */
function fromTheRoot(map: string): string {
  const read = JSON.parse(map) as { sources: string[] };
  const sources = read.sources.map((source) =>
    relative(ROOT, resolve(NOMINAL, source)).replaceAll('\\', '/'),
  );
  return JSON.stringify({ ...read, sources });
}

/** Of the software. */
export const version = (): string =>
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;

function sizes({ outputs }: Metafile): Pick<Bundle, 'hot' | 'all'> {
  const code = Object.entries(outputs).filter(([path]) => path.endsWith('.mjs'));
  const bytes = new Map(code.map(([path, { bytes: size }]) => [path, size]));
  const door = code.find(([path]) => path.endsWith('index.mjs'))?.[0] ?? '';
  const hot = new Map<string, number>();
  const visit = (path: string): void => {
    if (hot.has(path)) return;
    hot.set(path, bytes.get(path) ?? 0);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && bytes.has(next)) visit(next);
    }
  };
  visit(door);
  return { hot, all: bytes };
}
