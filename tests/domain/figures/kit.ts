import type { ItemLine } from '../../../domain/figures/item-line.ts';

export const aLine = (over: Partial<ItemLine>): ItemLine => ({
  lead: '财政办',
  term: null,
  withdrawn: false,
  raisedOn: null,
  closedOn: null,
  returns: 0,
  extensions: 0,
  extensionDays: 0,
  ...over,
});
