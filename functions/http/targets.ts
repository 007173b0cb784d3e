import { createMiddleware } from 'hono/factory';
import { type CaseId, caseId, type ItemId, itemId, MAX_SEQ, type Stream } from '../../domain/ids.ts';
import { refuse } from '../../domain/refusals.ts';
import { problem } from './problems.ts';

/** The case that the path names. An id that no case can have names none. */
export const caseTarget = createMiddleware<{ Variables: { caseId: CaseId } }>(async (c, next) => {
  const id = caseId(c.req.param('caseId') ?? '');
  if (!id) return problem(c, refuse('case-not-found'));
  c.set('caseId', id);
  return next();
});

/** The item that the path names; its case comes first. */
export const itemTarget = createMiddleware<{ Variables: { itemId: ItemId } }>(async (c, next) => {
  const id = itemId(c.req.param('itemId') ?? '');
  if (!id) return problem(c, refuse('item-not-found'));
  c.set('itemId', id);
  return next();
});

/** The stream that the path names: an item's where it names one, else the case's own. */
export const streamTarget = createMiddleware<{ Variables: { caseId: CaseId; stream: Stream } }>(
  async (c, next) => {
    const name = c.req.param('itemId');
    const id = name === undefined ? undefined : itemId(name);
    if (name !== undefined && !id) return problem(c, refuse('item-not-found'));
    c.set('stream', { caseId: c.var.caseId, itemId: id });
    return next();
  },
);

/** Numbers of entries, as addresses write them; 0 is none. */
function seqIn(text: string | undefined): number {
  const seq = /^[1-9][0-9]{0,5}$/.test(text ?? '') ? Number(text) : 0;
  return seq > MAX_SEQ ? 0 : seq;
}

/** The look-back that the path names, by the entry that opened it. */
export const lookBackTarget = createMiddleware<{ Variables: { lookBackSeq: number } }>(async (c, next) => {
  const seq = seqIn(c.req.param('lookBackSeq'));
  if (seq === 0) return problem(c, refuse('look-back-not-found'));
  c.set('lookBackSeq', seq);
  return next();
});

/** The place in its stream that the path names. */
export const seqTarget = createMiddleware<{ Variables: { seq: number } }>(async (c, next) => {
  const seq = seqIn(c.req.param('seq'));
  if (seq === 0) return problem(c, refuse('entry-not-found'));
  c.set('seq', seq);
  return next();
});
