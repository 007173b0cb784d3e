import type { Day } from '../../../domain/dates.ts';
import { daysOfProgress, type ProgressPoint, progressOverTime } from '../../../domain/inspection/progress.ts';
import type { Item } from '../../../domain/item/present.ts';
import { registerWords } from '../texts/register.ts';
import type { Visit } from '../visit.ts';

const WIDTH = 600;
const HEIGHT = 180;
const LEFT = 34;
const BOTTOM = 22;
const TOP = 8;
/** Points of a curve: more cannot be told apart. */
const POINTS = 90;

/** How items were raised and closed over time, replayed from their turns. Drawn here, so that no script is needed. */
export const BurnUp = ({
  visit,
  items,
  until,
}: {
  readonly visit: Visit;
  readonly items: readonly Item[];
  readonly until: Day;
}) => {
  const t = registerWords[visit.language];
  const histories = items.map(({ statusChanges }) => statusChanges);
  const days = daysOfProgress(histories, until, POINTS);
  const points = progressOverTime(histories, days, visit.console.zone);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(1, ...points.map((point) => point.items));
  const x = (index: number): number => LEFT + ((WIDTH - LEFT - 4) * index) / Math.max(1, points.length - 1);
  const y = (count: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / most);
  const line = (count: (point: ProgressPoint) => number): string =>
    points.map((point, index) => `${x(index).toFixed(1)},${y(count(point)).toFixed(1)}`).join(' ');
  const middle = points[Math.floor(points.length / 2)];
  return (
    <figure class="burn-up">
      <figcaption>{t.burnUp}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t.burnUpLabel(first.day, last.day, last.closed, last.items)}
      >
        <g class="axis">
          <line x1={LEFT} y1={y(0)} x2={WIDTH} y2={y(0)} />
          <line x1={LEFT} y1={y(most)} x2={WIDTH} y2={y(most)} />
          <text x={LEFT - 6} y={y(0) + 4} text-anchor="end">
            0
          </text>
          <text x={LEFT - 6} y={y(most) + 6} text-anchor="end">
            {most}
          </text>
          <text x={LEFT} y={HEIGHT - 6}>
            {first.day}
          </text>
          {middle && points.length > 4 ? (
            <text x={x(Math.floor(points.length / 2))} y={HEIGHT - 6} text-anchor="middle">
              {middle.day}
            </text>
          ) : null}
          <text x={WIDTH} y={HEIGHT - 6} text-anchor="end">
            {last.day}
          </text>
        </g>
        <polyline class="items" points={line(({ items: count }) => count)} />
        <polyline class="recorded" points={line(({ closedAsRecorded }) => closedAsRecorded)} />
        <polyline class="closed" points={line(({ closed }) => closed)} />
      </svg>
      <ul class="legend">
        <li class="items">
          {t.curve.items} {last.items}
        </li>
        <li class="closed">
          {t.curve.closed} {last.closed}
        </li>
        <li class="recorded">
          {t.curve.recorded} {last.closedAsRecorded}
        </li>
      </ul>
    </figure>
  );
};
