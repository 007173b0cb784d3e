// All that reads, notices apart, so that whoever only records need not load it.
export { listCases, readCase } from './read-case.ts';
export { readDeadlines } from './read-deadlines.ts';
export { readDiff, readItemDiff } from './read-diff.ts';
export { readAudit, readEntry, readHistory, streamHistory } from './read-history.ts';
export { readItem } from './read-item.ts';
export { readLife } from './read-life.ts';
export { readNext } from './read-next.ts';
export { readRegister } from './read-register.ts';
export { readStanding } from './read-standing.ts';
export { supervise } from './supervise.ts';
