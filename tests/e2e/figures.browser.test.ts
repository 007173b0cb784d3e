import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
import { consoleSite } from '../kit/console-site.ts';
import { chineseOn, englishIn, labelsOn, officer, plainCase } from '../kit/two-languages.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('figures in a browser, on the example', () => {
  const site = consoleSite({ example: true });
  const CASE = '/cases/qihe-2024/figures';

  /** Closed items in the table of weeks, and as the chart draws them. */
  const closedIn = async (page: Page): Promise<{ table: number; chart: number }> => {
    const counts = (await page.locator('.long tbody td.number').allTextContents()).map(Number);
    const said = await page
      .locator('svg[aria-labelledby="weeks-title weeks-desc"] rect title')
      .allTextContents();
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    return { table: sum(counts), chart: sum(said.map((text) => Number(/(\d+) 个$/.exec(text)?.[1]))) };
  };

  test('what is closed adds up in chart, table and register', async () => {
    const page = await site.enter('chen', '/cases/qihe-2024');
    await page.click('.actions a[href$="/figures"]');
    await screenshot(page, 'figures-case-1440');
    const closed = await closedIn(page);
    const totals = await page.locator('.figures tfoot tr').first().locator('td').allTextContents();
    expect([closed.table, closed.chart]).toEqual([Number(totals[1]), Number(totals[1])]);
    await page.goto('/cases/qihe-2024?status=closed');
    expect(await page.locator('table.register tbody tr').count()).toBe(closed.table);
  });

  test('bars of offices and terms have the numbers of their tables', async () => {
    const page = await site.enter('chen', CASE);
    for (const [of, at] of [
      ['office', 0],
      ['term', 1],
    ] as const) {
      const rows = await page.locator('.figures table').nth(at).locator('tbody tr').all();
      const [days, perItem, moved] = [new Map(), new Map(), new Map()];
      for (const row of rows) {
        const name = await row.locator('th').textContent();
        const cells = await row.locator('td').allTextContents();
        if (cells[2] !== '–') days.set(name, `${cells[2]} 天`);
        if (Number(cells[5]) > 0) perItem.set(name, cells[5]);
        if (Number(cells[7]) > 0) moved.set(name, `${cells[7]} 天`);
      }
      for (const [chart, table] of [
        ['days', days],
        ['returns', perItem],
        ['extensions', moved],
      ] as const) {
        const texts = await page
          .locator(`svg[aria-labelledby="${of}-${chart}-title ${of}-${chart}-desc"] g text`)
          .allTextContents();
        const drawn = new Map(texts.flatMap((name, place) => (place % 2 ? [] : [[name, texts[place + 1]]])));
        expect([of, chart, drawn]).toEqual([of, chart, table]);
        expect(drawn.size).toBeGreaterThan(0);
      }
    }
  });

  test('a past picture has its own numbers, and its file the same', async () => {
    const page = await site.enter('jiang', `${CASE}?recordedAsOf=2026-03-31`);
    await screenshot(page, 'figures-past-1440');
    expect(await page.locator('.picture').count()).toBe(1);
    const closed = await closedIn(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click('a[href^="/cases/qihe-2024/figures.csv"]'),
    ]);
    expect(file.suggestedFilename()).toBe('taizhang-qihe-2024-figures-2026-03-31.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
    const weeks = lines.filter((line) => /^项目,[^,]*,[^,]*,,,本周销号,/.test(line));
    expect(weeks.reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(closed.table);
    expect(weeks).toHaveLength(await page.locator('.long tbody tr').count());
  });

  test('weeks are chosen without scripts, and the clocks stay', async () => {
    const page = await site.enter('zhang', '/figures?effectiveOn=2026-06-30', { javaScript: false });
    await page.fill('input[name="from"]:not([type="hidden"])', '2026-05-04');
    await page.click('form.weeks button');
    const address = new URL(page.url()).searchParams;
    expect([address.get('effectiveOn'), address.get('from')]).toEqual(['2026-06-30', '2026-05-04']);
    expect(await page.locator('.long tbody th').first().textContent()).toBe('2026-W19');
    expect(await page.locator('.long tbody th').last().textContent()).toBe('2026-W27');
  });

  test.each([
    ['zh', 390],
    ['zh', 1_440],
    ['en', 390],
    ['en', 1_440],
  ] as const)('are accessible and no wider than the screen: %s, %i', async (lang, width) => {
    const page = await site.enter('chen', `/figures?lang=${lang}`, { width });
    for (const address of ['/figures', CASE, `${CASE}?recordedAsOf=2026-03-31`, '/figures?from=2026-02-30']) {
      await page.goto(address);
      await screenshot(page, `figures-${address.replaceAll(/\W+/g, '-')}-${width}-${lang}`);
      expect([address, await axeViolations(page)]).toEqual([address, []]);
      expect([address, await overflowsSideways(page)]).toEqual([address, false]);
    }
  });

  test('on paper every week is there', async () => {
    const page = await site.enter('chen', CASE);
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'figures-print');
    const clipped =
      "(() => { const one = document.querySelector('.long'); return one.scrollHeight > one.clientHeight; })()";
    expect(await page.evaluate<boolean>(clipped)).toBe(false);
    expect(await page.locator('.weeks').isVisible()).toBe(false);
  });
});

describe('figures in two languages', () => {
  const site = consoleSite();
  let of = '';
  beforeAll(async () => {
    of = (await plainCase(site.ask)).replace(/\/items\/.*$/, '');
  });

  test('no Chinese on English pages, no English label on Chinese ones', async () => {
    const page = await site.enter(officer, '/figures?lang=en');
    for (const address of ['/figures', `${of}/figures`, '/figures?from=2026-02-30']) {
      await page.goto(address);
      expect([address, await chineseOn(page)]).toEqual([address, []]);
    }
    await page.goto('/figures?lang=zh');
    expect(englishIn((await labelsOn(page)).filter((text) => !/^(?:Plain|Finance)$/.test(text)))).toEqual([]);
  });
});
