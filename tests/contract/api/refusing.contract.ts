import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCase } from '../../kit/event-rows.ts';
import { type Begun, begun, entry, progress } from '../../kit/item-path.ts';
import { OPENING } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { type ApiUnderTest, refusal } from './under-test.ts';

const { committee, lead } = people;
const json = { 'content-type': 'application/json' };

/** What every deployment does with a wish that it cannot grant: says why, by code and pointer, and records nothing. */
export function refusingContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`refusing: ${name}`, () => {
    let api: ApiUnderTest;
    let at: Begun;
    beforeAll(async () => {
      api = await open();
      at = await begun(api);
    });
    afterAll(() => api?.stop());

    /** All that a refused wish could have changed. */
    async function trace(): Promise<unknown> {
      await api.projected();
      const paths = [
        `${at.item}/events`,
        `${at.inCase}/events`,
        `${at.inCase}/items`,
        '/v1/cases?limit=1000',
      ];
      return Promise.all(paths.map(async (path) => (await api.ask(committee, 'GET', path)).body));
    }

    test('whatever is refused leaves no trace', async () => {
      const before = await trace();
      const { item, inCase } = at;
      const { outsider, auditor, reviewer } = people;
      const refused: [number, string, ...Parameters<ApiUnderTest['ask']>][] = [
        [401, 'token-missing', undefined, 'POST', `${item}/events`, progress('无令牌')],
        [403, 'office-not-responsible', outsider, 'POST', `${item}/events`, progress('外单位')],
        [403, 'role-not-allowed', auditor, 'POST', `${item}/events`, progress('审计')],
        [403, 'role-not-allowed', reviewer, 'POST', `${inCase}/items`, { data: { title: '不可' } }],
        [
          409,
          'no-standing-measure',
          lead,
          'POST',
          `${item}/events`,
          entry('ClosureRequested', { statement: '无' }),
        ],
        [
          409,
          'issue-already-raised',
          committee,
          'POST',
          `${item}/events`,
          entry('IssueRaised', { title: '再' }),
        ],
        [422, 'occurred-in-future', lead, 'POST', `${item}/events`, progress('未来', '2099-01-01')],
        [
          422,
          'unknown-measure',
          lead,
          'POST',
          `${item}/events`,
          entry('ProgressReported', { text: '进', measureId: 'm9' }),
        ],
        [412, 'version-mismatch', lead, 'POST', `${item}/events`, progress('旧版'), { 'if-match': '"1"' }],
        [
          400,
          'invalid-request',
          lead,
          'POST',
          `${item}/events`,
          progress('坏键'),
          { 'idempotency-key': 'k'.repeat(65) },
        ],
        [
          404,
          'item-not-found',
          committee,
          'POST',
          `${inCase}/items/0009/events`,
          entry('OfficeAssigned', { lead: '财政办' }),
        ],
        [
          404,
          'case-not-found',
          committee,
          'POST',
          `/v1/cases/${freshCase()}/items`,
          { data: { title: '无此案' } },
        ],
        [409, 'case-exists', committee, 'POST', '/v1/cases', { caseId: inCase.slice(10), data: OPENING }],
        [422, 'not-a-notice', committee, 'POST', `${inCase}/import?commit=true`, '这不是通报'],
        [403, 'role-not-allowed', lead, 'POST', `${inCase}/import?commit=true`, '这不是通报'],
      ];
      for (const [status, code, ...asked] of refused) {
        const answer = await api.ask(...asked);
        expect([asked[2], asked[3], answer.status, answer.body.code]).toEqual([
          asked[2],
          asked[3],
          status,
          code,
        ]);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        expect(answer.body).toMatchObject({ type: `/problems#${code}`, title: expect.any(String), status });
        expect(answer.headers.has('www-authenticate')).toBe(status === 401);
      }
      expect(await trace()).toEqual(before);
    });

    test('everything wrong in a body is named at once, by pointers into it', async () => {
      const answer = await api.ask(committee, 'POST', '/v1/cases', {
        caseId: 'NO',
        occurredOn: '2026-13',
        'x/y': 1,
        data: { title: 7, inspectedBody: '某镇', inspectingBody: '巡察组', feedbackOn: '2026-02-30' },
      });
      const [status, code, ...errors] = refusal(answer);
      expect([status, code, ...errors.sort()]).toEqual([
        422,
        'invalid-fields',
        '/caseId invalid-value',
        '/data/feedbackOn invalid-date',
        '/data/title wrong-type',
        '/occurredOn invalid-date',
        '/x~1y unknown-field',
      ]);
    });

    test.each([
      ['no JSON', '{', json, [400, 'invalid-request']],
      ['an empty body', '', json, [400, 'invalid-request']],
      ['a member twice', '{"type":"a","type":"b"}', json, [400, 'invalid-request', '/type invalid-value']],
      [
        'deep nesting',
        '['.repeat(100_000),
        json,
        [400, 'invalid-request', `${'/0'.repeat(32)} invalid-value`],
      ],
      ['another content type', '{}', { 'content-type': 'text/plain' }, [415, 'unsupported-media-type']],
      [
        'another charset',
        '{}',
        { 'content-type': 'application/json; charset=gbk' },
        [415, 'unsupported-media-type'],
      ],
      ['a compressed body', '{}', { ...json, 'content-encoding': 'gzip' }, [415, 'unsupported-media-type']],
      ['too large a body', `"${'x'.repeat(256 * 1_024)}"`, json, [413, 'body-too-large']],
      ['a list', '[]', json, [422, 'invalid-fields', ' wrong-type']],
      ['nothing in it', '{}', json, [422, 'invalid-fields', '/type required', '/data required']],
      [
        'an unknown type',
        '{"type":"NoSuchType","data":{}}',
        json,
        [422, 'invalid-fields', '/type invalid-value'],
      ],
      [
        'a type of the case',
        JSON.stringify(entry('CaseOpened', OPENING)),
        json,
        [422, 'invalid-fields', '/type invalid-value'],
      ],
      [
        'an unknown field',
        JSON.stringify(entry('ProgressReported', { text: '进', more: 1 })),
        json,
        [422, 'invalid-fields', '/data/more unknown-field'],
      ],
      [
        'a lone surrogate',
        '{"type":"ProgressReported","data":{"text":"\\ud800"}}',
        json,
        [422, 'invalid-fields', '/data/text lone-surrogate'],
      ],
      [
        'a control character',
        '{"type":"ProgressReported","data":{"text":"a\\u0000b"}}',
        json,
        [422, 'invalid-fields', '/data/text control-character'],
      ],
      [
        'too long a text',
        JSON.stringify(progress('字'.repeat(12_000))),
        json,
        [422, 'invalid-fields', '/data/text too-long'],
      ],
    ] as const)('%s is refused', async (_, body, headers, expected) => {
      expect(refusal(await api.ask(lead, 'POST', `${at.item}/events`, body, headers))).toEqual(expected);
    });

    test.each([
      ['/v1/cases?limit=0', [400, 'invalid-request', '/limit out-of-range']],
      ['/v1/cases?limit=1&limit=2', [400, 'invalid-request', '/limit duplicate']],
      ['/v1/cases?status=closed', [400, 'invalid-request', '/status unknown-field']],
      ['/v1/cases?cursor=nonsense', [400, 'invalid-cursor']],
      ['/items?status=done', [400, 'invalid-request', '/status invalid-value']],
      ['/items?cursor=WyJhIiwiYiJd', [400, 'invalid-cursor']],
      ['/items/0001?recordedAsOf=2099-01-01', [422, 'cut-in-future']],
      ['/items/0001?recordedAsOf=2026-01-01T00:00:00', [422, 'invalid-fields', '/recordedAsOf invalid-date']],
      ['/diff?from=2026-01-01&to=2026-02-01', [400, 'invalid-request', '/axis required']],
      [
        '/items/0001/diff?axis=both&from=2026-01-01&to=2026-02-01',
        [400, 'invalid-request', '/axis invalid-value'],
      ],
      [
        '/items/0001/diff?axis=effective&from=2026-02-01&to=2026-01-01',
        [422, 'invalid-fields', '/to out-of-range'],
      ],
      ['/items/0009/diff?axis=effective&from=2026-01-01&to=2026-02-01', [404, 'item-not-found']],
      ['/v1/diff?axis=recorded&from=yesterday&to=2026-02-01', [422, 'invalid-fields', '/from invalid-date']],
      ['/v1/diff?axis=recorded&from=2026-01-01&to=2099-01-01', [422, 'cut-in-future']],
      [
        '/v1/diff?axis=recorded&from=2026-01-01&to=2026-02-01&changes=no',
        [400, 'invalid-request', '/changes invalid-value'],
      ],
      ['/v1/diff?axis=recorded&from=2026-01-01&to=2026-02-01&cursor=WyJhIiwiYiJd', [400, 'invalid-cursor']],
      ['/v1/audit?from=2026-1-1', [400, 'invalid-request', '/from invalid-date']],
      ['/v1/audit?order=upwards', [400, 'invalid-request', '/order invalid-value']],
    ] as const)('%s is refused', async (path, expected) => {
      const answer = await api.ask(committee, 'GET', path.startsWith('/v1') ? path : at.inCase + path);
      expect(refusal(answer)).toEqual(expected);
    });

    test.each([
      ['a signature that is none', 'Bearer a.b.c'],
      ['another scheme', 'Basic bGk6bGk='],
      ['no token after all', 'Bearer'],
    ])('%s is 401, also where none is needed', async (_, authorization) => {
      for (const path of ['/v1/cases', '/healthz', `${at.inCase}/notice`]) {
        const answer = await api.ask(undefined, 'GET', path, undefined, { authorization });
        expect([path, ...refusal(answer)]).toEqual([path, 401, 'token-invalid']);
        expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
      }
    });
  });
}
