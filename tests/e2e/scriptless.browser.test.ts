import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anItem, chen, itemNow, newest, onItem, openedCase, zhang } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const WITHOUT = { javaScript: false };

describe('the console without JavaScript', () => {
  const site = consoleSite();
  const { ask } = site;
  const register = '/cases/qihe-scriptless';
  let item: string;
  beforeAll(async () => {
    await openedCase(ask, 'qihe-scriptless');
    item = await anItem(ask, 'qihe-scriptless', '合同清理不彻底');
    await anItem(ask, 'qihe-scriptless', '资产底数不清', { deadline: '2999-12-31' });
    const seq = await onItem(ask, zhang, item, 'MeasureAdopted', { text: '逐份清理' }, '2020-02-10');
    await onItem(ask, chen, item, 'EntryCorrected', {
      target: seq,
      set: { text: '逐份复核' },
      reason: '有误',
    });
  });

  test('signs in, reads and filters', async () => {
    const { page } = await site.stranger(WITHOUT);
    await page.goto(register);
    await page.getByRole('button', { name: '责任单位 财政办' }).click();
    const filters = page.getByRole('region', { name: '筛选' });
    await filters.getByLabel('时限').selectOption('超时限');
    await filters.getByLabel('搜索').fill('复核');
    await filters.getByRole('button', { name: '筛选' }).click();
    await page.waitForURL(/q=.*due=overdue/);
    expect(await page.locator('table.register tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: '清除筛选' }).click();
    await page.waitForURL((address) => address.search === '');
    expect(await page.locator('table.register tbody tr').count()).toBe(2);
    await page
      .getByRole('link', { name: '按时限排序' })
      .or(page.getByRole('link', { name: '时限', exact: true }))
      .click();
    await page.waitForURL(/sort=deadline/);
  });

  test('looks at the past on both clocks; what needs scripts is not there', async () => {
    const page = await site.enter('zhang', item, WITHOUT);
    await page.getByText('回看过去').click();
    expect(await page.getByRole('slider').count()).toBe(0);
    await page.getByLabel('当天实际情况', { exact: true }).fill('2020-02-09');
    await page.getByRole('button', { name: '查看' }).click();
    await page.waitForURL(/effectiveOn=2020-02-09/);
    await page.getByRole('heading', { name: '那时还没有这个项目或问题' }).waitFor();
    await page.goto(`${item}?effectiveOn=2020-02-10&recordedAsOf=`);
    await page.getByRole('status').getByText('2020-02-10 当天的实际情况').waitFor();
    await page.getByRole('heading', { name: '（那时问题尚未提出）' }).waitFor();
    expect(await page.locator('ol.measures').textContent()).toContain('逐份复核');
    await page.getByRole('link', { name: '回到现在' }).click();
    await page.waitForURL(`**${item}`);
    await page.goto(`${register}?print=yes`);
    expect(await page.getByRole('button', { name: '打印' }).count()).toBe(0);
    expect(await page.locator('tbody tr').count()).toBe(2);
  });

  test('records; the server hashes a file that the browser sends', async () => {
    const page = await site.enter('zhang', item, WITHOUT);
    const form = await unfolded(page, '附佐证');
    const buffer = Buffer.from('合同清理表 <2>');
    await form.getByLabel('文件', { exact: true }).setInputFiles({
      ...{ name: '合同“清理”表.pdf', mimeType: 'application/pdf', buffer },
    });
    await form.getByRole('checkbox', { name: /^m3/ }).check();
    const sending = page.waitForRequest((request) => request.method() === 'POST');
    expect(await send(page, form.getByRole('button', { name: '附佐证' }))).toBe(303);
    expect((await sending).postDataBuffer()?.toString() ?? '').not.toContain('name="sha256"');
    const sha256 = createHash('sha256').update(buffer).digest('hex');
    const attached = { name: '合同“清理”表.pdf', mediaType: 'application/pdf', bytes: buffer.length, sha256 };
    expect((await itemNow(ask, item)).evidence).toMatchObject([{ ...attached, measureIds: ['m3'] }]);

    const done = await unfolded(page, '措施完成');
    await done.getByLabel('措施', { exact: true }).selectOption('m3');
    await done.getByLabel('完成情况').fill('两行\n文字');
    expect(await send(page, done.getByRole('button', { name: '措施完成' }))).toBe(303);
    expect((await newest(ask, item)).data).toEqual({ measureId: 'm3', summary: '两行\n文字' });
  });

  test('what was wrong is said, and what was typed stays', async () => {
    const page = await site.enter('zhang', item, WITHOUT);
    const { version } = await itemNow(ask, item);
    const form = await unfolded(page, '报告进展');
    await form.getByLabel('进展情况').fill('进展');
    await form.getByLabel('发生日期').fill('去年');
    expect(await send(page, form.getByRole('button', { name: '报告进展' }))).toBe(422);
    expect(await page.getByRole('alert').textContent()).toContain('发生日期');
    expect(await form.getByLabel('发生日期').inputValue()).toBe('去年');
    expect(await form.getByLabel('进展情况').inputValue()).toBe('进展');
    expect((await itemNow(ask, item)).version).toBe(version);
  });

  test('compares two dates, and signs out', async () => {
    const page = await site.enter('chen', `${register}/compare`, WITHOUT);
    await page.getByLabel('比较什么').selectOption('当天实际情况');
    await page.getByLabel('从', { exact: true }).fill('2020-02-01');
    await page.getByLabel('到', { exact: true }).fill('2020-02-28');
    await page.getByRole('button', { name: '对比' }).click();
    await page.waitForURL(/axis=effective/);
    expect(await page.locator('.entries .tag').allTextContents()).toEqual(['更正']);
    await page.getByRole('link', { name: '全部项目对比两个日期' }).click();
    await page.waitForURL(/\/compare\?axis=effective&from=2020-02-01&to=2020-02-28$/);
    expect(await page.locator('.changed-cases td').allTextContents()).toEqual(['1', '0', '0', '1']);
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('heading', { name: '您已退出。' }).waitFor();
  });
});
