import { type Day, earliestDay, type PartialDate } from './dates.ts';
import { type Refusal, refuse } from './refusals.ts';

/** Fields that name a day on which something had happened when it was recorded. */
const PAST_DAYS = ['feedbackOn', 'issuedOn', 'acceptedOn', 'asOf'];

/** Refuses fields that say of a day still to come that something happened on it; they are checked dates. */
export function dayToCome(fields: { readonly [name: string]: unknown }, today: Day): Refusal | undefined {
  const isDate = (name: string): boolean => typeof fields[name] === 'string';
  const name = PAST_DAYS.find((one) => isDate(one) && earliestDay(fields[one] as PartialDate) > today);
  return name === undefined
    ? undefined
    : refuse('occurred-in-future', `${name} ${fields[name]} is after ${today}, the day of recording`);
}
