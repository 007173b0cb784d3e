import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBrowser, type TestBrowser } from './browser.ts';
import { axeViolations, overflowsSideways, screenshot } from './browser-checks.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src https:; connect-src wss:; base-uri 'none'; require-trusted-types-for 'script'";

const pageOf = (main: string, head = '') =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>台账</title>
  <link rel="stylesheet" href="/style.css">${head}</head><body><main><h1>整改台账</h1>${main}</main></body></html>`;

const FILES: { readonly [path: string]: readonly [status: number, type: string, body: string] } = {
  '/': [200, 'text/html', pageOf('<p id="said">已<b>销号</b></p><script src="/said.js"></script>')],
  '/style.css': [
    200,
    'text/css',
    'body { font-family: "Noto Sans SC", "PingFang SC", sans-serif } .wide { width: 700px }',
  ],
  '/said.js': [200, 'text/javascript', 'document.querySelector("#said").dataset.said = "yes";'],
  '/throws.js': [200, 'text/javascript', 'throw new Error("thrown in the page");'],
  '/connects.js': [200, 'text/javascript', 'new WebSocket("wss://elsewhere.invalid/socket");'],
  '/unlabelled': [200, 'text/html', pageOf('<input name="title">')],
  '/wide': [200, 'text/html', pageOf('<p class="wide">宽</p>')],
  '/inline': [200, 'text/html', pageOf('<script>document.title = "x"</script>')],
  '/elsewhere': [200, 'text/html', pageOf('<img alt="" src="https://elsewhere.invalid/pixel.png">')],
  '/throwing': [200, 'text/html', pageOf('', '<script src="/throws.js"></script>')],
  '/connecting': [200, 'text/html', pageOf('', '<script src="/connects.js"></script>')],
  '/fileless': [200, 'text/html', pageOf('', '<script src="/no-such.js"></script>')],
};

/** What the page draws for this one character. */
const drawn = (page: Page, character: string, weight = 400): Promise<string> =>
  page.evaluate<string>(`(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
    const context = canvas.getContext('2d');
    context.font = '${weight} 48px "Noto Sans SC", "PingFang SC", sans-serif';
    context.fillText(${JSON.stringify(character)}, 4, 52);
    return canvas.toDataURL();
  })()`);

describe('the kit for tests in a browser', () => {
  let server: Server;
  let baseUrl: string;
  let browser: TestBrowser;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, type, body] = FILES[request.url ?? ''] ?? [404, 'text/html', pageOf('<p>无此页</p>')];
      response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await browser.closePages();
  });

  const opened = async (path: string, javaScript = true) => {
    const { page, complaints } = await browser.newPage({ baseUrl, width: 390, javaScript });
    const answer = await page.goto(path);
    return { page, complaints, status: answer?.status() };
  };

  test('has nothing to say of a clean page, whose scripts run', async () => {
    const { page, complaints } = await opened('/');
    expect(await page.getAttribute('#said', 'data-said')).toBe('yes');
    expect(await axeViolations(page)).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
  });

  test('judges a page without scripts as well', async () => {
    const { page, complaints } = await opened('/', false);
    expect(await page.getAttribute('#said', 'data-said')).toBeNull();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto('/unlabelled');
    expect(await axeViolations(page)).toMatchObject([{ id: 'label' }]);
    expect(await overflowsSideways(page)).toBe(false);
    await page.goto('/');
    expect(await page.getAttribute('#said', 'data-said')).toBeNull();
    expect(complaints).toEqual([]);
  });

  test('names what axe finds, and where', async () => {
    const { page } = await opened('/unlabelled');
    expect(await axeViolations(page)).toEqual([
      { id: 'label', impact: 'critical', nodes: [{ html: '<input name="title">', target: 'input' }] },
    ]);
  });

  test('sees a page that is too wide', async () => {
    const { page } = await opened('/wide');
    expect(await overflowsSideways(page)).toBe(true);
  });

  test.each([
    ['/inline', /^console error: .*violates .*Content Security Policy directive 'script-src 'self''/],
    ['/elsewhere', /^request to another origin: GET https:\/\/elsewhere\.invalid\/pixel\.png$/],
    ['/throwing', /^page error: thrown in the page$/],
    ['/connecting', /^socket to another origin: wss:\/\/elsewhere\.invalid\/socket$/],
    ['/fileless', /^console error: /],
  ])('%s is complained of', async (path, complaint) => {
    const { page, complaints } = await opened(path);
    await expect.poll(() => complaints).toContainEqual(expect.stringMatching(complaint));
    // What the browser adds about a request that failed may come later still: nothing more once the page is gone.
    await page.context().close();
    complaints.splice(0);
  });

  test('a page that answers 404 is a page, with its status', async () => {
    const { complaints, status } = await opened('/no-such-page');
    expect([status, complaints]).toEqual([404, []]);
  });

  test('a complaint nobody took fails the closing of pages, once', async () => {
    const { complaints } = await opened('/throwing');
    await expect.poll(() => complaints).toHaveLength(1);
    await expect(browser.closePages()).rejects.toThrow('page error: thrown in the page');
    await browser.closePages();
  });

  test('draws Chinese, in two weights, with the kit’s own font and none of the machine’s', async () => {
    const { page } = await opened('/');
    // A code point that no font has, and Hangul, which this font lacks and an installed one may have.
    const box = await drawn(page, '\u{378}');
    expect(await drawn(page, '한')).toBe(box);
    const pictures = [box, await drawn(page, '台'), await drawn(page, '账'), await drawn(page, '台', 700)];
    expect(new Set(pictures).size).toBe(4);
    const inspector = await page.context().newCDPSession(page);
    await inspector.send('DOM.enable');
    await inspector.send('CSS.enable');
    const { root } = await inspector.send('DOM.getDocument');
    const { nodeId } = await inspector.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#said' });
    const { fonts } = await inspector.send('CSS.getPlatformFontsForNode', { nodeId });
    const faces = fonts.map(({ postScriptName, glyphCount }) => [postScriptName, glyphCount]);
    expect(faces.sort()).toEqual([
      ['NotoSansSC-Bold', 2],
      ['NotoSansSC-Regular', 1],
    ]);
  });

  test('keeps a picture only when asked', async () => {
    const { page } = await opened('/');
    vi.stubEnv('TAIZHANG_SCREENSHOTS', '');
    expect(await screenshot(page, 'kit')).toBeUndefined();
    vi.stubEnv('TAIZHANG_SCREENSHOTS', '1');
    const path = (await screenshot(page, 'kit')) ?? '';
    expect((await readFile(path)).subarray(1, 4).toString()).toBe('PNG');
    await rm(path);
  });
});
