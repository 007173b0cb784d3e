import type { Actor, Role } from '../../../domain/actor.ts';
import type { Json } from '../../../domain/canonical.ts';
import { CHINA, type Day, day, dayOf, daysAfter, instantOf } from '../../../domain/dates.ts';
import type { Term } from '../../../domain/entries.ts';
import type { EventType, LedgerEvent, Source } from '../../../domain/events.ts';
import type { CaseId, ItemId } from '../../../domain/ids.ts';
import type { Chance } from './chance.ts';

/**
 * An entry to be: what it refers to are other steps, so that one may be put in, moved or taken out before seqs and
 * ids are given. Steps may be changed: that is how faults are planted.
 */
export interface Step {
  type: EventType;
  who: Actor;
  /** When it is recorded, in milliseconds since 1970; the order of a stream's steps follows from it. */
  at: number;
  occurredOn?: string | undefined;
  source?: Source | undefined;
  /** Structure, less what refers to other entries. */
  data: { [name: string]: Json };
  text: { [name: string]: Json };
  measure?: Step;
  measures?: readonly Step[];
  evidence?: Step;
  target?: Step;
  lookBack?: Step;
}

export type Path = 'closed' | 'open' | 'requested' | 'reopened' | 'withdrawn';

export interface ItemStory {
  readonly itemId: ItemId;
  readonly path: Path;
  readonly term: Term;
  steps: Step[];
}

export interface CaseStory {
  readonly caseId: CaseId;
  /** First and last day of the inspection, the day of its feedback, and the day on which somebody asks. */
  readonly inspected: readonly [Day, Day];
  readonly feedbackOn: Day;
  today: Day;
  steps: Step[];
  readonly items: readonly ItemStory[];
}

export const MINUTE = 60_000;

export const person = (role: Role, office: string, sub: string): Actor => ({
  iss: 'https://id.example',
  sub,
  office,
  role,
});

export function aDay(text: string): Day {
  const parsed = day(text);
  if (parsed === undefined) throw new Error(`no day: ${text}`);
  return parsed;
}

/** Some minute of a day's office hours, in milliseconds since 1970. */
export const officeHours = (on: Day, chance: Chance): number =>
  Date.parse(`${on}T01:00:00.000Z`) + chance.between(0, 500) * MINUTE + chance.between(0, 59_999);

export const dayOfStep = ({ at }: Step): Day => dayOf(instantOf(at), CHINA);

/** So many days later, at the same time of day. */
export const laterBy = (at: number, days: number): number => at + days * 86_400_000;

export const daysEarlier = (from: Day, days: number): Day => daysAfter(from, -days);

/** The stream's steps in the order of recording. */
export const inOrder = (steps: readonly Step[]): Step[] => [...steps].sort((one, other) => one.at - other.at);

type Seqs = ReadonlyMap<Step, number>;
const seqsOf = (steps: readonly Step[]): Seqs =>
  new Map(inOrder(steps).map((step, index) => [step, index + 1]));

function seqIn(seqs: Seqs, step: Step): number {
  const seq = seqs.get(step);
  if (seq === undefined) throw new Error(`a ${step.type} that is named was taken out`);
  return seq;
}

/**
 * The events of one stream: seqs from 1, ids of measures and evidence by them, no two entries at one time.
 * @param ofCase the seqs of the case's stream, where look-backs stand
 */
function eventsOf(
  caseId: CaseId,
  itemId: ItemId | undefined,
  steps: readonly Step[],
  ofCase: Seqs,
): LedgerEvent[] {
  const seqs = seqsOf(steps);
  let last = 0;
  return inOrder(steps).map((step, index) => {
    last = Math.max(step.at, last + 1);
    const { measure, measures, evidence, target, lookBack } = step;
    const data = {
      ...step.data,
      ...(measure && { measureId: `m${seqIn(seqs, measure)}` }),
      ...(measures && { measureIds: measures.map((one) => `m${seqIn(seqs, one)}`) }),
      ...(evidence && { evidenceId: `e${seqIn(seqs, evidence)}` }),
      ...(target && { target: seqIn(seqs, target) }),
      ...(lookBack && { lookBackSeq: seqIn(ofCase, lookBack) }),
      ...(step.type === 'ItemClosed' && { reviewedSeq: index }),
    };
    // What a step says is not checked here: that the deciders let it in is a test of its own.
    return {
      caseId,
      itemId,
      seq: index + 1,
      v: 1,
      actor: step.who,
      recordedAt: instantOf(last),
      occurredOn: step.occurredOn,
      commandId: `${itemId ?? 'case'}-${index + 1}`,
      source: step.source,
      known: true,
      type: step.type,
      data,
      text: step.text,
    } as LedgerEvent;
  });
}

/** Takes steps out, with all that names them. */
export function without(steps: readonly Step[], gone: (step: Step) => boolean): Step[] {
  const left = new Set(steps.filter((step) => !gone(step)));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const step of left) {
      const named = [step.measure, step.evidence, step.target, ...(step.measures ?? [])];
      if (named.some((one) => one !== undefined && !left.has(one))) left.delete(step);
    }
  }
  return [...left];
}

/** A case as its readers get it. */
export function told({ caseId, steps, items }: CaseStory): {
  readonly caseId: CaseId;
  readonly events: readonly LedgerEvent[];
  readonly items: readonly { readonly itemId: ItemId; readonly events: readonly LedgerEvent[] }[];
} {
  const ofCase = seqsOf(steps);
  return {
    caseId,
    events: eventsOf(caseId, undefined, steps, ofCase),
    items: items.map((item) => ({
      itemId: item.itemId,
      events: eventsOf(caseId, item.itemId, item.steps, ofCase),
    })),
  };
}
