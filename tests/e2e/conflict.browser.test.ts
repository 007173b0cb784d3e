import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anItem, itemNow, newest, onItem, openedCase, zhang } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const TYPED = '写了半天的\n进展 “<b>&amp;”';

describe('two at once in a browser', () => {
  const site = consoleSite();
  const { ask } = site;
  beforeAll(() => openedCase(ask, 'qihe-conflict'));

  async function written(page: Page) {
    const form = await unfolded(page, '报告进展');
    await form.getByLabel('进展情况').fill(TYPED);
    await form.getByLabel('发生日期').fill('2020-04');
    return form.getByRole('button', { name: '报告进展' });
  }

  test('somebody recorded meanwhile: the text is kept, what they recorded is shown, and it can be sent again', async () => {
    const item = await anItem(ask, 'qihe-conflict', '同时办理', { supporting: ['建设办'] });
    const page = await site.enter('zhang', item);
    const button = await written(page);
    const qian = { ...zhang, sub: 'qian', office: '建设办' };
    await onItem(ask, qian, item, 'MeasureAdopted', { text: '配合单位的措施' });
    expect(await send(page, button)).toBe(412);
    const meanwhile = page.getByRole('region', { name: '在此期间的记录' });
    expect(await meanwhile.textContent()).toContain('配合单位的措施');
    expect(await meanwhile.locator('ol.timeline > li').count()).toBe(1);
    const form = page.locator('#form-ProgressReported');
    expect(await form.getByLabel('进展情况').inputValue()).toBe(TYPED);
    expect(await form.getByLabel('发生日期').inputValue()).toBe('2020-04');
    expect((await itemNow(ask, item)).version).toBe(3);

    expect(await send(page, form.getByRole('button', { name: '报告进展' }))).toBe(303);
    expect(await newest(ask, item)).toMatchObject({ seq: 4, occurredOn: '2020-04', data: { text: TYPED } });
    expect(await page.getByRole('region', { name: '在此期间的记录' }).count()).toBe(0);
  });

  test('what the ledger would take no more is not lost either', async () => {
    const item = await anItem(ask, 'qihe-conflict', '已经申请');
    await onItem(ask, zhang, item, 'MeasureAdopted', { text: '措施' });
    const page = await site.enter('zhang', item);
    const button = await written(page);
    await onItem(ask, zhang, item, 'ClosureRequested', { statement: '同事已申请' });
    expect(await send(page, button)).toBe(412);
    const form = page.locator('#form-ProgressReported');
    expect(await form.getByLabel('进展情况').inputValue()).toBe(TYPED);
    expect(await send(page, form.getByRole('button', { name: '报告进展' }))).toBe(409);
    expect(await form.getByRole('alert').textContent()).toContain('销号申请正在审核');
    expect(await form.getByLabel('进展情况').inputValue()).toBe(TYPED);
    expect((await itemNow(ask, item)).version).toBe(4);
  });

  test('a correction that is taken no more is not lost either', async () => {
    const item = await anItem(ask, 'qihe-conflict', '更正');
    const seq = await onItem(ask, zhang, item, 'MeasureAdopted', { text: '措施' });
    const page = await site.enter('zhang', `${item}?do=EntryCorrected&target=${seq}`);
    const form = page.locator('#form-EntryCorrected');
    await form.getByLabel('措施内容').fill(TYPED);
    await form.getByLabel('理由').fill('写错了');
    await onItem(ask, zhang, item, 'ClosureRequested', { statement: '同事已申请' });
    expect(await send(page, form.getByRole('button', { name: '更正' }))).toBe(412);
    expect(await form.getByLabel('措施内容').inputValue()).toBe(TYPED);
    expect(await form.getByLabel('理由').inputValue()).toBe('写错了');
  });

  test('the same form sent from two tabs records once', async () => {
    const item = await anItem(ask, 'qihe-conflict', '提交两次');
    const page = await site.enter('zhang', item);
    const key = await page.locator('#form-ProgressReported input[name="key"]').inputValue();
    const button = await written(page);
    // Another tab that was opened from the same page, as a browser does that restores or duplicates one.
    const twin = await page.context().newPage();
    await twin.goto(item);
    await written(twin);
    const itsKey = `document.querySelector('#form-ProgressReported').elements.key`;
    await twin.evaluate(`${itsKey}.value = ${JSON.stringify(key)}`);
    const twins = [send(page, button), send(twin, twin.locator('#form-ProgressReported button'))];
    expect(await Promise.all(twins)).toEqual([303, 303]);
    expect(await itemNow(ask, item)).toMatchObject({ version: 3 });
    expect(page.url()).toBe(twin.url());
    await twin.getByRole('status').getByText('已记录为第 3 条。').waitFor();
  });

  test('a form sent again after going back records once', async () => {
    const item = await anItem(ask, 'qihe-conflict', '返回再提交');
    const page = await site.enter('zhang', item);
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    expect(await send(page, await written(page))).toBe(303);
    const { postData, headers } = { postData: (await sent).postData(), headers: (await sent).headers() };
    const again = await page.context().request.post(item, {
      ...{ data: postData ?? '', maxRedirects: 0 },
      headers: { Origin: site.url, 'Content-Type': headers['content-type'] ?? '' },
    });
    expect(again.status()).toBe(303);
    expect(again.headers().location).toBe(`${item}?recorded=3#e3`);
    expect((await itemNow(ask, item)).version).toBe(3);
  });

  test('a second press while the first is on its way sends nothing', async () => {
    const item = await anItem(ask, 'qihe-conflict', '连按两次');
    const page = await site.enter('zhang', item);
    await written(page);
    let posts = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') posts += 1;
    });
    const loaded = page.waitForEvent('load');
    await page.evaluate(
      `{ const button = document.querySelector('#form-ProgressReported button'); button.click(); button.click(); }`,
    );
    await loaded;
    expect(posts).toBe(1);
    expect((await itemNow(ask, item)).version).toBe(3);
  });
});
