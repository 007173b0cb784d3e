import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../functions/compose.ts';
import { recordExample } from '../../functions/local/example/load.ts';
import { principal } from '../../functions/local/example/record.ts';
import { type RunningServer, serve } from '../../functions/local/serve.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
import { dataFolder } from '../kit/server-process.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('supervision in a browser, on the example', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let server: RunningServer;
  let browser: TestBrowser;
  beforeAll(async () => {
    folder = await dataFolder();
    server = await serve(readEnvironment({ TAIZHANG_DATA: folder.data, PORT: '0' }), '0.0.0', () => {});
    await recordExample(server.dependencies);
    await server.projected();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await folder.remove();
  });
  afterEach(() => browser.closePages());

  /** The page as somebody of the example sees it first. */
  async function opened(sub: Parameters<typeof principal>[0], to: string, width: number): Promise<Page> {
    const { page } = await browser.newPage({ baseUrl: server.url, width });
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await page.fill('#token', await server.issuer.mint(principal(sub), 600));
    await page
      .locator('form', { has: page.locator('#token') })
      .locator('button')
      .click();
    await page.waitForSelector('#trail');
    return page;
  }
  // What runs in the page is text: the compiler knows no `document`.
  const instants = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>("[...document.querySelectorAll('table.trail time')].map((one) => one.dateTime)");

  test('the trail is filtered, paged and followed to its entry', async () => {
    const page = await opened('shen', '/supervision?from=2024-01-01', 1_440);
    await screenshot(page, 'supervision-1440');
    const first = await instants(page);
    expect(first.length).toBe(100);
    expect(first).toEqual(first.toSorted().toReversed());
    await page.click('a[rel="next"]');
    const second = await instants(page);
    expect((second[0] ?? '') <= (first.at(-1) ?? '')).toBe(true);

    await page.fill('#trail-office', '财政办');
    await page.selectOption('#trail-type', 'ProgressReported');
    await page.click('.trail-filters button');
    const rows = page.locator('table.trail tbody tr:not(.day)');
    expect(await rows.count()).toBeGreaterThan(0);
    for (const row of await rows.all()) expect(await row.textContent()).toMatch(/财政办[\s\S]*报告进展/);
    const link = rows.first().locator('a').last();
    expect(await link.getAttribute('href')).toMatch(/^\/cases\/qihe-2024\/items\/[0-9]{4}#e[0-9]+$/);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click('a[href^="/supervision.csv"]'),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
    expect(file.suggestedFilename()).toMatch(/^taizhang-supervision-[0-9-]{10}\.csv$/);
    expect(lines[0]).toMatch(/^\ufeff记录时间（\+08:00）,记录人,/);
    expect(lines.length - 1).toBe(await rows.count());
    expect(lines.slice(1).every((line) => line.includes(',财政办,'))).toBe(true);
  });

  test('each number of the dues is the count of the rows to which it leads', async () => {
    const page = await opened('chen', '/supervision', 1_440);
    const rows = page.locator('table.dues tbody tr');
    const numbersOf = async (cells: Locator) => (await cells.allTextContents()).map(Number);
    const widest = await rows.evaluateAll((all) => {
      const counts = all.map((row) => row.querySelectorAll('a[href*="office="]').length);
      return counts.indexOf(Math.max(...counts));
    });
    const ofOffice = await rows.nth(widest).locator('a[href*="office="]').all();
    const ofClosed = await page.locator('table.dues tbody td:nth-of-type(7) a').all();
    const followed = await Promise.all(
      [...new Set([...ofOffice, ...ofClosed])].map(async (link) => ({
        address: (await link.getAttribute('href')) ?? '',
        count: Number(await link.textContent()),
      })),
    );
    expect(ofOffice.length).toBeGreaterThan(3);
    expect(ofClosed.length).toBeGreaterThan(3);
    // Columns of an office add up, as those of days and of what is closed do.
    const requested = 5;
    const added: readonly number[] = [0, 1, 2, 3, 4, 6];
    for (const row of await rows.all()) {
      const counts = await numbersOf(row.locator('td'));
      expect(counts.at(-1)).toBe(added.reduce((sum, column) => sum + (counts[column] ?? 0), 0));
      expect(counts[requested]).toBeLessThanOrEqual(counts.at(-1) ?? 0);
    }
    const found = [];
    for (const { address } of followed) {
      await page.goto(address);
      found.push({ address, count: await page.locator('table.register tbody tr').count() });
    }
    expect(found).toEqual(followed);
    expect(found.some(({ count }) => count > 1)).toBe(true);
  });

  test('the number of silent items is that of the items listed, and each leads to its page', async () => {
    const page = await opened('chen', '/supervision', 1_440);
    const rows = page.locator('table.silent tbody tr');
    expect(await rows.count()).toBeGreaterThan(0);
    for (const row of await rows.all()) {
      const listed = row.locator('a[href*="/items/"]');
      expect(Number(await row.locator('td.number').textContent())).toBe(await listed.count());
    }
    const item = rows.first().locator('a[href*="/items/"]').first();
    const [id = ''] = (await item.textContent())?.split(' ') ?? [];
    await item.click();
    await page.waitForURL(`**/cases/qihe-2024/items/${id}`);
  });

  test.each(['zh', 'en'])('is accessible, and no wider than a telephone: %s', async (lang) => {
    const page = await opened('chen', `/supervision?lang=${lang}&from=2024-01-01`, 390);
    await screenshot(page, `supervision-390-${lang}`);
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    await page.goto('/supervision?from=2026-02-30&office=财政办');
    await screenshot(page, `supervision-refused-390-${lang}`);
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.inputValue('#trail-from')).toBe('2026-02-30');
    expect(await page.inputValue('#trail-office')).toBe('财政办');
    await page.setViewportSize({ width: 1_440, height: 900 });
    await screenshot(page, `supervision-refused-1440-${lang}`);
    expect(await overflowsSideways(page)).toBe(false);
  });

  test('an office looks without scripts', async () => {
    const { page } = await browser.newPage({ baseUrl: server.url, width: 1_440, javaScript: false });
    await page.goto('/sign-in?to=/supervision');
    await page.fill('#token', await server.issuer.mint(principal('zhang'), 600));
    await page
      .locator('form', { has: page.locator('#token') })
      .locator('button')
      .click();
    await page.waitForSelector('#trail');
    await page.fill('#trail-from', '2026-10-01');
    await page.click('.trail-filters button');
    await screenshot(page, 'supervision-office-1440');
    expect(await page.locator('#dues').textContent()).toBe('本单位整改时限');
    expect(await page.locator('table.dues tbody').count()).toBe(1);
    expect(await axeViolations(page)).toEqual([]);
  });
});
