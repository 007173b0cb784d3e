import type { HonoRequest } from 'hono';
import { createMiddleware } from 'hono/factory';
import { isRefusal, type Refusal, refuse } from '../../domain/refusals.ts';
import { parseJson } from './json.ts';
import { problem } from './problems.ts';

/** Bytes. */
export const LARGEST_ENTRY_BODY = 256 * 1024;
export const LARGEST_IMPORT_BODY = 4 * 1024 * 1024;

/** Takes one JSON document of the shape that `check` wants. */
export const jsonBody = <T extends object>(check: (value: unknown) => T | Refusal) =>
  createMiddleware<{ Variables: { body: T } }>(async (c, next) => {
    const text = await readText(c.req, 'application/json', LARGEST_ENTRY_BODY);
    if (typeof text !== 'string') return problem(c, text);
    const parsed = parseJson(text.startsWith('\ufeff') ? text.slice(1) : text);
    if ('fault' in parsed) {
      const { fault, line, column, pointer } = parsed;
      const refusal = refuse('invalid-request', `line ${line}, column ${column}: ${fault}`);
      const errors = [{ pointer: pointer ?? '', code: 'invalid-value', message: fault }] as const;
      return problem(c, pointer === undefined ? refusal : { ...refusal, errors });
    }
    const checked = check(parsed.value);
    if (isRefusal(checked)) return problem(c, checked);
    c.set('body', checked);
    return next();
  });

/** Takes plain text in UTF-8, whole: a byte order mark stays, so that the text's hash is the file's. */
export const textBody = createMiddleware<{ Variables: { text: string } }>(async (c, next) => {
  const text = await readText(c.req, 'text/plain', LARGEST_IMPORT_BODY);
  if (typeof text !== 'string') return problem(c, text);
  c.set('text', text);
  return next();
});

async function readText(request: HonoRequest, mediaType: string, limit: number): Promise<string | Refusal> {
  const refused = refuseMediaType(request, mediaType);
  if (refused) return refused;
  const bytes = await readBytes(request, limit);
  if (!(bytes instanceof Uint8Array)) return bytes;
  if (bytes.length === 0) return refuse('invalid-request', 'the body is empty');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('invalid-request', `line ${firstForeignLine(bytes)} is not UTF-8; save the text as UTF-8`);
  }
}

function refuseMediaType(request: HonoRequest, mediaType: string): Refusal | undefined {
  const [type = '', ...parameters] = (request.header('content-type') ?? '').toLowerCase().split(';');
  const wanted = `the body must be ${mediaType}; charset=utf-8`;
  if (type.trim() !== mediaType) return refuse('unsupported-media-type', wanted);
  for (const parameter of parameters) {
    const [name, value = ''] = parameter.split('=');
    const charset = value.trim().replaceAll('"', '');
    if (name?.trim() === 'charset' && charset !== 'utf-8' && charset !== 'utf8') {
      return refuse('unsupported-media-type', wanted);
    }
  }
  const coding = request.header('content-encoding')?.toLowerCase() ?? 'identity';
  return coding === 'identity'
    ? undefined
    : refuse('unsupported-media-type', 'the body must not be compressed');
}

async function readDeclared(request: HonoRequest): Promise<Uint8Array | Refusal> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    return refuse('invalid-request', 'the body broke off');
  }
}

/** Reads no more than the limit. A body that breaks off is the client's fault, not ours. */
async function readBytes(request: HonoRequest, limit: number): Promise<Uint8Array | Refusal> {
  const tooLarge = refuse('body-too-large', `the body may have ${limit} bytes`);
  const declared = request.header('content-length');
  if (Number(declared ?? 0) > limit) return tooLarge;
  // The server's parser holds a body to its declared length, and reading it whole spares a stream.
  if (declared !== undefined) return readDeclared(request);
  const reader = request.raw.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks);
      size += value.length;
      if (size > limit) return tooLarge;
      chunks.push(value);
    }
  } catch {
    return refuse('invalid-request', 'the body broke off');
  }
}

/** The first line, from 1, that holds bytes which are no UTF-8. */
function firstForeignLine(bytes: Uint8Array): number {
  const fatal = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    try {
      fatal.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
    line += 1;
  }
  return line;
}
