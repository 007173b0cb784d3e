import * as z from 'zod';
import { TERMS } from '../../domain/entries.ts';
import type { AllFigures, CaseFigures } from '../app/figures.ts';
import { caseId, count, cut, day, words } from './answers-leaves.ts';

const days = z.number().nullable();

const figures = {
  items: count.meta({ description: 'Not withdrawn' }),
  withdrawn: count,
  closed: count,
  closedByWeek: z.array(count).meta({ description: 'One number for each of `weeks`' }),
  closedBefore: count.meta({ description: 'Before the first of `weeks`' }),
  closedAfter: count.meta({ description: 'After the last of `weeks`' }),
  daysToClose: z
    .strictObject({
      count,
      sum: z.int(),
      median: days,
      lowerQuartile: days,
      upperQuartile: days,
    })
    .meta({ description: 'From the raise to the closing that stands; medians may end in .5' }),
  returns: z.strictObject({
    sum: count,
    items: count.meta({ description: 'That had one' }),
    perItem: z
      .number()
      .min(0)
      .nullable()
      .meta({ description: '`sum` for each of all `items`, to two decimals; null without items' }),
  }),
  extensions: z.strictObject({ sum: count, items: count, days: count }),
};

const onDay = {
  on: day,
  weeks: z.array(z.strictObject({ week: z.string(), from: day })),
  whole: z.strictObject(figures),
  byOffice: z.array(z.strictObject({ office: z.string().nullable(), ...figures })),
  byTerm: z.array(z.strictObject({ term: z.enum(TERMS).nullable(), ...figures })),
  cut: cut.exactOptional(),
};

const named = { caseId, title: words };

export const caseFigures = z.strictObject({ ...named, ...onDay }) satisfies z.ZodType<CaseFigures>;

export const allFigures = z.strictObject({
  ...onDay,
  byCase: z.array(z.strictObject({ ...named, ...figures })),
}) satisfies z.ZodType<AllFigures>;
