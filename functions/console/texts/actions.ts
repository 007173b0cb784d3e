import type { EventType } from '../../../domain/events.ts';
import type { Language } from './language.ts';
import { words } from './words.ts';

/** What a person does who records such an entry: for buttons and the names of forms. */
const en: { readonly [T in EventType]: string } = {
  IssueRaised: 'Raise an issue',
  IssueWithdrawn: 'Withdraw the issue',
  OfficeAssigned: 'Assign offices',
  MeasureAdopted: 'Adopt a measure',
  ProgressReported: 'Report progress',
  MeasureCompleted: 'Report a measure completed',
  MeasureWithdrawn: 'Withdraw a measure',
  EvidenceAttached: 'Attach evidence',
  EvidenceWithdrawn: 'Withdraw evidence',
  ClosureRequested: 'Request closure',
  ClosureRequestWithdrawn: 'Withdraw the closure request',
  ClosureEndorsed: 'Endorse the closure',
  ClosureReturned: 'Return',
  ItemClosed: 'Close the item',
  ItemReopened: 'Reopen the item',
  ExtensionRequested: 'Request an extension',
  DeadlineExtended: 'Extend the deadline',
  LookBackFindingRecorded: 'Record a finding',
  FlagDismissed: 'Dismiss a flag',
  EntryCorrected: 'Correct the entry',
  EntryVoided: 'Void the entry',
  TextErased: 'Erase the words',
  CaseOpened: 'Open the case',
  CaseSettingsChanged: 'Change settings',
  SourceImported: 'Import a source',
  PlanIssued: 'Issue the plan',
  PlanAccepted: 'Accept the plan',
  AccountabilityRecorded: 'Record accountability',
  InstitutionRecorded: 'Record institutions',
  FundsRecovered: 'Record recovered funds',
  NoticePublished: 'Publish the notice',
  LookBackOpened: 'Open a look-back',
  SampleDrawn: 'Draw a sample',
  LookBackConcluded: 'Conclude the look-back',
};

/** In Chinese an entry and the act of recording it bear one name. */
export const actionName = (language: Language, type: EventType): string =>
  language === 'zh' ? words.zh.entry[type] : en[type];
