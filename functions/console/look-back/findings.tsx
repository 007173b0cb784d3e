import type { Child } from 'hono/jsx';
import type { LookBackReport, VoidedFinding } from '../../../domain/look-back/report.ts';
import type { SeenEvidence } from '../../../domain/look-back/seen-evidence.ts';
import { frame } from '../texts/frame.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import { entryAddress } from './addresses.ts';
import { Amendments } from './amendments.tsx';

interface FindingsProps {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
}

/** Every finding with its words and its evidence; those that a newer one replaced stay, and so do voided ones. */
export const Findings = ({ visit, report }: FindingsProps) => {
  const { language } = visit;
  const t = lookBackWords[language];
  const { findings, voidedFindings } = report;
  return (
    <>
      <section aria-labelledby="findings">
        <h2 id="findings">{t.findings}</h2>
        {findings.length === 0 ? <p class="empty">{t.noFindings}</p> : null}
        <ul class="look-back-findings">
          {findings.map((finding) => (
            <Finding visit={visit} report={report} finding={finding}>
              {finding.counts ? null : <span class="muted"> ({t.superseded})</span>}
            </Finding>
          ))}
        </ul>
      </section>
      {voidedFindings.length === 0 ? null : (
        <section aria-labelledby="voided-findings">
          <h2 id="voided-findings">{t.voidedFindings}</h2>
          <ul class="look-back-findings">
            {voidedFindings.map((finding) => (
              <Finding visit={visit} report={report} finding={finding}>
                {' '}
                <span class="tag">{t.voided}</span>
                <Amendments
                  visit={visit}
                  caseId={report.caseId}
                  itemId={finding.itemId}
                  entries={[finding.voidedBy]}
                />
              </Finding>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};

interface FindingProps extends FindingsProps {
  readonly finding: Omit<VoidedFinding, 'voidedBy'>;
  /** What is to be known before its words. */
  readonly children?: Child;
}

const Finding = ({ visit, report, finding, children }: FindingProps) => {
  const { language, console } = visit;
  const { caseId } = report;
  const { itemId, seq, on, recordedAt, actor, verdict, text, evidence, amendments } = finding;
  return (
    <li id={`f-${itemId}-${seq}`}>
      <div>
        <a href={entryAddress(caseId, { itemId, seq })}>
          {itemId}#{seq}
        </a>{' '}
        <strong>{words[language].verdict[verdict]}</strong>
        {children}
      </div>
      <p class="as-written">{text ?? frame[language].erased}</p>
      <Amendments visit={visit} caseId={caseId} itemId={itemId} entries={amendments} />
      {evidence.map((one) => (
        <Evidence visit={visit} report={report} itemId={itemId} evidence={one} />
      ))}
      <p class="muted foot">
        {on} · {actor.office} {actor.sub} · {terms[language].recordedAt}{' '}
        {instantText(recordedAt, console.zone)}
      </p>
    </li>
  );
};

interface EvidenceProps extends FindingsProps {
  readonly itemId: VoidedFinding['itemId'];
  readonly evidence: SeenEvidence;
}

/** What a finding rests on, and whether it still stands. */
const Evidence = ({ visit, report: { caseId }, itemId, evidence }: EvidenceProps) => {
  const { language } = visit;
  const { evidenceId, name, sha256, standing, endedBy, amendments } = evidence;
  const entries = endedBy === null ? amendments : [...amendments, endedBy];
  return (
    <>
      <p class="foot">
        {terms[language].evidence} <a href={`/cases/${caseId}/items/${itemId}#${evidenceId}`}>{evidenceId}</a>{' '}
        {name ?? frame[language].erased} <code>{sha256.slice(0, 16)}</code>{' '}
        {standing === 'standing' ? (
          lookBackWords[language].evidenceIs.standing
        ) : (
          <strong>{lookBackWords[language].evidenceIs[standing]}</strong>
        )}
      </p>
      <Amendments visit={visit} caseId={caseId} itemId={itemId} entries={entries} />
    </>
  );
};
