import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The real notice where it lies beside the repository, else the one that we wrote. */
export async function noticeText(): Promise<{ readonly name: string; readonly text: string }> {
  const real = at('../../../shared/notices/panhuo-2024.txt');
  const own = at('../../functions/local/example/notice.txt');
  const file = existsSync(real) ? real : own;
  return { name: file === real ? 'the real notice' : 'our own notice', text: await readFile(file, 'utf8') };
}
