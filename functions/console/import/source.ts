import { LONGEST_NOTICE } from '../../../domain/notice/parse.ts';
import { type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import { FIELD, type Sent, textOf } from '../form/read-form.ts';

/** A notice as it came: its bytes, and what they say. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: 'utf-8' | 'gb18030';
  /** Of the file; undefined for what was pasted. */
  readonly fileName: string | undefined;
}

/** The text as it was read before, kept in the form to the byte: a textarea would change its line ends. */
const KEPT = 'source';
const KEPT_NAME = 'source-name';

/** A file comes before what was pasted, and that before what an earlier step has read. */
export async function readSource(sent: Sent): Promise<Source | Refusal> {
  const file = sent.file?.[0];
  if (file instanceof File && file.size > 0) {
    return decoded(new Uint8Array(await file.arrayBuffer()), file.name, '/file');
  }
  // A browser sends every break of a textarea as CRLF; what was pasted had LF there.
  const pasted = textOf(sent, `${FIELD}text`).replace(/\r\n?/g, '\n');
  if (pasted.trim() !== '') return decoded(Buffer.from(pasted, 'utf8'), undefined, '/text');
  const kept = textOf(sent, KEPT);
  const missing = [{ pointer: '/file', code: 'required', message: 'choose a file or paste a text' }] as const;
  if (kept === '') return refuseFields(missing);
  const bytes = Buffer.from(kept, 'base64');
  if (bytes.toString('base64') !== kept) return refuse('invalid-request', 'the kept text is damaged');
  return decoded(bytes, textOf(sent, KEPT_NAME) || undefined, '/file');
}

/** UTF-8 with its byte order mark, so that the hash of the text is the file's; else the older Chinese encoding. */
function decoded(
  bytes: Uint8Array,
  fileName: string | undefined,
  pointer: '/file' | '/text',
): Source | Refusal {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
      return { bytes, text, encoding, fileName };
    } catch {
      // These bytes are not of this encoding.
    }
  }
  return refuseFields([{ pointer, code: 'invalid-value', message: 'is no text in UTF-8 or GB18030' }]);
}

/** Hidden fields that bring a source along to the next step. What is too long to be read is not carried either. */
export const keptFields = (source: Source | undefined): readonly (readonly [string, string])[] =>
  source === undefined || source.text.length > LONGEST_NOTICE
    ? []
    : [
        [KEPT, Buffer.from(source.bytes).toString('base64')],
        [KEPT_NAME, source.fileName ?? ''],
      ];
