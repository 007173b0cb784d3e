import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseEventTypes, itemEventTypes } from '../../../domain/payload.ts';
import { parseJson } from '../../../functions/http/json.ts';
import { CASE, ITEM, setUp } from './kit.ts';

const types = fc.oneof(fc.constantFrom(...caseEventTypes, ...itemEventTypes), fc.string());
const names = fc.constantFrom(
  'title',
  'text',
  'reason',
  'target',
  'set',
  'measureIds',
  'settings',
  'occurredOn',
  '__proto__',
  'constructor',
);
const data = fc.oneof(
  fc.dictionary(fc.oneof(names, fc.string()), fc.jsonValue({ maxDepth: 4 })),
  fc.jsonValue({ maxDepth: 6 }),
);
const entries = fc.record(
  {
    type: types,
    occurredOn: fc.oneof(fc.string(), fc.constant('2026-01'), fc.jsonValue()),
    data,
    caseId: fc.string(),
  },
  { requiredKeys: [] },
);
const bodies = fc.oneof(
  entries.map((entry) => JSON.stringify(entry)),
  fc.json(),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const addresses = fc.constantFrom('/v1/cases', `${CASE}/events`, `${CASE}/items`, `${ITEM}/events`);

describe('whatever is sent', () => {
  test('no body makes a fault, and every answer is as described', async () => {
    const { post, begun } = setUp();
    await begun();
    await fc.assert(
      fc.asyncProperty(addresses, bodies, async (address, body) => {
        const answer = await post(address, body);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  });

  test('no query makes a fault', async () => {
    const { get, begun } = setUp();
    await begun();
    const keys = fc.constantFrom('limit', 'cursor', 'recordedAsOf', 'effectiveOn', 'status', 'overdue', 'x');
    const query = fc.array(fc.tuple(keys, fc.oneof(fc.string(), fc.nat().map(String))), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(`${CASE}/items`, `${ITEM}/events`, '/v1/cases'),
        query,
        async (at, pairs) => {
          const answer = await get(`${at}?${new URLSearchParams(pairs)}`);
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('no header makes a fault', async () => {
    const { post, begun } = setUp();
    await begun();
    const name = fc.constantFrom(
      'if-match',
      'idempotency-key',
      'content-type',
      'authorization',
      'x-request-id',
      'accept',
    );
    const value = fc.string({
      unit: fc.constantFrom('"', 'W', '/', ',', '1', '*', ' ', ';', '=', 'q', '.', 'a', '\u00e9'),
    });
    await fc.assert(
      fc.asyncProperty(name, value, async (header, text) => {
        const body = { type: 'ProgressReported', data: { text: '一' } };
        const answer = await post(`${ITEM}/events`, body, { headers: { [header]: text } });
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the JSON reader', () => {
  test('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        if (text.includes('__proto__')) return;
        expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  test('takes nothing that JSON.parse does not', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ':',
      ',',
      '1',
      '-',
      '.',
      'e',
      'null',
      'true',
      ' ',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        if ('value' in parseJson(text)) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 3_000 },
    );
  });

  test('takes linear time', () => {
    const cpuMs = (text: string): number => {
      const before = process.cpuUsage();
      expect(parseJson(text)).toHaveProperty('fault');
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const texts = [
      (n: number) => '"'.padEnd(n, '\\'),
      (n: number) => `"${'\\"'.repeat(n / 2)}`,
      (n: number) => `[${'1,'.repeat(n / 2)}`,
      (n: number) => ' '.repeat(n),
    ];
    for (const text of texts) {
      const quarter = Math.min(cpuMs(text(64_000)), cpuMs(text(64_000)));
      expect(cpuMs(text(256_000))).toBeLessThan(9 * quarter + 100);
    }
  });
});
