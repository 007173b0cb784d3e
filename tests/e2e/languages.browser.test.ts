import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Principal } from '../../domain/actor.ts';
import { anItem, onItem, openedCase } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';
import { people } from '../kit/people.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** Chinese characters, their punctuation and full-width forms. */
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;

const named = (who: Principal, office: string, sub: string): Principal => ({
  ...who,
  office,
  sub,
  actorName: sub,
});
const committee = named(people.committee, 'Discipline', 'Ann');
const officer = named(people.lead, 'Finance', 'Bob');
const reviewer = named(people.reviewer, 'Review', 'Cid');

describe('the two languages in a browser', () => {
  const site = consoleSite();
  const { ask } = site;
  const register = '/cases/plain-2020';
  let item: string;
  beforeAll(async () => {
    const opening = {
      title: 'Plain',
      inspectedBody: 'Body',
      inspectingBody: 'Group',
      settings: { concentratedMonths: 3 },
    };
    await openedCase(ask, 'plain-2020', opening, committee);
    const lead = { lead: 'Finance', supporting: ['Works', 'Archive'], term: 'time-bound' };
    item = await anItem(ask, 'plain-2020', 'First', lead, committee);
    await anItem(ask, 'plain-2020', 'Second', { ...lead, deadline: '2999-12-31' }, committee);
    const seq = await onItem(
      ask,
      officer,
      item,
      'MeasureAdopted',
      { text: 'Do it', due: '2020-05' },
      '2020-02',
    );
    await onItem(ask, committee, item, 'EntryCorrected', {
      target: seq,
      set: { text: 'Do' },
      reason: 'typo',
    });
    await onItem(ask, committee, item, 'EntryCorrected', {
      target: seq,
      set: { due: '2020-06' },
      reason: 'late',
    });
    await onItem(ask, officer, item, 'MeasureCompleted', { measureId: `m${seq}`, summary: 'Done' });
    const file = { name: 'a.pdf', mediaType: 'application/pdf', bytes: 1, sha256: '0f'.repeat(32) };
    await onItem(ask, reviewer, item, 'EvidenceAttached', { ...file, measureIds: [`m${seq}`] });
    await onItem(ask, officer, item, 'ClosureRequested', { statement: 'Close it' });
    await onItem(ask, committee, item, 'ClosureReturned', { reason: 'No' });
    const recovered = { type: 'FundsRecovered', data: { amountFen: 100, note: 'Paid' } };
    await ask(committee, 'POST', `/v1${register}/events`, recovered);
  });

  /** Each text, and each attribute that people read or hear, outside what says that it is in Chinese. */
  const chineseOn = (page: Page): Promise<string[]> =>
    page
      .evaluate<string[]>(`[document.body, ...document.querySelectorAll('body *')]
        .filter((one) => !one.closest('[lang="zh-CN"]') && !one.closest('script, style'))
        .flatMap((one) => [
          ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
          ...['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'].map((name) => one.getAttribute(name) ?? ''),
          ...(one instanceof HTMLTextAreaElement || one instanceof HTMLInputElement ? [one.value] : []),
        ])
        .concat(document.title)`)
      .then((texts) => texts.filter((text) => CHINESE.test(text)));

  test('no Chinese is left on English pages', async () => {
    const asked: readonly (readonly [Principal, readonly string[]])[] = [
      [
        committee,
        [
          ...[
            '/',
            register,
            `${register}?q=none`,
            `${register}?print=yes`,
            `${register}?recordedAsOf=2020-01-01`,
          ],
          ...[
            item,
            `${item}?recordedAsOf=2999-01-01`,
            `${item}?do=EntryCorrected&target=3`,
            `${item}?effectiveOn=2020-03-01`,
          ],
          ...[`${register}/compare?from=2020-01-01`, `${register}/compare?from=2020-01-01&axis=effective`],
          ...[`${register}/compare?from=2999-01-01`, '/supervision', '/supervision?from=x', '/cases/no-such'],
        ],
      ],
      [officer, ['/', register, item, '/supervision']],
      [reviewer, [item]],
    ];
    for (const [who, paths] of asked) {
      const page = await site.enter(who, '/?lang=en');
      for (const path of paths) {
        await page.goto(path);
        expect(await chineseOn(page), path).toEqual([]);
      }
    }
    const { page } = await site.stranger();
    await page.goto('/signed-out?lang=en');
    expect(await chineseOn(page)).toEqual([]);
    await page.goto('/');
    expect(await chineseOn(page)).toEqual([]);
  });

  test('refusals are said in English as well', async () => {
    const page = await site.enter(officer, `${item}?lang=en`);
    const sent = async (form: string, fields: { readonly [label: string]: string }) => {
      const found = await unfolded(page, form);
      for (const [label, text] of Object.entries(fields)) await found.getByLabel(label).fill(text);
      return send(page, found.getByRole('button', { name: form }));
    };
    expect(await sent('Report progress', { Progress: 'A', 'Occurred on': 'May' })).toBe(422);
    expect(await chineseOn(page)).toEqual([]);
    await onItem(ask, officer, item, 'ProgressReported', { text: 'C' });
    expect(await sent('Report progress', { Progress: 'D', 'Occurred on': '2020' })).toBe(412);
    await page.getByRole('region', { name: 'Recorded meanwhile' }).waitFor();
    expect(await chineseOn(page)).toEqual([]);
    await page.context().clearCookies({ name: 'taizhang-session' });
    expect(await sent('Report progress', {})).toBe(401);
    expect(await chineseOn(page)).toEqual([]);
    await site.signIn(page, committee);
    expect(await send(page, page.getByRole('button', { name: 'Signed in: send it now' }))).toBe(403);
    expect(await chineseOn(page)).toEqual([]);
  });

  test('the switch keeps the place, and the choice is kept on the next page', async () => {
    const page = await site.enter(committee, `${register}?due=overdue`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('link', { name: '中文' }).waitFor();
    expect(new URL(page.url()).searchParams.get('due')).toBe('overdue');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.getByRole('link', { name: '中文' }).getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('link', { name: 'First' }).click();
    await page.getByRole('heading', { name: 'Measures', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(page.url()).not.toContain('lang=');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out.' }).waitFor();
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('heading', { name: '您已退出。' }).waitFor();
    await page.getByRole('link', { name: '重新登录' }).click();
    await page.getByRole('heading', { name: '登录', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.goto('/?lang=fr');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });
});
