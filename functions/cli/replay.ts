import { apiOptions } from './api.ts';
import { clockOptions, showPicture } from './picture.ts';
import { UsageError } from './problems.ts';
import type { Verb } from './verb.ts';

export const replay: Verb = {
  name: 'replay',
  summary: 'Shows a case with its register, or one item, at a past date on either clock, or on both.',
  takes: [],
  options: {
    case: { type: 'string', value: 'ID', help: 'the case' },
    item: { type: 'string', value: 'NNNN', help: 'one item of it' },
    ...clockOptions,
    ...apiOptions,
  },
  required: ['case'],
  async run(args, context) {
    const clocks = { recordedAsOf: args.text('recorded-as-of'), effectiveOn: args.text('effective-on') };
    if (clocks.recordedAsOf === undefined && clocks.effectiveOn === undefined)
      throw new UsageError('--recorded-as-of or --effective-on is missing');
    return showPicture(args, context, clocks);
  },
};
