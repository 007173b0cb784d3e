// All that reads, notices apart, so that whoever only records need not load it.
export { listCases, readCase } from './read-case.ts';
export { readDiff } from './read-diff.ts';
export { readAudit, readEntry, readHistory, streamHistory } from './read-history.ts';
export { readItem } from './read-item.ts';
export { readRegister } from './read-register.ts';
export { supervise } from './supervise.ts';
