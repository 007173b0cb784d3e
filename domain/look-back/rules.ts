import type { FlagRule } from './catalogue.ts';
import type { CaseRule, ItemRule } from './flag.ts';
import {
  closedAfterReturnUnchanged,
  closedInBulk,
  closedWithoutEvidence,
  closedWithoutMeasure,
  closerInvolved,
  correctedAfterClosing,
  evidenceAfterClosing,
  longTermClosedFast,
  stepsOutOfOrder,
} from './rules/closing.ts';
import {
  burstBeforeDeadline,
  burstBeforeLookBack,
  caseRecordedLate,
  datedBeforeFeedback,
  datedBeforeInspection,
  recordedLate,
  registerBurstBeforeLookBack,
} from './rules/dates.ts';
import {
  extendedAfterExpiry,
  extendedRepeatedly,
  extendedWithoutMeasures,
  leadChangedIdle,
  longTermSilent,
  overdue,
  reopened,
  returnedRepeatedly,
} from './rules/deadlines.ts';
import {
  fundsWithoutItem,
  institutionsWithoutItem,
  institutionWithoutNumber,
  numberingGap,
  planMissing,
  sanctionsWithoutItem,
} from './rules/inspection.ts';
import { correctedAfterPublication, publishedTotalsDiffer } from './rules/publication.ts';
import { evidenceReused, measureRepeated, measureSimilar, problemRecurs } from './rules/repeated.ts';
import {
  measuresVague,
  moneyClosedByTraining,
  recoveredLessThanNamed,
  titlePartsUnanswered,
} from './rules/words.ts';

/** Asks an item's rule of every item; one that was withdrawn has nothing left to look at. */
const ofEachItem = (rule: ItemRule): CaseRule =>
  function* (inspection) {
    for (const item of inspection.items) {
      const sighting = item.state.status === 'withdrawn' ? undefined : rule(item, inspection);
      if (sighting) yield { itemId: item.itemId, ...sighting };
    }
  };

const ofAll = (...rules: readonly CaseRule[]): CaseRule =>
  function* (inspection) {
    for (const rule of rules) yield* rule(inspection);
  };

const COMPARING: ReadonlySet<FlagRule> = new Set<FlagRule>([
  'closed-in-bulk',
  'evidence-reused',
  'measure-repeated',
  'measure-similar',
  'problem-recurs',
]);

/** Does what the rule sees on an item hang on the other items as well? */
export const comparesItems = (rule: FlagRule): boolean => COMPARING.has(rule);

/** What each rule of the catalogue sees in a case. */
export const RULES: { readonly [R in FlagRule]: CaseRule } = {
  'closed-without-evidence': ofEachItem(closedWithoutEvidence),
  'closed-without-measure': ofEachItem(closedWithoutMeasure),
  'closer-involved': ofEachItem(closerInvolved),
  'closed-after-return-unchanged': ofEachItem(closedAfterReturnUnchanged),
  'evidence-after-closing': ofEachItem(evidenceAfterClosing),
  'steps-out-of-order': ofEachItem(stepsOutOfOrder),
  'closed-in-bulk': closedInBulk,
  'long-term-closed-fast': ofEachItem(longTermClosedFast),
  'corrected-after-closing': ofEachItem(correctedAfterClosing),
  'evidence-reused': evidenceReused,
  'measure-repeated': measureRepeated,
  'measure-similar': measureSimilar,
  'measures-vague': ofEachItem(measuresVague),
  'money-closed-by-training': ofEachItem(moneyClosedByTraining),
  'recovered-less-than-named': ofEachItem(recoveredLessThanNamed),
  'title-parts-unanswered': ofEachItem(titlePartsUnanswered),
  'dated-before-inspection': ofEachItem(datedBeforeInspection),
  'dated-before-feedback': ofEachItem(datedBeforeFeedback),
  'recorded-late': ofAll(caseRecordedLate, ofEachItem(recordedLate)),
  'burst-before-deadline': ofEachItem(burstBeforeDeadline),
  'burst-before-look-back': ofEachItem(burstBeforeLookBack),
  'register-burst-before-look-back': registerBurstBeforeLookBack,
  overdue: ofEachItem(overdue),
  'extended-repeatedly': ofEachItem(extendedRepeatedly),
  'extended-after-expiry': ofEachItem(extendedAfterExpiry),
  'extended-without-measures': ofEachItem(extendedWithoutMeasures),
  'long-term-silent': ofEachItem(longTermSilent),
  'lead-changed-idle': ofEachItem(leadChangedIdle),
  'returned-repeatedly': ofEachItem(returnedRepeatedly),
  reopened: ofEachItem(reopened),
  'problem-recurs': problemRecurs,
  'plan-missing': planMissing,
  'published-totals-differ': publishedTotalsDiffer,
  'corrected-after-publication': correctedAfterPublication,
  'sanctions-without-item': sanctionsWithoutItem,
  'institutions-without-item': institutionsWithoutItem,
  'funds-without-item': fundsWithoutItem,
  'institution-without-number': institutionWithoutNumber,
  'numbering-gap': numberingGap,
};
