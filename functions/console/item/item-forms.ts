import type { Role } from '../../../domain/actor.ts';
import { isAmendment } from '../../../domain/amending.ts';
import type { ItemEventType } from '../../../domain/events.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import type { ItemLife, LifeEntry } from '../../app/item-life.ts';
import type { Choices } from '../form/controls.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';

/** What each role does most, first; whatever else it may record follows. */
const USUAL: { readonly [R in Role]: readonly ItemEventType[] } = {
  office: [
    'MeasureAdopted',
    'ProgressReported',
    'MeasureCompleted',
    'EvidenceAttached',
    'ClosureRequested',
    'ExtensionRequested',
    'ClosureRequestWithdrawn',
  ],
  committee: [
    'ItemClosed',
    'ClosureReturned',
    'ClosureEndorsed',
    'OfficeAssigned',
    'DeadlineExtended',
    'ItemReopened',
    'LookBackFindingRecorded',
  ],
  reviewer: ['LookBackFindingRecorded', 'EvidenceAttached'],
  auditor: [],
};

/** Amendments are about one entry and begin there; a flag is dismissed where flags are shown. */
const ELSEWHERE: ReadonlySet<ItemEventType> = new Set([
  'EntryCorrected',
  'EntryVoided',
  'TextErased',
  'FlagDismissed',
]);

/** Of look-backs, findings are recorded in those that are open; any may be the reason to reopen. */
export interface ItemChoices extends Choices {
  readonly openLookBacks: Choices['lookBacks'];
}

/** What a form of an item may choose from. */
export function itemChoices(
  language: Language,
  { item }: ItemLife,
  inspection: InspectionCase | undefined,
  offices: readonly string[],
): ItemChoices {
  const erased = frame[language].erased;
  const short = (text: string | null): string => {
    const said = text ?? erased;
    return said.length > 40 ? `${said.slice(0, 39)}…` : said;
  };
  const lookBacks = inspection?.lookBacks ?? [];
  const named = ({ seq, scope }: (typeof lookBacks)[number]) => ({
    value: String(seq),
    label: `#${seq} ${short(scope)}`,
  });
  return {
    measures: item.measures
      .filter(({ status }) => status !== 'withdrawn')
      .map(({ measureId, text }) => ({ value: measureId, label: `${measureId} ${short(text)}` })),
    evidence: item.evidence
      .filter(({ standing }) => standing)
      .map(({ evidenceId, name }) => ({ value: evidenceId, label: `${evidenceId} ${short(name)}` })),
    lookBacks: lookBacks.map(named),
    openLookBacks: lookBacks.filter(({ concluded }) => !concluded).map(named),
    bodies: (inspection?.settings.requiredEndorsements ?? [])
      .filter((body) => !item.endorsedBy.includes(body))
      .map((body) => ({ value: body, label: body })),
    offices,
  };
}

/** The forms that make sense now, among those that the ledger would take from this person. */
export function offeredForms(role: Role, life: ItemLife, choices: ItemChoices): readonly ItemEventType[] {
  const usual = USUAL[role].filter((type) => life.recordable.includes(type));
  const others = life.recordable.filter((type) => !usual.includes(type) && !ELSEWHERE.has(type));
  const { item } = life;
  return [...usual, ...others].filter((type) => {
    switch (type) {
      case 'MeasureCompleted':
        return life.completable.length > 0;
      case 'MeasureWithdrawn':
      case 'ClosureRequested':
        return choices.measures.length > 0;
      case 'EvidenceWithdrawn':
        return choices.evidence.length > 0;
      case 'LookBackFindingRecorded':
        return choices.openLookBacks.length > 0;
      case 'ExtensionRequested':
      case 'DeadlineExtended':
        return item.deadline !== null;
      default:
        return true;
    }
  });
}

const AMENDMENTS = ['EntryCorrected', 'EntryVoided', 'TextErased'] as const;

/** Which amendments the page offers at an entry; the ledger has the last word. */
export function amendmentsOf(
  role: Role,
  office: string,
  life: ItemLife,
): (entry: LifeEntry) => readonly (typeof AMENDMENTS)[number][] {
  return (entry) =>
    AMENDMENTS.filter((type) => {
      if (!life.recordable.includes(type) || entry.voided || isAmendment(entry.type)) return false;
      if (role !== 'committee' && entry.actor.office !== office) return false;
      if (type === 'EntryVoided') return entry.voidable;
      return !entry.erased;
    });
}
