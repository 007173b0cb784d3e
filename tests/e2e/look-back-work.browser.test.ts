import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { principal } from '../../functions/local/example/record.ts';
import {
  anItem,
  chen,
  itemNow,
  newest,
  onItem,
  openedCase,
  readyToClose,
  zhang,
} from '../kit/console-case.ts';
import { consoleSite, offered, send, unfolded } from '../kit/console-site.ts';
import { entry, recorded } from '../kit/item-path.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const jiang = principal('jiang');
const FILE = { mimeType: 'image/jpeg', buffer: Buffer.from('a photograph of the place') };
const SCOPE = '抽查 2020 年销号的问题，\n看是否反弹';

describe('a look-back in a browser', () => {
  const site = consoleSite();
  const { ask } = site;

  async function closedItem(caseId: string, title: string): Promise<string> {
    const item = await anItem(ask, caseId, title);
    await readyToClose(ask, item);
    await onItem(ask, chen, item, 'ItemClosed', { opinion: '同意销号', reviewedSeq: 6 });
    return item;
  }

  const onCase = async (caseId: string, type: string, data: object): Promise<number> =>
    (await recorded({ ask }, jiang, `/v1/cases/${caseId}/events`, entry(type, data))).body.seq;

  /** Fills in what a form of the case asks for, sends it, and resolves to the status of the answer. */
  async function recordOnCase(page: Page, name: string, fields: { readonly [label: string]: string }) {
    await page
      .locator('summary')
      .and(page.getByText(name, { exact: true }))
      .click();
    const form = page.locator('details[open] form.entry');
    const lookBack = form.getByLabel('回头看', { exact: true });
    if ((await lookBack.count()) > 0) await lookBack.selectOption({ index: 1 });
    for (const [label, text] of Object.entries(fields)) await form.getByLabel(label).fill(text);
    return send(page, form.getByRole('button', { name }));
  }
  const caseForms = (page: Page) =>
    page.locator('section[aria-labelledby="forms"] summary').allTextContents();

  test('the reviewer opens it, draws its sample and concludes it on the page of the case', async () => {
    await openedCase(ask, 'qihe-work');
    const first = await closedItem('qihe-work', '合同未清理');
    await closedItem('qihe-work', '台账不清');
    const page = await site.enter('jiang', '/cases/qihe-work/facts');
    expect(await caseForms(page)).toEqual(['启动回头看']);
    expect(await recordOnCase(page, '启动回头看', { 范围: SCOPE })).toBe(303);
    const opened = page
      .locator('section[aria-labelledby="facts"] li')
      .filter({ hasText: '抽查 2020 年销号的问题' });
    expect(await opened.textContent()).toMatch(/第 2 条启动的回头看\s*进行中/);
    expect(await caseForms(page)).toEqual(['启动回头看', '抽样', '回头看结束']);

    const sample = { 随机种子: 'seed-7', 抽取的问题: '0001，0002' };
    // The case has two items: what is refused stays as it was typed.
    expect(await recordOnCase(page, '抽样', { ...sample, 抽取的问题: '0001，0099' })).toBe(422);
    const again = page.locator('#form-SampleDrawn');
    expect(await again.getByLabel('抽取的问题').inputValue()).toBe('0001，0099');
    await again.getByLabel('抽取的问题').fill(sample.抽取的问题);
    expect(await send(page, again.getByRole('button', { name: '抽样' }))).toBe(303);
    expect(await opened.textContent()).toContain('抽取 2 个问题：0001 0002');
    expect(await opened.getByRole('link').first().getAttribute('href')).toBe(first);

    expect(await recordOnCase(page, '回头看结束', { 结论: '两个问题中一个反弹' })).toBe(303);
    expect(await opened.textContent()).toMatch(/已结束[\s\S]*结论：两个问题中一个反弹/);
    expect(await caseForms(page)).toEqual(['启动回头看']);
    expect(await page.locator('.case-history h3').allTextContents()).toEqual([
      ...['第 1 条 · 立项', '第 2 条 · 启动回头看', '第 3 条 · 抽样', '第 4 条 · 回头看结束'],
    ]);
    expect(await page.locator('#e3').textContent()).toMatch(/复核员甲[\s\S]*0001 0002/);
    const { body } = await ask(jiang, 'GET', '/v1/cases/qihe-work');
    expect(body.lookBacks).toMatchObject([
      { seq: 2, scope: SCOPE, concluded: true, sample: ['0001', '0002'], conclusion: '两个问题中一个反弹' },
    ]);
  });

  test('findings and what was seen on site stand with a closed item, which the committee reopens', async () => {
    await openedCase(ask, 'qihe-found');
    const item = await closedItem('qihe-found', '合同未清理');
    const lookBackSeq = await onCase('qihe-found', 'LookBackOpened', { scope: SCOPE });
    const page = await site.enter('jiang', item);
    expect(await offered(page)).toEqual(['回头看结论', '附佐证']);
    const finding = await unfolded(page, '回头看结论');
    await finding.getByLabel('回头看', { exact: true }).selectOption(String(lookBackSeq));
    await finding.getByLabel('核查结论').selectOption('不属实');
    await finding.getByLabel('核查情况').fill('现场仍有 3 份合同未清理');
    expect(await send(page, finding.getByRole('button', { name: '回头看结论' }))).toBe(303);
    const evidence = await unfolded(page, '附佐证');
    await evidence.getByLabel('文件', { exact: true }).setInputFiles({ name: '现场照片.jpg', ...FILE });
    await evidence.getByRole('checkbox', { name: /^m3/ }).check();
    expect(await send(page, evidence.getByRole('button', { name: '附佐证' }))).toBe(303);
    const photograph = page.getByRole('row', { name: /现场照片\.jpg/ });
    expect(await photograph.textContent()).toContain('回头看材料，不计入销号');
    expect(await page.locator('#m3').textContent()).toContain('有效佐证 1 份');
    expect(await itemNow(ask, item)).toMatchObject({ status: 'closed', version: 9 });

    const committee = await site.enter('chen', item);
    const reopen = await unfolded(committee, '重新整改');
    await reopen.getByLabel('依据回头看').selectOption(String(lookBackSeq));
    await reopen.getByLabel('理由').fill('回头看发现合同未清理完');
    expect(await send(committee, reopen.getByRole('button', { name: '重新整改' }))).toBe(303);
    expect((await newest(ask, item)).data).toEqual({ reason: '回头看发现合同未清理完', lookBackSeq });
    expect(await committee.getByRole('heading', { name: '基本情况' }).textContent()).toContain('重新整改');
    const said = (seq: number) => committee.locator(`#e${seq}`).textContent();
    expect(await said(8)).toMatch(/回头看结论[\s\S]*复核员甲/);
    expect(await said(8)).toMatch(/核查结论\s*不属实/);
    expect(await said(8)).toMatch(/核查情况\s*现场仍有 3 份合同未清理/);
    expect(await said(9)).toMatch(/附佐证[\s\S]*复核员甲[\s\S]*现场照片\.jpg/);
    expect(await said(10)).toMatch(/重新整改[\s\S]*监督专员甲[\s\S]*回头看发现合同未清理完/);
    expect(await said(10)).toMatch(/依据回头看\s*2/);
    expect(await said(10)).toMatch(/已销号 → 重新整改/);
  });

  test('after it is concluded too, the committee names it as the reason', async () => {
    await openedCase(ask, 'qihe-after');
    const item = await closedItem('qihe-after', '合同未清理');
    const lookBackSeq = await onCase('qihe-after', 'LookBackOpened', { scope: SCOPE });
    await onCase('qihe-after', 'LookBackConcluded', { lookBackSeq, conclusion: '反弹' });
    const page = await site.enter('chen', item);
    const reopen = await unfolded(page, '重新整改');
    const choices = reopen.getByLabel('依据回头看').locator('option');
    expect(await choices.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toContain(
      String(lookBackSeq),
    );
  });

  test('a photograph of the reviewer’s alone lets nothing be closed', async () => {
    await openedCase(ask, 'qihe-site');
    const item = await anItem(ask, 'qihe-site', '合同未清理');
    await onItem(ask, zhang, item, 'MeasureAdopted', { text: '逐份清理合同' });
    await onItem(ask, zhang, item, 'MeasureCompleted', { measureId: 'm3', summary: '清理完毕' });
    await onItem(ask, zhang, item, 'ClosureRequested', { statement: '申请销号' });
    const page = await site.enter('jiang', item);
    const evidence = await unfolded(page, '附佐证');
    await evidence.getByLabel('文件', { exact: true }).setInputFiles({ name: '现场照片.jpg', ...FILE });
    await evidence.getByRole('checkbox', { name: /^m3/ }).check();
    expect(await send(page, evidence.getByRole('button', { name: '附佐证' }))).toBe(303);
    expect(await page.getByRole('row', { name: /现场照片\.jpg/ }).count()).toBe(1);

    const committee = await site.enter('chen', item);
    const why = committee.getByRole('region', { name: '为什么现在还不能销号' });
    expect(await why.getByRole('listitem').allTextContents()).toEqual(['措施没有责任单位提交的有效佐证：m3']);
  });
});
