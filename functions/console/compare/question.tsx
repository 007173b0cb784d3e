import type { Child } from 'hono/jsx';
import { type Day, day } from '../../../domain/dates.ts';
import type { Refusal } from '../../../domain/refusals.ts';
import type { Span } from '../../app/comparison.ts';
import { errorOf } from '../form/form.tsx';
import { compareWords } from '../texts/compare.ts';
import { saidRefusal } from '../texts/refusals.ts';
import { timeWords } from '../texts/time.ts';
import type { SignedIn } from '../visit.ts';

interface QuestionProps {
  readonly visit: SignedIn;
  /** Where the answer stands. */
  readonly action: string;
  readonly asked: Span;
  readonly refusal?: Refusal | undefined;
  /** What else is asked. */
  readonly children?: Child;
}

/** Which clock and which two dates, with what is wrong beside each. */
export const Question = ({ visit, action, asked, refusal, children }: QuestionProps) => {
  const { language } = visit;
  const t = compareWords[language];
  const date = (name: 'from' | 'to') => (
    <DateField visit={visit} name={name} typed={asked[name]} refusal={refusal} />
  );
  return (
    <section class="filters" aria-label={t.title}>
      {refusal ? (
        <p class="refusal" role="alert" id="refusal" tabindex={-1}>
          {refusal.errors ? timeWords[language].wrongDate : saidRefusal(refusal, language)}
        </p>
      ) : null}
      <form method="get" action={action}>
        <label>
          {t.axis}{' '}
          <select name="axis">
            {(['recorded', 'effective'] as const).map((axis) => (
              <option value={axis} selected={axis === asked.axis}>
                {t.axes[axis]}
              </option>
            ))}
          </select>
        </label>
        {date('from')}
        {date('to')}
        {children}
        <button type="submit">{t.show}</button>
      </form>
    </section>
  );
};

interface DateProps {
  readonly visit: SignedIn;
  readonly name: 'from' | 'to';
  readonly typed: string;
  readonly refusal: Refusal | undefined;
}

const DateField = ({ visit: { language, today }, name, typed, refusal }: DateProps) => {
  const t = compareWords[language];
  const error = errorOf(refusal, name);
  // A field for dates shows nothing of what is no date: there it is a line of text, so that nothing typed is lost.
  const shown = error?.code === 'invalid-date' ? undefined : shownDay(typed);
  return (
    <label>
      {t[name]}{' '}
      <input
        type={shown === undefined ? 'text' : 'date'}
        name={name}
        value={shown ?? typed}
        max={shown === undefined ? undefined : today}
        required
        autocomplete="off"
        aria-invalid={error ? 'true' : undefined}
      />
      {error ? (
        <small class="fault">
          {error.code === 'out-of-range' ? t.wrongOrder : timeWords[language].rightDate}
        </small>
      ) : null}
    </label>
  );
};

/** What a date field can show of an instant: its day. */
const shownDay = (text: string): Day | undefined => day(text.slice(0, 10));
