import { expect } from 'vitest';
import type { Principal } from '../../../domain/actor.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { refuse } from '../../../domain/refusals.ts';
import type { LandingCase } from '../../../functions/app/landing-cases.ts';
import { createApi } from '../../../functions/http/app.ts';
import { openApiDocument } from '../../../functions/http/openapi.ts';
import { consoleOf } from '../../kit/console.ts';
import { undescribed } from './described.ts';
import { FakeLedger } from './fake-ledger.ts';

const committee: Principal = {
  iss: 'https://issuer.test',
  sub: 'li',
  office: '县纪委',
  role: 'committee',
  actorName: '李某',
};

export const opening = {
  caseId: 'xunfeng-2026',
  data: {
    title: '循峰镇巡察',
    inspectedBody: '循峰镇党委',
    inspectingBody: '县委巡察组',
    feedbackOn: '2026-01',
  },
};
export const issue = { data: { title: '落实责任不到位' } };
export const CASE = '/v1/cases/xunfeng-2026';
export const ITEM = `${CASE}/items/0001`;

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An API over a ledger in memory. Every answer that passes through `ask` must be as the document says. */
export function setUp() {
  const ledger = new FakeLedger();
  const lines: Line[] = [];
  const landing: { cases: LandingCase[] | Error } = { cases: [] };
  let clock = 1_000;
  let ids = 0;
  const authenticate = async (token: string) => {
    if (token === 'breaks') throw new Error('secret cause');
    return token === 'good' ? committee : refuse('token-invalid', 'the signature is not right');
  };
  const app = createApi({
    ledger,
    authenticate,
    console: consoleOf(authenticate, () => clock),
    log: (level, message, fields) => lines.push({ level, message, fields }),
    requestId: () => `minted-${++ids}`,
    version: '1.2.3',
    openApi: async () => openApiDocument('1.2.3'),
    now: () => (clock += 5),
    landing: async () => {
      if (landing.cases instanceof Error) throw landing.cases;
      return landing.cases;
    },
  });

  async function ask(
    method: string,
    address: string,
    { body, headers = {}, token = 'good' }: Asking = {},
  ): Promise<Response> {
    const answer = await app.request(address, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    expect(await undescribed(method, address, answer)).toEqual([]);
    return answer;
  }

  const get = (address: string, asking?: Asking) => ask('GET', address, asking);
  const post = (address: string, body: unknown, asking?: Asking) => ask('POST', address, { ...asking, body });

  /** A case with one item. */
  async function begun(): Promise<void> {
    expect((await post('/v1/cases', opening)).status).toBe(201);
    expect((await post(`${CASE}/items`, issue)).status).toBe(201);
  }

  return { app, ledger, lines, landing, ask, get, post, begun };
}

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly token?: string;
}

export const landingCase = (title: string | null): LandingCase => ({
  caseId: 'xunfeng-2026' as CaseId,
  title,
  counts: {
    items: 3,
    byStatus: { raised: 1, rectifying: 1, 'closure-requested': 0, closed: 1, reopened: 0, withdrawn: 0 },
    overdue: 1,
  },
  published: true,
});

/** The code of a problem, with its pointers. */
export async function refusal(answer: Response): Promise<string[]> {
  const body = (await answer.json()) as { code: string; errors?: { pointer: string; code: string }[] };
  return [body.code, ...(body.errors ?? []).map((error) => `${error.pointer} ${error.code}`)];
}
