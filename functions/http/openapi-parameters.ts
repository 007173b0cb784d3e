import type { JsonSchema } from './openapi-schemas.ts';

const text: JsonSchema = { type: 'string' };
const inHeader = (name: string, description: string, schema: JsonSchema): JsonSchema => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

/** Request headers, by the name under which operations refer to them. */
export const parameters = {
  RequestId: inHeader(
    'X-Request-Id',
    'Taken over into the answer and the log; minted when absent or odd.',
    text,
  ),
  IdempotencyKey: inHeader(
    'Idempotency-Key',
    'A retry with the same key and body records nothing and gets the first answer, for 24 hours.',
    { type: 'string', minLength: 1, maxLength: 64, pattern: '^[!-~]+$' },
  ),
  IfMatch: inHeader(
    'If-Match',
    'The version in quotes, a list of them, or `*`. Another version of the stream is refused with 412; a weak tag never matches.',
    text,
  ),
  IfNoneMatch: inHeader(
    'If-None-Match',
    'Answers 304 while the version is one of these and the item is not overdue.',
    text,
  ),
} as const;

/** Headers of answers. */
export const headers = {
  'X-Request-Id': { description: 'Under which the log has the request', schema: text },
  Location: { description: 'Where the entry stands', schema: text },
  ETag: { description: 'The version of the stream, in quotes', schema: text },
  'Idempotency-Replayed': {
    description: 'The key had recorded this entry before',
    schema: { type: 'string', const: 'true' },
  },
  Cut: { description: 'The resolved cut as JSON, on a clock, for NDJSON and CSV', schema: text },
  'WWW-Authenticate': { description: 'Bearer', schema: text },
  Allow: { description: 'The methods that the address takes', schema: text },
  'Retry-After': { description: 'Seconds', schema: { type: 'integer' } },
} as const;

const paths: { readonly [name: string]: readonly [description: string, pattern: string] } = {
  caseId: ['The case: a slug', '^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$'],
  itemId: ['The item: four digits', '^[0-9]{4}$'],
  seq: ['The place in the stream, from 1', '^[1-9][0-9]{0,5}$'],
  lookBackSeq: ['The look-back: the entry that opened it', '^[1-9][0-9]{0,5}$'],
  file: ['A file name', '^[a-z.-]+$'],
};

export function pathParameter(name: string): JsonSchema {
  const [description, pattern] = paths[name] ?? ['', '.'];
  return { name, in: 'path', required: true, description, schema: { type: 'string', pattern } };
}

export const queryDescriptions: { readonly [name: string]: string } = {
  recordedAsOf:
    'What did the ledger say then? An RFC 3339 instant with its offset, or a date: to the end of that day.',
  effectiveOn: 'What do we now know was true on that date?',
  limit: 'Rows of a page; 100 without it.',
  cursor: 'Where the page before ended: its `nextCursor`. Opaque.',
  status: 'Items of that status',
  office: 'The code of an office, which may be its Chinese name',
  case: 'This case alone',
  withinDays: 'Items with so many days left or fewer are due soon.',
  silentDays: 'Items on which nothing happened for more than so many days are silent.',
  overdue: 'Open items past their deadline, or all others',
  actor: 'The `sub` of a person, of any issuer',
  type: 'Entries of that type, such as `ClosureReturned`',
  axis: 'Which clock is compared',
  from: 'The first bound',
  to: 'The second bound',
  notice: 'The seq of a `NoticePublished` on the case stream',
  believedAsOf: 'When something was believed: an RFC 3339 instant with its offset, or a date: its end.',
  changes: '`false` gives the counts alone.',
  order: 'Of recording: `oldest` first, also without it, or `newest` first.',
  lang: 'The language of the page; Chinese without it.',
  commit: 'Records what was understood; without it nothing is recorded.',
};
