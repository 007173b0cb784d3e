import * as z from 'zod';
import { flagRules, SEVERITIES } from '../../domain/look-back/catalogue.ts';
import type { Flag } from '../../domain/look-back/flag.ts';
import type { FlaggedCase } from '../app/flagged-case.ts';
import { actor, caseId, count, day, instant, itemId, seq, words } from './answers-leaves.ts';
import type { RuleDescription } from './flag-rules.ts';

const rule = z.enum(flagRules);
const severity = z.enum(SEVERITIES);

export const flag = z.strictObject({
  caseId,
  itemId: itemId.nullable(),
  title: words,
  lead: z.string().nullable(),
  rule,
  severity,
  since: day,
  entries: z
    .array(z.strictObject({ caseId, itemId: itemId.nullable(), seq, type: z.string(), recordedAt: instant }))
    .meta({ description: 'Every entry that it rests on' }),
  values: z.record(z.string(), z.int()).meta({ description: 'What the rule counted' }),
  dismissed: z
    .strictObject({ seq, recordedAt: instant, actor, reason: words })
    .nullable()
    .meta({ description: 'Null again once it rests on an entry that came after' }),
}) satisfies z.ZodType<Flag>;

export const flaggedCase = z.strictObject({
  caseId,
  title: words,
  items: count.meta({ description: 'Items with a flag that nobody dismissed' }),
  bySeverity: z.strictObject({ high: count, medium: count, low: count }),
  byRule: z.partialRecord(rule, count),
  dismissed: count,
}) satisfies z.ZodType<FlaggedCase>;

const inBothLanguages = z.strictObject({ zh: z.string(), en: z.string() });

const ruleDescription = z.strictObject({
  rule,
  severity,
  name: inBothLanguages,
  reason: inBothLanguages,
  thresholds: z.array(
    z.strictObject({
      name: z.string(),
      unit: z.string(),
      default: count.nullable(),
      least: count,
      most: count,
    }),
  ),
}) satisfies z.ZodType<RuleDescription>;

export const ruleDescriptions = z.strictObject({
  note: inBothLanguages,
  data: z.array(ruleDescription),
});
