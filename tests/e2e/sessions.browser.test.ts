import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { anItem, itemNow, newest, openedCase } from '../kit/console-case.ts';
import { consoleSite, send, unfolded } from '../kit/console-site.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const SESSION = 'taizhang-session';
const TYPED = '写了一半的\n措施 “<b>&amp;”</textarea>';

describe('sessions in a browser', () => {
  const site = consoleSite();
  const { ask } = site;
  let item: string;
  beforeAll(async () => {
    await openedCase(ask, 'qihe-sessions');
    item = await anItem(ask, 'qihe-sessions', '登录');
  });
  const versionNow = async (): Promise<number> => (await itemNow(ask, item)).version;
  const cookieOf = async (page: Page) =>
    (await page.context().cookies()).find(({ name }) => name === SESSION);

  async function written(page: Page) {
    const form = await unfolded(page, '采取措施');
    await form.getByLabel('措施内容').fill(TYPED);
    await form.getByLabel('完成期限').fill('2020年5月');
    return form.getByRole('button', { name: '采取措施' });
  }

  test('the sign-in ended over a form: nothing is lost, and it is recorded after the next one', async () => {
    const before = await versionNow();
    const page = await site.enter('zhang', item);
    const button = await written(page);
    await page.context().clearCookies({ name: SESSION });
    expect(await send(page, button)).toBe(401);
    await page.getByRole('heading', { name: '登录已过期' }).waitFor();
    expect(await page.getByLabel('措施内容').inputValue()).toBe(TYPED);
    expect(await page.getByLabel('完成期限').inputValue()).toBe('2020年5月');
    expect(await versionNow()).toBe(before);

    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: '在新窗口登录' }).click(),
    ]);
    await tab.getByRole('button', { name: '责任单位 财政办' }).click();
    await tab.getByRole('heading', { name: '巡察项目' }).waitFor();
    expect(await send(page, page.getByRole('button', { name: '已登录，继续提交' }))).toBe(303);
    expect((await newest(ask, item)).data).toEqual({ text: TYPED, due: '2020-05' });
    expect(await versionNow()).toBe(before + 1);
  });

  test('a cookie that was tampered with counts as none', async () => {
    const page = await site.enter('zhang', item);
    const cookie = await cookieOf(page);
    if (!cookie) throw new Error('there is no cookie');
    const button = await written(page);
    const at = cookie.value.length - 40;
    const value = `${cookie.value.slice(0, at)}${cookie.value[at] === 'A' ? 'B' : 'A'}${cookie.value.slice(at + 1)}`;
    await page.context().addCookies([{ ...cookie, value }]);
    const before = await versionNow();
    expect(await send(page, button)).toBe(401);
    expect(await versionNow()).toBe(before);
    await page.goto(item);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(new URL(page.url()).searchParams.get('to')).toBe(item);
  });

  test('a form that was made for somebody else is not recorded for whoever is here now', async () => {
    const before = await versionNow();
    const page = await site.enter('zhang', item);
    const button = await written(page);
    await site.signIn(page, 'chen');
    expect(await send(page, button)).toBe(403);
    expect(await page.getByRole('alert').textContent()).toContain('不是当前登录人打开的');
    expect(await page.getByLabel('措施内容').inputValue()).toBe(TYPED);
    expect(await versionNow()).toBe(before);
    // Having looked at it, they may make it their own.
    expect(await send(page, page.locator('main form button'))).toBe(303);
    expect((await newest(ask, item)).actor).toMatchObject({ sub: 'chen', role: 'committee' });
  });

  test('signing out ends it, and going back shows nothing', async () => {
    const page = await site.enter('zhang', item);
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('heading', { name: '您已退出。' }).waitFor();
    expect(await cookieOf(page)).toBeUndefined();
    await page.goBack();
    await page.getByRole('heading', { name: '登录', exact: true }).waitFor();
    expect(await page.getByRole('banner').textContent()).not.toContain('经办人甲');
    expect(await page.locator('form#form-MeasureAdopted').count()).toBe(0);
  });

  test('a form without a token, of no origin or of a foreign one records nothing', async () => {
    const page = await site.enter('zhang', item);
    const before = await versionNow();
    const value = await page.locator('#form-MeasureAdopted input[name="form-token"]').inputValue();
    const cookie = `${SESSION}=${(await cookieOf(page))?.value}`;
    const sent = async (headers: Record<string, string>, token: string | undefined) => {
      const body = new URLSearchParams({
        type: 'MeasureAdopted',
        'f.text': '伪造',
        version: String(before),
        ...(token ? { 'form-token': token } : {}),
      });
      const answer = await fetch(site.url + item, {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: { cookie, ...headers },
      });
      return answer.status;
    };
    const here = { origin: site.url };
    expect(await sent(here, undefined)).toBe(403);
    expect(await sent(here, `${value.slice(0, -2)}AA`)).toBe(403);
    expect(await sent({}, value)).toBe(403);
    expect(await sent({ origin: 'null' }, value)).toBe(403);
    expect(await sent({ origin: 'https://evil.example' }, value)).toBe(403);
    expect(await sent({ origin: `${site.url}.evil.example` }, value)).toBe(403);
    expect(await sent({ ...here, 'sec-fetch-site': 'cross-site' }, value)).toBe(403);
    expect(await sent({ ...here, 'sec-fetch-site': 'same-site' }, value)).toBe(403);
    expect(await versionNow()).toBe(before);
    // Nothing but what was wrong stood in the way.
    expect(await sent(here, value)).toBe(303);
    expect(await versionNow()).toBe(before + 1);
  });

  test('nobody is signed in, or out, from another origin', async () => {
    const page = await site.enter('zhang', item);
    const cookie = `${SESSION}=${(await cookieOf(page))?.value}`;
    for (const path of ['/sign-in', '/sign-out']) {
      const body = new URLSearchParams({ role: 'committee', office: '纪工委', name: '冒名', to: '/' });
      const headers = { origin: 'https://evil.example', cookie };
      const answer = await fetch(site.url + path, { method: 'POST', body, redirect: 'manual', headers });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  test('the cookie is sealed, and neither scripts nor other sites reach it', async () => {
    const page = await site.enter('zhang', item);
    const cookie = await cookieOf(page);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(await page.evaluate('document.cookie')).toBe('');
    const parts = (cookie?.value ?? '').split('.');
    expect(parts).toHaveLength(5);
    const header = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString());
    expect(header).toEqual({ alg: 'dir', enc: 'A256GCM' });
    const readable = parts.map((part) => Buffer.from(part, 'base64url').toString('utf8')).join();
    for (const word of ['zhang', '财政办', '经办人甲', 'office', 'urn:taizhang']) {
      expect(readable).not.toContain(word);
      expect(cookie?.value).not.toContain(Buffer.from(word).toString('base64url'));
    }
  });

  test('a way back leads nowhere else', async () => {
    const { page } = await site.stranger();
    for (const to of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      'javascript:alert(1)',
    ]) {
      await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
      await page.getByRole('button', { name: '责任单位 财政办' }).click();
      await page.getByRole('heading', { name: '巡察项目' }).waitFor();
      expect(page.url()).toBe(`${site.url}/`);
    }
  });
});
