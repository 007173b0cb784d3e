import { type Day, daysAfter } from '../../../domain/dates.ts';
import type { Term } from '../../../domain/entries.ts';
import type { Chance } from './chance.ts';
import { daysEarlier, type Path } from './story.ts';

/** A term, a path that goes with it, and the days on which an item moves. */
export interface Fate {
  readonly path: Path;
  readonly term: Term;
  readonly assigned: Day;
  /** The first measure is adopted. */
  readonly begun: Day;
  /** The last measure is completed, or would be. */
  readonly finish: Day;
  /** Undefined: without a deadline, as some long-term items are. */
  readonly deadline: Day | undefined;
  /** The deadline before it was extended, where it was. */
  readonly before: Day | undefined;
}

const pathOf = (chance: Chance, lookedBack: boolean): Path => {
  const dice = chance.between(1, 100);
  if (dice <= 66) return 'closed';
  if (dice <= 86) return 'open';
  if (dice <= 90) return 'requested';
  return dice <= 95 && lookedBack ? 'reopened' : dice <= 95 ? 'closed' : 'withdrawn';
};

export function fateOf(chance: Chance, feedbackOn: Day, today: Day, lookedBack: boolean): Fate {
  const path = pathOf(chance, lookedBack);
  const ends = path !== 'open' && path !== 'requested';
  const kind = chance.between(1, 100);
  // A long-term item that came back has to run for longer than there is until today.
  const term: Term =
    kind > 70 && path !== 'reopened' ? 'long-term' : kind > 25 || !ends ? 'time-bound' : 'immediate';
  const on = (least: number, most: number): Day => daysAfter(feedbackOn, chance.between(least, most));
  const assigned = on(3, 8);
  const begun = daysAfter(assigned, term === 'immediate' ? 2 : chance.between(3, 10));
  const shared = { path, term, assigned, begun, before: undefined };
  if (!ends) {
    const endless = term === 'long-term' && chance.percent(60);
    const deadline = endless ? undefined : daysAfter(today, chance.between(20, 200));
    return { ...shared, deadline, finish: daysEarlier(today, chance.between(16, 20)) };
  }
  if (term === 'long-term') return { ...shared, deadline: undefined, finish: on(140, 220) };
  if (term === 'time-bound' && chance.percent(12)) {
    const deadline = on(190, 210);
    return {
      ...shared,
      before: on(90, 110),
      deadline,
      finish: daysEarlier(deadline, chance.between(20, 40)),
    };
  }
  const deadline = term === 'immediate' ? on(75, 90) : on(150, 210);
  const early = term === 'immediate' ? chance.between(25, 35) : chance.between(20, 60);
  return { ...shared, deadline, finish: daysEarlier(deadline, early) };
}
