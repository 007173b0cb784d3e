import { describe, expect, test } from 'vitest';
import { caseEventTypes, itemEventTypes } from '../../../domain/payload.ts';
import { type RefusalCode, refusals } from '../../../domain/refusals.ts';
import { CONSOLE_ROUTES } from '../../../functions/console/routes.ts';
import { document, validator } from './described.ts';
import { opening, setUp } from './kit.ts';

const spelled = (pattern: string) => pattern.replaceAll(/:(\w+)/g, '{$1}');

describe('the OpenAPI document', () => {
  test('describes every route, and none that does not exist', () => {
    const { app } = setUp();
    const routes = app.routes.filter((route) => route.method !== 'ALL');
    const pages = new Set(Object.values(CONSOLE_ROUTES).map((route) => route.join(' ')));
    const built = new Set(
      routes
        .filter(({ method, path }) => !pages.has(`${method} ${path}`))
        .map(({ method, path }) => `${method} ${spelled(path)}`),
    );
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(built.size).toBeGreaterThan(20);
    expect([...described].sort()).toEqual([...built].sort());
  });

  test('names every refusal code where it may be met, but for those of signing in, which is done on pages', () => {
    const text = JSON.stringify([document.paths, document.components.responses]);
    const met = (Object.keys(refusals) as RefusalCode[]).filter((code) => !code.startsWith('sign-in-'));
    const missing = met.filter((code) => !text.includes(`"${code}"`));
    expect(missing).toEqual([]);
  });

  test('describes the fields of every type of entry', () => {
    for (const type of [...caseEventTypes, ...itemEventTypes]) {
      expect(document.components.schemas).toHaveProperty(`${type}Data`);
    }
  });

  test('every schema compiles under an independent validator', () => {
    for (const name of Object.keys(document.components.schemas)) {
      expect(validator(`/components/schemas/${name}`)).toBeTypeOf('function');
    }
  });

  test('every reference leads somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references.length).toBeGreaterThan(100);
    for (const reference of new Set(references)) {
      let at: unknown = document;
      for (const name of reference.split('/')) at = (at as Record<string, unknown> | undefined)?.[name];
      expect(at, reference).toBeDefined();
    }
  });

  test('operation ids are unique', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => (operation as unknown as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('takes a body that the ledger takes, and refuses one that it refuses', () => {
    const newCase = validator('/components/schemas/NewCase');
    expect(newCase(opening)).toBe(true);
    expect(newCase({ ...opening, extra: 1 })).toBe(false);
    const entry = validator('/components/schemas/NewCaseEntry');
    expect(entry({ type: 'InstitutionRecorded', data: { title: '采购制度' } })).toBe(true);
    expect(entry({ type: 'InstitutionRecorded', data: { tittle: '采购制度' } })).toBe(false);
    const item = validator('/components/schemas/NewItemEntry');
    expect(item({ type: 'DeadlineExtended', data: { to: '2026-09', reason: '汛期' } })).toBe(true);
    expect(item({ type: 'DeadlineExtended', data: { to: '2026-09', reason: '汛期', from: '2026' } })).toBe(
      false,
    );
  });
});
