import type { InspectionCase } from '../../../domain/inspection/view.ts';
import type { LookBackReport } from '../../../domain/look-back/report.ts';
import type { AskedCut, WithCut } from '../../app/ledger.ts';
import type { SignedIn } from '../visit.ts';

/** One look-back as a page has read it. */
export interface Shown {
  readonly visit: SignedIn;
  readonly inspection: InspectionCase;
  readonly report: LookBackReport & WithCut;
  readonly asked: AskedCut;
}
