import type { Actor } from '../../../domain/actor.ts';
import { type Day, daysAfter, daysBetween } from '../../../domain/dates.ts';
import type { EventType } from '../../../domain/events.ts';
import type { Chance } from './chance.ts';
import { officer } from './people.ts';
import { dayOfStep, daysEarlier, officeHours, type Step } from './story.ts';
import { reportText, summaryText } from './words.ts';

/** Who is responsible for an item now. */
export interface Offices {
  lead: string;
  readonly other: string;
}

/** Writes the steps of one item, each on a day, at some minute of it. */
export class Pen {
  readonly steps: Step[] = [];

  constructor(
    readonly chance: Chance,
    readonly about: string,
    public offices: Offices,
    /** The day on which the offices were named. */
    readonly assigned: Day,
  ) {}

  add(type: EventType, who: Actor, on: Day, more: Partial<Step> = {}): Step {
    const step: Step = { type, who, at: officeHours(on, this.chance), data: {}, text: {}, ...more };
    this.steps.push(step);
    return step;
  }

  get lead(): Actor {
    return officer(this.offices.lead);
  }

  /** Mostly of the lead office, sometimes of the other. */
  private get someone(): Actor {
    const { lead, other } = this.offices;
    return officer(this.chance.percent(85) ? lead : other, this.chance.percent(30));
  }

  /** Some days before it is recorded, as far as `notBefore`; or unknown. */
  private dated(on: Day, notBefore: Day): { occurredOn?: string } {
    if (this.chance.percent(40)) return {};
    const days = Math.min(this.chance.between(0, 4), Math.max(0, daysBetween(notBefore, on)));
    return { occurredOn: daysEarlier(on, days) };
  }

  adopt(on: Day, text: string): Step {
    return this.add('MeasureAdopted', this.someone, on, { ...this.dated(on, this.assigned), text: { text } });
  }

  report(on: Day): Step {
    const text = { text: reportText(this.about, this.chance) };
    return this.add('ProgressReported', this.someone, on, { ...this.dated(on, this.assigned), text });
  }

  /** A file that no other entry has, some days old. */
  prove(on: Day, measures: readonly Step[]): Step {
    const { chance } = this;
    const age = Math.min(chance.between(0, 3), daysBetween(this.assigned, on));
    return this.add('EvidenceAttached', this.someone, on, {
      data: {
        mediaType: 'application/pdf',
        bytes: chance.between(9_000, 900_000),
        sha256: chance.hash(),
        ...(chance.percent(60) && { documentDate: daysEarlier(on, age) }),
      },
      text: { name: `${this.about}佐证${chance.between(1, 999)}.pdf` },
      measures,
    });
  }

  /** Completes a measure, and proves it within three days. */
  complete(on: Day, measure: Step, continuing: boolean): void {
    this.add('MeasureCompleted', this.someone, on, {
      ...this.dated(on, dayOfStep(measure)),
      measure,
      data: continuing ? { continuing } : {},
      text: { summary: summaryText(this.about, this.chance) },
    });
    this.prove(daysAfter(on, this.chance.between(1, 3)), [measure]);
  }

  request(on: Day): void {
    const text = { statement: `${this.about}整改到位，申请销号` };
    this.add('ClosureRequested', this.lead, on, { ...(this.chance.percent(50) && { occurredOn: on }), text });
  }

  close(on: Day, closer: Actor): void {
    const text = { opinion: '经查验同意销号' };
    this.add('ItemClosed', closer, on, { ...(this.chance.percent(30) && { occurredOn: on }), text });
  }
}
