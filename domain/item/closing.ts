import type { Actor } from '../actor.ts';
import { measureId } from '../ids.ts';
import type { CaseState } from '../inspection/state.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { contributor } from './evolve.ts';
import { type ItemState, stands } from './state.ts';

/**
 * Every rule that a closing would break now, in the order in which an officer would mend them; none means that
 * `closer` may close. The console shows the same list before anybody tries.
 */
export function unmetClosingRules(
  state: ItemState,
  inspection: CaseState,
  closer: Actor,
): readonly Refusal[] {
  const unmet: Refusal[] = [];
  if (state.requestSeq === 0 || state.requestSeq < state.turnSeq) unmet.push(refuse('closure-not-requested'));
  const standing = state.measures.filter(stands);
  if (standing.length === 0) unmet.push(refuse('no-standing-measure'));
  for (const measure of standing) {
    const id = measureId(measure.seq);
    if (measure.completedSeq === 0)
      unmet.push(refuse('measure-not-completed', `measure ${id} is not completed`, id));
    if (measure.evidence <= 0) {
      unmet.push(
        refuse('evidence-missing', `no standing evidence from a responsible office names measure ${id}`, id),
      );
    }
  }
  if (
    state.reopenedSeq > 0 &&
    !standing.some((measure) => measure.completedSeq > state.reopenedSeq && measure.freshEvidence > 0)
  ) {
    unmet.push(refuse('nothing-new-since-reopening'));
  }
  for (const body of inspection.settings.requiredEndorsements ?? []) {
    if (!state.endorsedBy.includes(body))
      unmet.push(refuse('endorsement-missing', `${body} has not endorsed`, body));
  }
  if (state.everResponsible.includes(closer.office)) {
    unmet.push(
      refuse('closer-was-responsible', `${closer.office} led or supported this item`, closer.office),
    );
  }
  if (state.contributors.includes(contributor(closer))) unmet.push(refuse('closer-took-part'));
  return unmet;
}
