import { type Cut, dayOfCut } from '../../../domain/cut.ts';
import { CHINA, type Day, type Instant, day as parseDay } from '../../../domain/dates.ts';
import type { DecodedEntry } from '../../../domain/decode.ts';
import type { EventType, LedgerEvent } from '../../../domain/events.ts';
import type { ItemId, Stream } from '../../../domain/ids.ts';
import type { Threshold } from '../../../domain/look-back/catalogue.ts';
import type { Flag } from '../../../domain/look-back/flag.ts';
import { flagsOf } from '../../../domain/look-back/flags.ts';
import type { CaseEvents, EarlierProblem } from '../../../domain/look-back/history.ts';
import { checkPayload } from '../../../domain/payload.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { foldCase } from '../../../domain/replay.ts';
import { aCaseId, anItemId } from '../../kit/event-rows.ts';
import {
  append,
  attempt,
  CASE,
  CASE_STREAM,
  committee,
  eventsOf,
  HOUR,
  later,
  on,
  START,
  type Surroundings,
  USUAL,
  type Wish,
} from '../kit.ts';

/** A wish, or an entry that stands in the ledger although the deciders of today would refuse it. */
export type Told = Wish & { readonly unchecked?: true };

/** What older rules or other software let in. */
export const unchecked = (wish: Wish): Told => ({ ...wish, unchecked: true });
/** Recorded in the morning of that day; what follows in its stream comes an hour later each. */
export const at = (date: string, wish: Wish): Wish => ({ ...wish, at: `${date}T01:00:00.000Z` });
/** It says of itself when it was. */
export const dated = (occurredOn: string, wish: Wish): Wish => ({ ...wish, occurredOn });
export const correct = (target: number, change: object): Wish =>
  committee('EntryCorrected', { target, reason: '更正', ...change });
export const cancel = (target: number): Wish => committee('EntryVoided', { target, reason: '误录' });

/** A case: entry 1 of its own stream is its opening, the first of `items` is item 0001. */
export interface CaseTold {
  readonly opening?: object;
  /** The day on which the opening was recorded. */
  readonly openedOn?: string;
  readonly thresholds?: { readonly [T in Threshold]?: number };
  readonly onCase?: readonly Told[];
  readonly items?: readonly (readonly Told[])[];
}

function recordTold(stream: Stream, told: readonly Told[], around: Surroundings): LedgerEvent[] {
  const history: DecodedEntry[] = [];
  for (const wish of told) {
    const outcome = wish.unchecked ? sealed(stream, history, wish) : attempt(stream, history, wish, around);
    if (isRefusal(outcome)) {
      throw new Error(`given ${wish.type} was refused: ${outcome.refused}, ${outcome.detail}`);
    }
    history.push(outcome);
  }
  return eventsOf(history);
}

function sealed(stream: Stream, history: readonly DecodedEntry[], wish: Wish): DecodedEntry {
  const { type, who, source, occurredOn } = wish;
  const reviewed = type === 'ItemClosed' ? { reviewedSeq: history.length } : {};
  const said = { ...(wish.data ?? USUAL[type]), ...reviewed };
  const payload = checkPayload(stream.itemId ? 'item' : 'case', type as EventType, said);
  if ('errors' in payload) throw new Error(`given ${type} is none: ${JSON.stringify(payload.errors)}`);
  const last = history.at(-1)?.header.recordedAt;
  return append(stream, history, {
    type,
    actor: who,
    ...payload,
    recordedAt: (wish.at as Instant | undefined) ?? (last === undefined ? START : later(last, HOUR)),
    occurredOn: occurredOn === undefined ? undefined : on(occurredOn),
    source,
  });
}

const itemNumbered = (number: number): ItemId => anItemId(String(number).padStart(4, '0'));

export function caseEvents({ opening, openedOn, thresholds, onCase = [], items = [] }: CaseTold): CaseEvents {
  const settings = thresholds ? { settings: { flagThresholds: thresholds } } : {};
  const opens = committee('CaseOpened', { ...USUAL.CaseOpened, ...settings, ...opening });
  const itemCount = items.length;
  const events = recordTold(CASE_STREAM, [openedOn ? at(openedOn, opens) : opens, ...onCase], { itemCount });
  const inspection = foldCase(events, CHINA);
  return {
    caseId: CASE,
    events,
    items: items.map((told, index) => {
      const itemId = itemNumbered(index + 1);
      return { itemId, events: recordTold({ caseId: CASE, itemId }, told, { inspection, itemCount }) };
    }),
  };
}

/** A problem of an earlier case of the same body, `earlier-case`. */
export function earlierProblem(title: string): EarlierProblem {
  const caseId = aCaseId('earlier-case');
  const raise = committee('IssueRaised', { title });
  const [raised] = recordTold({ caseId: CASE, itemId: itemNumbered(1) }, [raise], {});
  if (!raised) throw new Error('nothing was raised');
  return { caseId, title, raised: { ...raised, caseId }, corrections: [] };
}

/** When and how flags are asked; without a day, on that of the cut or of the newest entry. */
export interface When {
  readonly today?: string;
  readonly recordedAsOf?: string;
  readonly effectiveOn?: string;
  readonly earlier?: readonly EarlierProblem[];
}

function aDay(text: string): Day {
  const date = parseDay(text);
  if (date === undefined) throw new Error(`no day: ${text}`);
  return date;
}

/** The day of the cut; of everything, that of the newest entry. */
function dayOf(recorded: CaseEvents, cut: Cut): Day {
  const streams = [recorded.events, ...recorded.items.map(({ events }) => events)];
  const newest = streams
    .flatMap((events) => events.map(({ recordedAt }) => recordedAt))
    .sort()
    .at(-1);
  return dayOfCut(cut, newest ?? START, CHINA);
}

export const newestDay = (recorded: CaseEvents): Day => dayOf(recorded, {});

export function flagsIn(recorded: CaseEvents, when: When = {}): readonly Flag[] {
  const { today, recordedAsOf, effectiveOn, earlier } = when;
  const cut: Cut = {
    recordedAsOf: recordedAsOf as Instant | undefined,
    effectiveOn: effectiveOn === undefined ? undefined : aDay(effectiveOn),
  };
  const day = today === undefined ? dayOf(recorded, cut) : aDay(today);
  return flagsOf(recorded, { cut, today: day, zone: CHINA, ...(earlier ? { earlier } : {}) });
}

/**
 * A flag in one line: `0001: c2 3 0002/5 (days 31)` is a flag of item 0001 that rests on entry 2 of the case, its own
 * entry 3, and entry 5 of item 0002. One of the case begins with `case:`.
 */
export function inWords({ itemId: flagged, entries, values }: Flag): string {
  const named = entries.map(({ caseId, itemId, seq }) => {
    if (caseId !== CASE) return `${caseId}/${itemId}/${seq}`;
    return itemId === null ? `c${seq}` : itemId === flagged ? String(seq) : `${itemId}/${seq}`;
  });
  const counted = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  const counts = counted.length > 0 ? ` (${counted.join(', ')})` : '';
  return `${flagged ?? 'case'}: ${named.join(' ')}${counts}`;
}

/** The case as it would read had nobody corrected or voided anything. */
export function unamended({ events, items, caseId }: CaseEvents): CaseEvents {
  const kept = (all: readonly LedgerEvent[]): readonly LedgerEvent[] =>
    all.filter(({ type }) => type !== 'EntryCorrected' && type !== 'EntryVoided');
  return {
    caseId,
    events: kept(events),
    items: items.map((item) => ({ ...item, events: kept(item.events) })),
  };
}
