import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { RunningFunction } from './deployed.ts';
import { RequestTooLarge } from './runtime-api.ts';

export interface GatewayRequest {
  readonly method: string;
  /** With its query, as a client sends it; without the stage. */
  readonly path: string;
  /** A name may come more than once. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array;
  /** `name=value`. */
  readonly cookies?: readonly string[];
  /** `$default` unless named. */
  readonly stage?: string;
  /** Sends text in base64 as well, as the gateway may. */
  readonly asBase64?: boolean;
}

/** Types whose bodies the gateway hands on as text. */
const TEXTUAL = /^(?:text\/|application\/(?:json|javascript|xml)\b)/;

/**
 * An event of an HTTP API in payload format 2.0. The gateway decodes the path, though it calls it raw, and cuts it
 * at a question mark that comes out; the query stays as it was sent.
 * @see docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function gatewayEvent(request: GatewayRequest): APIGatewayProxyEventV2 {
  const { method, path, stage = '$default', cookies = [] } = request;
  const [encoded = '', query = ''] = path.split(/\?(.*)/s);
  const [decoded = ''] = decodedPath(encoded).split('?');
  const rawPath = stage === '$default' ? decoded : `/${stage}${decoded}`;
  const headers: Record<string, string> = {
    host: DOMAIN,
    'x-amzn-trace-id': 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
  for (const [name, value] of request.headers ?? []) {
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]},${value}`;
  }
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  if (body) headers['content-length'] = String(body.length);
  const isBase64Encoded = request.asBase64 === true || !TEXTUAL.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies: [...cookies] }),
    headers,
    ...(query && { queryStringParameters: parametersOf(query) }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      domainName: DOMAIN,
      domainPrefix: 'a1b2c3d4e5',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'tests' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage,
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    ...(body && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded: body !== undefined && isBase64Encoded,
  };
}

const DOMAIN = 'a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn';

const decodedPath = (path: string): string =>
  Buffer.from(
    path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

function parametersOf(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  }
  return parameters;
}

/** What the client gets: the function's structured result, or whatever else it gave as JSON with 200. */
function gatewayResponse(method: string, result: unknown): Response {
  if (!isStructured(result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  }
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  const answer = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  for (const cookie of cookies) answer.append('set-cookie', cookie);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const bodiless = method === 'HEAD' || statusCode === 204 || statusCode === 304;
  const unpacked = answer.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes;
  return new Response(bodiless ? null : unpacked, { status: statusCode, headers: answer });
}

const isStructured = (result: unknown): result is APIGatewayProxyStructuredResultV2 =>
  typeof result === 'object' && result !== null && 'statusCode' in result;

/** Sends a request through the gateway to a function. */
export async function throughGateway(fn: RunningFunction, request: GatewayRequest): Promise<Response> {
  const message = (text: string, status: number): Response => Response.json({ message: text }, { status });
  try {
    const outcome = await fn.invoke(gatewayEvent(request));
    return 'payload' in outcome
      ? gatewayResponse(request.method, outcome.payload)
      : message('Internal Server Error', 500);
  } catch (error) {
    if (error instanceof RequestTooLarge) return message('Request Entity Too Large', 413);
    throw error;
  }
}
