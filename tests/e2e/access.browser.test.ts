import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../functions/console/texts/language.ts';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
import { anItem, chen, onItem, openedCase, readyToClose, zhang } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** A screen on a desk, and a telephone. */
const WIDTHS = [1_440, 390];
/** Where a page is another state of one that is looked at on both. */
const TELEPHONE = [390];
const LONG = `${'一个没有标点的很长的标题'.repeat(6)} ${'w'.repeat(120)}`;

describe('every page is accessible, and as wide as its window', () => {
  const site = consoleSite();
  const { ask } = site;
  const register = '/cases/qihe-access';
  let open: string;
  let requested: string;
  beforeAll(async () => {
    await openedCase(ask, 'qihe-access', { title: LONG, settings: { concentratedMonths: 3 } });
    open = await anItem(ask, 'qihe-access', LONG, { supporting: ['建设办', '党建办'], term: 'time-bound' });
    const seq = await onItem(ask, zhang, open, 'MeasureAdopted', { text: LONG, due: '2020-05' }, '2020-02');
    await onItem(ask, zhang, open, 'ProgressReported', { text: LONG });
    await onItem(ask, chen, open, 'EntryCorrected', { target: seq, set: { text: '更正' }, reason: LONG });
    await onItem(ask, chen, open, 'EntryVoided', { target: 4, reason: '重复' });
    requested = await anItem(ask, 'qihe-access', '申请销号的问题', { deadline: '2999-12-31' });
    await readyToClose(ask, requested);
    const closed = await anItem(ask, 'qihe-access', '已销号的问题');
    await readyToClose(ask, closed);
    await onItem(ask, chen, closed, 'ItemClosed', { opinion: '同意', reviewedSeq: 6 });
  });

  /** What is found is said with the page that has it. */
  async function isSound(page: Page, lang: string, what: string, widths = WIDTHS): Promise<void> {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await screenshot(page, `${what}-${lang}-${width}`);
      expect(await overflowsSideways(page), `${what} at ${width}`).toBe(false);
      expect(await axeViolations(page), `${what} at ${width}`).toEqual([]);
    }
  }

  /** All that is folded, unfolded: what is hidden is not looked at. */
  const unfoldAll = (page: Page) =>
    page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);

  test.each(LANGUAGES)('pages without a sign-in: %s', async (lang) => {
    const { page } = await site.stranger();
    for (const path of ['/', '/sign-in', '/signed-out']) {
      await page.goto(`${path}?lang=${lang}`);
      await unfoldAll(page);
      await isSound(page, lang, path.slice(1) || 'landing');
    }
  });

  test.each(LANGUAGES)('the cases, the register, its print and a comparison: %s', async (lang) => {
    const page = await site.enter('chen', `/?lang=${lang}`);
    const pages = {
      cases: '/',
      register,
      'register-past': `${register}?recordedAsOf=2020-01-01&effectiveOn=2020-01-01`,
      supervision: '/supervision',
      print: `${register}?print=yes`,
      compare: `${register}/compare?from=2020-01-01`,
      'no-case': '/cases/no-such',
      'compare-refused': `${register}/compare?from=2999-01-01`,
    };
    for (const [what, path] of Object.entries(pages)) {
      await page.goto(path);
      await unfoldAll(page);
      await isSound(page, lang, what, what.includes('-') ? TELEPHONE : WIDTHS);
    }
  });

  test.each(LANGUAGES)('an item with all its forms, of the committee: %s', async (lang) => {
    const page = await site.enter('chen', `${open}?lang=${lang}&do=EntryCorrected&target=3`);
    await unfoldAll(page);
    await isSound(page, lang, 'item-committee');
    await page.goto(`${requested}?effectiveOn=2020-06-01`);
    await unfoldAll(page);
    await isSound(page, lang, 'item-past', TELEPHONE);
  });

  test.each(LANGUAGES)(
    'an item with all its forms, of the office; refused, overtaken, expired and foreign: %s',
    async (lang) => {
      const [name, label] = lang === 'zh' ? ['报告进展', '进展情况'] : ['Report progress', 'Progress'];
      const page = await site.enter('zhang', `${open}?lang=${lang}`);
      await unfoldAll(page);
      await isSound(page, lang, 'item-office');
      const again = async (text: string, occurredOn: string): Promise<number> => {
        const form = await unfolded(page, name);
        await form.getByLabel(label).fill(text);
        await form.locator('[name="f.occurredOn"]').fill(occurredOn);
        return send(page, form.getByRole('button', { name }));
      };
      expect(await again(LONG, '2020-13')).toBe(422);
      await isSound(page, lang, 'refused', TELEPHONE);
      await onItem(ask, zhang, open, 'ProgressReported', { text: '同时' });
      expect(await again(LONG, '2020')).toBe(412);
      await isSound(page, lang, 'overtaken', TELEPHONE);
      await page.context().clearCookies({ name: 'taizhang-session' });
      expect(await again(LONG, '2020')).toBe(401);
      await isSound(page, lang, 'expired', TELEPHONE);
      await site.signIn(page, 'chen');
      expect(await send(page, page.locator('main form button'))).toBe(403);
      await isSound(page, lang, 'foreign', TELEPHONE);
    },
  );
});
