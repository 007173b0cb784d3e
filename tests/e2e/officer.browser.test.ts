import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anItem, chen, itemNow, newest, onItem, openedCase, zhang } from '../kit/console-case.ts';
import { consoleSite, offered, send, unfolded } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('an officer in a browser', () => {
  const site = consoleSite();
  const { ask } = site;
  const register = '/cases/qihe-officer';
  let due: string;
  let foreign: string;
  beforeAll(async () => {
    await openedCase(ask, 'qihe-officer');
    due = await anItem(ask, 'qihe-officer', '合同清理不彻底');
    await anItem(ask, 'qihe-officer', '资产底数不清', { deadline: '2999-12-31' });
    foreign = await anItem(ask, 'qihe-officer', '工程发包不规范', { lead: '建设办' });
  });

  test('one click signs in, and leads to the page that was wanted', async () => {
    const { page } = await site.stranger();
    await page.goto(register);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.getByRole('button', { name: '责任单位 财政办' }).click();
    await page.getByRole('heading', { name: '栖禾街道巡察整改', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(register);
    expect(await page.getByRole('banner').textContent()).toContain('经办人甲（财政办，责任单位）');
  });

  test('whoever is not on the list gives a role, an office and a name', async () => {
    const { page } = await site.stranger();
    await page.goto('/sign-in');
    await page.getByText('以其他身份进入').click();
    await page.getByLabel('角色').selectOption('审计');
    await page.getByLabel('单位').fill('县审计局');
    await page.getByLabel('姓名或工号').fill('审计员丁');
    await page.locator('details').getByRole('button', { name: '进入' }).click();
    await page.getByRole('heading', { name: '巡察项目' }).waitFor();
    expect(await page.getByRole('banner').textContent()).toContain('审计员丁（县审计局，审计）');
  });

  test('the register is filtered to what is overdue, and leads to the item', async () => {
    const page = await site.enter('zhang', register);
    const rows = page.locator('table.register tbody tr');
    expect(await rows.count()).toBe(2);
    await page.getByRole('region', { name: '筛选' }).getByLabel('时限').selectOption('超时限');
    await page.waitForURL(/[?&]due=overdue(&|$)/);
    expect(await rows.count()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe('符合条件 1 个，共 2 个问题');
    await page.getByRole('link', { name: '合同清理不彻底' }).click();
    await page.getByRole('heading', { name: '合同清理不彻底', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(due);
  });

  test('a measure is adopted, reported on, completed, proved, and its closure requested', async () => {
    const page = await site.enter('zhang', due);
    const record = async (name: string, fields: { readonly [label: string]: string }) => {
      const form = await unfolded(page, name);
      for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text);
      expect(await send(page, form.getByRole('button', { name }))).toBe(303);
      await page.getByRole('status').getByText('已记录为第').waitFor();
    };
    expect(await offered(page)).not.toContain('措施完成');
    await record('采取措施', { 措施内容: '逐份清理合同', 完成期限: '2020年5月' });
    expect((await newest(ask, due)).data).toEqual({ text: '逐份清理合同', due: '2020-05' });

    await record('报告进展', { 进展情况: '清理\n二十一份', 发生日期: '2020.3' });
    expect(await newest(ask, due)).toMatchObject({ occurredOn: '2020-03', data: { text: '清理\n二十一份' } });
    expect(await page.locator('#e4 .who').textContent()).toContain('发生 2020-03');

    await page.getByRole('link', { name: '报告完成 m3' }).click();
    const done = page.locator('#form-MeasureCompleted');
    expect(await done.getByLabel('措施', { exact: true }).inputValue()).toBe('m3');
    await done.getByLabel('完成情况').fill('全部清理');
    expect(await send(page, done.getByRole('button', { name: '措施完成' }))).toBe(303);
    await page.locator('#m3').getByText('已完成', { exact: true }).waitFor();
    expect(await offered(page)).not.toContain('措施完成');

    const form = await unfolded(page, '附佐证');
    const buffer = Buffer.from('合同清理表 <1>');
    await form.getByLabel('文件', { exact: true }).setInputFiles({
      ...{ name: '合同清理表.pdf', mimeType: 'application/pdf', buffer },
    });
    await form.getByRole('checkbox', { name: /^m3/ }).check();
    const sending = page.waitForRequest((request) => request.method() === 'POST');
    expect(await send(page, form.getByRole('button', { name: '附佐证' }))).toBe(303);
    const travelled = (await sending).postDataBuffer()?.toString() ?? '';
    expect(travelled).toContain('name="sha256"');
    expect(travelled).not.toContain('合同清理表 <1>');
    const sha256 = createHash('sha256').update(buffer).digest('hex');
    expect((await itemNow(ask, due)).evidence).toMatchObject([
      ...[{ name: '合同清理表.pdf', mediaType: 'application/pdf', bytes: buffer.length, sha256 }],
    ]);

    await record('申请销号', { 申请说明: '措施完成，佐证齐全' });
    expect(await itemNow(ask, due)).toMatchObject({ status: 'closure-requested', version: 7 });
    expect(await offered(page)).toEqual(['撤回销号申请']);
  });

  test('forms are offered for what may be recorded now, and for nothing else', async () => {
    const item = await anItem(ask, 'qihe-officer', '表单', { supporting: ['建设办'] });
    const lead = await site.enter('zhang', item);
    expect(await offered(lead)).toEqual(['采取措施', '报告进展', '附佐证', '申请延期']);
    const supporting = await site.enter('qian', item);
    expect(await offered(supporting)).toEqual(['采取措施', '报告进展', '附佐证']);
    const seq = await onItem(ask, zhang, item, 'MeasureAdopted', { text: '措施' });
    await lead.reload();
    expect(await offered(lead)).toEqual([
      ...['采取措施', '报告进展', '措施完成', '附佐证', '申请销号', '申请延期', '撤回措施'],
    ]);
    // A colleague's entry of another office is not theirs to amend.
    expect(await lead.locator(`#e${seq}`).getByRole('link', { name: '更正' }).count()).toBe(1);
    await supporting.reload();
    expect(await supporting.locator(`#e${seq}`).getByRole('link', { name: '更正' }).count()).toBe(0);
    const auditor = await site.enter('shen', item);
    expect(await offered(auditor)).toEqual([]);
    await auditor.getByText('您现在没有可以办理的事项').waitFor();
  });

  test('what was wrong is said at the field, and what was typed stays', async () => {
    const item = await anItem(ask, 'qihe-officer', '填错');
    const page = await site.enter('zhang', item);
    const form = await unfolded(page, '报告进展');
    await form.getByLabel('进展情况').fill('“进展”&lt;');
    await form.getByLabel('发生日期').fill('2020年13月');
    expect(await send(page, form.getByRole('button', { name: '报告进展' }))).toBe(422);
    expect(await page.evaluate('document.activeElement.id')).toBe('refusal');
    expect(await page.getByRole('alert').textContent()).toContain('发生日期：日期应为');
    const wrong = page.getByLabel('发生日期').and(page.locator('[aria-invalid="true"]'));
    expect(await wrong.inputValue()).toBe('2020年13月');
    expect(await page.getByLabel('进展情况').inputValue()).toBe('“进展”&lt;');
    expect((await itemNow(ask, item)).version).toBe(2);
  });

  test('nothing of another office’s item is shown', async () => {
    const page = await site.enter('zhang', register);
    expect(await page.locator('body').textContent()).not.toContain('工程发包不规范');
    expect((await page.goto(foreign))?.status()).toBe(403);
    expect(await page.locator('body').textContent()).not.toContain('工程发包不规范');
    await page.goto(`${register}?print=yes`);
    expect(await page.locator('body').textContent()).not.toContain('工程发包不规范');
    for (const path of ['/supervision', '/deadlines?withinDays=3650']) {
      await page.goto(path);
      expect(await page.locator('main').textContent()).not.toContain('建设办');
    }
    await onItem(ask, chen, foreign, 'IssueWithdrawn', { reason: '合并' });
    await page.goto(`${register}/compare`);
    expect(await page.locator('body').textContent()).not.toContain('工程发包不规范');
  });
});
