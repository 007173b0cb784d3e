import type { Principal } from '../actor.ts';
import type { ItemEventType } from '../events.ts';
import type { CaseState } from '../inspection/state.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { type ItemState, isResponsible, type Status } from './state.ts';

interface Rule {
  readonly committee: boolean;
  readonly reviewer: boolean;
  /** Which relation to the item an office needs; `own` adds that the entry is its own. */
  readonly office: 'none' | 'responsible' | 'lead' | 'own';
  /** The statuses in which the committee and reviewers may record it. */
  readonly when: readonly Status[];
}

const OPEN: readonly Status[] = ['raised', 'rectifying', 'reopened'];
const UNFINISHED: readonly Status[] = [...OPEN, 'closure-requested'];
const REQUESTED: readonly Status[] = ['closure-requested'];
const CLOSED: readonly Status[] = ['closed'];
const NOT_WITHDRAWN: readonly Status[] = [...UNFINISHED, 'closed'];
const ANY: readonly Status[] = [...NOT_WITHDRAWN, 'withdrawn'];

const committee = { committee: true, reviewer: false, office: 'none' } as const;
const lead = { committee: false, reviewer: false, office: 'lead' } as const;
const responsible = { committee: false, reviewer: false, office: 'responsible' } as const;

/** Who records what, and when: one row a fact. */
const itemPermissions: { readonly [T in ItemEventType]: Rule } = {
  IssueRaised: { ...committee, when: [] },
  IssueWithdrawn: { ...committee, when: UNFINISHED },
  OfficeAssigned: { ...committee, when: UNFINISHED },
  MeasureAdopted: { ...responsible, committee: true, when: UNFINISHED },
  ProgressReported: { ...responsible, when: OPEN },
  MeasureCompleted: { ...responsible, when: OPEN },
  MeasureWithdrawn: { ...responsible, committee: true, when: UNFINISHED },
  EvidenceAttached: { ...responsible, committee: true, reviewer: true, when: UNFINISHED },
  EvidenceWithdrawn: { committee: true, reviewer: true, office: 'own', when: UNFINISHED },
  ClosureRequested: { ...lead, when: OPEN },
  ClosureRequestWithdrawn: { ...lead, when: REQUESTED },
  ClosureEndorsed: { ...committee, when: REQUESTED },
  ClosureReturned: { ...committee, when: REQUESTED },
  ItemClosed: { ...committee, when: REQUESTED },
  ItemReopened: { ...committee, when: CLOSED },
  ExtensionRequested: { ...lead, when: OPEN },
  DeadlineExtended: { ...committee, when: UNFINISHED },
  LookBackFindingRecorded: { ...committee, reviewer: true, when: NOT_WITHDRAWN },
  FlagDismissed: { ...committee, reviewer: true, when: NOT_WITHDRAWN },
  EntryCorrected: { ...committee, office: 'own', when: ANY },
  EntryVoided: { ...committee, office: 'own', when: ANY },
  TextErased: { ...committee, when: ANY },
};

/**
 * What this person may record on the item as it stands, in the order of the table; what a field says may still be
 * wrong. After the plan is issued an office withdraws no measure.
 */
export const recordableNow = (
  who: Principal,
  state: ItemState,
  { planIssuedOn }: Pick<CaseState, 'planIssuedOn'>,
): readonly ItemEventType[] =>
  (Object.keys(itemPermissions) as ItemEventType[]).filter(
    (type) =>
      type !== 'IssueRaised' &&
      !(type === 'MeasureWithdrawn' && who.role === 'office' && planIssuedOn !== undefined) &&
      !mayRecord(type, who, state) &&
      !fitsStatus(type, who, state),
  );

/** May this role, in this relation to the item, record such an entry at all? */
export function mayRecord(type: ItemEventType, who: Principal, state: ItemState): Refusal | undefined {
  const rule = itemPermissions[type];
  const said = `${who.role} ${who.office} may not record ${type}`;
  switch (who.role) {
    case 'committee':
      return rule.committee ? undefined : refuse('role-not-allowed', said);
    case 'reviewer':
      return rule.reviewer ? undefined : refuse('role-not-allowed', said);
    case 'auditor':
      return refuse('role-not-allowed', said);
    case 'office':
      if (rule.office === 'none') return refuse('role-not-allowed', said);
      if (!isResponsible(state, who.office)) {
        return refuse('office-not-responsible', `${who.office} neither leads nor supports this item`);
      }
      return rule.office === 'lead' && state.lead !== who.office
        ? refuse('office-not-lead', `only ${state.lead}, the lead office, may record ${type}`)
        : undefined;
    default:
      return who.role satisfies never;
  }
}

/** Does the item's status let this entry in now? */
export function fitsStatus(type: ItemEventType, who: Principal, state: ItemState): Refusal | undefined {
  const { status } = state;
  if (status === undefined) return undefined;
  if (type === 'IssueRaised') return refuse('issue-already-raised');
  const officeWaits =
    who.role === 'office' && status === 'closure-requested' && type !== 'ClosureRequestWithdrawn';
  const officeDone = who.role === 'office' && (status === 'closed' || status === 'withdrawn');
  const reviewerAfterClosing = who.role === 'reviewer' && type === 'EvidenceAttached' && status === 'closed';
  if (reviewerAfterClosing) return undefined;
  if (!officeWaits && !officeDone && itemPermissions[type].when.includes(status)) return undefined;
  if (status === 'withdrawn') return refuse('item-withdrawn');
  if (type === 'ItemReopened') return refuse('item-not-closed', `the item is ${status}`);
  if (status === 'closed') return refuse('item-closed');
  if (type === 'ClosureRequested' && status === 'closure-requested')
    return refuse('closure-already-requested');
  if (status === 'closure-requested') return refuse('closure-requested');
  return refuse('closure-not-requested', `the item is ${status}`);
}
