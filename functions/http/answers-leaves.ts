import * as z from 'zod';
import { ROLES } from '../../domain/actor.ts';
import type { CutEcho } from '../../domain/cut.ts';
import type { Day, Instant, PartialDate } from '../../domain/dates.ts';
import type { Hash } from '../../domain/hashing.ts';
import type { CaseId, ItemId } from '../../domain/ids.ts';

// Answers are not checked as they leave: these schemas describe them in the OpenAPI document, the compiler pins
// them to the domain's types, and the tests hold every answer against them.

/** A string that only its own parser mints; described as what it looks like. */
const minted = <T extends string>(schema: z.ZodString) => schema as unknown as z.ZodType<T>;
export const caseId = minted<CaseId>(z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$/));
export const itemId = minted<ItemId>(z.string().regex(/^[0-9]{4}$/));
export const hash = minted<Hash>(z.string().regex(/^[A-Za-z0-9_-]{43}$/));
export const instant = minted<Instant>(
  z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/),
);
export const day = minted<Day>(z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/));
export const partialDate = minted<PartialDate>(z.string().regex(/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/));
export const count = z.int().min(0);
export const seq = z.int().min(1);
export const words = z.string().nullable().meta({ description: 'Null once erased by law' });

export const actor = z.strictObject({
  iss: z.string(),
  sub: z.string(),
  office: z.string(),
  role: z.enum(ROLES),
});

export const cut = z.strictObject({
  recordedAsOf: instant.exactOptional(),
  effectiveOn: day.exactOptional(),
  settled: z.boolean(),
  laterEntries: count.meta({
    description:
      'Entries recorded after the cut in the streams that the answer is read from: of an item, a history or an audit trail that one stream’s; of the register those of all items that the token may read, on each page; of all else about a case those and the case’s own; of a page of cases those of the cases read for it',
  }),
}) satisfies z.ZodType<CutEcho>;
