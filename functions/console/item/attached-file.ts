import { createHash } from 'node:crypto';
import { type Refusal, refuseFields } from '../../../domain/refusals.ts';
import { type Sent, textOf } from '../form/read-form.ts';

/** What an entry says of a file: the ledger keeps its hash, not the file. */
export type AttachedFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** What browsers do not know by its name. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** The file that came with the form, or what the browser computed of it itself, so that it need not travel. */
export async function attachedFile(sent: Sent): Promise<AttachedFile | Refusal> {
  const file = sent.file?.[0];
  if (file instanceof File && file.name !== '') {
    const content = new Uint8Array(await file.arrayBuffer());
    return {
      name: file.name,
      mediaType: mediaTypeOf(file.type),
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    };
  }
  const sha256 = textOf(sent, 'sha256');
  if (sha256 === '') {
    return refuseFields([{ pointer: '/data/file', code: 'required', message: 'is required' }]);
  }
  return {
    name: textOf(sent, 'name'),
    mediaType: mediaTypeOf(textOf(sent, 'mediaType')),
    bytes: Number(textOf(sent, 'bytes')),
    sha256,
  };
}

/** Without parameters, which an entry has no place for. */
const mediaTypeOf = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase() || UNKNOWN_TYPE;
