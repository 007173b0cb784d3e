import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { fieldLabel, yuan } from '../form/field-label.ts';
import { lookBacksAddress } from '../look-back/addresses.ts';
import { factsWords } from '../texts/facts.ts';
import { frame } from '../texts/frame.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import { type Language, listed, SEMICOLON } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
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
      inspection === null ? terms[language].notStated : t.inspection(inspection.from, inspection.to),
    ],
    [fieldLabel(language, 'feedbackOn'), shown.feedbackOn ?? f.unknown],
    [
      t.concentrated,
      shown.concentratedUntil === null ? t.noPeriod : t.concentratedUntil(shown.concentratedUntil),
    ],
    [fieldLabel(language, 'plan'), plan === null ? t.noPlan : planText(language, plan)],
    [terms[language].institutions, terms[language].count(shown.institutions)],
    [fieldLabel(language, 'fundsFen'), terms[language].yuan(yuan(shown.fundsFen))],
    [
      fieldLabel(language, 'requiredEndorsements'),
      listedOrNone(language, settings.requiredEndorsements ?? []),
    ],
    [
      fieldLabel(language, 'flagThresholds'),
      listedOrNone(
        language,
        Object.entries(settings.flagThresholds ?? {}).map(([name, value]) => `${name} ${value}`),
      ),
    ],
    [t.sources, listedOrNone(language, shown.sources)],
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
        <div>
          <dt>{fieldLabel(language, 'notices')}</dt>
          <dd>
            {shown.notices.length === 0 ? (
              frame[language].none
            ) : (
              <Notices language={language} shown={shown} />
            )}
          </dd>
        </div>
      </dl>
      <Words label={fieldLabel(language, 'narrative')} text={shown.narrative} />
      <Words label={fieldLabel(language, 'tail')} text={shown.tail} />
      <h3>{fieldLabel(language, 'accountability')}</h3>
      <Accountability language={language} shown={shown} />
      <h3>
        <a href={lookBacksAddress(shown.caseId)}>{fieldLabel(language, 'lookBacks')}</a>
      </h3>
      <LookBacks language={language} shown={shown} />
    </section>
  );
};

/** Each notice leads to what it said beside what is known now. */
const Notices = ({ language, shown }: FactsProps) => (
  <ul class="notices">
    {shown.notices.map(({ seq, asOf }) => (
      <li>
        {factsWords[language].notice(asOf)} ·{' '}
        <a href={`/cases/${shown.caseId}/hindsight?notice=${seq}`}>{hindsightWords[language].link}</a>
      </li>
    ))}
  </ul>
);

const listedOrNone = (language: Language, all: readonly string[]): string =>
  all.length === 0 ? frame[language].none : listed(language, all);

function planText(language: Language, plan: NonNullable<InspectionCase['plan']>): string {
  const t = factsWords[language];
  const said = [
    t.issued(plan.title ?? frame[language].erased, plan.issuedOn),
    plan.acceptedOn === null ? t.notAccepted : t.accepted(plan.acceptedOn),
  ];
  return said.join(SEMICOLON[language]);
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
          <th scope="col">{fieldLabel(language, 'kind')}</th>
          <th scope="col">{t.measure}</th>
          <th scope="col" class="number">
            {fieldLabel(language, 'persons')}
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
