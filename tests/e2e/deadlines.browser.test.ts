import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
import { consoleSite } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const PAST = '/deadlines?recordedAsOf=2026-03-31';

describe('deadlines in a browser, on the example', () => {
  const site = consoleSite({ example: true });
  const totals = (page: Page) => page.locator('.deadline-counts tfoot td').allTextContents();
  const listed = (page: Page, name: string) =>
    page
      .locator('.deadline-lists > div')
      .filter({ has: page.locator('h4', { hasText: name }) })
      .locator('li');

  test('from supervision to another date without scripts; the lists are as long as their numbers', async () => {
    const page = await site.enter('jiang', '/supervision', { javaScript: false });
    await page.getByRole('link', { name: '查看其他日期的逾期、临近到期与久无动静' }).click();
    await page.waitForURL('**/deadlines');
    await page.getByText('回看过去').click();
    await page.getByLabel('账本当时怎么说', { exact: true }).fill('2026-03-31');
    await page.getByRole('button', { name: '查看' }).click();
    await page.waitForURL(/\?recordedAsOf=2026-03-31/);
    const [overdue, due, silent] = (await totals(page)).map(Number);
    expect([overdue, due, silent].every((count) => count !== undefined && count > 0)).toBe(true);
    expect(await listed(page, '逾期').count()).toBe(overdue);
    expect(await listed(page, '天内到期').count()).toBe(due);
    expect(await listed(page, '没有动静').count()).toBe(silent);
  });

  test('an item opens in the same picture, one office stays on the clock', async () => {
    const page = await site.enter('jiang', PAST);
    await page.getByLabel('单位', { exact: true }).fill('财政办');
    await page.getByRole('button', { name: '按此列出' }).click();
    await page.waitForURL((address) => address.searchParams.get('office') === '财政办');
    expect(new URL(page.url()).searchParams.get('recordedAsOf')).toBe('2026-03-31');
    expect(await page.locator('.picture').count()).toBe(1);
    const item = listed(page, '逾期').getByRole('link').first();
    const [id = ''] = (await item.textContent())?.split(' ') ?? [];
    await item.click();
    await page.waitForURL(`**/cases/qihe-2024/items/${id}?recordedAsOf=2026-03-31`);
    expect(await page.locator('.picture').first().textContent()).toContain('账本在 2026-03-31 结束时');
  });

  test.each([390, 1_440])('accessible and no wider than the screen with all its parts: %i', async (width) => {
    const page = await site.enter('chen', PAST, { width });
    await screenshot(page, `deadlines-${width}`);
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    const clipped = "(() => { const one = document.querySelector('.deadline-counts').parentElement;";
    const fits = await page.evaluate<boolean>(`${clipped} return one.scrollWidth <= one.clientWidth; })()`);
    expect(fits).toBe(true);
  });

  test('on paper the picture, the numbers and the lists are there, and no form', async () => {
    const page = await site.enter('chen', PAST);
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'deadlines-print');
    for (const there of ['.picture', '.deadline-counts', '.deadline-lists']) {
      expect(await page.locator(there).first().isVisible(), there).toBe(true);
    }
    for (const gone of ['form.account', '.clocks', '.filters', 'button[data-print]']) {
      expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
    }
  });
});
