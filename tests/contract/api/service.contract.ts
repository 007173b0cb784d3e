import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusals } from '../../../domain/refusals.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

/** What stands beside the API, and what is said of addresses that are none. */
export function serviceContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`service: ${name}`, () => {
    let api: ApiUnderTest;
    beforeAll(async () => {
      api = await open();
    });
    afterAll(() => api?.stop());
    const get = (path: string, headers = {}) => api.ask(undefined, 'GET', path, undefined, headers);

    test('health needs no token', async () => {
      const { status, body } = await get('/healthz');
      expect([status, body]).toEqual([200, { status: 'ok', deadLetters: 0, version: expect.any(String) }]);
    });

    test('the description names every address', async () => {
      const { status, body, headers } = await get('/openapi.json');
      expect([status, body.openapi, headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^3\.1\./),
        expect.stringMatching(/^application\/json/),
      ]);
      for (const path of ['', '/items', '/items/{itemId}/events', '/diff', '/notice', '/import'])
        expect(Object.keys(body.paths)).toContain(`/v1/cases/{caseId}${path}`);
    });

    test.each(['/', '/docs', '/problems'])(
      'the page %s brings all its files, and nothing from elsewhere',
      async (path) => {
        const page = await get(path, { accept: 'text/html' });
        expect([page.status, page.headers.get('content-type')]).toEqual([
          200,
          expect.stringMatching(/^text\/html/),
        ]);
        expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(page.body).not.toMatch(/https?:\/\//);
        const files = [...String(page.body).matchAll(/(?:src|href)="(\/(?:docs|assets)\/[^"]+)"/g)];
        expect(files.length).toBeGreaterThan(0);
        for (const [, file = ''] of files) {
          const answer = await get(file);
          expect([file, answer.status]).toEqual([file, 200]);
          const kind = file.includes('.css') ? 'text/css' : 'text/javascript';
          expect(answer.headers.get('content-type')).toContain(kind);
          expect(String(answer.body).length).toBeGreaterThan(100);
        }
      },
    );

    test('every code is explained at the address that problems name', async () => {
      const { data } = (await get('/problems')).body;
      expect(data.map((one: { code: string }) => one.code)).toEqual(Object.keys(refusals));
    });

    test.each([
      ['GET', '/nothing', 404, 'not-found'],
      ['GET', '/v1/nothing', 404, 'not-found'],
      ['GET', '/docs/package.json', 404, 'not-found'],
      ['GET', '/docs/..%2fpackage.json', 404, 'not-found'],
      ['GET', '/v1/cases/UPPER', 404, 'case-not-found'],
      ['GET', '/v1/cases/%E5%8F%B0%E8%B4%A6', 404, 'case-not-found'],
      ['GET', '/v1/cases/abc%23', 404, 'case-not-found'],
      ['GET', '/v1/cases/no-such-case', 404, 'case-not-found'],
      ['GET', '/v1/cases/no-such-case/items/1', 404, 'item-not-found'],
      ['PUT', '/v1/cases', 405, 'method-not-allowed'],
      ['DELETE', '/v1/cases/abc/items/0001/events', 405, 'method-not-allowed'],
      ['POST', '/healthz', 405, 'method-not-allowed'],
    ])('%s %s is %i %s', async (method, path, status, code) => {
      const answer = await api.ask(people.committee, method, path);
      expect(refusal(answer)).toEqual([status, code]);
      expect(answer.headers.has('allow')).toBe(status === 405);
    });
  });
}
