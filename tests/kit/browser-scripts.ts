import type { CDPSession, Page } from 'playwright-core';

const scriptless = new WeakMap<Page, CDPSession>();

/**
 * Turns the scripts of this page off, for whatever address it goes to. Not through the context's own switch
 * (javaScriptEnabled): nothing can turn that on again for a while, and under it axe never answers.
 */
export async function turnScriptsOff(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setScriptExecutionDisabled', { value: true });
  scriptless.set(page, session);
}

/** Lets timers and promises run for the sake of a measurement. Scripts of the page that were skipped stay so. */
export async function withScripts<T>(page: Page, measure: () => Promise<T>): Promise<T> {
  const session = scriptless.get(page);
  await session?.send('Emulation.setScriptExecutionDisabled', { value: false });
  try {
    return await measure();
  } finally {
    await session?.send('Emulation.setScriptExecutionDisabled', { value: true });
  }
}
