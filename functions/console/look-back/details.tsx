import type { LookBackReport, SampleReport } from '../../../domain/look-back/report.ts';
import { fieldLabel } from '../form/field-label.ts';
import { frame } from '../texts/frame.ts';
import { COLON } from '../texts/language.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import type { SignedIn } from '../visit.ts';
import { entryAddress, findingForm, reopeningForm } from './addresses.ts';
import { Amendments } from './amendments.tsx';

interface DetailProps {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
  /** Nobody records into the past, nor into what is concluded. */
  readonly recording: boolean;
}

/** One row an item: drawn or not, what was found, what came of it, and the next step. */
export const CheckedItems = ({ visit, report, recording }: DetailProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId, items } = report;
  return (
    <section aria-labelledby="items">
      <h2 id="items">{t.items}</h2>
      {items.length === 0 ? (
        <p class="empty">{t.noItems}</p>
      ) : (
        <ol class="checked-items">
          {items.map(({ itemId, title, office, samples, finding, reopened }) => (
            <li>
              <p>
                <a href={`/cases/${caseId}/items/${itemId}`}>{itemId}</a> {title ?? frame[language].erased}
              </p>
              <p class="muted foot">
                {office ?? t.nobody}
                {' · '}
                {samples.length === 0 ? t.number.unsampled : t.drawn}
                {samples.map((seq) => (
                  <>
                    {' '}
                    <a href={entryAddress(caseId, { itemId: null, seq })}>#{seq}</a>
                  </>
                ))}
                {wasOpen(report, itemId) ? <strong> · {t.wasOpen}</strong> : null}
                {' · '}
                {finding === null ? (
                  t.notFound
                ) : (
                  <a href={`#f-${itemId}-${finding.seq}`}>{words[language].verdict[finding.verdict]}</a>
                )}
                {reopened.map((seq) => (
                  <>
                    {' · '}
                    <a href={entryAddress(caseId, { itemId, seq })}>
                      {words[language].entry.ItemReopened} #{seq}
                    </a>
                  </>
                ))}
              </p>
              <Amendments
                visit={visit}
                caseId={caseId}
                itemId={itemId}
                entries={report.reopened
                  .filter((one) => one.itemId === itemId)
                  .flatMap(({ amendments }) => amendments)}
              />
              {recording ? <NextStep visit={visit} report={report} item={itemId} /> : null}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};

/** The forms stand on the item's page, where its measures and evidence are. */
const NextStep = ({
  visit,
  report,
  item,
}: {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
  readonly item: string;
}) => {
  const t = lookBackWords[visit.language];
  const { role } = visit.who;
  const { caseId, seq, items, conclusion } = report;
  const found = items.find(({ itemId }) => itemId === item);
  const mayFind = conclusion === null && (role === 'committee' || role === 'reviewer');
  const { finding = null, reopened = [] } = found ?? {};
  const mayReopen =
    role === 'committee' && finding !== null && finding.verdict !== 'genuine' && reopened.length === 0;
  return mayFind || mayReopen ? (
    <p class="foot no-print">
      {mayFind ? (
        <a href={findingForm(caseId, item, seq)}>
          {finding === null ? t.find : t.findAgain}
          <span class="visually-hidden"> {item}</span>
        </a>
      ) : null}
      {mayFind && mayReopen ? ' · ' : null}
      {mayReopen && finding !== null ? (
        <a href={reopeningForm(caseId, item, seq, finding.seq)}>
          {t.reopen}
          <span class="visually-hidden"> {item}</span>
        </a>
      ) : null}
    </p>
  ) : null;
};

/** Every draw, with all that is needed to draw again. */
export const Draws = ({ visit, report }: Omit<DetailProps, 'recording'>) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { caseId, samples } = report;
  return (
    <section aria-labelledby="draws">
      <h2 id="draws">{t.draws}</h2>
      {samples.length === 0 ? <p class="empty">{t.noDraws}</p> : null}
      <ul>
        {samples.map((sample) => (
          <li>
            <p>
              <a href={entryAddress(caseId, { itemId: null, seq: sample.seq })}>
                {terms[language].entryNumber(sample.seq)}
              </a>{' '}
              {sample.on} · {sample.actor.office} · {fieldLabel(language, 'seed')}
              {COLON[language]}
              <code>{sample.seed}</code>
            </p>
            <p>
              {t.drawnItems(sample.itemIds.length)}
              {sample.itemIds.join(' ')}
            </p>
            {sample.notClosed.length === 0 ? null : (
              <p>
                <strong>
                  {t.notClosed(sample.notClosed.length)}
                  {sample.notClosed.join(' ')}
                </strong>
              </p>
            )}
            <p>
              {sample.flagged === null
                ? t.flaggedUnknown
                : t.flagged(sample.flagged.length) + (sample.flagged.join(' ') || frame[language].none)}
            </p>
            <p>
              <strong>{reproducedText(visit, sample)}</strong>
            </p>
            {sample.flaggedAsRecomputed === null ? null : (
              <p>
                <strong>{sample.flaggedAsRecomputed ? t.flaggedAgain : t.flaggedOtherwise}</strong>
              </p>
            )}
            <Amendments visit={visit} caseId={caseId} itemId={null} entries={sample.amendments} />
          </li>
        ))}
      </ul>
      {samples.length === 0 ? null : <p class="hint">{t.redo}</p>}
    </section>
  );
};

/** Did a draw name it that found it not closed? */
const wasOpen = ({ samples }: LookBackReport, itemId: string): boolean =>
  samples.some(({ notClosed }) => notClosed.some((open) => open === itemId));

function reproducedText({ language }: SignedIn, { reproduced }: SampleReport): string {
  const t = lookBackWords[language];
  if (reproduced === null) return t.otherMethod;
  return reproduced ? t.reproduced : t.notReproduced;
}
