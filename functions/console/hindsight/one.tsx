import type { HindsightDifference } from '../../../domain/look-back/hindsight.ts';
import type { Hindsight } from '../../app/hindsight.ts';
import { EntryLine, valueIn } from '../compare/difference.tsx';
import { readable, toldOnce } from '../compare/differences.ts';
import { pathLabel } from '../form/field-label.ts';
import { compareWords } from '../texts/compare.ts';
import { frame } from '../texts/frame.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import { terms } from '../texts/terms.ts';
import { clockQuery } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';

interface OneProps {
  readonly visit: SignedIn;
  readonly shown: Hindsight;
  readonly difference: HindsightDifference;
  readonly heads: readonly [believed: string, known: string];
}

/** One item, or the case itself: what was said of it, what is known, and the entries that say so. */
export const OneInHindsight = ({ visit, shown, difference, heads }: OneProps) => {
  const { language } = visit;
  const t = hindsightWords[language];
  const { itemId, entries } = difference;
  const address = itemId === null ? `/cases/${shown.caseId}/facts` : `/cases/${shown.caseId}/items/${itemId}`;
  const title =
    itemId === null ? terms[language].caseItself : `${itemId} ${difference.title ?? frame[language].erased}`;
  const id = `h${itemId ?? 'case'}`;
  const { effectiveOn, recordedAsOf } = shown.cut;
  const pictures = [
    { head: heads[0], title: t.seeThen, clocks: { recordedAsOf: shown.believedAsOf, effectiveOn } },
    { head: heads[1], title: t.seeNow, clocks: { recordedAsOf, effectiveOn } },
  ];
  const value = valueIn(language, itemId);
  const lines = toldOnce(readable(difference.changes));
  return (
    <section class="difference" aria-labelledby={id}>
      <h3 id={id}>
        <a href={address}>{title}</a>
      </h3>
      {lines.length === 0 ? (
        <p class="muted">{t.entriesOnly}</p>
      ) : (
        <table class="side-by-side">
          <thead>
            <tr>
              <th scope="col">{terms[language].changedField}</th>
              {pictures.map((picture) => (
                <th scope="col">
                  <a href={address + clockQuery(picture.clocks)} title={picture.title}>
                    {picture.head}
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ field, before, after }) => (
              <tr>
                <th scope="row">{pathLabel(language, field)}</th>
                <td>
                  <del>{value(field, before, after)}</del>
                </td>
                <td>
                  <ins>{value(field, after, before)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul class="entries" aria-label={compareWords[language].entries}>
        {entries.map((entry) => (
          <EntryLine
            visit={visit}
            address={address}
            entry={entry}
            note={entry.target === null ? undefined : t.amends(entry.target)}
          />
        ))}
      </ul>
    </section>
  );
};
