import { groupedBy } from '../../../domain/grouping.ts';
import type { LineReading, ReadLine } from '../../../domain/notice/readings.ts';
import type { NoticeWarning } from '../../../domain/notice/warnings.ts';
import { importWords } from '../texts/import.ts';
import { saidWarning } from '../texts/import-warnings.ts';
import type { Language } from '../texts/language.ts';
import { words } from '../texts/words.ts';

interface LinesProps {
  readonly language: Language;
  readonly lines: readonly ReadLine[];
  readonly warnings: readonly NoticeWarning[];
  /** More lines than so many are counted, not shown. */
  readonly most: number;
}

/** The source beside what it was taken for: a plain table, so that long notices stay quick to look through. */
export const LinesTable = ({ language, lines: all, warnings, most }: LinesProps) => {
  const t = importWords[language];
  const lines = all.slice(0, most);
  const byLine = groupedBy(warnings, ({ line }) => line);
  return (
    <table class="lines">
      <caption>
        {t.linesCaption}
        {all.length > most ? <strong> {t.linesLeftOut(most, all.length)}</strong> : null}
      </caption>
      <thead>
        <tr>
          <th scope="col" class="number">
            {t.number}
          </th>
          <th scope="col">{t.source}</th>
          <th scope="col">{t.reading}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ number, text, readings }) => {
          const warned = byLine.get(number) ?? [];
          return (
            <tr id={`L${number}`} class={warned.length > 0 ? 'warned' : undefined}>
              <th scope="row" class="number">
                {number}
              </th>
              <td class="source">{text}</td>
              <td class="reading">
                {readings.length === 0 ? <p class="muted">{t.readAs.ignored}</p> : null}
                {readings.map((reading) => (
                  <Reading language={language} reading={reading} />
                ))}
                {warned.map((warning) => (
                  <p class="warning">{saidWarning(warning, language)}</p>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Reading = ({ language, reading }: { readonly language: Language; readonly reading: LineReading }) => {
  const t = importWords[language];
  switch (reading.kind) {
    case 'header':
    case 'tail':
    case 'note':
      return <p class="muted">{t.readAs[reading.kind]}</p>;
    case 'group':
      return reading.begins ? <p>{t.group}</p> : <GoesOn language={language} what={t.group} />;
    case 'item': {
      if (!reading.begins) return <GoesOn language={language} what={t.item} />;
      const { printedNumber, title, statedStatus } = reading.item;
      return (
        <p>
          <span class="tag raised">{numbered(t.item, printedNumber)}</span> <strong>{title}</strong>
          {statedStatus === undefined ? null : (
            <small>{t.statedStatus(words[language].stated[statedStatus])}</small>
          )}
        </p>
      );
    }
    case 'measure': {
      if (!reading.begins) return <GoesOn language={language} what={t.measure} />;
      const { printedNumber, occurredOn } = reading.measure;
      return (
        <p>
          <span class="tag closed">{numbered(t.measure, printedNumber)}</span>{' '}
          {occurredOn === undefined ? null : t.occurred(occurredOn)}
        </p>
      );
    }
    default:
      return reading satisfies never;
  }
};

const numbered = (what: string, printed: string | null): string =>
  printed === null ? what : `${what} ${printed}`;

const GoesOn = ({ language, what }: { readonly language: Language; readonly what: string }) => (
  <p class="muted">
    {what} · {importWords[language].goesOn}
  </p>
);
