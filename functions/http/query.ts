import { createMiddleware } from 'hono/factory';
import type * as z from 'zod/mini';
import { type FieldError, step } from '../../domain/fields.ts';
import { refuse } from '../../domain/refusals.ts';
import type { Span } from '../app/comparison.ts';
import type { AskedCut, Page } from '../app/ledger.ts';
import { fieldErrors } from './field-errors.ts';
import { problem } from './problems.ts';
import { DEFAULT_LIMIT } from './requests.ts';

/** Takes exactly the parameters of the schema: an unknown one is refused, and so is one that stands twice. */
export const query = <S extends z.ZodMiniObject>(schema: S) =>
  createMiddleware<{ Variables: { query: z.output<S> } }>(async (c, next) => {
    const given = new Map<string, string>();
    const errors: FieldError[] = [];
    for (const [name, value] of new URL(c.req.url).searchParams) {
      if (given.has(name)) errors.push({ pointer: step(name), code: 'duplicate', message: 'stands twice' });
      given.set(name, value);
    }
    const input = Object.fromEntries(given);
    const parsed = schema.safeParse(input);
    if (!parsed.success) errors.push(...fieldErrors(parsed.error, input));
    if (!parsed.success || errors.length > 0) {
      const named = errors.map((error) => `${error.pointer.slice(1)} ${error.message}`).join('; ');
      return problem(c, { ...refuse('invalid-request', `query: ${named}`), errors });
    }
    c.set('query', parsed.data);
    return next();
  });

export const pageOf = (query: { limit?: number | undefined; cursor?: string | undefined }): Page => ({
  limit: query.limit ?? DEFAULT_LIMIT,
  cursor: query.cursor,
});

export const clocksOf = ({ recordedAsOf, effectiveOn }: AskedCut): AskedCut => ({
  recordedAsOf,
  effectiveOn,
});

export const spanOf = ({ axis, from, to }: Span): Span => ({ axis, from, to });
