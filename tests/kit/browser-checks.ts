import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { withScripts } from './browser-scripts.ts';

/** WCAG 2.2 up to AA, and what axe calls good practice (landmarks, order of headings). */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly target: string }[];
}

// What runs in the page is text: the compiler knows no `document`, nor should any other file of ours.

/** Evaluated, not loaded by a script element: the site's policy forbids that, and is itself under test. */
export async function axeViolations(page: Page): Promise<AxeViolation[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const options: axe.RunOptions = { runOnly: TAGS, resultTypes: ['violations'] };
  const { violations } = await withScripts(page, () =>
    page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(options)})`),
  );
  return violations.map(({ id, impact, nodes }) => ({
    id,
    impact: impact ?? null,
    nodes: nodes.map(({ html, target }) => ({ html, target: target.join(' ') })),
  }));
}

/** Must a reader scroll sideways? */
export const overflowsSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth');

/** Words and sums in Latin letters and digits that go over the end of a line there. */
export const wordsBroken = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const broken = [];
    for (const root of document.querySelectorAll(${JSON.stringify(selector)})) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { 0: word, index } of node.data.matchAll(/[A-Za-z0-9][A-Za-z0-9.,]*/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set(Array.from(range.getClientRects(), (rect) => Math.round(rect.top)));
          if (lines.size > 1) broken.push(word);
        }
      }
    }
    return broken;
  })()`);

/**
 * The whole page as a picture for people to look at, only when TAIZHANG_SCREENSHOTS is set; resolves to its path.
 * Never in the repository: a picture in git is noise in every diff.
 */
export async function screenshot(page: Page, name: string): Promise<string | undefined> {
  if (!process.env.TAIZHANG_SCREENSHOTS) return undefined;
  const folder = join(tmpdir(), 'taizhang-screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}
