import type { CaseId, ItemId } from '../../../domain/ids.ts';
import type { AmendingEntry } from '../../../domain/look-back/amendments.ts';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import { frame } from '../texts/frame.ts';
import { lookBackWords } from '../texts/look-back.ts';
import { instantText } from '../time/instants.ts';
import type { SignedIn } from '../visit.ts';
import { entryAddress } from './addresses.ts';

interface AmendmentsProps {
  readonly visit: SignedIn;
  readonly caseId: CaseId;
  /** Null where the entries are the case's own. */
  readonly itemId: ItemId | null;
  readonly entries: readonly AmendingEntry[];
}

/** Beneath what is shown as it reads now: who changed it, when and why. */
export const Amendments = ({ visit, caseId, itemId, entries }: AmendmentsProps) => {
  const { language, console } = visit;
  const t = lookBackWords[language];
  return entries.length === 0 ? null : (
    <ul class="amendments">
      {entries.map(({ type, seq, recordedAt, actor, reason, afterConclusion }) => (
        <li>
          {afterConclusion ? <strong>{t.afterConclusion} </strong> : null}
          {t.amended[type](instantText(recordedAt, console.zone))}{' '}
          <a href={entryAddress(caseId, { itemId, seq })}>#{seq}</a> {actor.office} {actor.sub}
          <br />
          {reason ?? frame[language].erased}
        </li>
      ))}
    </ul>
  );
};

/** Says at the head of a concluded report how many entries changed since what it tells. */
export const ChangedSince = ({
  visit,
  report,
}: {
  readonly visit: SignedIn;
  readonly report: LookBackReport;
}) => {
  const count = changedSince(report);
  return count === 0 ? null : (
    <p class="notice">
      <strong>{lookBackWords[visit.language].changedSince(count)}</strong>
    </p>
  );
};

function changedSince({
  opened,
  conclusion,
  samples,
  findings,
  voidedFindings,
  reopened,
}: LookBackReport): number {
  const onCase = [opened, ...samples, ...(conclusion ? [conclusion] : [])].flatMap(({ amendments }) =>
    amendments.map((entry) => ({ itemId: null, entry })),
  );
  const onItems = [...findings, ...voidedFindings].flatMap(({ itemId, amendments, evidence }) => {
    const ofEvidence = evidence.flatMap((one) => [...one.amendments, ...(one.endedBy ? [one.endedBy] : [])]);
    return [...amendments, ...ofEvidence].map((entry) => ({ itemId, entry }));
  });
  const voidings = voidedFindings.map(({ itemId, voidedBy }) => ({ itemId, entry: voidedBy }));
  const ofReopenings = reopened.flatMap(({ itemId, amendments }) =>
    amendments.map((entry) => ({ itemId, entry })),
  );
  return new Set(
    [...onCase, ...onItems, ...voidings, ...ofReopenings]
      .filter(({ entry }) => entry.afterConclusion)
      .map(({ itemId, entry }) => `${itemId}/${entry.seq}`),
  ).size;
}
