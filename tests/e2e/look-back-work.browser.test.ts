import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { principal } from '../../functions/local/example/record.ts';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
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

/** A folded form, opened. */
async function folded(page: Page, name: string) {
  await page
    .locator('summary')
    .and(page.getByText(name, { exact: true }))
    .click();
  return page.locator('details[open] form.entry');
}

/** In both languages and on both screens: nothing that axe finds, and nobody scrolls sideways. */
async function looksRight(page: Page, name: string) {
  for (const language of ['zh', 'en']) {
    const address = new URL(page.url());
    address.searchParams.set('lang', language);
    await page.goto(address.href);
    for (const width of [1_440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await axeViolations(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      await screenshot(page, `${name}-${language}-${width}`);
    }
  }
  await page.setViewportSize({ width: 1_440, height: 900 });
  const address = new URL(page.url());
  address.searchParams.set('lang', 'zh');
  await page.goto(address.href);
}

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
    const found = { lookBackSeq, verdict: 'false', text: '反弹' };
    await onItem(ask, jiang, item, 'LookBackFindingRecorded', found);
    const other = await onCase('qihe-after', 'LookBackOpened', { scope: SCOPE });
    await onCase('qihe-after', 'LookBackConcluded', { lookBackSeq, conclusion: '反弹' });
    const page = await site.enter('chen', item);
    const reopen = await unfolded(page, '重新整改');
    const choices = reopen.getByLabel('依据回头看').locator('option');
    const offered = await choices.evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    expect(offered).toContain(String(lookBackSeq));
    expect(offered, 'one that found nothing is no reason').not.toContain(String(other));
  });

  test('from the opening to the report on the pages of the look-back', async () => {
    await openedCase(ask, 'qihe-walk');
    for (const title of ['合同未清理', '台账不清', '公章未登记']) await closedItem('qihe-walk', title);
    const page = await site.enter('jiang', '/cases/qihe-walk');
    await page.getByRole('link', { name: '回头看', exact: true }).click();
    await page.waitForURL('**/look-backs');
    expect(await page.getByText('没有启动过回头看').count()).toBe(1);
    const opening = await folded(page, '启动回头看');
    await opening.getByLabel('范围').fill(SCOPE);
    expect(await send(page, opening.getByRole('button', { name: '启动回头看' }))).toBe(303);
    expect(new URL(page.url()).pathname).toBe('/cases/qihe-walk/look-backs/2');

    const draw = await folded(page, '抽取要核查的问题');
    await draw.getByLabel('抽取个数').fill('0');
    expect(await send(page, draw.getByRole('button', { name: '抽取要核查的问题' }))).toBe(422);
    const again = page.locator('#form-SampleDrawn');
    expect(await again.getByLabel('抽取个数').getAttribute('aria-invalid')).toBe('true');
    await again.getByLabel('抽取个数').fill('2');
    await again.getByLabel('随机种子').fill('2026137');
    expect(await send(page, again.getByRole('button', { name: '抽取要核查的问题' }))).toBe(303);
    const report = async () => (await ask(jiang, 'GET', '/v1/cases/qihe-walk/look-backs/2')).body;
    const { samples } = await report();
    expect(samples).toMatchObject([{ seq: 3, seed: '2026137', reproduced: true }]);
    const [first = '', second = ''] = samples[0].itemIds;
    expect(await page.getByRole('region', { name: '历次抽样' }).textContent()).toContain('结果相同');
    await looksRight(page, 'look-back-drawn');

    await page.getByRole('link', { name: '打印现场核查单' }).click();
    await page.waitForURL('**print=sheet');
    const blocks = page.locator('section.check');
    expect(await blocks.count()).toBe(2);
    expect(await blocks.first().textContent()).toMatch(
      new RegExp(
        `${first}[\\s\\S]*qihe-walk[\\s\\S]*第 2 条启动的这次回头看[\\s\\S]*第 3 条 · 随机种子：2026137[\\s\\S]*同意销号，意见：同意销号[\\s\\S]*声称的完成情况[\\s\\S]*账上的佐证材料[\\s\\S]*核查方式[\\s\\S]*□ 属实`,
      ),
    );
    const signed = (await blocks.allTextContents()).join();
    expect(signed, 'what the body signs says nothing of flags').not.toContain('疑点');
    const reviewers = page.getByRole('region', { name: '仅供核查人员' });
    expect(await reviewers.textContent()).toMatch(/疑点只是提示人去看一看，不是结论。/);
    await page.emulateMedia({ media: 'print' });
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('.reviewers-only')).breakBefore`),
    ).toBe('page');
    await page.emulateMedia({ media: null });
    await looksRight(page, 'look-back-sheet');
    await page.getByRole('link', { name: '返回' }).click();

    await page.getByRole('link', { name: `记录核查结论 ${first}` }).click();
    const finding = page.locator('#form-LookBackFindingRecorded');
    expect(await finding.getByLabel('回头看', { exact: true }).inputValue()).toBe('2');
    await finding.getByLabel('核查结论').selectOption('部分属实');
    await finding.getByLabel('核查情况').fill('现场仍有 3 份合同未清理');
    expect(await send(page, finding.getByRole('button', { name: '回头看结论' }))).toBe(303);

    const committee = await site.enter('chen', '/cases/qihe-walk/look-backs/2');
    await committee.getByRole('link', { name: `据此重新整改 ${first}` }).click();
    const reopen = committee.locator('#form-ItemReopened');
    expect(await reopen.getByLabel('依据回头看').inputValue()).toBe('2');
    expect(await reopen.getByLabel('理由').inputValue()).toBe('现场仍有 3 份合同未清理');
    expect(await send(committee, reopen.getByRole('button', { name: '重新整改' }))).toBe(303);

    await page.goto('/cases/qihe-walk/look-backs/2');
    const numbers = page.getByRole('region', { name: '核查数字' });
    const total = numbers.locator('tfoot td strong');
    expect(await total.allTextContents()).toEqual(['2', '1', '0', '1', '0', '1', '0', '1']);
    const trace = numbers.locator('tfoot td').nth(3).getByRole('link');
    expect(await trace.getAttribute('href')).toBe(`/cases/qihe-walk/items/${first}#e8`);
    const end = await folded(page, '回头看结束');
    await end.getByLabel('结论').fill(`${first} 反弹，${second} 待查`);
    expect(await send(page, end.getByRole('button', { name: '回头看结束' }))).toBe(303);
    expect(await page.locator('form.entry').count()).toBe(0);
    expect(await page.getByRole('link', { name: /^记录核查结论/ }).count()).toBe(0);
    await looksRight(page, 'look-back-report');
    await page.goto('/cases/qihe-walk/look-backs/2?print=report');
    expect(await page.locator('main').textContent()).toContain(`${first} 反弹，${second} 待查`);
    await looksRight(page, 'look-back-printed');
    await page.goto('/cases/qihe-walk/look-backs');
    expect(await page.locator('.look-backs li').textContent()).toMatch(/回头看结束|核查结束/);
    await looksRight(page, 'look-backs');

    // What the ledger said before anything was found; nothing is recorded into the past.
    await page.goto(`/cases/qihe-walk/look-backs/2?recordedAsOf=${samples[0].recordedAt}`);
    expect(await total.allTextContents()).toEqual(['2', '0', '0', '0', '0', '2', '0', '0']);
    expect(await page.locator('form.entry').count()).toBe(0);

    // The case's own page tells of it, among all that was recorded on the case.
    await page.goto('/cases/qihe-walk/facts');
    const told = page.locator('section[aria-labelledby="facts"] li');
    expect(await told.textContent()).toMatch(/第 2 条启动的回头看\s*已结束[\s\S]*抽取 2 个问题[\s\S]*待查/);
    expect(await page.locator('.case-history h3').allTextContents()).toEqual([
      ...['第 1 条 · 立项', '第 2 条 · 启动回头看', '第 3 条 · 抽样', '第 4 条 · 回头看结束'],
    ]);
    const { body } = await ask(jiang, 'GET', '/v1/cases/qihe-walk');
    expect(body.lookBacks).toMatchObject([
      { seq: 2, scope: SCOPE, concluded: true, sample: [first, second] },
    ]);
  });

  test('a look-back is no office’s to read', async () => {
    await openedCase(ask, 'qihe-closed');
    await closedItem('qihe-closed', '合同未清理');
    await onCase('qihe-closed', 'LookBackOpened', { scope: SCOPE });
    const page = await site.enter('zhang', '/cases/qihe-closed');
    expect(await page.getByRole('link', { name: '回头看', exact: true }).count()).toBe(0);
    for (const path of ['look-backs', 'look-backs/2', 'look-backs/2?print=sheet']) {
      expect((await page.goto(`/cases/qihe-closed/${path}`))?.status()).toBe(403);
    }
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
