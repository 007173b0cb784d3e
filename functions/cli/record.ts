import { randomUUID } from 'node:crypto';
import type { Envelope } from '../../domain/interchange.ts';
import { apiOptions, connect } from './api.ts';
import { readGiven } from './import.ts';
import { UsageError } from './problems.ts';
import { give } from './result.ts';
import type { Arguments, Verb } from './verb.ts';

export const record: Verb = {
  name: 'record',
  summary: 'Records one entry on the stream of a case or of an item.',
  takes: [],
  options: {
    case: { type: 'string', value: 'ID', help: 'the case' },
    item: { type: 'string', value: 'NNNN', help: 'the item; without it the stream of the case' },
    type: { type: 'string', value: 'TYPE', help: 'what happened, such as ProgressReported' },
    data: { type: 'string', value: 'JSON', help: 'the fields, or @FILE' },
    'occurred-on': { type: 'string', value: 'DATE', help: 'when it happened: YYYY-MM-DD, YYYY-MM or YYYY' },
    key: { type: 'string', value: 'KEY', help: 'the Idempotency-Key; a fresh one without it' },
    'if-match': { type: 'string', value: 'N', help: 'only when the stream is at this version' },
    ...apiOptions,
  },
  required: ['case', 'type', 'data'],
  notes: [
    'CaseOpened opens the case, IssueRaised without --item raises the next item.',
    'A lost answer is asked for again with the same key, so nothing is recorded twice.',
  ],
  async run(args, context) {
    const { path, body } = requestOf(args, await fieldsOf(args));
    const key = args.text('key') ?? randomUUID();
    if (!/^[\x21-\x7e]{1,64}$/.test(key))
      throw new UsageError('--key must be 1 to 64 visible ASCII characters');
    const version = args.integer('if-match');
    const api = await connect(args, context);
    const answer = await api.call(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      body: JSON.stringify(body),
    });
    const entry = answer.body as Envelope;
    const repeated = answer.headers.get('idempotency-replayed') === 'true' ? ' (recorded before)' : '';
    await give(context, args, entry, [
      `${entry.caseId}${entry.itemId ? `/${entry.itemId}` : ''} ${entry.seq} ${entry.type}${repeated}`,
      `recorded ${entry.recordedAt}, hash ${entry.hash}`,
    ]);
    return 0;
  },
};

async function fieldsOf(args: Arguments): Promise<unknown> {
  const given = args.text('data') ?? '';
  const text = given.startsWith('@') ? Buffer.from(await readGiven(given.slice(1))).toString('utf8') : given;
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (error) {
    throw new UsageError(`--data is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function requestOf(args: Arguments, data: unknown): { readonly path: string; readonly body: object } {
  const caseId = args.caseId();
  const itemId = args.optionalItemId();
  const type = args.text('type') ?? '';
  const said = { occurredOn: args.text('occurred-on'), data };
  const inCase = `/v1/cases/${caseId}`;
  if (itemId) return { path: `${inCase}/items/${itemId}/events`, body: { type, ...said } };
  if (type === 'CaseOpened') return { path: '/v1/cases', body: { caseId, ...said } };
  if (type === 'IssueRaised') return { path: `${inCase}/items`, body: said };
  return { path: `${inCase}/events`, body: { type, ...said } };
}
