import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sha256Hex } from '../../domain/hashing.ts';
import { openLocalIssuer } from '../../functions/identity/local-issuer.ts';
import { LONGEST_SESSION_MS } from '../../functions/identity/session.ts';
import { openBrowser, type TestBrowser } from '../kit/browser.ts';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
import { people } from '../kit/people.ts';
import { dataFolder, endServers, type ServerProcess, startServer } from '../kit/server-process.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const NOTICE = fileURLToPath(new URL('../../functions/local/example/notice.txt', import.meta.url));

let folder: Awaited<ReturnType<typeof dataFolder>>;
let server: ServerProcess;
let browser: TestBrowser;
beforeAll(async () => {
  folder = await dataFolder();
  [server, browser] = await Promise.all([startServer(folder.data), openBrowser()]);
});
afterEach(() => browser.closePages());
afterAll(async () => {
  await browser.close();
  await endServers();
  await folder.remove();
});

/** Nothing that a program finds wrong, and no need to scroll sideways, wide or narrow. */
async function isSound(page: Page, name: string): Promise<void> {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await screenshot(page, `${name}-${width}`);
    expect([name, width, await overflowsSideways(page)]).toEqual([name, width, false]);
  }
  expect([name, await axeViolations(page)]).toEqual([name, []]);
}

test('a notice is read, checked and recorded without scripts, and its case goes on', async () => {
  const issuer = await openLocalIssuer(folder.data);
  const token = await issuer.mint(people.committee, LONGEST_SESSION_MS / 1_000);
  const { page } = await browser.newPage({ baseUrl: server.url, width: 1440, javaScript: false });
  await page.goto('/sign-in?to=/import');
  await page.fill('#token', token);
  await page.locator('form:has(#token) button').click();
  await page.waitForURL('**/import');

  await isSound(page, 'import');
  await page.goto('/import?lang=en');
  await isSound(page, 'import-en');
  await page.fill('#caseId', 'Qihe');
  await page.setInputFiles('#file', NOTICE);
  await page.getByRole('button', { name: 'Preview' }).click();
  await isSound(page, 'import-refused-en');
  // The file was read, and need not be chosen again.
  await page.fill('#caseId', 'qihe-2024');
  await page.getByRole('button', { name: 'Preview' }).click();
  await isSound(page, 'import-preview-en');
  await page.goto('/import?lang=zh');
  await page.fill('#caseId', 'qihe-2024');
  await page.setInputFiles('#file', NOTICE);
  await page.getByRole('button', { name: '预览' }).click();
  await isSound(page, 'import-preview');
  expect(await page.locator('.lines tbody tr').count()).toBe(157);
  expect(await page.locator('main').textContent()).toContain('还没有记录');
  expect((await server.ask(people.committee, 'GET', '/v1/cases')).body).toEqual({ data: [] });

  await page.getByRole('button', { name: '确认，记入台账' }).click();
  expect(await page.getByRole('status').textContent()).toContain('已记录');
  const register = page.getByRole('link', { name: '查看台账' });
  expect(await register.getAttribute('href')).toBe('/cases/qihe-2024');
  const { body } = await server.ask(people.committee, 'GET', '/v1/cases/qihe-2024');
  expect(body.sources).toEqual([sha256Hex(await readFile(NOTICE))]);

  await page.getByRole('link', { name: '项目信息与记录' }).click();
  await page.locator('summary', { hasText: '印发方案' }).click();
  await page.fill('#PlanIssued-title', '栖禾街道巡察整改方案');
  await page.fill('#PlanIssued-issuedOn', '2024年8月');
  await page.locator('#form-PlanIssued button').click();
  await page.waitForURL('**/facts?recorded=*');
  await page.locator('summary', { hasText: '登记问责' }).click();
  await isSound(page, 'facts');
  await page.goto('/cases/qihe-2024/facts?lang=en');
  await isSound(page, 'facts-en');
});
