import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { principal } from '../../functions/local/example/record.ts';
import { consoleSite } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const CASE = '/cases/qihe-2024';
const JUNE = 'recordedAsOf=2025-06-30';

// What the numbers must be is counted by hand in the script of the example.
describe('a look-back reviewer in a browser, on the example', () => {
  const site = consoleSite({ example: true });
  const { ask } = site;
  const banner = (page: Page) => page.locator('.picture[role="status"]');
  const rows = (page: Page) => page.locator('table.register tbody tr');
  const closedBy = (page: Page) => page.getByRole('img', { name: /^已销号/ }).getAttribute('aria-label');
  const day = (page: Page, label: string) => page.getByLabel(label, { exact: true });

  test('the register as the ledger said it then: the banner, the numbers, the way back', async () => {
    const page = await site.enter('jiang', CASE);
    await page.getByText('回看过去').click();
    await day(page, '账本当时怎么说').fill('2025-06-30');
    await page.getByRole('button', { name: '查看' }).click();
    await page.waitForURL(/\?recordedAsOf=2025-06-30$/);
    const said = await banner(page).textContent();
    expect(said).toContain('不是现在的情况，而是账本在 2025-06-30 结束时 所说的内容');
    const { body } = await ask(principal('jiang'), 'GET', `/v1${CASE}?${JUNE}`);
    expect(said).toContain(`此后账本又有 ${body.cut.laterEntries} 条记录`);
    expect(await closedBy(page)).toBe('已销号 9 / 35');
    expect(await rows(page).count()).toBe(36);
    await banner(page).getByRole('link', { name: '回到现在' }).click();
    await page.waitForURL((address) => address.search === '');
    expect(await banner(page).count()).toBe(0);
    expect(await closedBy(page)).not.toBe('已销号 9 / 35');
  });

  test('the two clocks differ: what was on record, and what was true', async () => {
    const page = await site.enter('jiang', `${CASE}?recordedAsOf=2024-12-31`);
    await page.getByText('这个项目还没有问题。').waitFor();
    await page.goto(`${CASE}?effectiveOn=2024-12-31`);
    expect(await banner(page).textContent()).toContain('按现在所知，2024-12-31 当天的实际情况');
    expect(await rows(page).count()).toBe(36);
    await page.goto(`${CASE}?effectiveOn=2024-12-31&${JUNE}`);
    expect(await banner(page).textContent()).toContain('账本在 2025-06-30 结束时 所知的、2024-12-31 当天');
    expect(await day(page, '账本当时怎么说').inputValue()).toBe('2025-06-30');
    expect(await day(page, '当天实际情况').inputValue()).toBe('2024-12-31');
  });

  test('an item on both clocks: the date of then, and the corrected one', async () => {
    const item = `${CASE}/items/0028`;
    const page = await site.enter('jiang', `${item}?recordedAsOf=2026-01-01`);
    expect(await page.locator('#measures + .measures').textContent()).toContain('完成于 2025-10-24');
    expect(await banner(page).textContent()).toContain('账本在 2026-01-01 结束时');
    expect(await page.getByText('更正完成日期').count()).toBe(0);
    await page.goto(`${item}?effectiveOn=2026-01-01`);
    expect(await page.locator('#measures + .measures').textContent()).toContain('完成于 2025-10-28');
  });

  test('nothing can be recorded into the past', async () => {
    const page = await site.enter('chen', `${CASE}/items/0020?${JUNE}`);
    await page.getByText('回看时不能记录；请先回到现在。').waitFor();
    expect(await page.locator('form.entry').count()).toBe(0);
    expect(await page.getByRole('link', { name: /^(更正|作废|报告完成) / }).count()).toBe(0);
    await page.goto(`${CASE}/items/0020?${JUNE}&do=EntryCorrected&target=1`);
    expect(await page.locator('form.entry').count()).toBe(0);
    await page.getByRole('link', { name: '回到现在' }).click();
    await page.waitForURL(`**${CASE}/items/0020`);
    expect(await page.locator('form.entry').count()).toBeGreaterThan(0);
  });

  test('an address shows the same picture to whoever opens it', async () => {
    const page = await site.enter('jiang', `${CASE}?${JUNE}&status=closed&sort=deadline`);
    expect(await rows(page).count()).toBe(9);
    const again = await site.enter('jiang', page.url().slice(site.url.length));
    expect(await again.locator('main').textContent()).toBe(await page.locator('main').textContent());
    await again.locator('table.register tbody a').first().click();
    await again.waitForURL(/\/items\/[0-9]{4}\?recordedAsOf=2025-06-30$/);
    const shared = await site.enter('jiang', again.url().slice(site.url.length));
    expect(await shared.locator('main').textContent()).toBe(await again.locator('main').textContent());
    await shared.getByRole('navigation', { name: '位置' }).getByRole('link').last().click();
    await shared.waitForURL(/\/cases\/qihe-2024\?recordedAsOf=2025-06-30$/);
  });

  test.each([
    ['账本当时怎么说', 'recordedAsOf'],
    ['当天实际情况', 'effectiveOn'],
  ])(
    'the slider by keyboard: the date follows each key, the page the enter key: %s',
    async (label, clock) => {
      const page = await site.enter('jiang', CASE);
      await page.getByText('回看过去').click();
      const slider = page.getByRole('slider', { name: new RegExp(label) });
      await slider.focus();
      const today = await day(page, label).getAttribute('max');
      const before = new Date(Date.parse(`${today}T00:00:00Z`) - 3 * 86_400_000).toISOString().slice(0, 10);
      for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight'])
        await page.keyboard.press(key);
      expect(await day(page, label).inputValue()).toBe(before);
      expect(await slider.getAttribute('aria-valuetext')).toBe(before);
      expect(new URL(page.url()).search).toBe('');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**?${clock}=${before}`);
      expect(await banner(page).textContent()).toContain(before);
      expect(await day(page, label).inputValue()).toBe(before);
    },
  );

  test('the slider by hand: the page follows when it is let go', async () => {
    const page = await site.enter('jiang', CASE);
    await page.getByText('回看过去').click();
    const slider = page.getByRole('slider', { name: /账本当时怎么说/ });
    const box = await slider.boundingBox();
    if (!box) throw new Error('the slider has no box');
    await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    const chosen = await day(page, '账本当时怎么说').inputValue();
    expect(new URL(page.url()).search).toBe('');
    await page.mouse.up();
    await page.waitForURL(`**?recordedAsOf=${chosen}`);
  });

  test('two dates compared by what the ledger said', async () => {
    const page = await site.enter('jiang', `${CASE}/compare`);
    await page.getByLabel('从', { exact: true }).fill('2025-02-24');
    await page.getByLabel('到', { exact: true }).fill('2025-02-28');
    await page.getByRole('button', { name: '对比' }).click();
    await page.waitForURL(/from=2025-02-24&to=2025-02-28/);
    const one = page.getByRole('region', { name: /^0001 / });
    const entry = (name: string) => one.getByRole('listitem').filter({ hasText: name });
    expect(await entry('更正').locator('.tag').textContent()).toBe('更正');
    expect(await entry('申请销号').locator('.tag').textContent()).toBe('新增');
    expect(await entry('发生 2024-11').first().locator('.tag').textContent()).toBe('补记');
    expect(await one.getByRole('row', { name: /状态/ }).first().textContent()).toContain('申请销号');
    // Item 0004 was reported on 24 February, which `from` leaves out.
    expect(await page.getByRole('region', { name: /^0004 / }).count()).toBe(0);
  });

  test('two dates compared by what was true', async () => {
    const page = await site.enter('jiang', `${CASE}/compare?from=2025-10-20&to=2025-11-30`);
    await page.getByLabel('比较什么').selectOption('当天实际情况');
    await page.getByRole('button', { name: '对比' }).click();
    await page.waitForURL(/axis=effective/);
    const tags = (name: RegExp) =>
      page.getByRole('region', { name }).locator('.entries .tag').allTextContents();
    expect(await tags(/^0028 /)).toContain('更正');
    expect(await tags(/^0028 /)).toContain('新增');
    expect(await tags(/^0003 /)).toEqual(['补记']);
    expect(await page.getByRole('region', { name: /^0028 / }).textContent()).toContain('2025-10-28');
    await page.getByLabel('只看问题').selectOption('0003');
    await page.getByRole('button', { name: '对比' }).click();
    await page.waitForURL(/item=0003/);
    expect(await page.locator('section.difference').count()).toBe(1);
  });
});
