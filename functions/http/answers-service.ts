import * as z from 'zod';
import { type RefusalCode, refusals } from '../../domain/refusals.ts';
import { count } from './answers-leaves.ts';
import type { Problem } from './problems.ts';

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]),
  detail: z.string(),
  errors: z
    .array(
      z.strictObject({
        pointer: z
          .string()
          .meta({ description: 'RFC 6901, into the body; of a parameter or header, its name' }),
        code: z.enum([
          'required',
          'unknown-field',
          'wrong-type',
          'empty',
          'too-long',
          'control-character',
          'lone-surrogate',
          'invalid-value',
          'invalid-date',
          'out-of-range',
          'duplicate',
          'not-correctable',
        ]),
        message: z.string(),
      }),
    )
    .exactOptional(),
  version: count.exactOptional(),
}) satisfies z.ZodType<Problem>;

export const health = z.strictObject({
  status: z.enum(['ok', 'unavailable']),
  deadLetters: count.nullable(),
  version: z.string(),
});

export const problemTypes = z.strictObject({
  data: z.array(z.strictObject({ type: z.string(), code: z.string(), status: z.int(), title: z.string() })),
});
