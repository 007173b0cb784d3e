import { closingFaults } from './faults/closing.ts';
import { datesFaults } from './faults/dates.ts';
import { deadlineFaults } from './faults/deadlines.ts';
import type { Fault } from './faults/fault.ts';
import { caseFaults } from './faults/whole-case.ts';
import { wordsFaults } from './faults/words.ts';

/** Every way in which somebody may go wrong, by the rule that has to find it. */
export const faults: readonly Fault[] = [
  ...closingFaults,
  ...wordsFaults,
  ...datesFaults,
  ...deadlineFaults,
  ...caseFaults,
];
