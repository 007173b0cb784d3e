import type { Context } from 'hono';
import { type Refusal, refuse } from '../../../domain/refusals.ts';
import type { Sent } from './read-form.ts';

/** Bytes of a form with all its files. */
const LARGEST_FORM = 24 * 1024 * 1024;

/** Reads a form's fields, with each name's values in order. */
export async function readSent(c: Context): Promise<{ readonly sent: Sent } | Refusal> {
  const type = c.req.header('content-type') ?? '';
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    return refuse('unsupported-media-type', 'a form');
  }
  const bytes = await limitedBytes(c.req.raw.body);
  if (bytes === undefined) return refuse('body-too-large', `a form has at most ${LARGEST_FORM} bytes`);
  const sent: { [name: string]: (string | File)[] } = {};
  try {
    const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData();
    for (const [name, value] of form) {
      const before = Object.hasOwn(sent, name) ? sent[name] : undefined;
      if (before) before.push(value);
      else Object.defineProperty(sent, name, { value: [value], enumerable: true });
    }
  } catch {
    return refuse('invalid-request', 'the form cannot be read');
  }
  return { sent };
}

async function limitedBytes(
  body: ReadableStream<Uint8Array> | null,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_FORM) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
