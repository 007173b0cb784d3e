import { day } from '../../../domain/dates.ts';
import type { AskedWeeks } from '../../app/figures.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { figuresWords } from '../texts/figures.ts';
import { clockQuery } from '../time/clocks.tsx';
import type { Visit } from '../visit.ts';

interface Props {
  readonly visit: Visit;
  readonly asked: AskedCut;
  readonly weeks: AskedWeeks;
}

/** From which week to which; the clocks are kept. */
export const WeeksForm = ({ visit, asked, weeks }: Props) => {
  const t = figuresWords[visit.language];
  const { pathname } = new URL(visit.c.req.url);
  const field = (name: 'from' | 'to') => {
    const typed = weeks[name];
    // A field for dates shows nothing of what is no date: there it is a line of text, so that nothing typed is lost.
    const isDate = typed === undefined || day(typed) !== undefined;
    return (
      <label>
        {t[name]}{' '}
        <input
          type={isDate ? 'date' : 'text'}
          name={name}
          value={typed}
          max={visit.today}
          autocomplete="off"
        />
      </label>
    );
  };
  return (
    <form method="get" action={pathname} class="weeks">
      {Object.entries(asked).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      {field('from')}
      {field('to')}
      <button type="submit" class="quiet">
        {t.show}
      </button>
      {weeks.from === undefined && weeks.to === undefined ? null : (
        <a href={pathname + clockQuery(asked)}>{t.allWeeks}</a>
      )}
    </form>
  );
};
