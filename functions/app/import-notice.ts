import type { Principal } from '../../domain/actor.ts';
import { type Day, dayOf, earliestDay } from '../../domain/dates.ts';
import type { DecodedEntry } from '../../domain/decode.ts';
import type { CaseEventType, EventType, ItemEventType } from '../../domain/events.ts';
import { sha256Hex } from '../../domain/hashing.ts';
import { type CaseId, MAX_ITEMS, mintItemId, type Stream } from '../../domain/ids.ts';
import { type ImportPlan, type PlannedEntry, planImport } from '../../domain/import-plan.ts';
import { decideCase } from '../../domain/inspection/decide.ts';
import { decideItem } from '../../domain/item/decide.ts';
import { parseNotice, parserVersion } from '../../domain/notice/parse.ts';
import { noticeWarning } from '../../domain/notice/warnings.ts';
import { checkPayload, type Payload } from '../../domain/payload.ts';
import { isRefusal, type Refusal, refuse, refuseFields } from '../../domain/refusals.ts';
import { reachesCase } from './access.ts';
import { appendDecided } from './append.ts';
import type { Dependencies } from './dependencies.ts';
import type { ImportReport } from './ledger.ts';
import { circumstances } from './record.ts';
import { stampAfter } from './stamp.ts';
import {
  caseStream,
  decodeRow,
  emptyStream,
  itemStream,
  readStreamState,
  type StreamKind,
  type StreamState,
} from './streams.ts';

/**
 * Reads a public notice and, with `commit`, records what it says: the case where there is none, its totals, its
 * items and their measures. Each entry is recognised by its place in the text, so the same text again, or a text
 * whose import was killed half-way, records only what is missing.
 */
export async function importNotice(
  deps: Dependencies,
  who: Principal,
  caseId: CaseId,
  text: string,
  commit: boolean,
): Promise<ImportReport | Refusal> {
  if (who.role !== 'committee') return refuse('role-not-allowed', 'importing a notice is the committee’s');
  const refused = reachesCase(who, caseId);
  if (refused) return refused;
  const parsed = parseNotice(text);
  if (parsed.kind === 'not-a-notice') return refuse('not-a-notice', parsed.message);
  const { kind: _, ...read } = parsed;
  const today = dayOf(deps.clock.now(), deps.identity.zone);
  const { plan, futureLines } = withoutFuture(planImport(parsed, sha256Hex(text), parserVersion), today);
  const report = {
    ...read,
    warnings: [...read.warnings, ...futureLines.map((line) => noticeWarning(line, 'future-date'))],
  };
  const wrong = checkPlan(plan);
  if (wrong) return wrong;
  if (!commit) return { committed: false, recorded: 0, ...report };
  const recorded = await new Import(deps, who, caseId, plan).run();
  return typeof recorded === 'number' ? { committed: true, recorded, ...report } : recorded;
}

/** A date after today cannot be when something happened: such an entry is recorded without one. */
function withoutFuture(plan: ImportPlan, today: Day): { plan: ImportPlan; futureLines: number[] } {
  const futureLines: number[] = [];
  const dated = (entry: PlannedEntry): PlannedEntry => {
    if (entry.occurredOn === undefined || earliestDay(entry.occurredOn) <= today) return entry;
    futureLines.push(entry.source.lines?.[0] ?? 1);
    return { ...entry, occurredOn: undefined };
  };
  return {
    plan: {
      opening: plan.opening && dated(plan.opening),
      caseEntries: plan.caseEntries.map(dated),
      items: plan.items.map(({ raised, measures }) => ({
        raised: dated(raised),
        measures: measures.map(dated),
      })),
    },
    futureLines: [...new Set(futureLines)],
  };
}

const payloadOf = (entry: PlannedEntry): ReturnType<typeof checkPayload> =>
  checkPayload(isOnItem(entry.type) ? 'item' : 'case', entry.type, entry.data);

const isOnItem = (type: EventType): boolean => type === 'IssueRaised' || type === 'MeasureAdopted';

/** Refuses the whole import before its first entry if any of them could not be recorded. */
function checkPlan(plan: ImportPlan): Refusal | undefined {
  const entries = [
    ...(plan.opening ? [plan.opening] : []),
    ...plan.caseEntries,
    ...plan.items.flatMap((item) => [item.raised, ...item.measures]),
  ];
  for (const entry of entries) {
    const payload = payloadOf(entry);
    if (!('errors' in payload)) continue;
    const lines = entry.source.lines ?? [0, 0];
    return refuseFields(
      payload.errors.map((error) => ({
        ...error,
        pointer: `/lines/${lines[0]}${error.pointer}`,
        message: `line ${lines[0]}: ${error.message}`,
      })),
    );
  }
  return undefined;
}

class Import {
  readonly #deps: Dependencies;
  readonly #who: Principal;
  readonly #caseId: CaseId;
  readonly #plan: ImportPlan;
  readonly #known = new Map<string, DecodedEntry>();
  #items = 0;
  #recorded = 0;

  constructor(deps: Dependencies, who: Principal, caseId: CaseId, plan: ImportPlan) {
    this.#deps = deps;
    this.#who = who;
    this.#caseId = caseId;
    this.#plan = plan;
  }

  /** The number of entries that were missing, or why it stopped; what was recorded until then stays. */
  async run(): Promise<number | Refusal> {
    const opened = await this.#readKnown();
    const { opening, caseEntries, items } = this.#plan;
    if (!opened && !opening) return refuse('header-incomplete');
    const missing = items.filter((item) => !this.#known.has(item.raised.commandId)).length;
    if (this.#items + missing > MAX_ITEMS)
      return refuse('import-too-large', `the case has ${this.#items} items already`);
    const ofCase = opened || !opening ? caseEntries : [opening, ...caseEntries];
    const refused = await this.#append(caseStream, { caseId: this.#caseId }, ofCase);
    if (refused) return refused;
    for (const item of items) {
      const stopped = await this.#importItem(item.raised, item.measures);
      if (stopped) return stopped;
    }
    return this.#recorded;
  }

  /** Reads the case whole: which places of this text are recorded, and how many items there are. */
  async #readKnown(): Promise<boolean> {
    const sha256 = this.#plan.caseEntries[0]?.source.sha256;
    let opened = false;
    for await (const page of this.#deps.events.partition(this.#caseId, 'all')) {
      for (const row of page) {
        const entry = decodeRow(row);
        opened = true;
        this.#items = Math.max(this.#items, Number(entry.header.itemId ?? 0));
        if (entry.header.source?.sha256 === sha256) this.#known.set(entry.header.commandId, entry);
      }
    }
    return opened;
  }

  async #importItem(raised: PlannedEntry, measures: readonly PlannedEntry[]): Promise<Refusal | undefined> {
    const known = this.#known.get(raised.commandId);
    if (known) return this.#append(itemStream, known.event, measures);
    for (;;) {
      const itemId = mintItemId(this.#items + 1);
      if (itemId === undefined) return refuse('stream-full');
      const outcome = await this.#append(
        itemStream,
        { caseId: this.#caseId, itemId },
        [raised, ...measures],
        true,
      );
      this.#items += 1;
      if (outcome?.refused !== 'conflict') return outcome;
      // Another writer took the number: the next one is tried.
    }
  }

  /** Appends what is missing of these entries, each on the state that the one before left. */
  async #append<State>(
    kind: StreamKind<State>,
    stream: Stream,
    entries: readonly PlannedEntry[],
    fresh = false,
  ): Promise<Refusal | undefined> {
    const missing = entries.filter((entry) => !this.#known.has(entry.commandId));
    if (missing.length === 0) return undefined;
    const { events, identity } = this.#deps;
    const read = () => readStreamState(kind, events, stream, identity.zone);
    let state = fresh ? emptyStream(kind) : await read();
    for (const entry of missing) {
      for (let clashes = 0; ; clashes += 1) {
        const outcome = await this.#appendOne(kind, stream, state, entry);
        if (isAppended(outcome)) {
          state = outcome.after;
          break;
        }
        if (outcome !== 'clash') return outcome;
        if (fresh && entry === missing[0]) return refuse('conflict');
        if (clashes > 10) return refuse('conflict');
        state = await read();
      }
      this.#recorded += 1;
    }
    return undefined;
  }

  async #appendOne<State>(
    kind: StreamKind<State>,
    stream: Stream,
    state: StreamState<State>,
    entry: PlannedEntry,
  ) {
    const payload = payloadOf(entry) as Payload;
    const command = { ...payload, type: entry.type, occurredOn: entry.occurredOn };
    const recordedAt = stampAfter(state.head.recordedAt, this.#deps.clock);
    if (typeof recordedAt !== 'string') return recordedAt;
    const at = circumstances(this.#deps, this.#who, state.head.version + 1, recordedAt, command, true);
    const decided = isOnItem(entry.type)
      ? decideItem({ ...command, type: entry.type as ItemEventType }, state.state as never, {
          ...at,
          itemNumber: Number(stream.itemId),
        })
      : decideCase({ ...command, type: entry.type as CaseEventType }, state.state as never, at);
    if (isRefusal(decided)) return decided;
    const { commandId, source, occurredOn, type } = entry;
    return appendDecided(
      this.#deps,
      kind,
      stream,
      state,
      { ...decided, type, occurredOn, commandId, source, recordedAt },
      this.#who,
    );
  }
}

function isAppended<T extends object>(outcome: T | 'clash' | Refusal): outcome is Exclude<T, Refusal> {
  return outcome !== 'clash' && !isRefusal(outcome);
}
