import { type Day, daysBetween } from '../../../domain/dates.ts';
import type { CaseSummary } from '../../app/ledger.ts';
import { fieldLabel, yuan } from '../form/field-label.ts';
import { casesWords } from '../texts/cases.ts';
import { frame } from '../texts/frame.ts';
import { COMMA, type Language } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import type { Visit } from '../visit.ts';
import { ProgressBar, sharesOf } from './progress-bar.tsx';

/** One case at a glance; each number leads to the items that it counts. */
export const CaseCard = ({ visit, one }: { readonly visit: Visit; readonly one: CaseSummary }) => {
  const { language, today } = visit;
  const t = casesWords[language];
  const w = words[language];
  const register = `/cases/${one.caseId}`;
  const shares = sharesOf(one.counts);
  return (
    <li class="card">
      <h2>
        <a href={register}>{one.title ?? frame[language].erased}</a>
      </h2>
      <p class="muted">
        {one.inspectedBody ?? frame[language].erased} · {fieldLabel(language, 'feedbackOn')}{' '}
        {one.feedbackOn ?? frame[language].unknown}
      </p>
      <p class="period">{periodText(language, one.concentratedUntil, today)}</p>
      <ProgressBar shares={shares} label={t.progress(shares.closed, shares.all)} />
      <dl class="numbers">
        <Figure label={w.status.closed} count={shares.closed} href={`${register}?status=closed`} />
        <Figure
          label={w.status['closure-requested']}
          count={shares.requested}
          href={`${register}?status=closure-requested`}
        />
        <Figure
          label={terms[language].working}
          count={shares.rectifying}
          href={`${register}?status=working`}
        />
        <Figure
          label={w.due.overdue}
          count={one.counts.overdue}
          href={`${register}?due=overdue`}
          alert={one.counts.overdue > 0}
        />
      </dl>
      <dl class="facts">
        <div>
          <dt>{fieldLabel(language, 'accountability')}</dt>
          <dd>{accountabilityText(language, one)}</dd>
        </div>
        <div>
          <dt>{terms[language].institutions}</dt>
          <dd>{terms[language].count(one.institutions)}</dd>
        </div>
        <div>
          <dt>{fieldLabel(language, 'fundsFen')}</dt>
          <dd>{terms[language].yuan(yuan(one.fundsFen))}</dd>
        </div>
      </dl>
    </li>
  );
};

interface FigureProps {
  readonly label: string;
  readonly count: number;
  readonly href: string;
  readonly alert?: boolean;
}

const Figure = ({ label, count, href, alert = false }: FigureProps) => (
  <div class={alert ? 'overdue' : undefined}>
    <dt>{label}</dt>
    <dd>
      <a href={href}>{count}</a>
    </dd>
  </div>
);

export function periodText(language: Language, until: Day | null, today: Day): string {
  const t = casesWords[language];
  if (until === null) return t.noPeriod;
  const left = daysBetween(today, until);
  return left > 0 ? t.daysLeft(left) : left === 0 ? t.lastDay : t.daysOver(until);
}

/** Persons by kind; kinds of one name with several sanctions are added up. */
function accountabilityText(
  language: Language,
  { accountability }: Pick<CaseSummary, 'accountability'>,
): string {
  const sums = new Map<keyof (typeof words)['zh']['accountability'], { persons: number; inexact: boolean }>();
  for (const { kind, persons, inexact } of accountability) {
    const sum = sums.get(kind) ?? { persons: 0, inexact: false };
    sums.set(kind, { persons: sum.persons + persons, inexact: sum.inexact || inexact });
  }
  if (sums.size === 0) return frame[language].none;
  const said = [...sums].map(
    ([kind, { persons, inexact }]) =>
      `${words[language].accountability[kind]} ${frame[language].persons(persons, inexact)}`,
  );
  return said.join(COMMA[language]);
}
