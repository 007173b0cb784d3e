import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../functions/console/texts/language.ts';
import type { Sub } from '../../functions/local/example/people.ts';
import { principal } from '../../functions/local/example/record.ts';
import { axeViolations, overflowsSideways, screenshot } from '../kit/browser-checks.ts';
import { anItem, chen, onItem, openedCase, readyToClose, zhang } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';
import { entry, recorded } from '../kit/item-path.ts';
import { SHORT_NOTICE } from '../kit/two-languages.ts';

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
  let lookBackSeq: number;
  beforeAll(async () => {
    await openedCase(ask, 'qihe-access', { title: LONG, settings: { concentratedMonths: 3 } });
    open = await anItem(ask, 'qihe-access', LONG, { supporting: ['建设办', '党建办'], term: 'time-bound' });
    const seq = await onItem(ask, zhang, open, 'MeasureAdopted', { text: LONG, due: '2020-05' }, '2020-02');
    await onItem(ask, zhang, open, 'ProgressReported', { text: LONG });
    await onItem(ask, chen, open, 'EntryCorrected', { target: seq, set: { text: '更正' }, reason: LONG });
    await onItem(ask, chen, open, 'EntryVoided', { target: 4, reason: '重复' });
    requested = await anItem(ask, 'qihe-access', '申请销号的问题', { deadline: '2999-12-31' });
    await readyToClose(ask, requested);
    const onCase = (who: Sub, type: string, data: object) =>
      recorded(site, principal(who), `/v1${register}/events`, entry(type, data));
    await onCase('chen', 'PlanIssued', { title: LONG, issuedOn: '2020-02' });
    await onCase('chen', 'AccountabilityRecorded', { kind: 'admonition', persons: 2 });
    lookBackSeq = (await onCase('jiang', 'LookBackOpened', { scope: LONG })).body.seq;
    await onCase('jiang', 'SampleDrawn', { lookBackSeq, seed: 'w'.repeat(64), itemIds: ['0001', '0002'] });
    await onCase('chen', 'EntryVoided', { target: 3, reason: LONG });
    const closed = await anItem(ask, 'qihe-access', '已销号的问题');
    await readyToClose(ask, closed);
    await onItem(ask, chen, closed, 'ItemClosed', { opinion: '同意', reviewedSeq: 6 });
    // Numbers that rest on several entries, and all that may have become of a finding.
    await onCase('jiang', 'SampleDrawn', { lookBackSeq, seed: '2', itemIds: ['0001', '0002', '0003'] });
    await onCase('chen', 'EntryCorrected', { target: lookBackSeq, set: { scope: '全部' }, reason: LONG });
    const photograph = { name: LONG, mediaType: 'image/jpeg', bytes: 1, sha256: 'cd'.repeat(32) };
    const seen = await onItem(ask, principal('jiang'), closed, 'EvidenceAttached', photograph);
    const finding = { lookBackSeq, verdict: 'false', text: LONG, evidenceIds: [`e${seen}`] };
    await onItem(ask, principal('jiang'), closed, 'LookBackFindingRecorded', finding);
    const wrong = await onItem(ask, principal('jiang'), closed, 'LookBackFindingRecorded', finding);
    for (const target of [seen, wrong]) {
      await onItem(ask, chen, closed, 'EntryVoided', { target, reason: LONG });
    }
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
      'compare-all': '/compare?from=2020-01-01',
      deadlines: '/deadlines?withinDays=3650&silentDays=0',
      'deadlines-past': '/deadlines?effectiveOn=2020-09-01&office=财政办',
      'no-case': '/cases/no-such',
      'compare-refused': `${register}/compare?from=2999-01-01`,
      'compare-all-refused': '/compare?from=2020-02-30',
      'deadlines-refused': '/deadlines?withinDays=x&silentDays=9999',
    };
    for (const [what, path] of Object.entries(pages)) {
      await page.goto(path);
      await unfoldAll(page);
      await isSound(page, lang, what, what.includes('-') ? TELEPHONE : WIDTHS);
    }
  });

  test.each(LANGUAGES)(
    'a look-back with all that was changed in it, on the page and on paper: %s',
    async (lang) => {
      const page = await site.enter('jiang', `/?lang=${lang}`);
      for (const print of ['', '?print=report', '?print=sheet']) {
        await page.goto(`${register}/look-backs/${lookBackSeq}${print}`);
        expect(await page.locator('.amendments').count()).toBeGreaterThan(0);
        await unfoldAll(page);
        await isSound(page, lang, `look-back${print.replace('?print=', '-')}`);
      }
    },
  );

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

  test('the case itself and an item, for whoever may look; who may not', async () => {
    const lang = 'zh';
    const looked: readonly (readonly [Sub, string, string, number])[] = [
      ['zhang', 'facts-office', `${register}/facts`, 200],
      ['jiang', 'facts-reviewer', `${register}/facts`, 200],
      ['shen', 'facts-auditor', `${register}/facts`, 200],
      ['jiang', 'item-reviewer', open, 200],
      ['shen', 'item-auditor', open, 200],
      ['wu', 'item-of-others', open, 403],
    ];
    for (const [who, what, path, status] of looked) {
      const page = await site.enter(who, `/signed-out?lang=${lang}`);
      expect((await page.goto(path))?.status(), what).toBe(status);
      await unfoldAll(page);
      await isSound(page, lang, what, TELEPHONE);
    }
    const { page } = await site.stranger();
    await page.goto(`/signed-out?lang=${lang}`);
    expect((await page.goto('/nope'))?.status()).toBe(404);
    await isSound(page, lang, 'nowhere', TELEPHONE);
  });

  test('a fact and an import that are refused, and what an import did', async () => {
    const lang = 'en';
    const page = await site.enter('chen', `${register}/facts?lang=${lang}`);
    await page.locator('summary:has(+ #form-PlanIssued)').click();
    await page.fill('#PlanIssued-title', LONG);
    await page.fill('#PlanIssued-issuedOn', '2020-13');
    expect(await send(page, page.locator('#form-PlanIssued button'))).toBe(422);
    await isSound(page, lang, 'facts-refused', TELEPHONE);
    await page.goto('/import');
    await page.fill('#caseId', 'Qihe');
    await page.fill('#text', SHORT_NOTICE);
    const form = (step: string) => page.locator(`form:has([name="step"][value="${step}"]) button`);
    expect(await send(page, form('preview'))).toBe(422);
    await isSound(page, lang, 'import-refused', TELEPHONE);
    await page.fill('#caseId', `qihe-access-${lang}`);
    expect(await send(page, form('preview'))).toBe(200);
    expect(await send(page, form('commit'))).toBe(200);
    await page.getByRole('status').waitFor();
    await isSound(page, lang, 'import-done', TELEPHONE);
  });
});
