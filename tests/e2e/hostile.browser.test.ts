import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { caseEventTypes, itemEventTypes } from '../../domain/payload.ts';
import { consoleSite, send } from '../kit/console-site.ts';
import {
  HOSTILE,
  HOSTILE_NOTICE,
  hostileCase,
  hostilePeople,
  INERT,
  isHarmless,
  PAYLOADS,
} from '../kit/hostile-case.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const CASE = '/cases/qihe-hostile';

describe('hostile text in a browser', () => {
  const site = consoleSite();
  let recorded: ReadonlySet<string>;
  beforeAll(async () => {
    recorded = await hostileCase(site.ask, 'qihe-hostile');
  });

  test('every type of entry that a person can record holds some', () => {
    const all = [...itemEventTypes, ...caseEventTypes];
    // An import brings its own entry; a published notice has no text.
    expect(all.filter((type) => !recorded.has(type))).toEqual(['SourceImported', 'NoticePublished']);
  });

  const dialogs: string[] = [];
  const watch = (page: Page) =>
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      return dialog.dismiss();
    });
  afterEach(() => expect(dialogs.splice(0)).toEqual([]));

  async function opened(who: keyof typeof hostilePeople, path: string): Promise<Page> {
    const page = await site.enter(hostilePeople[who], '/signed-out');
    watch(page);
    await page.goto(path);
    await isHarmless(page);
    return page;
  }

  /** All of a field's text; of a name with an ellipsis the beginning, as a history shows long words. */
  const beginning = (field: string): string =>
    field.endsWith('…') ? HOSTILE(field.slice(0, -1)).slice(0, 100) : HOSTILE(field);

  const PAGES: readonly (readonly [string, keyof typeof hostilePeople, readonly string[]])[] = [
    ['/', 'committee', ['title', 'inspectedBody']],
    [CASE, 'committee', ['title', 'issue']],
    [`${CASE}?q=${encodeURIComponent(PAYLOADS.join(' '))}`, 'committee', ['title']],
    [`${CASE}?print=yes`, 'committee', ['title', 'issue', 'measure', 'evidence']],
    [
      `${CASE}/items/0001`,
      'committee',
      ['issue', 'heading', 'aspect', 'measure', 'evidence', 'progress', 'summary', 'statement', 'opinion'],
    ],
    [`${CASE}/items/0001?effectiveOn=2999-01-01`, 'committee', []],
    [`${CASE}/items/0002`, 'lead', ['issue']],
    [`${CASE}/compare?from=2020-01-01`, 'committee', ['issue', 'measure']],
    [`${CASE}/compare?from=2020-01-01&item=${encodeURIComponent(PAYLOADS[1])}`, 'committee', []],
    [
      `${CASE}/facts`,
      'committee',
      [
        'title',
        'inspectedBody',
        'inspectingBody',
        'plan…',
        'new plan',
        'institution…',
        'note…',
        'scope',
        'conclusion',
      ],
    ],
    [
      `${CASE}/facts`,
      'lead',
      ['title', 'inspectedBody', 'inspectingBody', 'new plan', 'scope', 'conclusion'],
    ],
    ['/import', 'committee', []],
    ['/compare?from=2020-01-01', 'committee', ['title']],
    [`/compare?from=${encodeURIComponent(PAYLOADS[1])}`, 'committee', []],
    ['/deadlines?silentDays=0', 'committee', []],
    [`/deadlines?office=${encodeURIComponent(PAYLOADS[1])}`, 'committee', []],
    [`/deadlines?withinDays=${encodeURIComponent(PAYLOADS[1])}`, 'committee', []],
    ['/supervision', 'committee', ['title']],
    [`/supervision?office=${encodeURIComponent(PAYLOADS[1])}`, 'committee', []],
    [`/cases/${encodeURIComponent(PAYLOADS[1])}`, 'committee', []],
  ];

  test.each(['zh', 'en'])('no page does more with it than show it: %s', async (lang) => {
    const page = await opened('committee', `/?lang=${lang}`);
    const lead = await opened('lead', `/?lang=${lang}`);
    for (const [path, who, shown] of PAGES) {
      const at = who === 'lead' ? lead : page;
      await at.goto(path);
      await isHarmless(at);
      const text = (await at.locator('body').textContent()) ?? '';
      for (const field of shown) expect(text, `${field} on ${path}`).toContain(beginning(field));
    }
  });

  test('what a page without a sign-in shows is as harmless', async () => {
    const { page } = await site.stranger();
    watch(page);
    await page.goto('/');
    await isHarmless(page);
    expect(await page.locator('main').textContent()).toContain(HOSTILE('title'));
    await page.goto(`/sign-in?to=${encodeURIComponent(`/"><script>window.hostile=1</script>`)}`);
    await isHarmless(page);
  });

  test('a notice that holds it is previewed, recorded and told of as it is', async () => {
    const page = await opened('committee', '/import');
    // The reading of a notice leaves out what turns the direction of writing.
    const written = (field: string): string => HOSTILE(field).replaceAll(/[\u202e\u2067]/g, '');
    const shows = async (...fields: readonly string[]) => {
      await isHarmless(page);
      const text = ((await page.locator('main').textContent()) ?? '').replaceAll(/[\u202e\u2067]/g, '');
      for (const field of fields) expect(text, page.url()).toContain(written(field));
    };
    await page.getByLabel('或者粘贴全文').fill(HOSTILE_NOTICE);
    const preview = page.getByRole('button', { name: '预览' });
    await page.getByLabel('项目编号').first().fill(PAYLOADS[1]);
    expect(await send(page, preview)).toBe(422);
    await isHarmless(page);
    expect(await page.getByLabel('项目编号').first().inputValue()).toBe(PAYLOADS[1]);
    expect(await page.getByLabel('或者粘贴全文').inputValue()).toBe(HOSTILE_NOTICE);
    await page.getByLabel('项目编号').first().fill('qihe-imported');
    expect(await send(page, preview)).toBe(200);
    await shows('narrative', 'issue', 'measure', 'tail');
    expect(await send(page, page.getByRole('button', { name: '确认，记入台账' }))).toBe(200);
    await isHarmless(page);
    await page.getByRole('link', { name: '项目信息与记录' }).click();
    await page.waitForURL('**/facts');
    await shows('narrative', 'tail');
  });

  test('no cell of the trail as a file is one that a spreadsheet calculates', async () => {
    const page = await opened('committee', '/supervision');
    const address = (await page.locator('a[href^="/supervision.csv"]').getAttribute('href')) ?? '';
    const text = await (await page.context().request.get(address)).text();
    const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
    expect(cells.length % 10).toBe(0);
    expect(cells).toEqual(expect.arrayContaining([hostilePeople.lead.sub, ...INERT]));
    expect(cells.filter((cell) => /^[\s\p{C}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
  });

  test('a form that begins with it holds it as it is', async () => {
    const page = await opened('committee', `${CASE}/items/0002?do=EntryCorrected&target=1`);
    const form = page.locator('#form-EntryCorrected');
    expect(await form.getByLabel('问题', { exact: true }).inputValue()).toBe(HOSTILE('issue'));
    expect(await form.getByLabel('原文标题').inputValue()).toBe(HOSTILE('heading'));
  });

  test('a form that comes back refused, expired or foreign holds it as it was typed', async () => {
    const path = `${CASE}/items/0002`;
    const page = await opened('lead', `${path}?do=ProgressReported`);
    const form = page.locator('#form-ProgressReported');
    const typed = PAYLOADS.join('\n');
    await form.getByLabel('进展', { exact: false }).first().fill(typed);
    await form.getByLabel('发生日期').fill(PAYLOADS[1]);
    const sent = () =>
      Promise.all([page.waitForEvent('load'), page.locator('button:has-text("报告进展")').last().click()]);
    await sent();
    await isHarmless(page);
    expect(await form.locator('textarea').inputValue()).toBe(typed);
    expect(await form.getByLabel('发生日期').inputValue()).toBe(PAYLOADS[1]);
    await page.context().clearCookies({ name: 'taizhang-session' });
    await sent();
    await isHarmless(page);
    expect(await page.getByLabel('进展情况').inputValue()).toBe(typed);
  });

  test('a name written from right to left turns nothing round but itself', async () => {
    const page = await opened('committee', `${CASE}/items/0001`);
    // Of each entry on one line: where the office, the name, the role and the time begin.
    const places = await page.evaluate<number[][]>(`
      [...document.querySelectorAll('.timeline .who')]
        .map((who) => [...who.querySelectorAll('strong, strong ~ span:not(:last-child), time')])
        .map((parts) => parts.map((one) => one.getClientRects()[0]))
        .filter((rects) => rects.every(({ top }) => Math.abs(top - rects[0].top) < 8))
        .map((rects) => rects.map(({ left }) => left))`);
    expect(places.length).toBeGreaterThan(20);
    for (const place of places) {
      expect(place).toHaveLength(4);
      expect(place).toEqual(place.toSorted((one, other) => one - other));
    }
  });
});
