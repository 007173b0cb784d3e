import { decodeEntry } from '../../domain/decode.ts';
import type { ItemEvent } from '../../domain/events.ts';
import { foldItem, foldItemView } from '../../domain/replay.ts';
import { figure, heading } from './figures.ts';
import { anIdentity, CASE, daily, item, sampleRows } from './sample-ledger.ts';
import { cpuTime } from './timing.ts';

const ENTRIES = 1_000;

/** (c) How many events a second one core folds, words at hand. */
export async function pureFolds(): Promise<void> {
  heading('Pure folds, one core');
  const identity = anIdentity();
  const rows = await sampleRows(identity, { caseId: CASE, itemId: item(1) }, ENTRIES, daily(ENTRIES));
  const events = rows.map((row) => decodeEntry(row.entry).event as ItemEvent);
  const perSecond = (ms: number): number => (ENTRIES / ms) * 1_000;
  const decision = cpuTime(() => foldItem(events, identity.zone), 500);
  figure('decision fold', perSecond(decision), 'events/s', { atLeast: 500_000 });
  const view = cpuTime(() => foldItemView(events, identity.zone), 500);
  figure('view fold', perSecond(view), 'events/s', { atLeast: 500_000 });
  const decoding = cpuTime(() => rows.map((row) => decodeEntry(row.entry)), 100);
  figure('decoding of stored rows', perSecond(decoding), 'events/s');
}
