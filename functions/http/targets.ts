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

/** The place in its stream that the path names. */
export const seqTarget = createMiddleware<{ Variables: { seq: number } }>(async (c, next) => {
  const text = c.req.param('seq') ?? '';
  const seq = /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : 0;
  if (seq === 0 || seq > MAX_SEQ) return problem(c, refuse('entry-not-found'));
  c.set('seq', seq);
  return next();
});
