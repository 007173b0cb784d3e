import type { Principal } from '../../domain/actor.ts';
import { type Cut, isSettled, readCut } from '../../domain/cut.ts';
import { type Day, dayOf, type Instant } from '../../domain/dates.ts';
import type { LedgerEvent } from '../../domain/events.ts';
import type { CaseId } from '../../domain/ids.ts';
import { isResponsible } from '../../domain/item/state.ts';
import type { ItemView } from '../../domain/item/view.ts';
import {
  caseDifference,
  type HindsightDifference,
  itemDifference,
  type Moment,
  pictureTotals,
  twoCasePictures,
  twoItemPictures,
} from '../../domain/look-back/hindsight.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import { foldCaseView, foldItem, laterEntries, recordedBy } from '../../domain/replay.ts';
import { reachesCase } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { AskedMoment, Hindsight } from './hindsight.ts';
import type { AskedCut } from './ledger.ts';
import { readItems } from './read-partition.ts';
import { readAll } from './streams.ts';

/**
 * What the ledger said at an instant about a day, beside what it says of the same day now, or at a later cut: a
 * published notice names both, any other instant names its own day. Like the case itself, it counts an office's
 * own items, and what was recorded on the case's stream is not an office's to read.
 */
export async function readHindsight(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  askedMoment: AskedMoment,
  asked: AskedCut,
): Promise<Hindsight | Refusal> {
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const cut = readCut(asked, now, zone);
  if (isRefusal(cut)) return cut;
  const ofCase = (await readAll(deps.events, { caseId })).map((entry) => entry.event);
  if (recordedBy(ofCase, cut).length === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  const moment = readMoment(deps, ofCase, askedMoment, cut, now);
  if (isRefusal(moment)) return moment;
  const { believedAsOf, effectiveOn } = moment;
  if (recordedBy(ofCase, { recordedAsOf: believedAsOf }).length === 0)
    return refuse('case-not-found', `at ${believedAsOf} there was no case ${caseId}`);

  const office = who.role === 'office' ? who.office : undefined;
  const pictures = twoCasePictures(ofCase, moment, zone);
  const itself = office === undefined ? caseDifference(caseId, pictures, effectiveOn) : undefined;
  const differences: HindsightDifference[] = itself ? [itself] : [];
  const [believed, known]: [ItemView[], ItemView[]] = [[], []];
  let later = laterEntries(ofCase, cut);
  for await (const { itemId, entries } of readItems(deps.events, caseId)) {
    const events = entries.map((entry) => entry.event);
    if (office !== undefined && !isResponsible(foldItem(events, zone), office)) continue;
    const two = twoItemPictures(events, moment, zone);
    believed.push(two.believed);
    known.push(two.known);
    later += laterEntries(events, cut);
    const difference = itemDifference({ caseId, itemId }, two, effectiveOn);
    if (difference) differences.push(difference);
  }
  if (office !== undefined && known.length === 0)
    return refuse('office-not-responsible', `${office} leads or supports no item of this case`);
  return {
    caseId,
    title: foldCaseView(ofCase, zone, { recordedAsOf: cut.recordedAsOf }).title,
    notice: askedMoment.notice ?? null,
    believedAsOf,
    believed: pictureTotals(pictures.believed, believed, effectiveOn),
    known: pictureTotals(pictures.known, known, effectiveOn),
    differences,
    cut: {
      ...(cut.recordedAsOf === undefined ? {} : { recordedAsOf: cut.recordedAsOf }),
      effectiveOn,
      settled: isSettled(cut, now),
      laterEntries: later,
    },
  };
}

function readMoment(
  { identity: { zone } }: Dependencies,
  ofCase: readonly LedgerEvent[],
  { notice, believedAsOf: asked }: AskedMoment,
  cut: Cut,
  now: Instant,
): Moment | Refusal {
  const { recordedAsOf } = cut;
  if (notice === undefined && asked === undefined) {
    const message = 'must be given, or a notice';
    return refuseFields([{ pointer: '/believedAsOf', code: 'required', message }]);
  }
  if (notice !== undefined) {
    if (asked !== undefined) {
      const message = 'must be absent where a notice is named';
      return refuseFields([{ pointer: '/believedAsOf', code: 'invalid-value', message }]);
    }
    return ofNotice(foldCaseView(ofCase, zone, { recordedAsOf }).notices, ofCase, notice, cut);
  }
  const read = readCut({ recordedAsOf: asked }, now, zone);
  if (isRefusal(read)) {
    const errors = read.errors?.map((error) => ({ ...error, pointer: '/believedAsOf' }));
    return errors ? refuseFields(errors) : read;
  }
  const believedAsOf = read.recordedAsOf ?? now;
  if (recordedAsOf !== undefined && believedAsOf > recordedAsOf) {
    const message = 'must not be after recordedAsOf';
    return refuseFields([{ pointer: '/believedAsOf', code: 'out-of-range', message }]);
  }
  return { believedAsOf, effectiveOn: cut.effectiveOn ?? dayOf(believedAsOf, zone), recordedAsOf };
}

/** The moment at which a notice was published, and the day that it is about unless another one is asked for. */
function ofNotice(
  notices: readonly { readonly seq: number; readonly asOf: Day }[],
  ofCase: readonly LedgerEvent[],
  seq: number,
  { recordedAsOf, effectiveOn }: Cut,
): Moment | Refusal {
  const published = notices.find((notice) => notice.seq === seq);
  const entry = ofCase.find((event) => event.seq === seq);
  if (!published || !entry) return refuse('entry-not-found', `entry ${seq} publishes no notice`);
  return { believedAsOf: entry.recordedAt, effectiveOn: effectiveOn ?? published.asOf, recordedAsOf };
}
