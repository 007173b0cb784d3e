import type { Day } from '../../../domain/dates.ts';
import type { Item } from '../../../domain/item/present.ts';
import { Document } from '../page.tsx';
import { frame } from '../texts/frame.ts';
import { listed } from '../texts/language.ts';
import { registerWords } from '../texts/register.ts';
import { timeWords } from '../texts/time.ts';
import { words } from '../texts/words.ts';
import { Picture } from '../time/clocks.tsx';
import type { SignedIn } from '../visit.ts';
import { filterItems, readQuery } from './filter.ts';
import type { RegisterPicture } from './picture.ts';

/** The register as offices file it: A4 landscape, every row whole, its head on every sheet. */
export const PrintedRegister = ({
  visit,
  picture,
  day,
}: {
  readonly visit: SignedIn;
  readonly picture: RegisterPicture;
  readonly day: Day;
}) => {
  const { language } = visit;
  const t = registerWords[language];
  const { inspection, cut } = picture;
  const { pathname, searchParams } = new URL(visit.c.req.url);
  const { items } = filterItems(picture.items, readQuery(searchParams), day);
  searchParams.delete('print');
  const columns = t.printColumns;
  const title = inspection.title ?? frame[language].erased;
  return (
    <Document language={language} title={`${title} ${t.printTitle}`} bodyClass="printed">
      <main id="main">
        <p class="no-print">
          <a href={`${pathname}?${searchParams}`}>{frame[language].back}</a>{' '}
          <button type="button" class="quiet" hidden data-print>
            {t.printButton}
          </button>
        </p>
        <h1>
          {title} {t.printTitle}
        </h1>
        <Picture visit={visit} cut={cut} now={pathname} />
        <p class="muted">
          {t.matching(items.length, picture.items.length)} · {t.printedOn(visit.today)}
          {cut ? ` · ${timeWords[language].heading}` : ''}
        </p>
        <table>
          <thead>
            <tr>
              {Object.values(columns).map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => (
              <Row visit={visit} item={item} number={index + 1} />
            ))}
          </tbody>
        </table>
      </main>
    </Document>
  );
};

const Row = ({
  visit,
  item,
  number,
}: {
  readonly visit: SignedIn;
  readonly item: Item;
  readonly number: number;
}) => {
  const { language } = visit;
  const w = words[language];
  const erased = frame[language].erased;
  const standing = item.measures.filter(({ status }) => status !== 'withdrawn');
  const closed =
    item.status === 'closed' ? item.statusChanges.findLast(({ status }) => status === 'closed') : undefined;
  return (
    <tr>
      <td>
        {number}
        <small>{item.itemId}</small>
      </td>
      <td>{item.title ?? erased}</td>
      <td>
        <ol>
          {standing.map(({ text, status }) => (
            <li>
              {text ?? erased} <em>[{w.measureStatus[status]}]</em>
            </li>
          ))}
        </ol>
      </td>
      <td>
        {item.lead ?? registerWords[language].unassigned}
        {item.supporting.length > 0 ? (
          <small>{registerWords[language].supporting(listed(language, item.supporting))}</small>
        ) : null}
      </td>
      <td>{item.term === null ? null : w.term[item.term]}</td>
      <td>{item.deadline}</td>
      <td>{item.status === null ? null : w.status[item.status]}</td>
      <td>
        {item.evidence
          .filter(({ standing: stands }) => stands)
          .map(({ name }) => (
            <div>{name ?? erased}</div>
          ))}
      </td>
      <td>{closed?.on}</td>
    </tr>
  );
};
