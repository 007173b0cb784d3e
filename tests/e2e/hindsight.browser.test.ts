import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { principal } from '../../functions/local/example/record.ts';
import { axeViolations, overflowsSideways, screenshot, wordsBroken } from '../kit/browser-checks.ts';
import { consoleSite } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const CASE = '/cases/qihe-2024';

// The example publishes on 9 January 2025, as of the 8th; in the weeks after, offices put 2024 on record.
describe('a reviewer asks what was said at publication and is known now, on the example', () => {
  const site = consoleSite({ example: true });
  const { ask } = site;
  const region = (page: Page, name: RegExp) => page.getByRole('region', { name });
  const hindsight = async () =>
    (await ask(principal('jiang'), 'GET', `/v1${CASE}/hindsight?${await notice()}`)).body;
  const notice = async () => {
    const { notices } = (await ask(principal('jiang'), 'GET', `/v1${CASE}`)).body;
    return `notice=${notices[0].seq}`;
  };

  test('from the notice on the facts page to the totals, the items and an entry of the timeline', async () => {
    const page = await site.enter('jiang', `${CASE}/facts`);
    await page.getByRole('link', { name: '现在知道什么' }).click();
    await page.waitForURL(/\/hindsight\?notice=[0-9]+$/);
    const said = await page.locator('.picture[role="status"]').textContent();
    expect(said).toContain('同一天（2025-01-08）的两幅画面');
    expect(said).toContain('账本在 2025-01-09');
    const { believed, known, differences } = await hindsight();
    expect(known).toEqual(believed);
    expect(await page.locator('table.totals tbody tr.moved').count()).toBe(0);
    expect(await page.locator('section.difference').count()).toBe(differences.length);
    const one = region(page, /^0025 /);
    expect(await one.getByRole('row', { name: /m[0-9]+ · 状态/ }).textContent()).toContain('已完成');
    expect(await one.locator('.entries .tag').allTextContents()).toContain('补记');
    await one.locator('.entries a').first().click();
    await page.waitForURL(/\/items\/0025#e[0-9]+$/);
    const anchor = new URL(page.url()).hash;
    expect(await page.locator(anchor).count()).toBe(1);
  });

  test('where nothing differs, the page says so, and what was compared', async () => {
    const [from] = (await hindsight()).cut.effectiveOn.split('T');
    const page = await site.enter('jiang', `${CASE}/compare?axis=recorded&from=2026-10-31&to=2026-10-31`);
    await page.getByRole('link', { name: '账本在 2026-10-31 怎么说，现在知道什么' }).click();
    await page.waitForURL(/believedAsOf=2026-10-31/);
    expect(await page.getByText('没有不同。').count()).toBe(1);
    expect(await page.getByText(/^已逐项比较：36 个问题/).count()).toBe(1);
    await page.getByText('换一个时刻').click();
    await page.getByLabel('账本在何时所说').fill('2025-01-09');
    await page.getByLabel('哪一天的情况').fill(from);
    await page.getByRole('button', { name: '查看' }).click();
    await page.waitForURL(/effectiveOn=2025-01-08/);
    expect(await region(page, /^0025 /).count()).toBe(1);
    await page.goto(`${site.url}${CASE}/hindsight?believedAsOf=2025-06-30&recordedAsOf=2025-01-31`);
    expect(await page.getByRole('alert').textContent()).toBe('日期填写不对');
    expect(await page.getByLabel('账本在何时所说').inputValue()).toBe('2025-06-30');
  });

  test('an office is shown its own items, and says so', async () => {
    const page = await site.enter('li', `${CASE}/hindsight?${await notice()}`);
    expect(await page.getByText('这里只比较贵单位牵头或者配合的问题。').count()).toBe(1);
    expect(await region(page, /^0025 /).count()).toBe(1);
    expect(await region(page, /^0032 /).count()).toBe(0);
    expect(await region(page, /项目本身/).count()).toBe(0);
  });

  test.each([
    ['zh', 1_440],
    ['zh', 390],
    ['en', 1_440],
    ['en', 390],
  ] as const)('nothing in the way of a reader: %s, %i wide', async (language, width) => {
    const page = await site.enter('jiang', `${CASE}/hindsight?${await notice()}&lang=${language}`);
    await page.setViewportSize({ width, height: 900 });
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    expect(await wordsBroken(page, 'table.totals, .side-by-side th')).toEqual([]);
    await screenshot(page, `hindsight-${language}-${width}`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('details.clocks').isVisible()).toBe(false);
    expect(await page.locator('table.totals').isVisible()).toBe(true);
  });
});
