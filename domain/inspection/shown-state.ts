import { earliestDay } from '../dates.ts';
import type { CaseState } from './state.ts';
import type { InspectionCase } from './view.ts';

/** What decisions read of a case, from what a client is told of it; a case that is told of was opened. */
export const shownState = ({
  settings,
  plan,
  lookBacks,
}: Pick<InspectionCase, 'settings' | 'plan' | 'lookBacks'>): CaseState => ({
  opened: true,
  settings,
  planIssuedOn: plan === null ? undefined : earliestDay(plan.issuedOn),
  planAccepted: plan !== null && plan.acceptedOn !== null,
  lookBacks: lookBacks.map(({ seq, openedOn, concluded }) => ({ seq, openedOn, concluded })),
});
