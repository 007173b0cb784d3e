import type { CutEcho } from '../../../domain/cut.ts';
import { type Day, day, dayOf, daysBetween, type Instant } from '../../../domain/dates.ts';
import type { AskedCut } from '../../app/ledger.ts';
import { timeWords } from '../texts/time.ts';
import type { Visit } from '../visit.ts';
import { momentIn } from './moment.ts';

/** Both clocks as the address has them; an empty field of a form asks nothing. */
export function askedClocks({ c }: Visit): AskedCut {
  return {
    recordedAsOf: c.req.query('recordedAsOf') || undefined,
    effectiveOn: c.req.query('effectiveOn') || undefined,
  };
}

export const isPast = ({ recordedAsOf, effectiveOn }: AskedCut): boolean =>
  recordedAsOf !== undefined || effectiveOn !== undefined;

/** The clocks as the end of an address, to go on looking at the same picture. */
export function clockQuery(
  { recordedAsOf, effectiveOn }: AskedCut,
  more: { readonly [name: string]: string } = {},
): string {
  const query = new URLSearchParams(more);
  if (recordedAsOf !== undefined) query.set('recordedAsOf', recordedAsOf);
  if (effectiveOn !== undefined) query.set('effectiveOn', effectiveOn);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

interface ClockProps {
  readonly visit: Visit;
  readonly asked: AskedCut;
  /** Where the sliders begin. */
  readonly first: Day;
  /** What else the page was asked, to be kept. */
  readonly kept: { readonly [name: string]: string };
}

/** Two dates, each with a slider where scripts run: what the ledger said, and what was true. */
export const Clocks = ({ visit, asked, first, kept }: ClockProps) => {
  const t = timeWords[visit.language];
  const { pathname } = new URL(visit.c.req.url);
  const dial = (name: 'recordedAsOf' | 'effectiveOn', label: string, hint: string, slider: string) => {
    const chosen = shownDay(visit, asked[name]);
    return (
      <div class="dial">
        <label for={name}>{label}</label>
        <input
          type={asked[name] === undefined || day(asked[name] ?? '') ? 'date' : 'text'}
          id={name}
          name={name}
          value={asked[name]}
          max={visit.today}
          aria-describedby={`${name}-hint`}
        />
        <input
          type="range"
          hidden
          data-dial={name}
          data-first={first}
          min={0}
          max={Math.max(1, daysBetween(first, visit.today))}
          value={String(chosen === undefined ? daysBetween(first, visit.today) : daysBetween(first, chosen))}
          aria-label={slider}
        />
        <small id={`${name}-hint`} class="hint">
          {hint}
        </small>
      </div>
    );
  };
  return (
    <details class="clocks" open={isPast(asked)}>
      <summary>{t.heading}</summary>
      <form method="get" action={pathname} data-clocks>
        {Object.entries(kept).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {dial('recordedAsOf', t.recorded, t.recordedHint, t.recordedSlider)}
        {dial('effectiveOn', t.effective, t.effectiveHint, t.effectiveSlider)}
        <p>
          <button type="submit">{t.show}</button>
        </p>
      </form>
    </details>
  );
};

function shownDay(visit: Visit, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined;
  const date = day(text);
  if (date) return date;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : dayOf(new Date(ms).toISOString() as Instant, visit.console.zone);
}

interface PictureProps {
  readonly visit: Visit;
  readonly cut: CutEcho | undefined;
  /** The same page now. */
  readonly now: string;
  /** A comparison of this picture with the present. */
  readonly compare?: string | undefined;
}

/** Says plainly which picture one looks at, when it is not the present. */
export const Picture = ({ visit, cut, now, compare }: PictureProps) => {
  if (!cut) return null;
  const t = timeWords[visit.language];
  const { recordedAsOf, effectiveOn, settled, laterEntries } = cut;
  const at = recordedAsOf === undefined ? undefined : momentText(visit, recordedAsOf);
  const said =
    at !== undefined && effectiveOn !== undefined
      ? t.bothPicture(effectiveOn, at)
      : at !== undefined
        ? t.recordedPicture(at)
        : t.effectivePicture(effectiveOn ?? '');
  return (
    <div class="notice picture" role="status">
      <p>
        <strong>{said}</strong>
      </p>
      <p>
        {recordedAsOf === undefined ? null : t.later(laterEntries)} {settled ? t.settled : t.unsettled}
      </p>
      <p>
        <a href={now}>{t.now}</a>
        {compare ? (
          <>
            {' · '}
            <a href={compare}>{t.compareWithNow}</a>
          </>
        ) : null}
      </p>
    </div>
  );
};

/** A moment as this visitor reads it, in the ledger's zone. */
export const momentText = (visit: Visit, at: Instant): string =>
  momentIn(at, visit.console.zone, visit.language);
