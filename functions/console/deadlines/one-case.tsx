import type { CaseId, ItemId } from '../../../domain/ids.ts';
import type { OfficeDeadlines } from '../../../domain/inspection/deadlines.ts';
import type { CaseDeadlines, CountedOn } from '../../app/case-deadlines.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { digestWords } from '../texts/digest.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { clockQuery } from '../time/clocks.tsx';
import { listNames } from './counts-table.tsx';

interface CaseProps {
  readonly language: Language;
  readonly one: CaseDeadlines;
  readonly counted: CountedOn;
  readonly clocks: AskedCut;
}

/** What each office has to answer for in one case: three lists, each item with the way to it in the same picture. */
export const OneCase = ({ language, one: { caseId, title, offices }, counted, clocks }: CaseProps) => (
  <section class="case-deadlines" aria-labelledby={`of-${caseId}`}>
    <h2 id={`of-${caseId}`}>
      <a href={`/cases/${caseId}${clockQuery(clocks)}`}>{title ?? frame[language].erased}</a>
    </h2>
    {offices.map((office) => (
      <OneOffice language={language} caseId={caseId} lists={office} counted={counted} clocks={clocks} />
    ))}
  </section>
);

interface OfficeProps extends Omit<CaseProps, 'one'> {
  readonly caseId: CaseId;
  readonly lists: OfficeDeadlines;
}

const OneOffice = ({ language, caseId, lists, counted, clocks }: OfficeProps) => {
  const said = digestWords[language];
  const names = listNames(language, counted);
  const { office, overdue, due, silent } = lists;
  const list = (name: string, lines: readonly Line[]) => (
    <Items language={language} caseId={caseId} clocks={clocks} name={name} lines={lines} />
  );
  return (
    <>
      <h3>{office ?? supervisionWords[language].nobody}</h3>
      <div class="deadline-lists">
        {list(
          names.overdue,
          overdue.map((item) => ({
            ...item,
            when: said.until(item.deadline),
            much: said.over(item.days),
            isOver: true,
          })),
        )}
        {list(
          names.due,
          due.map((item) => ({
            ...item,
            when: said.until(item.deadline),
            much: said.left(item.days),
            isOver: false,
          })),
        )}
        {list(
          names.silent,
          silent.map((item) => ({
            ...item,
            when: said.since(item.since),
            much: said.quiet(item.days),
            isOver: false,
          })),
        )}
      </div>
    </>
  );
};

/** An item with its date and the days to or from it, in words. */
interface Line {
  readonly itemId: ItemId;
  readonly title: string | null;
  readonly when: string;
  readonly much: string;
  readonly isOver: boolean;
}

interface ItemsProps extends Pick<OfficeProps, 'language' | 'caseId' | 'clocks'> {
  readonly name: string;
  readonly lines: readonly Line[];
}

const Items = ({ language, caseId, clocks, name, lines }: ItemsProps) =>
  lines.length === 0 ? null : (
    <div>
      <h4>
        {name} <span class="count">{lines.length}</span>
      </h4>
      <ul>
        {lines.map(({ itemId, title, when, much, isOver }) => (
          <li>
            <a href={`/cases/${caseId}/items/${itemId}${clockQuery(clocks)}`}>
              {itemId} {title ?? frame[language].erased}
            </a>
            <small>
              {when} · <span class={isOver ? 'overdue' : undefined}>{much}</span>
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
