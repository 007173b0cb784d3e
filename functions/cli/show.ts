import { apiOptions } from './api.ts';
import { showPicture } from './picture.ts';
import type { Verb } from './verb.ts';

export const show: Verb = {
  name: 'show',
  summary: 'Shows a case with its register, or one item, as it stands now.',
  takes: [],
  options: {
    case: { type: 'string', value: 'ID', help: 'the case' },
    item: { type: 'string', value: 'NNNN', help: 'one item of it' },
    ...apiOptions,
  },
  required: ['case'],
  run: (args, context) => showPicture(args, context, {}),
};
