import type { CaseId } from '../../../domain/ids.ts';
import type { Item } from '../../../domain/item/present.ts';
import type { EntryRef, Flag } from '../../../domain/look-back/flag.ts';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import { saidValues } from '../flags/flag.tsx';
import { flagWords, ruleWords } from '../texts/flags.ts';
import { frame } from '../texts/frame.ts';
import { lookBackWords } from '../texts/look-back.ts';
import type { SignedIn } from '../visit.ts';
import { entryLabel } from './addresses.ts';

interface SheetFlagsProps {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
  readonly items: readonly Item[];
  readonly flags: readonly Flag[];
}

/**
 * Why somebody should look, on sheets of their own: a flag is no finding, and what the inspected body signs must not
 * look as if it were one.
 */
export const SheetFlags = ({ visit, report, items, flags }: SheetFlagsProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  if (items.length === 0) return null;
  return (
    <section class="reviewers-only" aria-labelledby="reviewers-only">
      <h2 id="reviewers-only">{t.reviewersOnly}</h2>
      <p>
        <strong>{flagWords[language].note}</strong> {t.reviewersHint}
      </p>
      {items.map(({ itemId, title }) => {
        const own = flags.filter((flag) => flag.itemId === itemId);
        const draws = report.samples.filter((draw) => draw.itemIds.includes(itemId));
        const suspicious = draws.some(({ flagged }) => flagged?.includes(itemId));
        const said = draws.every(({ flagged }) => flagged !== null) ? frame[language].none : t.flaggedUnknown;
        return (
          <>
            <h3>
              {itemId} {title ?? frame[language].erased}
            </h3>
            <p class="muted">
              {t.atDraw} {suspicious ? t.suspicious : said}
            </p>
            {own.length === 0 ? <p>{t.noFlags}</p> : <List visit={visit} flags={own} />}
          </>
        );
      })}
    </section>
  );
};

const List = ({ visit, flags }: Pick<SheetFlagsProps, 'visit' | 'flags'>) => {
  const { language } = visit;
  return (
    <ul>
      {flags.map(({ caseId, rule, values, entries }) => (
        <li>
          {ruleWords[language][rule].name} {saidValues(language, values)}{' '}
          <span class="muted">
            {flagWords[language].restsOn} {entries.map(labelIn(caseId)).join(' ')}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** Entries of an earlier case say whose they are. */
const labelIn = (own: CaseId) => (entry: EntryRef) =>
  entry.caseId === own ? entryLabel(entry) : `${entry.caseId} ${entryLabel(entry)}`;
