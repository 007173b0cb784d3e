import { type Day, day, type PartialDate, partialDate } from './dates.ts';
import { settingsKind, TERMS } from './entries.ts';
import type { CaseState, LookBackState } from './inspection/state.ts';
import { type ItemState, type MeasureState, STATUSES } from './item/state.ts';
import { NO_COMMANDS, type RecentCommands } from './recent-commands.ts';

/**
 * The running state that rides on rows, outside the hashed header: recomputable, and read only by the fold that
 * made it. Raise the number whenever `evolveItem` or `evolveCase` changes its result; rows of another number
 * are ignored and the stream is folded again.
 */
export const ITEM_FOLD = 2;
export const CASE_FOLD = 2;

export interface Carried<State> {
  readonly state: State;
  readonly recent: RecentCommands;
}

type Compact = string | number | readonly Compact[];

const PROGRESS = ['adopted', 'completed', 'continuing', 'withdrawn'] as const;

/** Drops what a reader fills in again: trailing zeros, empty texts and empty lists. */
function trimmed(values: readonly Compact[]): readonly Compact[] {
  let end = values.length;
  while (end > 0) {
    const value = values[end - 1];
    if (value !== 0 && value !== '' && !(Array.isArray(value) && value.length === 0)) break;
    end -= 1;
  }
  return values.slice(0, end);
}

/** Days as a number YYYYMMDD, so that they cost eight bytes. */
const packDate = (date: string | undefined): Compact =>
  date === undefined ? 0 : Number(date.replaceAll('-', ''));

function unpackDate(value: unknown): PartialDate | undefined {
  const digits = String(value);
  const text = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)]
    .filter((part) => part !== '')
    .join('-');
  return partialDate(text);
}

const unpackDay = (value: unknown): Day | undefined => {
  const date = unpackDate(value);
  return date === undefined ? undefined : day(date);
};

function packRecent(recent: RecentCommands): Compact {
  return trimmed([recent.newer, recent.newerSince, recent.older, recent.olderSince]);
}

function unpackRecent(value: unknown): RecentCommands {
  if (!Array.isArray(value)) return NO_COMMANDS;
  const [newer = '', newerSince = 0, older = '', olderSince = 0] = value;
  return {
    newer: String(newer),
    newerSince: Number(newerSince),
    older: String(older),
    olderSince: Number(olderSince),
  };
}

export function packItem({ state, recent }: Carried<ItemState>): string {
  const index = (office: string): number => state.everResponsible.indexOf(office);
  const measures = state.measures.map((measure) =>
    trimmed([
      measure.seq,
      PROGRESS.indexOf(measure.progress) + (measure.adopted ? 0 : PROGRESS.length),
      measure.completedSeq,
      measure.evidence,
      measure.freshEvidence,
    ]),
  );
  return JSON.stringify([
    ITEM_FOLD,
    packRecent(recent),
    ...trimmed([
      state.status === undefined ? 0 : STATUSES.indexOf(state.status) + 1,
      state.turnSeq,
      packDate(state.raisedOn),
      measures,
      state.contributors.join(''),
      state.everResponsible,
      state.lead === undefined ? 0 : index(state.lead) + 1,
      state.supporting.map(index),
      state.term === undefined ? 0 : TERMS.indexOf(state.term) + 1,
      packDate(state.deadline),
      state.requestSeq,
      packDate(state.requestedOn),
      packDate(state.closedOn),
      state.reopenedSeq,
      packDate(state.extensionRequestedOn),
      state.endorsedBy,
    ]),
  ]);
}

function rowOf(text: string | undefined, fold: number): readonly unknown[] | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value[0] === fold ? value : undefined;
  } catch {
    return undefined;
  }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Reads what a row carries; undefined when it carries nothing that this fold can use. */
export function unpackItem(packed: string | undefined): Carried<ItemState> | undefined {
  const row = rowOf(packed, ITEM_FOLD);
  if (!row) return undefined;
  const everResponsible = list(row[7]).map(text);
  const office = (index: unknown): string => everResponsible[count(index)] ?? '';
  const contributors = text(row[6]).match(/.{8}/gs) ?? [];
  const measures = list(row[5]).map((packedMeasure): MeasureState => {
    const [seq, code, completedSeq, evidence, freshEvidence] = list(packedMeasure).map(count);
    return {
      seq: seq ?? 0,
      adopted: (code ?? 0) < PROGRESS.length,
      progress: PROGRESS[(code ?? 0) % PROGRESS.length] ?? 'adopted',
      completedSeq: completedSeq ?? 0,
      evidence: evidence ?? 0,
      freshEvidence: freshEvidence ?? 0,
    };
  });
  return {
    recent: unpackRecent(row[1]),
    state: {
      status: STATUSES[count(row[2]) - 1],
      turnSeq: count(row[3]),
      raisedOn: unpackDay(row[4] ?? 0),
      measures,
      contributors,
      everResponsible,
      lead: count(row[8]) === 0 ? undefined : office(count(row[8]) - 1),
      supporting: list(row[9]).map(office),
      term: TERMS[count(row[10]) - 1],
      deadline: unpackDate(row[11] ?? 0),
      requestSeq: count(row[12]),
      requestedOn: unpackDay(row[13] ?? 0),
      closedOn: unpackDay(row[14] ?? 0),
      reopenedSeq: count(row[15]),
      extensionRequestedOn: unpackDay(row[16] ?? 0),
      endorsedBy: list(row[17]).map(text),
    },
  };
}

export function packCase({ state, recent }: Carried<CaseState>): string {
  return JSON.stringify([
    CASE_FOLD,
    packRecent(recent),
    state.opened ? 1 : 0,
    packDate(state.planIssuedOn),
    state.planAccepted ? 1 : 0,
    state.lookBacks.map(({ seq, openedOn, concluded }) => [concluded ? -seq : seq, packDate(openedOn)]),
    state.settings,
  ]);
}

/** Undefined where one has no day: then the stream is folded again. */
function unpackLookBacks(value: unknown): readonly LookBackState[] | undefined {
  const lookBacks: LookBackState[] = [];
  for (const packed of list(value)) {
    const [signed, opened] = list(packed);
    const openedOn = unpackDay(opened);
    if (openedOn === undefined) return undefined;
    lookBacks.push({ seq: Math.abs(count(signed)), openedOn, concluded: count(signed) < 0 });
  }
  return lookBacks;
}

export function unpackCase(packed: string | undefined): Carried<CaseState> | undefined {
  const row = rowOf(packed, CASE_FOLD);
  const settings = row && settingsKind.check(row[6], '', []);
  const lookBacks = row && unpackLookBacks(row[5]);
  if (!settings || !lookBacks) return undefined;
  return {
    recent: unpackRecent(row[1]),
    state: {
      opened: row[2] === 1,
      planIssuedOn: unpackDay(row[3]),
      planAccepted: row[4] === 1,
      lookBacks,
      settings,
    },
  };
}
