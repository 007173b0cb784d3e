import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where test files share what has been synthesised: once a run for each context, not once a file. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'taizhang-synth-'));
  process.env.TAIZHANG_TEST_SYNTH = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
