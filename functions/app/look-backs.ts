// What a look-back asks, apart from what is asked every day, so that a cold start need not load it.
export { readFlaggedCases } from './read-flagged-cases.ts';
export { readFlags } from './read-flags.ts';
