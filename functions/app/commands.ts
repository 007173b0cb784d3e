// All that records, so that whoever only reads need not load it.
export { openCase, recordOnCase } from './write-case.ts';
export { raiseIssue, recordOnItem } from './write-item.ts';
