import * as z from 'zod/mini';
import { day, partialDate } from '../../domain/dates.ts';
import { seed } from '../../domain/entries.ts';
import { type FieldError, isRecord } from '../../domain/fields.ts';
import { type CaseId, caseId, itemId, MAX_ITEMS, MAX_SEQ } from '../../domain/ids.ts';
import { USUAL_SCOPE } from '../../domain/inspection/deadlines.ts';
import { STATUSES } from '../../domain/item/state.ts';
import { flagRules, SEVERITIES } from '../../domain/look-back/catalogue.ts';
import { checkPayload, isCaseEventType, isItemEventType } from '../../domain/payload.ts';
import { type Refusal, refuseFields } from '../../domain/refusals.ts';
import { type EntryRequest, type SampleRequest, TRAIL_ORDERS } from '../app/ledger.ts';
import { fieldErrors } from './field-errors.ts';

// Bodies. What `data` may hold depends on the type; the ledger checks it with everything else it knows.

const text = z.string({ error: 'must be text' });
const occurredOn = z.optional(
  text.check(
    z.refine((value) => partialDate(value) !== undefined, {
      error: 'must be a date YYYY-MM-DD, YYYY-MM or YYYY',
      params: { fault: 'invalid-date' },
    }),
    z.meta({ pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' }),
  ),
);
const aCase = text.check(
  z.regex(/^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$/, {
    error: 'must be 3 to 64 characters a-z 0-9 -, neither first nor last a hyphen',
  }),
);
const data = z.looseObject({}, { error: 'must be an object' });
const anObject = { error: 'must be an object' };

export const newCase = z.strictObject(
  {
    caseId: aCase,
    occurredOn,
    data,
  },
  anObject,
);
export const newIssue = z.strictObject({ occurredOn, data }, anObject);
const newEntry = z.strictObject({ type: text, occurredOn, data }, anObject);

const sizeRange = { error: `must be from 1 to ${MAX_ITEMS}` };
export const newSample = z.strictObject(
  {
    size: z
      .int({ error: 'must be a whole number' })
      .check(z.minimum(1, sizeRange), z.maximum(MAX_ITEMS, sizeRange)),
    seed: z.optional(
      text.check(
        z.check(({ value, issues }) => {
          const errors: FieldError[] = [];
          seed.check(value, '', errors);
          for (const { code, message } of errors) {
            issues.push({ code: 'custom', input: value, message, params: { fault: code } });
          }
        }),
        z.meta({ minLength: 1, maxLength: 64 }),
      ),
    ),
  },
  anObject,
);

export type NewCase = Omit<EntryRequest, 'type'> & { readonly caseId: CaseId };
export type NewIssue = Omit<EntryRequest, 'type'>;

export function checkNewCase(value: unknown): NewCase | Refusal {
  const parsed = newCase.safeParse(value);
  if (!parsed.success) return refuseShape(parsed.error, value, 'case', 'CaseOpened');
  return { ...parsed.data, caseId: caseId(parsed.data.caseId) as CaseId };
}

export function checkNewIssue(value: unknown): NewIssue | Refusal {
  const parsed = newIssue.safeParse(value);
  return parsed.success ? parsed.data : refuseShape(parsed.error, value, 'item', 'IssueRaised');
}

export function checkNewSample(value: unknown): SampleRequest | Refusal {
  const parsed = newSample.safeParse(value);
  return parsed.success ? parsed.data : refuseFields(fieldErrors(parsed.error, value));
}

export const checkNewEntry =
  (stream: 'case' | 'item') =>
  (value: unknown): EntryRequest | Refusal => {
    const parsed = newEntry.safeParse(value);
    if (parsed.success) return parsed.data;
    const type = isRecord(value) ? value.type : undefined;
    return refuseShape(parsed.error, value, stream, typeof type === 'string' ? type : '');
  };

/** Wrong input is refused whole: beside what is wrong with the shape, what is wrong with the fields within. */
function refuseShape(
  error: z.core.$ZodError,
  value: unknown,
  stream: 'case' | 'item',
  type: string,
): Refusal {
  const errors = fieldErrors(error, value);
  const known = stream === 'case' ? isCaseEventType(type) : isItemEventType(type);
  if (known && isRecord(value) && isRecord(value.data)) {
    const checked = checkPayload(stream, type as Parameters<typeof checkPayload>[1], value.data);
    if ('errors' in checked) {
      errors.push(...checked.errors.map((one): FieldError => ({ ...one, pointer: `/data${one.pointer}` })));
    }
  }
  return refuseFields(errors);
}

// Query parameters.

export const DEFAULT_LIMIT = 100;

const clocks = {
  recordedAsOf: z.optional(text),
  effectiveOn: z.optional(text),
};
const limitMessage = 'must be a whole number from 1 to 1000';
const limit = z.pipe(
  z.string().check(z.regex(/^[0-9]{1,9}$/, { error: limitMessage })),
  z.pipe(
    z.transform(Number),
    z
      .int()
      .check(
        z.gte(1, { error: limitMessage }),
        z.lte(1000, { error: limitMessage }),
        z.meta({ default: DEFAULT_LIMIT }),
      ),
  ),
);
const page = { limit: z.optional(limit), cursor: z.optional(text) };
/** Ten years: the widest bound of deadlines and of silence. */
export const MOST_DAYS = 3_650;
const daysMessage = `must be a whole number from 0 to ${MOST_DAYS}`;
const days = (usual: number) =>
  z.pipe(
    z.string().check(z.regex(/^[0-9]{1,4}$/, { error: daysMessage })),
    z.pipe(
      z.transform(Number),
      z.int().check(z.gte(0), z.lte(MOST_DAYS, { error: daysMessage }), z.meta({ default: usual })),
    ),
  );
const mark = z.pipe(
  z.pipe(
    z.enum(['true', 'false'], { error: 'must be true or false' }),
    z.transform((value) => value === 'true'),
  ),
  z.boolean(),
);
const aDay = text.check(
  z.refine((value) => day(value) !== undefined, {
    error: 'must be a date YYYY-MM-DD',
    params: { fault: 'invalid-date' },
  }),
  z.meta({ format: 'date' }),
);
const name = text.check(
  z.minLength(1, { error: 'must not be empty' }),
  z.maxLength(256, { error: 'is too long' }),
);

export const noParameters = z.strictObject({});
export const clockParameters = z.strictObject(clocks);
export const listParameters = z.strictObject({ ...clocks, ...page });
export const registerParameters = z.strictObject({
  ...clocks,
  ...page,
  status: z.optional(z.enum(STATUSES, { error: `must be one of ${STATUSES.join(', ')}` })),
  office: z.optional(name),
  overdue: z.optional(mark),
});
export const deadlineParameters = z.strictObject({
  ...clocks,
  ...page,
  case: z.optional(aCase),
  office: z.optional(name),
  withinDays: z.optional(days(USUAL_SCOPE.withinDays)),
  silentDays: z.optional(days(USUAL_SCOPE.silentDays)),
});
const span = {
  axis: z.enum(['recorded', 'effective'], { error: 'must be recorded or effective' }),
  from: text,
  to: text,
};
export const diffParameters = z.strictObject({ ...clocks, ...span });
export const diffAcrossParameters = z.strictObject({
  ...clocks,
  ...page,
  ...span,
  changes: z.optional(mark),
});
const noticeSeq = z.pipe(
  z.string().check(z.regex(/^[1-9][0-9]{0,5}$/, { error: 'must be the number of an entry' })),
  z.pipe(z.transform(Number), z.int().check(z.gte(1), z.lte(MAX_SEQ))),
);
export const hindsightParameters = z.strictObject({
  ...clocks,
  notice: z.optional(noticeSeq),
  believedAsOf: z.optional(text),
});
export const supervisionParameters = z.strictObject({
  ...page,
  office: z.optional(name),
  actor: z.optional(name),
  type: z.optional(name),
  from: z.optional(aDay),
  to: z.optional(aDay),
  order: z.optional(z.enum(TRAIL_ORDERS, { error: `must be one of ${TRAIL_ORDERS.join(', ')}` })),
});
const flagFilter = {
  rule: z.optional(z.enum(flagRules, { error: `must be one of ${flagRules.join(', ')}` })),
  severity: z.optional(z.enum(SEVERITIES, { error: `must be one of ${SEVERITIES.join(', ')}` })),
  office: z.optional(name),
  dismissed: z.optional(mark),
};
export const flaggedCasesParameters = z.strictObject({ ...clocks, ...page, ...flagFilter });
export const flagParameters = z.strictObject({
  ...clocks,
  ...page,
  ...flagFilter,
  item: z.optional(
    text.check(
      z.refine((value) => itemId(value) !== undefined, { error: 'must be four digits such as 0007' }),
      z.meta({ pattern: '^[0-9]{4}$' }),
    ),
  ),
});
export const figuresParameters = z.strictObject({
  ...clocks,
  from: z.optional(aDay),
  to: z.optional(aDay),
});
export const importParameters = z.strictObject({ commit: z.optional(mark) });
