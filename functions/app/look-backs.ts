// What a look-back asks and draws, apart from what is asked every day, so that a cold start need not load it.
export { drawSampleOf } from './draw-sample.ts';
export { readFlaggedCases } from './read-flagged-cases.ts';
export { readFlags } from './read-flags.ts';
export { listLookBacks, readLookBack } from './read-look-back.ts';
