import { apiOptions } from './api.ts';
import { showPicture } from './picture.ts';
import { UsageError } from './problems.ts';
import type { Verb } from './verb.ts';

export const replay: Verb = {
  name: 'replay',
  summary: 'Shows a case with its register, or one item, at a past date on either clock, or on both.',
  takes: [],
  options: {
    case: { type: 'string', value: 'ID', help: 'the case' },
    item: { type: 'string', value: 'NNNN', help: 'one item of it' },
    'recorded-as-of': {
      type: 'string',
      value: 'WHEN',
      help: 'what the ledger said then: YYYY-MM-DD (to its end) or an RFC 3339 instant',
    },
    'effective-on': {
      type: 'string',
      value: 'DATE',
      help: 'what is now known to have been true on YYYY-MM-DD',
    },
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
