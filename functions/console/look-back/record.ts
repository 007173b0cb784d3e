import { type CaseId, caseId } from '../../../domain/ids.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../../domain/refusals.ts';
import type { EntryRequest, RecordedEntry, WriteOptions } from '../../app/ledger.ts';
import { keptKey } from '../form/kept-key.ts';
import { readEntry, type Sent, textOf, typedIn } from '../form/read-form.ts';
import { refused } from '../problem-page.tsx';
import type { SignedIn } from '../visit.ts';
import { lookBackAddress } from './addresses.ts';
import { lookBackFields, OF_ONE, type OfOne, type UnsentOfLookBack } from './forms.tsx';
import { lookBacksPage } from './list.tsx';
import { lookBackPage, lookBackSeqOf } from './page.tsx';

/** Opens a look-back, and goes on to it. */
export async function openLookBack(visit: SignedIn, sent: Sent): Promise<Response> {
  const { c, ledger, who } = visit;
  const id = caseId(c.req.param('caseId') ?? '');
  if (!id) return refused(visit, refuse('case-not-found'));
  const read = readSent(visit, sent, 'LookBackOpened');
  const outcome = isRefusal(read.entry)
    ? read.entry
    : await ledger.recordOnCase(who, id, read.entry, { idempotencyKey: read.key });
  if (isRefusal(outcome)) return lookBacksPage(visit, id, unsent(read, outcome));
  return c.redirect(lookBackAddress(id, outcome.entry.header.seq), 303);
}

/** Draws a sample of a look-back or concludes it, and comes back to it. */
export async function recordOnLookBack(visit: SignedIn, sent: Sent): Promise<Response> {
  const { c } = visit;
  const id = caseId(c.req.param('caseId') ?? '');
  const type = OF_ONE.find((known) => known === textOf(sent, 'type'));
  if (!id) return refused(visit, refuse('case-not-found'));
  if (!type)
    return refused(visit, refuse('invalid-request', 'the form names no entry that this page records'));
  const seq = lookBackSeqOf(visit);
  const read = readSent(visit, sent, type);
  // A form that brings no version has seen none: 0 is no case's.
  const options = { idempotencyKey: read.key, ifMatch: Number(textOf(sent, 'version')) || 0 };
  const outcome = isRefusal(read.entry)
    ? read.entry
    : await record(visit, id, seq, type, read.entry, options);
  if (isRefusal(outcome)) return lookBackPage(visit, id, seq, unsent(read, outcome));
  return c.redirect(`${lookBackAddress(id, seq)}?recorded=${outcome.entry.header.seq}`, 303);
}

interface Read {
  readonly type: OfOne | 'LookBackOpened';
  readonly typed: UnsentOfLookBack['typed'];
  readonly key: string;
  readonly entry: (EntryRequest & { readonly data: { readonly [name: string]: unknown } }) | Refusal;
}

function readSent(visit: SignedIn, sent: Sent, type: Read['type']): Read {
  const typed = typedIn(sent);
  const { entry, errors } = readEntry(type, lookBackFields(type, visit), typed);
  return { type, typed, key: textOf(sent, 'key'), entry: errors.length > 0 ? refuseFields(errors) : entry };
}

function record(
  { ledger, who }: SignedIn,
  id: CaseId,
  lookBackSeq: number,
  type: OfOne,
  entry: Exclude<Read['entry'], Refusal>,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal> {
  if (type === 'SampleDrawn') {
    const { size, seed } = entry.data;
    return ledger.drawSample(who, id, lookBackSeq, { size, seed }, options);
  }
  return ledger.recordOnCase(who, id, { ...entry, data: { ...entry.data, lookBackSeq } }, options);
}

const unsent = ({ type, typed, key }: Read, refusal: Refusal): UnsentOfLookBack => ({
  type,
  typed,
  refusal,
  formKey: keptKey(key, refusal),
});
