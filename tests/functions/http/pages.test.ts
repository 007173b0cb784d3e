import { describe, expect, test } from 'vitest';
import { landingCase, setUp } from './kit.ts';

const html = { headers: { accept: 'text/html' }, token: '' };

describe('every answer', () => {
  test.each(['/', '/docs', '/problems', '/v1/cases', '/nothing', '/healthz'])(
    '%s is closed up',
    async (address) => {
      const { app } = setUp();
      const { headers } = await app.request(address);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toMatch(/https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-frame-options')).toBe('DENY');
    },
  );
});

describe('the page at /', () => {
  test('lists the cases in Chinese, or in English when asked', async () => {
    const { get, landing } = setUp();
    landing.cases = [landingCase('循峰镇巡察')];
    const page = await (await get('/', html)).text();
    expect(page).toMatch(/^<!DOCTYPE html><html lang="zh-CN">/);
    for (const words of [
      '整改台账',
      '循峰镇巡察',
      'xunfeng-2026',
      '已销号',
      'href="/docs"',
      'href="/?lang=en"',
    ]) {
      expect(page).toContain(words);
    }
    const english = await (await get('/?lang=en', html)).text();
    for (const words of ['lang="en"', 'Overdue', '循峰镇巡察', 'href="/"']) expect(english).toContain(words);
    const odd = await (await get('/?lang=<script>', html)).text();
    expect(odd.match(/<script/g)).toEqual(['<script']);
  });

  test('escapes every byte of a title', async () => {
    const { get, landing } = setUp();
    landing.cases = [landingCase(`<img src=x onerror="alert('1')">&amp;`)];
    const page = await (await get('/', html)).text();
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;');
  });

  test('says so when there is no case, when words were erased, and when nothing can be read', async () => {
    const { get, landing, lines } = setUp();
    expect(await (await get('/', html)).text()).toContain('暂无');
    landing.cases = [landingCase(null)];
    expect(await (await get('/', html)).text()).toContain('依法删除');
    landing.cases = new Error('unreadable');
    const answer = await get('/', html);
    expect([answer.status, (await answer.text()).includes('暂时无法读取')]).toEqual([503, true]);
    expect(lines.some((line) => line.level === 'warn')).toBe(true);
  });

  test('holds nothing inline and nothing from elsewhere', async () => {
    const { get, landing } = setUp();
    landing.cases = [landingCase('循峰镇巡察')];
    for (const address of ['/', '/docs', '/problems']) {
      const page = await (await get(address, html)).text();
      expect(page).not.toMatch(/ style=| on\w+=|<style|<script>|https?:\/\//);
      for (const [, path = ''] of page.matchAll(/(?:src|href)="(\/(?:docs|assets)\/[^"]+)"/g)) {
        const file = await get(path, { token: '' });
        expect(file.status, path).toBe(200);
        const kind = path.includes('.css') ? 'text/css' : 'text/javascript';
        expect(file.headers.get('content-type')).toContain(kind);
      }
    }
  });
});
