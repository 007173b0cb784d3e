import { type Day, dayOf, type ZoneOffset } from '../../../domain/dates.ts';
import type { SupervisedEntry } from '../../app/ledger.ts';
import { entryName } from '../texts/entry-name.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import { entryAddress } from './addresses.ts';
import type { TypedTrail } from './trail-query.ts';

interface TrailProps {
  readonly language: Language;
  readonly typed: TypedTrail;
  readonly entries: readonly SupervisedEntry[];
  readonly zone: ZoneOffset;
}

/** The trail under a heading for each day of recording. */
export const TrailTable = ({ language, typed, entries, zone }: TrailProps) => {
  const t = supervisionWords[language];
  const { case: ofCase, item } = terms[language];
  const columns = [t.recorded, t.actor, t.office, ofCase, item, t.what, t.happened, t.lag];
  return (
    <section class="scroll" tabindex={0} aria-label={t.trail}>
      <table class="trail">
        <caption>{t.trailCaption(typed.from, typed.to)}</caption>
        <thead>
          <tr>
            {columns.map((said) => (
              <th scope="col">{said}</th>
            ))}
          </tr>
        </thead>
        {byDay(entries, zone).map(({ date, recorded }) => (
          <tbody>
            <tr class="day">
              <th scope="rowgroup" colspan={columns.length}>
                {date}
              </th>
            </tr>
            {recorded.map((entry) => (
              <EntryRow language={language} entry={entry} zone={zone} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
};

/** Neighbours of one day together, in the order in which they come. */
function byDay(entries: readonly SupervisedEntry[], zone: ZoneOffset) {
  const days: { readonly date: Day; readonly recorded: SupervisedEntry[] }[] = [];
  for (const entry of entries) {
    const date = dayOf(entry.recordedAt, zone);
    const last = days.at(-1);
    if (last?.date === date) last.recorded.push(entry);
    else days.push({ date, recorded: [entry] });
  }
  return days;
}

interface RowProps {
  readonly language: Language;
  readonly entry: SupervisedEntry;
  readonly zone: ZoneOffset;
}

const EntryRow = ({ language, entry, zone }: RowProps) => {
  const t = supervisionWords[language];
  const { recordedAt, actor, caseId, itemId, type, occurredOn, lagDays } = entry;
  return (
    <tr>
      <td class="nowrap">
        <time datetime={recordedAt}>{instantText(recordedAt, zone)}</time>
      </td>
      <td>
        {actor.sub} <small>{words[language].role[actor.role]}</small>
      </td>
      <td>{actor.office}</td>
      <td>
        <a href={`/cases/${caseId}`}>{caseId}</a>
      </td>
      <td>
        <a href={entryAddress(entry)}>{itemId ?? terms[language].caseItself}</a>
      </td>
      <td>{entryName(language, type)}</td>
      <td class={occurredOn === null ? 'nowrap muted' : 'nowrap'}>{occurredOn ?? frame[language].unknown}</td>
      <td class="nowrap">
        {lagDays > 0 ? (
          <span class="tag back-dated">{t.lagged(lagDays)}</span>
        ) : occurredOn === null ? null : (
          <span class="muted">{t.sameDay}</span>
        )}
      </td>
    </tr>
  );
};
