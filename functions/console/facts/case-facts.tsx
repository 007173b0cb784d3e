import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { fieldLabel, yuan } from '../form/field-label.ts';
import { factsWords } from '../texts/facts.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { words } from '../texts/words.ts';

interface FactsProps {
  readonly language: Language;
  readonly shown: InspectionCase;
}

/** What the case stream says, as far as anybody of the case may know. */
export const CaseFacts = ({ language, shown }: FactsProps) => {
  const t = factsWords[language];
  const f = frame[language];
  const { inspection, plan, settings } = shown;
  const rows: readonly (readonly [label: string, value: string])[] = [
    [fieldLabel(language, 'inspectedBody'), shown.inspectedBody ?? f.erased],
    [fieldLabel(language, 'inspectingBody'), shown.inspectingBody ?? f.erased],
    [
      fieldLabel(language, 'inspection'),
      inspection === null ? t.notStated : t.inspection(inspection.from, inspection.to),
    ],
    [fieldLabel(language, 'feedbackOn'), shown.feedbackOn ?? f.unknown],
    [
      t.concentrated,
      shown.concentratedUntil === null ? t.noPeriod : t.concentratedUntil(shown.concentratedUntil),
    ],
    [t.plan, plan === null ? t.noPlan : planText(language, plan)],
    [t.institutions, t.institutionCount(shown.institutions)],
    [t.funds, t.yuan(yuan(shown.fundsFen))],
    [t.endorsements, listed(language, settings.requiredEndorsements ?? [])],
    [
      t.thresholds,
      listed(
        language,
        Object.entries(settings.flagThresholds ?? {}).map(([name, value]) => `${name} ${value}`),
      ),
    ],
    [t.sources, listed(language, shown.sources)],
    [
      t.notices,
      listed(
        language,
        shown.notices.map(({ asOf }) => t.notice(asOf)),
      ),
    ],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t.factsHeading}</h2>
      <dl class="facts case-facts">
        {rows.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Words label={t.narrative} text={shown.narrative} />
      <Words label={t.tail} text={shown.tail} />
      <h3>{t.accountability}</h3>
      <Accountability language={language} shown={shown} />
      <h3>{t.lookBacks}</h3>
      <LookBacks language={language} shown={shown} />
    </section>
  );
};

const listed = (language: Language, all: readonly string[]): string =>
  all.length === 0 ? frame[language].none : all.join(language === 'zh' ? '、' : ', ');

function planText(language: Language, plan: NonNullable<InspectionCase['plan']>): string {
  const t = factsWords[language];
  const said = [
    t.issued(plan.title ?? frame[language].erased, plan.issuedOn),
    plan.acceptedOn === null ? t.notAccepted : t.accepted(plan.acceptedOn),
  ];
  return said.join(language === 'zh' ? '；' : '; ');
}

/** Long words that few need to read. */
const Words = ({ label, text }: { readonly label: string; readonly text: string | null }) =>
  text === null ? null : (
    <details class="fold">
      <summary>{label}</summary>
      <p class="as-written">{text}</p>
    </details>
  );

const Accountability = ({ language, shown }: FactsProps) => {
  const t = factsWords[language];
  if (shown.accountability.length === 0) return <p class="muted">{t.noAccountability}</p>;
  return (
    <table class="narrow">
      <caption>{t.accountabilityCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.kind}</th>
          <th scope="col">{t.measure}</th>
          <th scope="col" class="number">
            {t.persons}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.accountability.map(({ kind, measure, persons, inexact }) => (
          <tr>
            <th scope="row">{words[language].accountability[kind]}</th>
            <td>{measure ?? ''}</td>
            <td class="number">{frame[language].persons(persons, inexact)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const LookBacks = ({ language, shown }: FactsProps) => {
  const t = factsWords[language];
  if (shown.lookBacks.length === 0) return <p class="muted">{t.noLookBacks}</p>;
  return (
    <ul>
      {shown.lookBacks.map(({ seq, scope, conclusion, concluded, sample }) => (
        <li>
          <strong>{t.lookBack(seq)}</strong> <span class="tag">{concluded ? t.concluded : t.open}</span>
          <p class="as-written">{scope ?? frame[language].erased}</p>
          {sample.length === 0 ? null : (
            <p>
              {t.sample(sample.length)}
              {sample.map((itemId) => (
                <>
                  <a href={`/cases/${shown.caseId}/items/${itemId}`}>{itemId}</a>{' '}
                </>
              ))}
            </p>
          )}
          {concluded ? (
            <p class="as-written">
              {t.conclusion}
              {conclusion ?? frame[language].erased}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
};
