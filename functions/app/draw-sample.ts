import type { Principal } from '../../domain/actor.ts';
import type { Command } from '../../domain/command.ts';
import { dayOf } from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import { seed as seeds } from '../../domain/entries.ts';
import { type FieldError, integer } from '../../domain/fields.ts';
import { type CaseId, MAX_ITEMS } from '../../domain/ids.ts';
import { decideCase } from '../../domain/inspection/decide.ts';
import { candidatesAt, drawnAgain, isSameDraw } from '../../domain/look-back/draw.ts';
import { flagsOf } from '../../domain/look-back/flags.ts';
import { drawSample } from '../../domain/look-back/sample.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import { reachesCase } from './access.ts';
import { checkOptions } from './command-input.ts';
import type { Dependencies } from './dependencies.ts';
import { earlierProblems } from './earlier-problems.ts';
import { findRecorded } from './idempotency.ts';
import type { RecordedEntry, SampleRequest, WriteOptions } from './ledger.ts';
import { readCaseEvents } from './read-case-events.ts';
import { circumstances, recorded } from './record.ts';
import { caseStream, readStreamState } from './streams.ts';
import { recordOnCase } from './write-case.ts';

interface Asked {
  readonly size: number;
  /** Undefined lets the ledger make one. */
  readonly seed: string | undefined;
}

const sizes = integer(1, MAX_ITEMS);

function readSample({ size, seed }: SampleRequest): Asked | Refusal {
  const errors: FieldError[] = [];
  const asked = {
    size: sizes.check(size, '/size', errors) ?? 0,
    seed: seed === undefined ? undefined : seeds.check(seed, '/seed', errors),
  };
  return errors.length > 0 ? refuseFields(errors) : asked;
}

/**
 * Draws closed items to be checked on site and records the draw on the case. The draw rests on one reading of the
 * case; the entry says seed, items and what was flagged, so that anybody can draw again.
 */
export async function drawSampleOf(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  lookBackSeq: number,
  request: SampleRequest,
  options: WriteOptions,
): Promise<RecordedEntry | Refusal> {
  const refused = reachesCase(who, caseId) ?? checkOptions(options);
  if (refused) return refused;
  const asked = readSample(request);
  if (isRefusal(asked)) return asked;
  const before = await drawnBefore(deps, who, caseId, lookBackSeq, asked, options);
  if (before) return before;
  const closed = await closedItems(deps, who, caseId);
  if (isRefusal(closed)) return closed;
  const seed = asked.seed ?? deps.entropy.uuid();
  const { candidates, flagged } = closed;
  const itemIds = drawSample(caseId, candidates, { seed, size: asked.size });
  const entry = { type: 'SampleDrawn', data: { lookBackSeq, seed, itemIds, flagged } };
  const outcome = await recordOnCase(deps, who, caseId, entry, options);
  // The same request ran beside this one, was faster, and drew with a seed of its own.
  if (!isRefusal(outcome) || outcome.refused !== 'idempotency-key-reused') return outcome;
  return (await drawnBefore(deps, who, caseId, lookBackSeq, asked, options)) ?? outcome;
}

/** Whether this person may draw now, and the answer to a retry; undefined lets the draw begin. */
async function drawnBefore(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  lookBackSeq: number,
  asked: Asked,
  { idempotencyKey }: WriteOptions,
): Promise<RecordedEntry | Refusal | undefined> {
  const current = await readStreamState(caseStream, deps.events, { caseId }, deps.identity.zone);
  if (current.head.version === 0) return refuse('case-not-found', `there is no case ${caseId}`);
  const now = deps.clock.now();
  const found =
    idempotencyKey === undefined
      ? undefined
      : await findRecorded(deps, { caseId }, current, idempotencyKey, who, now);
  if (found) return answeredAgain(deps, caseId, found, lookBackSeq, asked);
  const command: Command<'SampleDrawn'> = {
    type: 'SampleDrawn',
    occurredOn: undefined,
    data: { lookBackSeq, itemIds: [] },
    text: {},
  };
  const at = circumstances(deps, who, current.head.version + 1, now, command, false);
  const decided = decideCase(command, current.state, at);
  if (!isRefusal(decided)) return undefined;
  return decided.refused === 'unknown-look-back' ? refuse('look-back-not-found', decided.detail) : decided;
}

/** The first answer again, if the request is the same: one of so many items, with that seed or one of ours. */
async function answeredAgain(
  deps: Dependencies,
  caseId: CaseId,
  found: DecodedEntry,
  lookBackSeq: number,
  { size, seed }: Asked,
): Promise<RecordedEntry | Refusal> {
  const { event } = found;
  const reused = refuse('idempotency-key-reused', `the key recorded entry ${event.seq} before`);
  if (!event.known || event.type !== 'SampleDrawn' || event.data.lookBackSeq !== lookBackSeq) return reused;
  if (seed === undefined ? !UUID.test(event.data.seed) : event.data.seed !== seed) return reused;
  const { items } = await readCaseEvents(deps, caseId);
  const again = drawnAgain(caseId, items, event, deps.identity.zone, size);
  return again && isSameDraw(event.data.itemIds, again) ? recorded(found, true) : reused;
}

/** How the seeds look that the ledger makes. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The closed items, from one reading of the case, and which of them have a flag that nobody dismissed. */
async function closedItems(deps: Dependencies, who: Principal, caseId: CaseId) {
  const read = await readCaseEvents(deps, caseId);
  const { zone } = deps.identity;
  const now = deps.clock.now();
  const earlier = await earlierProblems(deps, who, {})(read);
  const flags = flagsOf(read, { cut: {}, today: dayOf(now, zone), zone, earlier });
  const suspicious = flags.flatMap(({ itemId, dismissed }) => (itemId === null || dismissed ? [] : [itemId]));
  const candidates = candidatesAt(read.items, now, suspicious, zone);
  if (candidates.length === 0) return refuse('nothing-closed', `no item of case ${caseId} is closed`);
  const flagged = candidates.filter((one) => one.flagged).map(({ itemId }) => itemId);
  return { candidates, flagged };
}
