import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bundle, bundle, bundleEntry } from '../../infra/bundle.ts';
import { figure, heading, median, note } from './figures.ts';

const ROUNDS = 41;

/** Of Lambda's own environment and of ours, as much as loading needs. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  POWERTOOLS_SERVICE_NAME: 'bench',
  TAIZHANG_EVENTS_TABLE: 'events',
  TAIZHANG_VIEWS_TABLE: 'views',
  TAIZHANG_LEDGER: 'A'.repeat(22),
  TAIZHANG_ZONE_OFFSET: '480',
  TAIZHANG_VERSION: '0',
  TAIZHANG_OIDC_ISSUER: 'https://issuer.example',
  TAIZHANG_OIDC_AUDIENCE: 'bench',
  TAIZHANG_PUBLIC_URL: 'https://ledger.example',
  TAIZHANG_SESSION_SECRET: 'A'.repeat(43),
};

const kilobytes = (files: ReadonlyMap<string, number>): number =>
  [...files.values()].reduce((sum, bytes) => sum + bytes, 0) / 1_024;

/** (h) What a cold start loads, against a function that only builds a document client, bundled in the same way. */
export async function coldStart(): Promise<void> {
  heading('Cold start: loading a function, in processes of their own');
  const folder = mkdtempSync(join(tmpdir(), 'taizhang-cold-'));
  try {
    const made = {
      floor: bundleEntry('tests/bench/cold/floor.ts', join(folder, 'floor')),
      api: bundle('api', join(folder, 'api')),
      projector: bundle('projector', join(folder, 'projector')),
      whole: bundleEntry('tests/bench/cold/floor.ts', join(folder, 'whole'), []),
    };
    const times = inTurn(Object.values(made));
    const [floor = [], , , whole = []] = times;
    const against = (of: readonly Loading[], what: keyof Loading, base = floor): number =>
      median(of.map((one, round) => one[what] / (base[round]?.[what] ?? Number.NaN)));
    note(
      `floor: ${kilobytes(made.floor.all).toFixed(0)} KB, ${median(floor.map(({ wall }) => wall)).toFixed(0)} ms`,
    );
    for (const [name, at, limits] of [
      ['api', 1, { times: 1.5, size: 700 }],
      ['projector', 2, { times: 1.1, size: 450 }],
    ] as const) {
      const own = times[at] ?? [];
      const cpu = `${against(own, 'cpu').toFixed(2)} in CPU time`;
      figure(`${name}, load time`, against(own, 'wall'), '× floor', { atMost: limits.times }, cpu);
      figure(`${name}, against the bare function with nothing left out`, against(own, 'wall', whole), '×');
      const hot = `${kilobytes(made[name].hot).toFixed(0)} KB of it are loaded at the start`;
      figure(`${name}, bundle`, kilobytes(made[name].all), 'KB', { atMost: limits.size }, hot);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Loading {
  readonly wall: number;
  readonly cpu: number;
}

/** All in turn, so that whatever else the machine does falls on each alike. */
function inTurn(bundles: readonly Bundle[]): readonly (readonly Loading[])[] {
  const found: Loading[][] = bundles.map(() => []);
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const [at, { folder }] of bundles.entries()) {
      const loading = load(join(folder, 'index.mjs'));
      if (round >= 0) found[at]?.push(loading);
    }
  }
  return found;
}

function load(file: string): Loading {
  const script = `
    const cpu = process.cpuUsage();
    const began = performance.now();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ wall, cpu: (user + system) / 1_000 }));`;
  const args = ['--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { env: ENVIRONMENT, encoding: 'utf8' })) as Loading;
}
