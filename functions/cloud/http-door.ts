import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Hono } from 'hono';
import { defaultIsContentTypeBinary, handle } from 'hono/aws-lambda';
import { UndecodableEntry } from '../../domain/decode.ts';
import { StoreFault } from '../../domain/ports.ts';
import { type Refusal, refuse } from '../../domain/refusals.ts';
import type { ApiEnv } from '../http/context.ts';
import { takesGzip, WORTH_PACKING } from '../http/packing.ts';
import { describeProblem, PROBLEM_TYPE } from '../http/problems.ts';
import type { Telemetry } from './telemetry.ts';

const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
const NOT_KEPT = { 'cache-control': 'no-store' };

/** What Lambda hands back at most: 6 MB of the JSON around the answer, headers included. */
const LARGEST_RESULT = 6_291_556;

/** Everything that the ledger answers is text in UTF-8; without this, NDJSON would travel as base64. */
const isContentTypeBinary = (type: string): boolean =>
  !type.startsWith('application/x-ndjson') && defaultIsContentTypeBinary(type);

/**
 * The API behind API Gateway's payload format 2.0. Large answers travel packed where the client takes gzip, for
 * Lambda limits their size; one that is too large all the same is refused in our own words.
 * @see docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpDoor(app: Hono<ApiEnv>, telemetry: Telemetry) {
  const answer = handle(app, { isContentTypeBinary });
  return (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyStructuredResultV2> =>
    telemetry.during(context, async () => {
      const { prefix, request } = withoutStage(withoutIdleBody(event));
      // A URL would resolve these, to an address that the gateway did not see when it asked for a token.
      if (DOT_SEGMENT.test(request.rawPath)) return refused(refuse('not-found'), NOT_KEPT);
      const found = (await answer(request as never, context as never).catch(
        brokenOff,
      )) as APIGatewayProxyStructuredResultV2;
      // Hono answers what is no request (a cookie that no header may hold, say) before any of ours runs.
      if (isNotOurs(found)) return refused(refuse('invalid-request'), NOT_KEPT);
      const result = await packed(located(found, prefix), event);
      if (fits(result)) return result;
      telemetry.count('AnswersTooLarge', 1);
      return tooLarge(result);
    });
}

const isNotOurs = ({ headers }: APIGatewayProxyStructuredResultV2): boolean =>
  !headers?.['x-request-id'] && String(headers?.['content-type']).startsWith('text/plain');

/** Most answers are far from the limit: those need not be written out twice. */
function fits(result: APIGatewayProxyStructuredResultV2): boolean {
  if ((result.body ?? '').length < LARGEST_RESULT / 8) return true;
  return Buffer.byteLength(JSON.stringify(result)) <= LARGEST_RESULT;
}

function tooLarge({ headers }: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 {
  const {
    'content-encoding': _,
    'content-type': __,
    etag: ___,
    ...kept
  } = headers as { [name: string]: string };
  const why = 'ask for smaller pages of JSON with limit and cursor, and let the client take gzip';
  return refused(refuse('answer-too-large', why), kept);
}

/** Lambda sends an answer whole: lines that break off on the way are refused as if they had not begun. */
function brokenOff(fault: unknown): APIGatewayProxyStructuredResultV2 {
  if (fault instanceof StoreFault) return refused(refuse(fault.kind), { ...NOT_KEPT, 'retry-after': '1' });
  if (fault instanceof UndecodableEntry) return refused(refuse('stream-unreadable', fault.message), NOT_KEPT);
  throw fault;
}

function refused(
  refusal: Refusal,
  headers: { readonly [name: string]: string },
): APIGatewayProxyStructuredResultV2 {
  const described = describeProblem(refusal);
  return {
    statusCode: described.status,
    headers: { ...headers, 'content-type': PROBLEM_TYPE },
    body: JSON.stringify(described),
  };
}

/** A body on GET or HEAD means nothing (RFC 9110, 9.3.1), and `Request` does not take one. */
function withoutIdleBody(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { method } = event.requestContext.http;
  if (event.body === undefined || (method !== 'GET' && method !== 'HEAD')) return event;
  const { body: _, ...rest } = event;
  return rest;
}

/** A stage other than `$default` stands in front of the path, and must stand in front of what we answer. */
function withoutStage(event: APIGatewayProxyEventV2): { prefix: string; request: APIGatewayProxyEventV2 } {
  const prefix = `/${event.requestContext.stage}`;
  const rawPath = encodedPath(event.rawPath);
  const within = rawPath === prefix || rawPath.startsWith(`${prefix}/`);
  if (event.requestContext.stage === '$default' || !within)
    return { prefix: '', request: { ...event, rawPath } };
  return { prefix, request: { ...event, rawPath: rawPath.slice(prefix.length) || '/' } };
}

/**
 * HTTP APIs decode the path that they call raw. Put into a URL as it is, a `#` in it would end the path and swallow
 * the query, a `\` would be a `/`, and a tab would vanish: whatever cannot stand in a path is encoded again.
 */
const encodedPath = (path: string): string =>
  path.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );

function located(result: APIGatewayProxyStructuredResultV2, prefix: string) {
  const location = result.headers?.location;
  if (prefix === '' || typeof location !== 'string' || !location.startsWith('/')) return result;
  return { ...result, headers: { ...result.headers, location: prefix + location } };
}

async function packed(
  result: APIGatewayProxyStructuredResultV2,
  { headers }: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const body = result.body ?? '';
  if (result.isBase64Encoded || Buffer.byteLength(body) < WORTH_PACKING) return result;
  const vary = [result.headers?.vary, 'Accept-Encoding'].filter(Boolean).join(', ');
  if (!takesGzip(headers['accept-encoding'])) return { ...result, headers: { ...result.headers, vary } };
  const { gzipSync } = await import('node:zlib');
  return {
    ...result,
    headers: { ...result.headers, vary, 'content-encoding': 'gzip' },
    body: gzipSync(body).toString('base64'),
    isBase64Encoded: true,
  };
}
