import { day } from '../../../domain/dates.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import type { AskedMoment } from '../../app/hindsight.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { hindsightWords } from '../texts/hindsight.ts';
import { saidRefusal } from '../texts/refusals.ts';
import { timeWords } from '../texts/time.ts';
import type { SignedIn } from '../visit.ts';

/** What the page was asked, as its address has it. */
export interface Asked {
  readonly moment: AskedMoment;
  readonly cut: AskedCut;
}

interface QuestionProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  readonly asked: Asked;
  readonly refusal?: Refusal | undefined;
}

/** Three dates to ask about any other moment; what was refused is said above them. */
export const Question = ({ visit, caseId, asked: { moment, cut }, refusal }: QuestionProps) => {
  const { language, today } = visit;
  const t = hindsightWords[language];
  const dateField = (name: 'believedAsOf' | 'effectiveOn' | 'recordedAsOf', value: string | undefined) => {
    const error = refusal?.errors?.find(({ pointer }) => pointer === `/${name}`);
    return (
      <label>
        {t[name]}{' '}
        <input
          type={value === undefined || day(value) ? 'date' : 'text'}
          name={name}
          value={value}
          max={today}
          required={name === 'believedAsOf'}
          aria-invalid={error ? 'true' : undefined}
        />
        {error ? (
          <small class="fault">
            {error.code === 'invalid-date' ? timeWords[language].rightDate : t.wrongMoment}
          </small>
        ) : null}
      </label>
    );
  };
  return (
    <>
      {refusal ? (
        <p class="refusal" role="alert" id="refusal" tabindex={-1}>
          {refusal.errors ? timeWords[language].wrongDate : saidRefusal(refusal, language)}
        </p>
      ) : null}
      <details class="clocks" open={refusal !== undefined}>
        <summary>{t.otherMoment}</summary>
        <form method="get" action={`/cases/${caseId}/hindsight`} class="filters">
          {dateField('believedAsOf', moment.believedAsOf)}
          {dateField('effectiveOn', cut.effectiveOn)}
          {dateField('recordedAsOf', cut.recordedAsOf)}
          <button type="submit">{timeWords[language].show}</button>
        </form>
      </details>
    </>
  );
};
