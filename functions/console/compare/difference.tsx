import type { Change } from '../../../domain/diff.ts';
import type { CaseId, ItemId } from '../../../domain/ids.ts';
import { said } from '../facts/history.tsx';
import { pathLabel, valueText } from '../form/field-label.ts';
import { compareWords } from '../texts/compare.ts';
import { entryName } from '../texts/entry-name.ts';
import { frame } from '../texts/frame.ts';
import { itemWords } from '../texts/item.ts';
import type { Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import type { Asked } from './asked.ts';
import type { Difference } from './differences.ts';

interface OneProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly asked: Asked;
  readonly difference: Difference;
}

/** How a value is written beside the other one: lists of a case are long, so what both have is counted only. */
export const valueIn =
  (language: Language, itemId: ItemId | null) =>
  (field: string, value: unknown, other: unknown): string =>
    itemId === null
      ? said(language, field, value, other)
      : (valueText(language, field, value) ?? itemWords[language].empty);

/** One item, or the case itself, side by side at both dates, with the entries that made the difference. */
export const OneDifference = ({ visit, caseId, asked: wanted, difference }: OneProps) => {
  const { language } = visit;
  const t = compareWords[language];
  const { itemId, before, after, fields, entries } = difference;
  const title =
    (after ?? before)?.title ?? (itemId === null ? terms[language].caseItself : frame[language].erased);
  const address = itemId === null ? `/cases/${caseId}/facts` : `/cases/${caseId}/items/${itemId}`;
  const id = `d${itemId ?? 'case'}`;
  const clock = wanted.axis === 'recorded' ? 'recordedAsOf' : 'effectiveOn';
  const then = (at: string): string => `${address}?${clock}=${encodeURIComponent(at)}`;
  const value = valueIn(language, itemId);
  return (
    <section class="difference" aria-labelledby={id}>
      <h2 id={id}>
        <a href={address}>
          {itemId} {title}
        </a>
      </h2>
      {fields.length === 0 ? (
        <p class="muted">{t.sameInTheEnd}</p>
      ) : (
        <table class="side-by-side">
          <thead>
            <tr>
              <th scope="col">{terms[language].changedField}</th>
              {[wanted.from, wanted.to].map((date) => (
                <th scope="col">
                  <a href={then(date)} title={t.open}>
                    {t.atDate(date)}
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, before: one, after: other }) => (
              <tr>
                <th scope="row">{pathLabel(language, field)}</th>
                <td>
                  <del>{value(field, one, other)}</del>
                </td>
                <td>
                  <ins>{value(field, other, one)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul class="entries" aria-label={t.entries}>
        {entries.map((entry) => (
          <EntryLine visit={visit} address={address} entry={entry} />
        ))}
      </ul>
    </section>
  );
};

/** One entry, with the mark of its kind; it leads to its place in the timeline. */
export const EntryLine = ({
  visit,
  address,
  entry,
  note,
}: {
  readonly visit: SignedIn;
  readonly address: string;
  readonly entry: Pick<Change, 'seq' | 'type' | 'kind' | 'actor' | 'recordedAt' | 'occurredOn'>;
  readonly note?: string | undefined;
}) => {
  const { language } = visit;
  const t = itemWords[language];
  return (
    <li>
      <span class={`tag ${entry.kind}`}>{words[language].change[entry.kind]}</span>{' '}
      <a href={`${address}#e${entry.seq}`}>
        {entry.seq} {entryName(language, entry.type)}
      </a>{' '}
      <span class="muted">
        {note === undefined ? null : `${note} · `}
        {entry.actor.office} {entry.actor.sub} · {t.recorded}{' '}
        {instantText(entry.recordedAt, visit.console.zone)} · {t.occurred}{' '}
        {entry.occurredOn ?? frame[language].unknown}
      </span>
    </li>
  );
};
