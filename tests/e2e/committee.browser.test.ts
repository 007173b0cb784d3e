import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anItem, itemNow, newest, onItem, openedCase, readyToClose, zhang } from '../kit/console-case.ts';
import { consoleSite, offered, send, unfolded } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('a committee member in a browser', () => {
  const site = consoleSite();
  const { ask } = site;
  beforeAll(() => openedCase(ask, 'qihe-committee'));

  test('sees why an item cannot be closed, is refused with every rule, and returns it', async () => {
    const item = await anItem(ask, 'qihe-committee', '佐证不全');
    await onItem(ask, zhang, item, 'MeasureAdopted', { text: '清理合同' });
    await onItem(ask, zhang, item, 'ClosureRequested', { statement: '申请销号' });
    const rules = ['措施尚未完成：m3', '措施没有责任单位提交的有效佐证：m3'];
    const page = await site.enter('chen', item);
    const why = page.getByRole('region', { name: '为什么现在还不能销号' });
    expect(await why.getByRole('heading').textContent()).toContain('还差 2 项');
    expect(await why.getByRole('listitem').allTextContents()).toEqual(rules);

    const form = await unfolded(page, '销号');
    const opinion = '核对无误，\n同意“销号”。\n\n —— 监督专员';
    await form.getByLabel('意见').fill(opinion);
    expect(await send(page, form.getByRole('button', { name: '销号' }))).toBe(409);
    const refused = page.locator('#form-ItemClosed');
    expect(await refused.getByLabel('意见').inputValue()).toBe(opinion);
    expect(await refused.getByRole('alert').textContent()).toContain('没有记录');
    expect(await refused.locator('.unmet li').allTextContents()).toEqual(rules);
    expect(await itemNow(ask, item)).toMatchObject({ status: 'closure-requested', version: 4 });

    const back = await unfolded(page, '退回');
    await back.getByLabel('理由').fill('请补充佐证');
    expect(await send(page, back.getByRole('button', { name: '退回' }))).toBe(303);
    await page.getByText('退回 1 次，最近理由：请补充佐证').waitFor();
    expect(await itemNow(ask, item)).toMatchObject({ status: 'rectifying', version: 5 });
    expect(await offered(page)).not.toContain('销号');

    const office = await site.enter('zhang', item);
    await office.getByText('退回 1 次，最近理由：请补充佐证').waitFor();
  });

  test('closes what is complete', async () => {
    const item = await anItem(ask, 'qihe-committee', '已经完成');
    await readyToClose(ask, item);
    const page = await site.enter('chen', item);
    await page.getByText('销号条件已全部满足。').waitFor();
    const form = await unfolded(page, '销号');
    await form.getByText('您审阅的是截至第 6 条的全部记录。').waitFor();
    await form.getByLabel('意见').fill('同意销号');
    expect(await send(page, form.getByRole('button', { name: '销号' }))).toBe(303);
    expect((await newest(ask, item)).data).toEqual({ opinion: '同意销号', reviewedSeq: 6 });
    expect(await page.getByRole('heading', { name: '基本情况' }).textContent()).toContain('已销号');
    expect(await offered(page)).toEqual(['重新整改']);
  });

  test('a member of the office that led the item may not close it, and is told so beforehand', async () => {
    const item = await anItem(ask, 'qihe-committee', '自己牵头', { lead: '纪工委' });
    await readyToClose(ask, item, { ...zhang, sub: 'feng', office: '纪工委' });
    const page = await site.enter('chen', item);
    const why = page.getByRole('region', { name: '为什么现在还不能销号' });
    expect(await why.getByRole('listitem').allTextContents()).toEqual(['销号人所在单位曾负责该问题：纪工委']);
  });

  test('corrects: the form begins with what stands, and only what changed is recorded', async () => {
    const item = await anItem(ask, 'qihe-committee', '更正');
    const text = '第一行\n第二行 "<b>"';
    const data = { text, printedNumber: '（一）', due: '2020-05' };
    const seq = await onItem(ask, zhang, item, 'MeasureAdopted', data, '2020-02');
    const page = await site.enter('chen', item);
    const correct = async (fields: { readonly [label: string]: string }) => {
      await page.getByRole('link', { name: `更正 ${seq}`, exact: true }).click();
      const form = page.locator('#form-EntryCorrected');
      for (const [label, value] of Object.entries(fields)) await form.getByLabel(label).fill(value);
      return { form, status: await send(page, form.getByRole('button', { name: '更正' })) };
    };
    await page.getByRole('link', { name: `更正 ${seq}`, exact: true }).click();
    const first = page.locator('#form-EntryCorrected');
    expect(await first.getByLabel('措施内容').inputValue()).toBe(text);
    expect(await first.getByLabel('原文序号').inputValue()).toBe('（一）');
    expect(await first.getByLabel('完成期限').inputValue()).toBe('2020-05');
    expect(await first.getByLabel('发生日期').inputValue()).toBe('2020-02');

    expect((await correct({ 理由: '什么也没有改' })).status).toBe(422);
    expect((await itemNow(ask, item)).version).toBe(3);
    const changed = { 完成期限: '2020-06', 原文序号: '', 理由: '录入有误' };
    expect((await correct(changed)).status).toBe(303);
    expect(await newest(ask, item)).toMatchObject({
      type: 'EntryCorrected',
      data: { target: seq, set: { due: '2020-06', printedNumber: null }, reason: '录入有误' },
    });
    expect((await newest(ask, item)).data).not.toHaveProperty('occurredOn');
    expect(await page.locator(`#e${seq}`).textContent()).toContain('已被第 4 条更正');

    // The next one begins with what stands by now.
    await page.getByRole('link', { name: `更正 ${seq}`, exact: true }).click();
    expect(await first.getByLabel('完成期限').inputValue()).toBe('2020-06');
    expect((await correct({ 发生日期: '2020-03', 理由: '日期有误' })).status).toBe(303);
    const { data: second } = await newest(ask, item);
    expect(second).toEqual({ target: seq, occurredOn: '2020-03', reason: '日期有误' });
  });

  test('voids what is no decision', async () => {
    const item = await anItem(ask, 'qihe-committee', '作废');
    await onItem(ask, zhang, item, 'MeasureAdopted', { text: '措施' });
    const seq = await onItem(ask, zhang, item, 'ProgressReported', { text: '提交了两次' });
    const page = await site.enter('chen', item);
    expect(await page.locator('#e2').getByRole('link', { name: '作废' }).count()).toBe(0);
    await page.getByRole('link', { name: `作废 ${seq}`, exact: true }).click();
    const form = page.locator('#form-EntryVoided');
    await form.getByLabel('理由').fill('重复提交');
    expect(await send(page, form.getByRole('button', { name: '作废' }))).toBe(303);
    expect(await newest(ask, item)).toMatchObject({
      type: 'EntryVoided',
      data: { target: seq, reason: '重复提交' },
    });
    await page.locator(`#e${seq}`).getByText('已作废').waitFor();
  });

  test('assigns offices; what is set once is not asked for again', async () => {
    const item = await anItem(ask, 'qihe-committee', '分派', { term: 'time-bound' });
    const page = await site.enter('chen', item);
    const form = await unfolded(page, '分派单位');
    expect(await form.getByLabel('整改时限').count()).toBe(0);
    expect(await form.getByLabel('整改类型').count()).toBe(0);
    await form.getByLabel('牵头单位').fill('建设办');
    await form.getByLabel('配合单位').fill('财政办、党建办，平安办');
    expect(await send(page, form.getByRole('button', { name: '分派单位' }))).toBe(303);
    expect((await newest(ask, item)).data).toEqual({
      lead: '建设办',
      supporting: ['财政办', '党建办', '平安办'],
    });
    expect(await page.locator('dl.facts').textContent()).toContain('配合：财政办、党建办、平安办');
  });
});
