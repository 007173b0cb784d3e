import type { GroupedFigures } from '../../../domain/figures/figures.ts';
import type { Week } from '../../../domain/figures/weeks.ts';
import { figuresWords } from '../texts/figures.ts';
import type { Language } from '../texts/language.ts';
import { words } from '../texts/words.ts';

const WIDTH = 360;
const HEIGHT = 170;
const LEFT = 26;
const BOTTOM = 20;
const TOP = 8;
/** Of a week's room, what its bar takes; the rest is the gap to the next. */
const FILLED = 0.8;

interface Props {
  readonly language: Language;
  readonly weeks: readonly Week[];
  readonly whole: GroupedFigures['whole'];
}

/** Closings of each week as bars, with the same numbers in a table beside them. */
export const WeekBars = ({ language, weeks, whole }: Props) => {
  const t = figuresWords[language];
  const { closedByWeek: counts, closedBefore, closedAfter } = whole;
  const [first, middle, last] = [weeks[0], weeks[weeks.length >> 1], weeks.at(-1)];
  if (!first || !last) return <p class="empty">{t.noWeeks}</p>;
  const most = Math.max(...counts);
  const scale = Math.max(1, most);
  const room = (WIDTH - LEFT) / weeks.length;
  const y = (count: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / scale);
  const said = t.weeksLabel(
    first.week,
    last.week,
    counts.reduce((sum, count) => sum + count, 0),
    most,
  );
  return (
    <figure class="bars chart-pair">
      <div>
        <figcaption>{t.weeksCaption}</figcaption>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="weeks-title weeks-desc">
          <title id="weeks-title">{t.weeks}</title>
          <desc id="weeks-desc">{said}</desc>
          <line x1={LEFT} y1={y(0)} x2={WIDTH} y2={y(0)} />
          <line x1={LEFT} y1={y(scale)} x2={WIDTH} y2={y(scale)} />
          <text x={LEFT - 5} y={y(0) + 4} text-anchor="end">
            0
          </text>
          <text x={LEFT - 5} y={y(scale) + 5} text-anchor="end">
            {scale}
          </text>
          {weeks.map(({ week }, index) => {
            const count = counts[index] ?? 0;
            return count === 0 ? null : (
              <rect
                x={(LEFT + room * (index + (1 - FILLED) / 2)).toFixed(2)}
                y={y(count).toFixed(2)}
                width={(room * FILLED).toFixed(2)}
                height={(y(0) - y(count)).toFixed(2)}
              >
                <title>{t.inWeek(week, count)}</title>
              </rect>
            );
          })}
          <text x={LEFT} y={HEIGHT - 5}>
            {first.week}
          </text>
          {middle && weeks.length > 8 ? (
            <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 5} text-anchor="middle">
              {middle.week}
            </text>
          ) : null}
          {weeks.length > 1 ? (
            <text x={WIDTH} y={HEIGHT - 5} text-anchor="end">
              {last.week}
            </text>
          ) : null}
        </svg>
        {closedBefore + closedAfter > 0 ? <p class="muted">{t.outside(closedBefore, closedAfter)}</p> : null}
      </div>
      <section class="scroll long" tabindex={0} aria-label={t.weeks}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.week}</th>
              <th scope="col">{t.monday}</th>
              <th scope="col" class="number">
                {words[language].status.closed}
              </th>
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ week, from }, index) => (
              <tr>
                <th scope="row">{week}</th>
                <td>{from}</td>
                <td class="number">{counts[index]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </figure>
  );
};
