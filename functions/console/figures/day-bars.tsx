import type { OfficeFigures } from '../../../domain/figures/figures.ts';
import { byName } from '../supervision/dues.ts';
import { figuresWords } from '../texts/figures.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';

const WIDTH = 360;
/** A name stands above its bar, so that long ones have room. */
const ROW = 34;
const BAR = 12;
const BASELINE = 13;
/** To the right of the longest bar, for its number. */
const MARGIN = 76;
/** Characters of a name, as many as fit at their widest; the table has it whole. */
const NAME = 26;

interface Props {
  readonly language: Language;
  readonly offices: readonly OfficeFigures[];
}

/** Median days from raise to closure of each lead office, the most first. The table by office has the same numbers. */
export const DayBars = ({ language, offices }: Props) => {
  const t = figuresWords[language];
  const bars = offices
    .flatMap(({ office, closed, daysToClose: { median } }) =>
      median === null ? [] : [{ name: office ?? supervisionWords[language].nobody, median, closed }],
    )
    .toSorted((one, other) => other.median - one.median || byName(one.name, other.name));
  if (bars.length === 0) return <p class="empty">{t.noDays}</p>;
  const most = Math.max(1, ...bars.map(({ median }) => median));
  return (
    <figure class="bars">
      <svg viewBox={`0 0 ${WIDTH} ${ROW * bars.length}`} role="img" aria-labelledby="days-title days-desc">
        <title id="days-title">{t.days}</title>
        <desc id="days-desc">{t.daysLabel(bars.length)}</desc>
        {bars.map(({ name, median, closed }, index) => {
          // A closing that counts from before its raise has days below 0, and no bar.
          const width = ((WIDTH - MARGIN) * Math.max(0, median)) / most;
          return (
            <g>
              <title>{t.daysOfOffice(name, String(median), closed)}</title>
              <text x={0} y={ROW * index + BASELINE}>
                {shortened(name)}
              </text>
              <rect x={0} y={ROW * index + BASELINE + 5} width={width.toFixed(2)} height={BAR} />
              <text x={(width + 5).toFixed(2)} y={ROW * index + BASELINE + 15}>
                {terms[language].days(median)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
};

function shortened(name: string): string {
  const characters = [...name];
  return characters.length > NAME ? `${characters.slice(0, NAME - 1).join('')}…` : name;
}
