import { assumptions as assumed } from './assumptions.ts';
import { READ_UNIT } from './bytes.ts';
import { unitsIn } from './carrying.ts';
import type { Cost } from './cost.ts';
import type { Measured } from './measure.ts';
import { limits, stack } from './platform.ts';
import { projectorMs } from './traffic.ts';

/** What one entry alone costs to project in a case of so many items: its summary reads the whole register. */
export function registerOf(items: number, { shape }: Measured) {
  const reads = Math.ceil((items * shape.registerBytes) / READ_UNIT);
  return { reads, carries: limits.partitionReads.value / reads };
}

/** What one case gives a second before its partition of events is full, and what it takes at the most. */
export function answersOf({ reading, recording, shape }: Measured) {
  const carries = ({ eventReads }: Cost): number => limits.partitionReads.value / eventReads;
  const importMs =
    assumed.importMs.value + (recording.imported.requests * assumed.requestMs.value) / shape.imported;
  return {
    'items as they are': carries(reading.item),
    'the case as it is': carries(reading.case),
    'the register as recorded on a date': carries(reading.registerThen),
    'changes between two dates': carries(reading.diff),
    'the published notice': carries(reading.notice),
    'entries that one import records before it must answer': (stack.answer.value * 1_000) / importMs,
    'pieces of evidence of one item until its row in the register is full':
      limits.row.value / shape.evidenceBytes,
  };
}

/** How many may write into one case. */
export function writersOf(measured: Measured) {
  const { byHand } = measured.recording;
  const byWrites = limits.partitionWrites.value / byHand.eventWrites;
  const byReads = limits.partitionReads.value / byHand.eventReads;
  const { alone } = measured.projecting;
  return {
    byWrites,
    byReads,
    entries: Math.min(byWrites, byReads),
    shown: Math.min(
      limits.partitionWrites.value / unitsIn(measured, 'case'),
      limits.partitionReads.value / alone.viewReads,
      1_000 / projectorMs(alone.requests),
    ),
    onOneItem: 1_000 / (2 * assumed.requestMs.value),
    atOnce: measured.commands.attempts,
  };
}
