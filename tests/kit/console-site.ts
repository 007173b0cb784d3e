import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Principal } from '../../domain/actor.ts';
import { readEnvironment } from '../../functions/compose.ts';
import { recordExample } from '../../functions/local/example/load.ts';
import type { Sub } from '../../functions/local/example/people.ts';
import { principal } from '../../functions/local/example/record.ts';
import { type RunningServer, serve } from '../../functions/local/serve.ts';
import { type Ask, answerOf, headersOf, sentBody } from './api-bench.ts';
import { openBrowser, type PageOptions, type TestBrowser, type TestPage } from './browser.ts';
import { dataFolder } from './server-process.ts';

type Who = Sub | Principal;

/** The whole server on a folder of its own, and a browser: one of each for a file of tests. */
export interface ConsoleSite {
  readonly url: string;
  readonly browser: TestBrowser;
  /** The API, with a token of whoever asks. */
  readonly ask: Ask;
  /** A page of somebody who is not signed in. */
  stranger(options?: Partial<PageOptions>): Promise<TestPage>;
  /** A page of somebody who is signed in, at this address. */
  enter(who: Who, path: string, options?: Partial<PageOptions>): Promise<Page>;
  /** Signs somebody in beside an open page, as in another tab. */
  signIn(page: Page, who: Who): Promise<void>;
}

const personOf = (who: Who): Principal => (typeof who === 'string' ? principal(who) : who);

/**
 * Opens the site before the file's tests and ends it after them; complaints of the browser fail the test that caused
 * them. `example` loads the example's history; without it the ledger is empty, and people may choose who to be.
 */
export function consoleSite({ example = false } = {}): ConsoleSite {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let server: RunningServer;
  let browser: TestBrowser;
  const tokens = new Map<Who, Promise<string>>();
  const tokenOf = (who: Who): Promise<string> => {
    const known = tokens.get(who) ?? server.issuer.mint(namesOf(personOf(who)), 3_600);
    tokens.set(who, known);
    return known;
  };
  beforeAll(async () => {
    folder = await dataFolder();
    const env = readEnvironment({ TAIZHANG_DATA: folder.data, PORT: '0' });
    server = await serve({ ...env, isExample: true }, '0.0.0', () => {});
    if (example) await recordExample(server.dependencies);
    await server.projected();
    browser = await openBrowser();
  });
  afterEach(() => browser.closePages());
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await folder.remove();
  });
  const stranger: ConsoleSite['stranger'] = (options) =>
    browser.newPage({ baseUrl: server.url, width: 1_440, ...options });
  const signIn: ConsoleSite['signIn'] = async (page, who) => {
    const answered = await page.context().request.post('/sign-in', {
      form: { token: await tokenOf(who), to: '/' },
      headers: { Origin: server.url },
      maxRedirects: 0,
    });
    expect(answered.status()).toBe(303);
  };
  return {
    get url() {
      return server.url;
    },
    get browser() {
      return browser;
    },
    ask: async (who, method, path, body, headers) =>
      answerOf(
        await fetch(server.url + path, {
          method,
          headers: headersOf(who && (await tokenOf(who)), body, headers),
          ...(body === undefined ? {} : { body: sentBody(body) }),
        }),
      ),
    stranger,
    signIn,
    enter: async (who, path, options) => {
      const { page } = await stranger(options);
      await signIn(page, who);
      await page.goto(path);
      return page;
    },
  };
}

const namesOf = ({ actorName, ...claims }: Principal) => ({ ...claims, name: actorName });

/** The folded form of that name, unfolded. */
export async function unfolded(page: Page, name: string): Promise<Locator> {
  const summary = page.locator('summary').and(page.getByText(name, { exact: true }));
  const details = page.locator('.forms details').filter({ has: summary });
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  return details.locator('form');
}

/** Names of the forms that the page offers. */
export const offered = (page: Page): Promise<string[]> => page.locator('.forms summary').allTextContents();

/** Sends a form, and resolves to the status of the answer once the page that came of it is there. */
export async function send(page: Page, button: Locator): Promise<number> {
  const [answered] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.waitForEvent('load'),
    button.click(),
  ]);
  return answered.status();
}
