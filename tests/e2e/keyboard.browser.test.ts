import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anItem, newest, onItem, openedCase, zhang } from '../kit/console-case.ts';
import { consoleSite } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('the console by keyboard alone', () => {
  const site = consoleSite();
  const { ask } = site;
  let item: string;
  beforeAll(async () => {
    await openedCase(ask, 'qihe-keyboard');
    item = await anItem(ask, 'qihe-keyboard', '键盘');
    await onItem(ask, zhang, item, 'MeasureAdopted', { text: '措施' });
  });

  /** What has the focus: its tag, its name or text, and whether one sees that it has. */
  const focused = (page: Page) =>
    page.evaluate<{ tag: string; name: string; text: string; seen: boolean; onScreen: boolean }>(`(() => {
      const one = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const { left, right, width, height } = one.getBoundingClientRect();
      return {
        tag: one.localName,
        name: one.getAttribute('name') ?? '',
        text: one.textContent.trim(),
        seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
        onScreen: width > 0 && height > 0 && right > 0 && left < innerWidth,
      };
    })()`);
  type Focused = Awaited<ReturnType<typeof focused>>;

  /** Goes on with Tab until that has the focus, and resolves to all that had it on the way. */
  async function tabTo(page: Page, is: (one: Focused) => boolean): Promise<Focused[]> {
    const way: Focused[] = [];
    for (let steps = 0; steps < 120; steps += 1) {
      await page.keyboard.press('Tab');
      const one = await focused(page);
      way.push(one);
      if (is(one)) return way;
    }
    throw new Error(`never reached; the last ones were ${JSON.stringify(way.slice(-5))}`);
  }

  test.each([
    '/',
    '/cases/qihe-keyboard',
    '/cases/qihe-keyboard/compare',
    '/compare',
    '/deadlines',
    '/supervision',
  ])('the first stop skips to the content: %s', async (path) => {
    const page = await site.enter('zhang', path);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ tag: 'a', text: '跳到正文', seen: true, onScreen: true });
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.closest('main') !== null`)).toBe(true);
  });

  test('signs in, finds the item and records, without a pointer', async () => {
    const { page } = await site.stranger();
    await page.goto('/cases/qihe-keyboard');
    const people = await tabTo(page, ({ text }) => text.includes('经办人甲'));
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    const register = await tabTo(page, ({ tag, text }) => tag === 'a' && text === '键盘');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    const before = await tabTo(page, ({ tag, text }) => tag === 'summary' && text === '报告进展');
    await page.keyboard.press('Enter');
    const fields = await tabTo(page, ({ name }) => name === 'f.text');
    await page.keyboard.type('用键盘写的进展');
    fields.push(...(await tabTo(page, ({ name }) => name === 'f.measureId')));
    await page.keyboard.press('ArrowDown');
    fields.push(...(await tabTo(page, ({ name }) => name === 'f.occurredOn')));
    await page.keyboard.type('2020.3');
    fields.push(...(await tabTo(page, ({ tag, text }) => tag === 'button' && text === '报告进展')));
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Space')]);
    expect(await newest(ask, item)).toMatchObject({
      occurredOn: '2020-03',
      data: { text: '用键盘写的进展', measureId: 'm3' },
    });
    const way = [...people, ...register, ...before, ...fields];
    expect(way.filter(({ seen, onScreen }) => !seen || !onScreen)).toEqual([]);
    const tags = new Set(way.map(({ tag }) => tag));
    for (const tag of ['a', 'button', 'input', 'select', 'textarea', 'summary']) expect(tags).toContain(tag);
  });

  test('a refusal takes the focus, and its links lead to the fields', async () => {
    const page = await site.enter('zhang', `${item}?do=ProgressReported`);
    await tabTo(page, ({ name }) => name === 'f.text');
    await page.keyboard.type('进展');
    await tabTo(page, ({ name }) => name === 'f.occurredOn');
    await page.keyboard.type('2020-13');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.evaluate('document.activeElement.id')).toBe('refusal');
    await tabTo(page, ({ tag, text }) => tag === 'a' && text === '发生日期');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`location.hash`)).toBe('#ProgressReported-occurredOn');
    expect((await focused(page)).name).toBe('f.occurredOn');
  });

  test('whoever leaves a half-written form is asked first', async () => {
    const page = await site.enter('zhang', `${item}?do=ProgressReported`);
    await page.getByLabel('进展情况').pressSequentially('写');
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      return dialog.dismiss();
    });
    await page.getByRole('link', { name: '监督' }).click();
    await expect.poll(() => asked).toBe(1);
    expect(new URL(page.url()).pathname).toBe(item);
    await page.getByLabel('进展情况').fill('写完');
    await Promise.all([
      page.waitForEvent('load'),
      page.locator('#form-ProgressReported').getByRole('button', { name: '报告进展' }).click(),
    ]);
    expect(asked).toBe(1);
    expect((await newest(ask, item)).data).toEqual({ text: '写完' });
  });
});
