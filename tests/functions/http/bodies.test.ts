import { describe, expect, test } from 'vitest';
import { LARGEST_ENTRY_BODY, LARGEST_IMPORT_BODY } from '../../../functions/http/body.ts';
import { CASE, ITEM, opening, refusal, setUp } from './kit.ts';

const json = { 'content-type': 'application/json' };

describe('a JSON body', () => {
  test.each([
    ['no content type', { 'content-type': '' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['another charset', { 'content-type': 'application/json; charset=gbk' }],
    ['compressed', { ...json, 'content-encoding': 'gzip' }],
  ])('%s is 415', async (_, headers) => {
    const { post } = setUp();
    const answer = await post('/v1/cases', '{}', { headers });
    expect([answer.status, ...(await refusal(answer))]).toEqual([415, 'unsupported-media-type']);
  });

  test('its charset may be named', async () => {
    const { post } = setUp();
    const headers = { 'content-type': 'Application/JSON; charset="UTF-8"' };
    expect((await post('/v1/cases', opening, { headers })).status).toBe(201);
  });

  test.each([
    ['', 'the body is empty'],
    ['{', 'line 1, column 2: the text ends too early'],
    ['{"caseId":\n "a" "b"}', 'line 2, column 6: unexpected character'],
    ['{"a":1}x', 'line 1, column 8: unexpected character'],
    ['{"a":01}', 'line 1, column 7: unexpected character'],
    ['{"a":NaN}', 'line 1, column 6: unexpected character'],
    ['{"a":1e999}', 'line 1, column 6: a number is out of range'],
    ['{"a":"\\x"}', 'line 1, column 6: a string holds an unknown escape'],
    ['{"a":"\t"}', 'line 1, column 7: a control character must be escaped'],
    ['"open', 'line 1, column 1: a string has no end'],
    ['[1,]', 'line 1, column 4: unexpected character'],
  ])('%j is 400 and says where', async (body, detail) => {
    const { post } = setUp();
    const answer = await post('/v1/cases', body);
    expect(await answer.json()).toMatchObject({ status: 400, code: 'invalid-request', detail });
  });

  test('a member that stands twice is refused by its pointer', async () => {
    const { post } = setUp();
    const answer = await post('/v1/cases', '{"caseId":"abc","data":{"title":"一","title":"二"}}');
    expect(await refusal(answer)).toEqual(['invalid-request', '/data/title invalid-value']);
  });

  test('__proto__ is no member', async () => {
    const { post } = setUp();
    const answer = await post('/v1/cases', '{"caseId":"abc","data":{"__proto__":{"title":"一"}}}');
    expect(await refusal(answer)).toEqual(['invalid-request', '/data/__proto__ invalid-value']);
    expect(({} as { title?: string }).title).toBeUndefined();
  });

  test('deep nesting is refused, however deep', async () => {
    const { post } = setUp();
    const answer = await post('/v1/cases', '['.repeat(200_000));
    expect([answer.status, (await refusal(answer))[0]]).toEqual([400, 'invalid-request']);
  });

  test('bytes that are no UTF-8 are refused with their line', async () => {
    const { app } = setUp();
    const body = Buffer.concat([Buffer.from('{\n"a":"'), Buffer.from([0xd6, 0xd0]), Buffer.from('"}')]);
    const headers = { ...json, authorization: 'Bearer good' };
    const answer = await app.request('/v1/cases', { method: 'POST', headers, body });
    expect(((await answer.json()) as { detail: string }).detail).toContain('line 2 is not UTF-8');
  });

  test('the limit holds for a declared length and for one that is not', async () => {
    const { app, post } = setUp();
    const large = ' '.repeat(LARGEST_ENTRY_BODY);
    expect((await post('/v1/cases', `${large}1`)).status).toBe(413);
    expect((await post('/v1/cases', `${large.slice(1)}1`)).status).toBe(422);
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)),
    });
    const headers = { ...json, authorization: 'Bearer good' };
    const request = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit;
    expect((await app.request('/v1/cases', request)).status).toBe(413);
  });

  test('a body that breaks off is refused, not a fault', async () => {
    const { app } = setUp();
    const stream = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
    const headers = { ...json, authorization: 'Bearer good' };
    const request = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit;
    expect((await app.request('/v1/cases', request)).status).toBe(400);
  });
});

describe('what a body says', () => {
  test('everything wrong is named at once, by pointers into the body', async () => {
    const { post } = setUp();
    const answer = await post('/v1/cases', {
      caseId: 'NO',
      occurredOn: '2026-13',
      'x/y': 1,
      data: { title: 7, inspectedBody: '某镇', inspectingBody: '县委巡察组', feedbackOn: '2026-02-30' },
    });
    expect(answer.status).toBe(422);
    expect((await refusal(answer)).sort()).toEqual([
      '/caseId invalid-value',
      '/data/feedbackOn invalid-date',
      '/data/title wrong-type',
      '/occurredOn invalid-date',
      '/x~1y unknown-field',
      'invalid-fields',
    ]);
  });

  test.each([
    ['null', [' wrong-type']],
    ['[]', [' wrong-type']],
    ['"text"', [' wrong-type']],
    ['{}', ['/type required', '/data required']],
    ['{"type":7,"data":null}', ['/type wrong-type', '/data wrong-type']],
    ['{"type":"ProgressReported","data":[]}', ['/data wrong-type']],
    [
      '{"type":"ProgressReported","occurredOn":null,"data":{}}',
      ['/occurredOn wrong-type', '/data/text required'],
    ],
    ['{"type":"constructor","data":{},"more":1}', ['/more unknown-field']],
  ])('%s is refused', async (body, errors) => {
    const { post, begun } = setUp();
    await begun();
    const answer = await post(`${ITEM}/events`, body);
    expect(await refusal(answer)).toEqual(['invalid-fields', ...errors]);
  });
});

describe('parameters', () => {
  test.each([
    ['/v1/cases?limit=0', '/limit out-of-range'],
    ['/v1/cases?limit=1001', '/limit out-of-range'],
    ['/v1/cases?limit=1e2', '/limit invalid-value'],
    ['/v1/cases?limit=', '/limit invalid-value'],
    ['/v1/cases?status=closed', '/status unknown-field'],
    ['/v1/cases?__proto__=1', '/__proto__ unknown-field'],
    ['/v1/cases?limit=1&limit=2', '/limit duplicate'],
    [`${CASE}/items?status=done`, '/status invalid-value'],
    [`${CASE}/items?overdue=yes`, '/overdue invalid-value'],
    [`${CASE}/items?office=`, '/office out-of-range'],
    [`${CASE}/diff?from=2026-01-01&to=2026-02-01`, '/axis required'],
    [`${CASE}/diff?axis=both&from=2026-01-01&to=2026-02-01`, '/axis invalid-value'],
    ['/v1/audit?from=2026-1-1', '/from invalid-date'],
    [`${ITEM}/events/1?limit=1`, '/limit unknown-field'],
  ])('%s is 400 and names it', async (address, error) => {
    const { get, begun } = setUp();
    await begun();
    const answer = await get(address);
    expect(answer.status).toBe(400);
    expect(await refusal(answer)).toEqual(['invalid-request', error]);
  });

  test('writes take none', async () => {
    const { post } = setUp();
    expect(await refusal(await post('/v1/cases?force=1', opening))).toEqual([
      'invalid-request',
      '/force unknown-field',
    ]);
  });
});

describe('an import', () => {
  const text = { 'content-type': 'text/plain; charset=utf-8' };

  test('is a dry run unless it says commit', async () => {
    const { post } = setUp();
    for (const [query, committed] of [
      ['', false],
      ['?commit=false', false],
      ['?commit=true', true],
    ] as const) {
      const answer = await post(`${CASE}/import${query}`, '\ufeff整改', { headers: text });
      expect(await answer.json()).toMatchObject({ committed, header: { text: '\ufeff整改' } });
    }
  });

  test('takes plain text in UTF-8 and nothing else', async () => {
    const { app, post } = setUp();
    expect((await post(`${CASE}/import`, '整改')).status).toBe(415);
    const headers = { 'content-type': 'text/plain; charset=gb18030' };
    expect((await post(`${CASE}/import`, '整改', { headers })).status).toBe(415);
    expect((await post(`${CASE}/import`, '', { headers: text })).status).toBe(400);
    const answer = await app.request(`${CASE}/import`, {
      method: 'POST',
      headers: { ...text, authorization: 'Bearer good' },
      body: Buffer.from([0xd5, 0xfb, 0xb8, 0xc4]),
    });
    expect(await refusal(answer)).toEqual(['invalid-request']);
  });

  test('has its own limit', async () => {
    const { post } = setUp();
    const large = 'a'.repeat(LARGEST_IMPORT_BODY);
    expect((await post(`${CASE}/import`, large, { headers: text })).status).toBe(200);
    expect((await post(`${CASE}/import`, `${large}a`, { headers: text })).status).toBe(413);
  });

  test('refuses a condition that it cannot keep', async () => {
    const { post } = setUp();
    const headers = { ...text, 'if-match': '"1"' };
    expect((await post(`${CASE}/import`, '整改', { headers })).status).toBe(400);
  });
});
