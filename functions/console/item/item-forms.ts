import type { Role } from '../../../domain/actor.ts';
import { isAmendment } from '../../../domain/amending.ts';
import type { ItemEventType } from '../../../domain/events.ts';
import type { InspectionCase } from '../../../domain/inspection/view.ts';
import { newestOf } from '../../../domain/look-back/item-history.ts';
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

/** Findings are recorded in look-backs that are open; the reason to reopen is one that found something, open or not. */
export interface ItemChoices extends Choices {
  readonly openLookBacks: Choices['lookBacks'];
  readonly reasonsToReopen: Choices['lookBacks'];
}

/** What a form of an item may choose from. */
export function itemChoices(
  language: Language,
  { item, entries }: Pick<ItemLife, 'item' | 'entries'>,
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
    reasonsToReopen: lookBacks.filter(({ seq }) => isReason(entries, seq)).map(named),
    bodies: (inspection?.settings.requiredEndorsements ?? [])
      .filter((body) => !item.endorsedBy.includes(body))
      .map((body) => ({ value: body, label: body })),
    offices,
  };
}

/** Does the newest finding of this look-back that stands say that the item is not put right? */
function isReason(entries: readonly LifeEntry[], lookBackSeq: number): boolean {
  const newest = newestOf(
    entries.filter(
      ({ type, voided, data }) =>
        type === 'LookBackFindingRecorded' && !voided && data.lookBackSeq === lookBackSeq,
    ),
  );
  return newest !== undefined && newest.data.verdict !== 'genuine';
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
