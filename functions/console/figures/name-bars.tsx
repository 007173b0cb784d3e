const WIDTH = 360;
/** A name stands above its bar, so that long ones have room. */
const ROW = 34;
const BAR = 12;
const BASELINE = 13;
/** To the right of the longest bar, for its number. */
const MARGIN = 76;
/** Characters of a name, as many as fit at their widest; the table has it whole. */
const NAME = 26;

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The number as it stands beside the bar. */
  readonly label: string;
  /** The whole of it in words. */
  readonly said: string;
}

interface Props {
  /** Of this chart alone on its page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** From top to bottom; at least one. */
  readonly bars: readonly Bar[];
}

/** A bar for each name; a table beside it has the same numbers. */
export const NameBars = ({ id, title, description, bars }: Props) => {
  const most = Math.max(...bars.map(({ value }) => value));
  return (
    <figure class="bars">
      <svg
        viewBox={`0 0 ${WIDTH} ${ROW * bars.length}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        {bars.map(({ name, value, label, said }, index) => {
          // What is below 0 has no bar.
          const width = value > 0 ? ((WIDTH - MARGIN) * value) / most : 0;
          return (
            <g>
              <title>{said}</title>
              <text x={0} y={ROW * index + BASELINE}>
                {shortened(name)}
              </text>
              <rect x={0} y={ROW * index + BASELINE + 5} width={width.toFixed(2)} height={BAR} />
              <text x={(width + 5).toFixed(2)} y={ROW * index + BASELINE + 15}>
                {label}
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
