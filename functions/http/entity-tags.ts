import { MAX_SEQ } from '../../domain/ids.ts';

/** The version of a stream as a strong entity tag. */
export const versionTag = (version: number): string => `"${version}"`;

/** No stream has it: stands for a tag that is well formed and never ours. */
const NO_VERSION = -1;
export const MOST_TAGS = 16;

/** @see RFC 9110 section 8.8.3 */
const TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/** Entity tags as versions; weak and foreign ones are `NO_VERSION`. `any` is `*`; undefined is malformed. */
export function readTags(header: string, weakly: boolean): readonly number[] | 'any' | undefined {
  if (header.trim() === '*') return 'any';
  const tags = header.split(',').map((part) => TAG.exec(part.trim()));
  if (tags.length > MOST_TAGS) return undefined;
  const versions: number[] = [];
  for (const tag of tags) {
    if (!tag) return undefined;
    const [, weak, opaque = ''] = tag;
    const ours = /^(?:0|[1-9][0-9]{0,5})$/.test(opaque) && Number(opaque) <= MAX_SEQ;
    versions.push(ours && (weakly || weak === undefined) ? Number(opaque) : NO_VERSION);
  }
  return versions;
}

/** May the client keep what it has? `If-None-Match` compares weakly. @see RFC 9110 section 13.1.2 */
export function stillFresh(ifNoneMatch: string | undefined, version: number): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = readTags(ifNoneMatch, true);
  return tags === 'any' || tags?.includes(version) === true;
}
