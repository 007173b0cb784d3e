import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserFolder } from './browser-folder.ts';
import { turnScriptsOff } from './browser-scripts.ts';

/** Milliseconds for one step: a page of ours answers in far less, and a test that waits says so soon. */
const STEP_TIMEOUT = 5_000;

/**
 * One process less for the GPU, and glyphs laid out alike everywhere. Not --single-process, which the package
 * recommends for Lambda: it saves a third of the memory and ends the whole browser with the first closed context.
 */
const ARGS = ['--no-zygote', '--in-process-gpu', '--disable-gpu', '--font-render-hinting=none'];

/** No name is looked up and no address reached but this machine's own. */
const HOME_ONLY = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

export interface PageOptions {
  readonly baseUrl: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height?: number;
  /** False as for a reader who has turned scripts off (in this page: not in one it opens beside itself). */
  readonly javaScript?: boolean;
}

export interface TestPage {
  /** In a context of its own: no cookie and no storage of another page's. */
  readonly page: Page;
  /**
   * Requests to other origins, errors thrown in the page and errors on its console (a breach of the content
   * security policy is one). A test that means to cause some takes them out with `splice`.
   */
  readonly complaints: string[];
}

export interface TestBrowser {
  newPage(options: PageOptions): Promise<TestPage>;
  /**
   * Closes every page, each of which is a process of some 25 MB. Rejects when one has a complaint left: after each
   * test, it fails the test that caused it, and none can forget to look.
   */
  closePages(): Promise<void>;
  /** Closes the pages, as above, and ends the browser in any case. */
  close(): Promise<void>;
}

export async function openBrowser(): Promise<TestBrowser> {
  const { executable, env } = await browserFolder();
  const browser = await chromium.launch({
    executablePath: executable,
    args: [...ARGS, HOME_ONLY],
    // The sandbox needs rights that containers and root do not have; only our own pages are opened.
    chromiumSandbox: false,
    env: { ...process.env, ...env },
  });
  const opened: TestPage[] = [];
  const closePages = async () => {
    const pages = opened.splice(0);
    await Promise.all(pages.map(({ page }) => page.context().close()));
    const left = pages.flatMap(({ complaints }) => complaints);
    if (left.length > 0) throw new Error(`the browser complained:\n${left.join('\n')}`);
  };
  return {
    newPage: async ({ baseUrl, width, height = 900, javaScript = true }) => {
      // One language and one clock on every machine, or fields for dates and pictures would differ.
      const context = await browser.newContext({
        baseURL: baseUrl,
        viewport: { width, height },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      });
      context.setDefaultTimeout(STEP_TIMEOUT);
      const complaints = complaintsOf(context, new URL(baseUrl).origin);
      const page = await context.newPage();
      opened.push({ page, complaints });
      if (!javaScript) await turnScriptsOff(page);
      return { page, complaints };
    },
    closePages,
    close: () => closePages().finally(() => browser.close()),
  };
}

/** A data: or blob: address asks nobody, and a socket of our own origin is no other origin. */
const isElsewhere = (address: string, origin: string): boolean =>
  /^(https?|wss?):/.test(address) && new URL(address.replace(/^ws/, 'http')).origin !== origin;

/** Of every page of the context, so of pop-ups too. */
function complaintsOf(context: BrowserContext, origin: string): string[] {
  const complaints: string[] = [];
  const visited = new Set<string>();
  context.on('request', (request) => {
    if (request.isNavigationRequest()) visited.add(request.url());
    if (isElsewhere(request.url(), origin)) {
      complaints.push(`request to another origin: ${request.method()} ${request.url()}`);
    }
  });
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      if (isElsewhere(socket.url(), origin)) complaints.push(`socket to another origin: ${socket.url()}`);
    }),
  );
  context.on('weberror', (error) => complaints.push(`page error: ${error.error().message}`));
  context.on('console', (message) => {
    const text = message.text();
    // A page that answers 404 or 422 is a page: its status is for the test to judge. A file that does is an error.
    const isPage = /^Failed to load resource: the server/.test(text) && visited.has(message.location().url);
    if (message.type() === 'error' && !isPage) complaints.push(`console error: ${text}`);
  });
  return complaints;
}
