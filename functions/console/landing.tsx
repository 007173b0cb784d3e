import { STATUSES } from '../../domain/item/state.ts';
import type { LandingCase } from '../app/landing-cases.ts';
import { Page } from './page.tsx';
import type { Texts } from './texts.ts';

/** The plain page at `/`; undefined cases could not be read. */
export const Landing = ({
  texts,
  cases,
}: {
  readonly texts: Texts;
  readonly cases: readonly LandingCase[] | undefined;
}) => (
  <Page language={texts.language} title={texts.name}>
    <header>
      <h1>{texts.name}</h1>
      <a class="language" href={texts.otherLanguage.href}>
        {texts.otherLanguage.label}
      </a>
      <p>{texts.subtitle}</p>
    </header>
    <nav>
      <a href="/docs">{texts.documentation}</a>
      <a href="/openapi.json">{texts.openApi}</a>
      <a href="/problems">{texts.problems}</a>
    </nav>
    <main>
      <h2>{texts.cases}</h2>
      {cases === undefined ? (
        <p role="alert">{texts.unavailable}</p>
      ) : cases.length === 0 ? (
        <p>{texts.noCases}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.columns.case}</th>
                <th scope="col" class="number">
                  {texts.columns.items}
                </th>
                {STATUSES.map((status) => (
                  <th scope="col" class="number">
                    {texts.status[status]}
                  </th>
                ))}
                <th scope="col" class="number">
                  {texts.columns.overdue}
                </th>
                <th scope="col">{texts.columns.notice}</th>
              </tr>
            </thead>
            <tbody>
              {cases.map((one) => (
                <Row texts={texts} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </main>
  </Page>
);

const Row = ({ texts, one }: { readonly texts: Texts; readonly one: LandingCase }) => (
  <tr>
    <th scope="row">
      {one.title ?? texts.erased}
      <small>{one.caseId}</small>
    </th>
    <td class="number">{one.counts.items}</td>
    {STATUSES.map((status) => (
      <td class="number">{one.counts.byStatus[status]}</td>
    ))}
    <td class={one.counts.overdue > 0 ? 'number overdue' : 'number'}>{one.counts.overdue}</td>
    <td>{one.published ? <a href={`/v1/cases/${one.caseId}/notice`}>{texts.readNotice}</a> : null}</td>
  </tr>
);
