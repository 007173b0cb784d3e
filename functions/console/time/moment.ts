import { dayOf, endOfDay, type Instant, type ZoneOffset } from '../../../domain/dates.ts';
import type { Language } from '../texts/language.ts';
import { timeWords } from '../texts/time.ts';
import { exactText } from './instants.ts';

/** A moment in the ledger's zone: the end of a day is called so; any other instant is written out. */
export function momentIn(at: Instant, zone: ZoneOffset, language: Language): string {
  const date = dayOf(at, zone);
  return endOfDay(date, zone) === at ? timeWords[language].endOf(date) : exactText(at, zone);
}
