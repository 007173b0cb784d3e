import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiBench, apiBench } from '../../kit/api-bench.ts';
import { fieldValue, visitor } from '../../kit/console-visitor.ts';
import { begun } from '../../kit/item-path.ts';
import { people } from '../../kit/people.ts';

let bench: ApiBench;
beforeAll(async () => {
  bench = await apiBench();
});
afterAll(() => bench?.stop());

const HTML = { accept: 'text/html' };

describe('a pasted token', () => {
  const paste = (token: string, to = '/') =>
    bench.request('/sign-in', {
      method: 'POST',
      headers: { origin: 'http://localhost' },
      body: new URLSearchParams({ token, to }),
    });

  test('signs in for as long as it speaks for the person, and not a moment longer', async () => {
    const entered = await paste(await bench.tokenOf(people.committee), '/supervision');
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/supervision']);
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await bench.request('/import', { headers: { cookie } })).status).toBe(200);
    // Within the tolerance of clocks the verifier takes it; the session goes by the token's own word.
    const over = await paste(await bench.mint(people.committee, -5));
    expect(over.status).toBe(303);
    const ended = over.headers.get('set-cookie')?.split(';')[0] ?? '';
    const after = await bench.request('/supervision', { headers: { cookie: ended } });
    expect(after.headers.get('location')).toBe('/sign-in?to=%2Fsupervision');
  });

  test('that is none is refused, and the page says so', async () => {
    const refused = await paste('no.such.token');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect(await refused.text()).toContain('登录凭证无效');
  });

  test('leads back to an address of this console and nowhere else', async () => {
    const token = await bench.tokenOf(people.committee);
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
    ]) {
      expect((await paste(token, to)).headers.get('location'), to).toBe('/');
    }
  });
});

describe('addresses that people type', () => {
  test('that do not exist, or take no such method, are pages for people and problems for programs', async () => {
    for (const [method, path, status] of [
      ['GET', '/nope', 404],
      ['GET', '/cases/nope/nope', 404],
      ['DELETE', '/supervision', 405],
    ] as const) {
      const page = await bench.request(path, { method, headers: HTML });
      expect([path, page.status, page.headers.get('content-type')]).toEqual([
        path,
        status,
        expect.stringContaining('text/html'),
      ]);
      const program = await bench.request(path, { method });
      expect([program.status, program.headers.get('content-type')]).toEqual([
        status,
        'application/problem+json',
      ]);
    }
  });

  test('to which forms are sent lead to where they belong', async () => {
    const committee = await visitor(bench, people.committee);
    expect(await committee.show('/cases?lang=en')).toMatchObject({ status: 303, location: '/?lang=en' });
    expect((await committee.show('/cases/qihe-2024/items')).location).toBe('/cases/qihe-2024/facts');
  });

  test('of a past that cannot be asked for say what is wrong, and keep the clocks', async () => {
    const { item, inCase } = await begun(bench);
    const reviewer = await visitor(bench, people.reviewer);
    for (const path of [item.replace('/v1', ''), inCase.replace('/v1', '')]) {
      for (const [query, status, said] of [
        ['recordedAsOf=bad', 422, '日期填写不对'],
        ['effectiveOn=2025-02-30', 422, '日期填写不对'],
        ['recordedAsOf=2999-01-01', 422, '不能查询将来的日期'],
        ['recordedAsOf=1999-01-01', 404, '那时还没有'],
        ['effectiveOn=1999-01-01', 404, '那时还没有'],
      ] as const) {
        const { html, status: answered } = await reviewer.show(`${path}?${query}`);
        expect([query, answered]).toEqual([query, status]);
        expect(html).toContain(said);
        expect(html).toContain('name="effectiveOn"');
        expect(html).toContain(`href="${path}"`);
        expect(html).not.toContain('什么也没有记录');
      }
    }
  });
});

test('a form that says nothing of a version has seen none', async () => {
  const { item } = await begun(bench);
  const officer = await visitor(bench, people.lead);
  const path = item.replace('/v1', '');
  const fields = [
    ['type', 'MeasureAdopted'],
    ['f.text', '措施'],
  ] as const;
  const refused = await officer.send(path, fields);
  expect(refused.status).toBe(412);
  expect(refused.html).toContain('措施');
  const version = fieldValue(refused.html, 'version');
  expect((await officer.send(path, [...fields, ['version', version]])).status).toBe(303);
});
