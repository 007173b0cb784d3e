import { describe, expect, test, vi } from 'vitest';
import { axeViolations, overflowsSideways } from '../kit/browser-checks.ts';
import { consoleSite } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const CASE = '/cases/qihe-2024';

describe('red flags in a browser, on the example', () => {
  const site = consoleSite({ example: true });

  test('a reviewer follows a number to the flags, a flag to its entry, and dismisses it', async () => {
    const page = await site.enter('jiang', '/flags');
    await page.locator('table.flagged-cases td a').first().click();
    await page.waitForURL('**/flags?severity=medium');
    const flag = page.locator('#flag-overdue-0003');
    await flag.locator('.rests-on a').first().click();
    await page.waitForURL('**/items/0003#e5');
    await page.goBack();
    await flag.getByRole('link', { name: '说明理由排除' }).click();
    await page.fill('textarea', '已与牵头单位核对，延期申请正在审批。');
    await page.getByRole('button', { name: '排除疑点' }).click();
    await page.waitForURL('**/flags');
    expect(await page.locator('#flag-overdue-0003').count()).toBe(0);
    await page.selectOption('select[name=show]', 'dismissed');
    await page.getByRole('button', { name: '查看疑点' }).click();
    await page.waitForURL('**show=dismissed**');
    expect(await page.locator('#flag-overdue-0003').textContent()).toContain('延期申请正在审批');
  });

  test.each([1_440, 390])('every page of flags is sound at %i px, in both languages', async (width) => {
    const page = await site.enter('jiang', '/?lang=zh', { width });
    for (const language of ['zh', 'en']) {
      for (const path of [
        `${CASE}/flags?`,
        `${CASE}/flags?show=dismissed&`,
        `${CASE}/flags?recordedAsOf=2025-12-31&`,
        `${CASE}/flags?effectiveOn=2999-01-01&`,
        `${CASE}/flags?do=dismiss&rule=overdue&item=0008&`,
        '/flags?',
        '/flag-rules?',
      ]) {
        await page.goto(`${path}lang=${language}`);
        expect({ path, axe: await axeViolations(page) }).toEqual({ path, axe: [] });
        expect({ path, sideways: await overflowsSideways(page) }).toEqual({ path, sideways: false });
      }
    }
  });
});
