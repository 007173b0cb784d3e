import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTemplate, type Template, type WrittenTemplate } from './read-template.ts';

export interface Synthesised extends Template {
  /** The cloud assembly: the template and the assets. It goes when the tests end. */
  readonly folder: string;
  readonly stackName: string;
}

type Context = { readonly [name: string]: unknown };

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** The stack of a stage, as the command line of CDK has it synthesised: in a process of its own, with cdk.json. */
export function synthesised(stage: 'dev' | 'prod', context: Context = {}): Synthesised {
  const own = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: Context };
  const whole = JSON.stringify({ ...own.context, ...context, stage });
  const shared = process.env.TAIZHANG_TEST_SYNTH ?? join(tmpdir(), `taizhang-synth-${process.pid}`);
  const folder = join(shared, createHash('sha256').update(whole).digest('hex').slice(0, 16));
  if (!existsSync(folder)) {
    mkdirSync(shared, { recursive: true });
    // Two test files may want the same at once: each makes it, and whoever is first to name it has made it.
    const draft = mkdtempSync(join(shared, 'draft-'));
    const env = { ...process.env, CDK_CONTEXT_JSON: whole, CDK_OUTDIR: draft };
    execFileSync(process.execPath, ['--import', 'tsx', 'infra/app.ts'], { cwd: ROOT, env, stdio: 'pipe' });
    try {
      renameSync(draft, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
  }
  const stackName = `taizhang-${stage}`;
  const written = readFileSync(join(folder, `${stackName}.template.json`), 'utf8');
  return { ...readTemplate(JSON.parse(written) as WrittenTemplate, stackName), folder, stackName };
}
