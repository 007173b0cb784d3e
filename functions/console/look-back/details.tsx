import type { LookBackReport, SampleReport } from '../../../domain/look-back/report.ts';
import { fieldLabel } from '../form/field-label.ts';
import { frame } from '../texts/frame.ts';
import { COLON } from '../texts/language.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import { entryAddress, findingForm, reopeningForm } from './addresses.ts';

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

/** Every finding with its words and its evidence; those that a newer one replaced stay. */
export const Findings = ({ visit, report }: Omit<DetailProps, 'recording'>) => {
  const { language, console } = visit;
  const t = lookBackWords[language];
  const { caseId, findings } = report;
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{t.findings}</h2>
      {findings.length === 0 ? <p class="empty">{t.noFindings}</p> : null}
      <ul class="look-back-findings">
        {findings.map(({ itemId, seq, on, recordedAt, actor, verdict, text, evidence, counts }) => (
          <li id={`f-${itemId}-${seq}`}>
            <p>
              <a href={entryAddress(caseId, { itemId, seq })}>
                {itemId}#{seq}
              </a>{' '}
              <strong>{words[language].verdict[verdict]}</strong>
              {counts ? null : <span class="muted"> ({t.superseded})</span>}
            </p>
            <p class="as-written">{text ?? frame[language].erased}</p>
            {evidence.map(({ evidenceId, name, sha256 }) => (
              <p class="foot">
                {terms[language].evidence} <a href={`/cases/${caseId}/items/${itemId}`}>{evidenceId}</a>{' '}
                {name ?? frame[language].erased} <code>{sha256.slice(0, 16)}</code>
              </p>
            ))}
            <p class="muted foot">
              {on} · {actor.office} · {terms[language].recordedAt} {instantText(recordedAt, console.zone)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
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
          </li>
        ))}
      </ul>
      {samples.length === 0 ? null : <p class="hint">{t.redo}</p>}
    </section>
  );
};

function reproducedText({ language }: SignedIn, { reproduced }: SampleReport): string {
  const t = lookBackWords[language];
  if (reproduced === null) return t.otherMethod;
  return reproduced ? t.reproduced : t.notReproduced;
}
