import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Principal } from '../../domain/actor.ts';
import type { Sub } from '../../functions/local/example/people.ts';
import { principal } from '../../functions/local/example/record.ts';
import { onItem } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';
import { narrowed } from '../kit/people.ts';
import {
  chineseCase,
  chineseIn,
  chineseOn,
  committee,
  englishIn,
  labelsOn,
  officer,
  plainCase,
  reviewer,
  SHORT_NOTICE,
  SHORT_NOTICE_WORDS,
} from '../kit/two-languages.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('the two languages in a browser', () => {
  const site = consoleSite();
  const { ask } = site;
  const register = '/cases/plain-2020';
  let item: string;
  beforeAll(async () => {
    item = await plainCase(ask);
  });

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
          ...['/import', `${register}/facts`, `${register}/facts?recordedAsOf=2999-01-01`],
          ...[`${register}/compare?from=2020-01-01`, `${register}/compare?from=2020-01-01&axis=effective`],
          ...[`${register}/compare?from=2999-01-01`, '/supervision', '/supervision?from=x', '/cases/no-such'],
          ...['/compare?from=2020-01-01', '/compare?from=x', '/compare?to=2020-01-01&from=2020-01-01'],
          ...[
            '/deadlines',
            '/deadlines?effectiveOn=2020-06-01',
            '/deadlines?withinDays=x',
            '/deadlines?office=No',
          ],
        ],
      ],
      [officer, ['/', register, item, '/supervision', '/deadlines', `${register}/facts`, '/import']],
      [
        reviewer,
        [
          ...[item, `${register}/facts`, `${register}/look-backs`, `${register}/look-backs/4`],
          ...[`${register}/look-backs/4?print=sheet`, `${register}/look-backs/4?print=report`],
        ],
      ],
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

  test('an import speaks English, but for the words of the notice', async () => {
    const page = await site.enter(committee, '/import?lang=en');
    await page.locator('#text').fill(SHORT_NOTICE);
    const preview = page.getByRole('button', { name: 'Preview' });
    await page.locator('#caseId').fill('Plain');
    expect(await send(page, preview)).toBe(422);
    expect((await chineseOn(page)).filter((text) => !text.endsWith(SHORT_NOTICE))).toEqual([]);
    await page.locator('#caseId').fill('plain-imported');
    expect(await send(page, preview)).toBe(200);
    const lines = SHORT_NOTICE.split('\n');
    const ours = (await chineseOn(page))
      .filter((text) => !lines.includes(text))
      .map((text) => SHORT_NOTICE_WORDS.reduce((rest, word) => rest.replaceAll(word, ''), text));
    expect(chineseIn(ours)).toEqual([]);
    expect(await page.locator('.lines tbody tr').count()).toBe(lines.length);
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

  test('no English is left in headings, buttons and labels of Chinese pages', async () => {
    // Last, and by people who see no other case: the one above is in English.
    await chineseCase(ask);
    const as = (who: Sub) => narrowed(principal(who), 'qihe-zh', 'qihe-imported');
    const zh = '/cases/qihe-zh';
    const asked = {
      chen: [
        ...['/', zh, `${zh}?print=yes`, `${zh}?recordedAsOf=2999-01-01`, `${zh}?q=none`, `${zh}/facts`],
        ...[`${zh}/items/0001`, `${zh}/items/0002?do=EntryCorrected&target=3`, `${zh}/items/0003`],
        ...[`${zh}/compare?from=2020-01-01`, '/supervision', '/import', '/cases/no-such'],
        ...['/compare?from=2020-01-01', '/deadlines?effectiveOn=2020-06-20', '/deadlines?withinDays=x'],
      ],
      zhang: ['/', zh, `${zh}/items/0001`, `${zh}/facts`, '/import'],
      jiang: [
        ...[`${zh}/items/0002`, `${zh}/facts`, '/supervision?from=x', `${zh}/look-backs`],
        ...[`${zh}/look-backs/4`, `${zh}/look-backs/4?print=sheet`, `${zh}/look-backs/4?print=report`],
      ],
    } as const;
    for (const who of ['chen', 'zhang', 'jiang'] as const) {
      const page = await site.enter(as(who), '/signed-out?lang=zh');
      for (const path of asked[who]) {
        await page.goto(path);
        const labels = await labelsOn(page);
        expect(labels.length, path).toBeGreaterThan(5);
        expect(englishIn(labels), path).toEqual([]);
      }
      // The same eyes find it where it is.
      await page.goto(`${zh}?lang=en`);
      expect(englishIn(await labelsOn(page)).length).toBeGreaterThan(20);
    }
    const page = await site.enter(as('chen'), '/import?lang=zh');
    await page.locator('#text').fill(SHORT_NOTICE);
    await page.locator('#caseId').fill('qihe-imported');
    expect(await send(page, page.getByRole('button', { name: '预览' }))).toBe(200);
    expect(englishIn(await labelsOn(page))).toEqual([]);
  });
});
