import { casesWords } from '../texts/cases.ts';
import { digestWords } from '../texts/digest.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { registerAddress } from './addresses.ts';
import type { SilentLine, SilentPage } from './silent.ts';

/** Items that a line names; the rest of them stand in the register. */
const NAMED = 10;

interface SilentProps {
  readonly language: Language;
  readonly page: SilentPage;
}

/** Of which items nothing was heard, with the way to each. */
export const Silent = ({ language, page: { lines, silentDays, cursor, nextCursor } }: SilentProps) => {
  const t = supervisionWords[language];
  const whole = cursor === undefined && nextCursor === undefined;
  return (
    <>
      {lines.length === 0 ? (
        <p class="empty">{whole ? t.noSilent : t.noSilentHere}</p>
      ) : (
        <>
          <p class="hint">{t.silentHint(silentDays)}</p>
          <SilentTable language={language} lines={lines} />
        </>
      )}
      {whole ? null : (
        <p class="contents">
          {cursor === undefined ? null : <a href="/supervision#silent">{t.firstCases}</a>}
          {nextCursor === undefined ? null : (
            <a href={`/supervision?${new URLSearchParams({ silentAfter: nextCursor })}#silent`}>
              {casesWords[language].more}
            </a>
          )}
        </p>
      )}
    </>
  );
};

interface TableProps {
  readonly language: Language;
  readonly lines: readonly SilentLine[];
}

const SilentTable = ({ language, lines }: TableProps) => {
  const t = supervisionWords[language];
  return (
    <section class="scroll" tabindex={0} aria-label={t.silent}>
      <table class="silent">
        <caption>{t.silentCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{terms[language].office}</th>
            <th scope="col">{terms[language].case}</th>
            <th scope="col" class="number">
              {t.silentItems}
            </th>
            <th scope="col">{t.longestSilent}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              <th scope="row">{line.office ?? t.nobody}</th>
              <td>
                <a href={`/cases/${line.caseId}`}>{line.title ?? frame[language].erased}</a>
              </td>
              <td class="number">{line.silent.length}</td>
              <td>
                <SilentItems language={language} line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

interface ItemsProps {
  readonly language: Language;
  readonly line: SilentLine;
}

const SilentItems = ({ language, line: { caseId, office, silent } }: ItemsProps) => {
  const said = digestWords[language];
  const filter = office === null ? {} : { office, leads: 'yes' };
  return (
    <ul>
      {silent.slice(0, NAMED).map(({ itemId, title, since, days }) => (
        <li>
          <a href={`/cases/${caseId}/items/${itemId}`}>
            {itemId} {title ?? frame[language].erased}
          </a>
          <small class="muted">
            {said.since(since)} · {said.quiet(days)}
          </small>
        </li>
      ))}
      {silent.length > NAMED ? (
        <li>
          <a href={registerAddress(caseId, filter)}>{said.moreItems(silent.length - NAMED)}</a>
        </li>
      ) : null}
    </ul>
  );
};
