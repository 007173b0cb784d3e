/**
 * A reading of the rules of its own, for comparison with the ledger: it shares no code with the domain and folds
 * everything anew each time. It knows full days only.
 */

export interface Someone {
  readonly sub: string;
  readonly office: string;
  readonly role: 'office' | 'committee' | 'reviewer' | 'auditor';
}

export interface Wish {
  readonly type: string;
  readonly occurredOn?: string;
  readonly data: { readonly [name: string]: unknown };
}

export interface Kept extends Wish {
  readonly seq: number;
  readonly who: Someone;
  /** The day of recording. */
  readonly day: string;
}

/** What the case says around the items. */
export interface Around {
  /** Bodies that must endorse a closing. */
  readonly needed: readonly string[];
  readonly lookBacks: readonly {
    readonly seq: number;
    readonly openedOn: string;
    readonly concluded: boolean;
  }[];
}

export interface Measure {
  readonly id: string;
  text: string;
  due: string | null;
  status: 'adopted' | 'completed' | 'continuing' | 'withdrawn';
  completed: number;
}

export interface Evidence {
  readonly id: string;
  readonly seq: number;
  readonly by: Someone;
  readonly measures: readonly string[];
  name: string;
  standing: boolean;
}

export interface Picture {
  status: 'raised' | 'rectifying' | 'closure-requested' | 'closed' | 'reopened' | 'withdrawn';
  title: string;
  lead: string | null;
  supporting: readonly string[];
  term: string | null;
  deadline: string | null;
  measures: Measure[];
  evidence: Evidence[];
  endorsed: string[];
  /** Every office that was ever responsible, and everybody who recorded a measure or evidence. */
  everResponsible: Set<string>;
  tookPart: Set<string>;
  /** Seqs of what counts: the last raise, return or reopening; the last reopening; the standing request. */
  turn: number;
  reopened: number;
  request: number;
  requestedOn: string | null;
  closedOn: string | null;
  extensionAskedOn: string | null;
}

const AMENDS = ['EntryCorrected', 'EntryVoided'];
/** What reports work or a claim; everything else is a decision. */
const NO_DECISION = [
  ...['MeasureAdopted', 'ProgressReported', 'MeasureCompleted', 'MeasureWithdrawn'],
  ...['EvidenceAttached', 'EvidenceWithdrawn', 'ClosureRequested', 'ClosureRequestWithdrawn'],
  ...['ExtensionRequested', 'LookBackFindingRecorded', 'FlagDismissed'],
];

/** The entries as they now read: voided ones gone, corrected ones changed. */
function standing(entries: readonly Kept[]): Kept[] {
  const voided = entries.filter((one) => one.type === 'EntryVoided').map((one) => one.data.target);
  return entries
    .filter((one) => !voided.includes(one.seq))
    .map((one) => {
      let read = one;
      for (const amendment of entries) {
        if (amendment.type !== 'EntryCorrected' || amendment.data.target !== one.seq) continue;
        const data = { ...read.data, ...(amendment.data.set as object | undefined) };
        for (const [name, value] of Object.entries(data)) if (value === null) delete data[name];
        const { occurredOn: before, ...rest } = read;
        const said = amendment.data.occurredOn as string | null | undefined;
        const occurredOn = said === undefined ? before : (said ?? undefined);
        read = { ...rest, data, ...(occurredOn === undefined ? {} : { occurredOn }) };
      }
      return read;
    });
}

const effectOf = (one: Kept): string => one.occurredOn ?? one.day;

export function pictureOf(entries: readonly Kept[]): Picture {
  const now: Picture = {
    status: 'raised',
    title: '',
    lead: null,
    supporting: [],
    term: null,
    deadline: null,
    measures: [],
    evidence: [],
    endorsed: [],
    everResponsible: new Set(),
    tookPart: new Set(),
    turn: 0,
    reopened: 0,
    request: 0,
    requestedOn: null,
    closedOn: null,
    extensionAskedOn: null,
  };
  for (const one of standing(entries)) fold(now, one);
  return now;
}

const open = (now: Picture): Picture['status'] =>
  now.measures.some((measure) => measure.status !== 'withdrawn')
    ? 'rectifying'
    : now.reopened > 0
      ? 'reopened'
      : 'raised';

function fold(now: Picture, one: Kept): void {
  const { data, seq, who } = one;
  const measure = now.measures.find((known) => known.id === data.measureId);
  switch (one.type) {
    case 'IssueRaised':
      now.title = String(data.title);
      now.turn = seq;
      break;
    case 'IssueWithdrawn':
      now.status = 'withdrawn';
      now.request = 0;
      break;
    case 'OfficeAssigned':
      now.lead = String(data.lead);
      now.supporting = (data.supporting ?? []) as string[];
      now.term ??= (data.term as string | undefined) ?? null;
      now.deadline ??= (data.deadline as string | undefined) ?? null;
      for (const office of [now.lead, ...now.supporting]) now.everResponsible.add(office);
      break;
    case 'MeasureAdopted':
      now.measures.push({
        id: `m${seq}`,
        text: String(data.text),
        due: (data.due as string | undefined) ?? null,
        status: 'adopted',
        completed: 0,
      });
      now.tookPart.add(who.sub);
      if (now.status === 'raised' || now.status === 'rectifying') now.status = open(now);
      break;
    case 'MeasureCompleted':
      // The completion of a measure that was voided since speaks of nothing.
      if (measure && measure.status !== 'withdrawn')
        measure.status = data.continuing === true ? 'continuing' : 'completed';
      if (measure) measure.completed = seq;
      now.tookPart.add(who.sub);
      break;
    case 'MeasureWithdrawn':
      if (measure) measure.status = 'withdrawn';
      if (now.status === 'raised' || now.status === 'rectifying') now.status = open(now);
      break;
    case 'EvidenceAttached':
      now.evidence.push({
        id: `e${seq}`,
        seq,
        by: who,
        measures: (data.measureIds ?? []) as string[],
        name: String(data.name),
        standing: true,
      });
      now.tookPart.add(who.sub);
      break;
    case 'EvidenceWithdrawn':
      for (const evidence of now.evidence) if (evidence.id === data.evidenceId) evidence.standing = false;
      break;
    case 'ClosureRequested':
      now.status = 'closure-requested';
      now.request = seq;
      now.requestedOn = effectOf(one);
      now.endorsed = [];
      break;
    case 'ClosureRequestWithdrawn':
    case 'ClosureReturned':
      now.status = open(now);
      now.request = 0;
      now.endorsed = [];
      if (one.type === 'ClosureReturned') now.turn = seq;
      break;
    case 'ClosureEndorsed':
      now.endorsed.push(String(data.body));
      break;
    case 'ItemClosed':
      now.status = 'closed';
      now.request = 0;
      now.closedOn = effectOf(one);
      break;
    case 'ItemReopened':
      now.status = 'reopened';
      now.turn = seq;
      now.reopened = seq;
      break;
    case 'ExtensionRequested':
      now.extensionAskedOn = effectOf(one);
      break;
    case 'DeadlineExtended':
      // Later than what it extended, unless that was corrected since.
      if (now.deadline === null || String(data.to) > now.deadline) now.deadline = String(data.to);
      now.extensionAskedOn = null;
      break;
    default:
  }
}

/** Who may record it at all: the committee, a reviewer, and the relation that an office needs. */
const RIGHTS: { readonly [type: string]: readonly [boolean, boolean, 'no' | 'any' | 'lead'] } = {
  IssueRaised: [true, false, 'no'],
  IssueWithdrawn: [true, false, 'no'],
  OfficeAssigned: [true, false, 'no'],
  MeasureAdopted: [true, false, 'any'],
  ProgressReported: [false, false, 'any'],
  MeasureCompleted: [false, false, 'any'],
  MeasureWithdrawn: [true, false, 'any'],
  EvidenceAttached: [true, true, 'any'],
  EvidenceWithdrawn: [true, true, 'any'],
  ClosureRequested: [false, false, 'lead'],
  ClosureRequestWithdrawn: [false, false, 'lead'],
  ClosureEndorsed: [true, false, 'no'],
  ClosureReturned: [true, false, 'no'],
  ItemClosed: [true, false, 'no'],
  ItemReopened: [true, false, 'no'],
  ExtensionRequested: [false, false, 'lead'],
  DeadlineExtended: [true, false, 'no'],
  FlagDismissed: [true, true, 'no'],
  LookBackFindingRecorded: [true, true, 'no'],
  EntryCorrected: [true, false, 'any'],
  EntryVoided: [true, false, 'any'],
};

const ANSWERS_A_REQUEST = ['ClosureRequestWithdrawn', 'ClosureEndorsed', 'ClosureReturned', 'ItemClosed'];
const WORK = ['ProgressReported', 'MeasureCompleted', 'ClosureRequested', 'ExtensionRequested'];

function permission(now: Picture, { type }: Wish, who: Someone): string | undefined {
  const [committee, reviewer, office] = RIGHTS[type] ?? [false, false, 'no'];
  if (who.role === 'committee') return committee ? undefined : 'role-not-allowed';
  if (who.role === 'reviewer') return reviewer ? undefined : 'role-not-allowed';
  if (who.role === 'auditor' || office === 'no') return 'role-not-allowed';
  if (now.lead !== who.office && !now.supporting.includes(who.office)) return 'office-not-responsible';
  return office === 'lead' && now.lead !== who.office ? 'office-not-lead' : undefined;
}

function stage(now: Picture, { type }: Wish, who: Someone): string | undefined {
  const { status } = now;
  if (type === 'IssueRaised') return 'issue-already-raised';
  const amends = AMENDS.includes(type);
  if (status === 'withdrawn') return amends && who.role === 'committee' ? undefined : 'item-withdrawn';
  if (type === 'ItemReopened') return status === 'closed' ? undefined : 'item-not-closed';
  if (status === 'closed') {
    const late =
      (who.role === 'committee' && amends) ||
      type === 'FlagDismissed' ||
      type === 'LookBackFindingRecorded' ||
      (who.role === 'reviewer' && type === 'EvidenceAttached');
    return late ? undefined : 'item-closed';
  }
  const requested = status === 'closure-requested';
  if (ANSWERS_A_REQUEST.includes(type)) return requested ? undefined : 'closure-not-requested';
  if (!requested) return undefined;
  if (type === 'ClosureRequested') return 'closure-already-requested';
  return who.role === 'office' || WORK.includes(type) ? 'closure-requested' : undefined;
}

function unknownMeasure(now: Picture, ids: readonly unknown[]): string | undefined {
  for (const id of ids) {
    const measure = now.measures.find((known) => known.id === id);
    if (!measure) return 'unknown-measure';
    if (measure.status === 'withdrawn') return 'measure-withdrawn';
  }
  return undefined;
}

function ofType(
  now: Picture,
  wish: Wish,
  who: Someone,
  today: string,
  entries: readonly Kept[],
  around: Around,
): string | undefined {
  const { data } = wish;
  const effect = wish.occurredOn ?? today;
  const answers = (asked: string | null) =>
    asked !== null && effect < asked ? 'decision-before-request' : undefined;
  switch (wish.type) {
    case 'ProgressReported':
      return unknownMeasure(now, data.measureId === undefined ? [] : [data.measureId]);
    case 'MeasureCompleted': {
      const unknown = unknownMeasure(now, [data.measureId]);
      if (unknown) return unknown;
      const measure = now.measures.find((known) => known.id === data.measureId) as Measure;
      const again = measure.completed > 0 && measure.completed < now.reopened;
      return measure.status === 'completed' && !again ? 'measure-already-completed' : undefined;
    }
    case 'MeasureWithdrawn':
      return unknownMeasure(now, [data.measureId]);
    case 'OfficeAssigned':
      return (now.term !== null && data.term !== undefined) ||
        (now.deadline !== null && data.deadline !== undefined)
        ? 'term-already-set'
        : undefined;
    case 'EvidenceAttached':
      return unknownMeasure(now, (data.measureIds ?? []) as unknown[]);
    case 'EvidenceWithdrawn': {
      const attached = entries.find(
        (one) => one.type === 'EvidenceAttached' && `e${one.seq}` === data.evidenceId,
      );
      if (!attached) return 'unknown-evidence';
      if (who.role !== 'committee' && attached.who.office !== who.office) return 'entry-of-another-office';
      const stands = now.evidence.some((one) => one.id === data.evidenceId && one.standing);
      return stands ? undefined : 'evidence-already-withdrawn';
    }
    case 'ClosureRequested':
      return now.measures.some((measure) => measure.status !== 'withdrawn')
        ? undefined
        : 'no-standing-measure';
    case 'ClosureEndorsed':
      return (
        answers(now.requestedOn) ??
        (now.endorsed.includes(String(data.body)) ? 'already-endorsed' : undefined)
      );
    case 'ClosureReturned':
      return answers(now.requestedOn);
    case 'ItemClosed':
      return data.reviewedSeq === entries.length
        ? (closing(now, who, around.needed) ?? answers(now.requestedOn))
        : 'review-outdated';
    case 'ItemReopened': {
      const early = answers(now.closedOn);
      if (early || data.lookBackSeq === undefined) return early;
      const finding = findings(data.lookBackSeq, standing(entries)).at(-1);
      const unfounded =
        finding === undefined || finding.data.verdict === 'genuine'
          ? 'finding-missing'
          : answers(effectOf(finding));
      return lookBack(data.lookBackSeq, around, effect) ?? unfounded;
    }
    case 'LookBackFindingRecorded': {
      const concluded = around.lookBacks.some((one) => one.seq === data.lookBackSeq && one.concluded);
      return concluded
        ? 'look-back-concluded'
        : (lookBack(data.lookBackSeq, around, effect) ??
            restsOn(now, (data.evidenceIds ?? []) as readonly string[], entries));
    }
    case 'ExtensionRequested':
    case 'DeadlineExtended':
      if (now.deadline === null) return 'no-deadline';
      if (String(data.to) <= now.deadline) return 'extension-not-later';
      return wish.type === 'DeadlineExtended' ? answers(now.extensionAskedOn) : undefined;
    case 'EntryCorrected':
    case 'EntryVoided':
      return amendment(wish, who, entries, today, around);
    default:
      return undefined;
  }
}

const findings = (lookBackSeq: unknown, entries: readonly Kept[]): readonly Kept[] =>
  entries.filter((one) => one.type === 'LookBackFindingRecorded' && one.data.lookBackSeq === lookBackSeq);

/** Nothing happens in a look-back that there is not, nor before it was opened. */
function lookBack(seq: unknown, { lookBacks }: Around, effect: string): string | undefined {
  const named = lookBacks.find((one) => one.seq === seq);
  if (!named) return 'unknown-look-back';
  return effect < named.openedOn ? 'decision-before-request' : undefined;
}

/** Evidence of a finding was attached once, and stands. */
function restsOn(now: Picture, ids: readonly string[], entries: readonly Kept[]): string | undefined {
  for (const id of ids) {
    const attached = entries.some((one) => one.type === 'EvidenceAttached' && `e${one.seq}` === id);
    if (!attached) return 'unknown-evidence';
    if (!now.evidence.some((one) => one.id === id && one.standing)) return 'evidence-already-withdrawn';
  }
  return undefined;
}

/** The first rule of a closing that is broken. */
function closing(now: Picture, who: Someone, needed: readonly string[]): string | undefined {
  const measures = now.measures.filter((measure) => measure.status !== 'withdrawn');
  const proof = (id: string, after: number) =>
    now.evidence.some(
      (one) => one.standing && one.by.role === 'office' && one.measures.includes(id) && one.seq > after,
    );
  if (now.request === 0 || now.request < now.turn) return 'closure-not-requested';
  if (measures.length === 0) return 'no-standing-measure';
  for (const measure of measures) {
    if (measure.completed === 0) return 'measure-not-completed';
    if (!proof(measure.id, 0)) return 'evidence-missing';
  }
  const fresh = (measure: Measure) => measure.completed > now.reopened && proof(measure.id, now.reopened);
  if (now.reopened > 0 && !measures.some(fresh)) return 'nothing-new-since-reopening';
  if (needed.some((body) => !now.endorsed.includes(body))) return 'endorsement-missing';
  if (now.everResponsible.has(who.office)) return 'closer-was-responsible';
  return now.tookPart.has(who.sub) ? 'closer-took-part' : undefined;
}

const ANSWERS_OF: { readonly [type: string]: readonly string[] } = {
  ClosureRequested: ['ClosureEndorsed', 'ClosureReturned', 'ItemClosed'],
  ExtensionRequested: ['DeadlineExtended'],
};

/** A decision stands that answered it, before it was asked again. */
function answered(target: Kept, entries: readonly Kept[]): boolean {
  if (target.type === 'LookBackFindingRecorded') {
    const read = standing(entries);
    return read.some((one, at) => foundFor(one, read.slice(0, at))?.seq === target.seq);
  }
  for (const later of standing(entries).filter((one) => one.seq > target.seq)) {
    if (later.type === target.type) return false;
    if (ANSWERS_OF[target.type]?.includes(later.type)) return true;
  }
  return false;
}

function amendment(
  wish: Wish,
  who: Someone,
  entries: readonly Kept[],
  today: string,
  around: Around,
): string | undefined {
  const { data } = wish;
  const target = entries.find((one) => one.seq === data.target);
  if (!target) return 'unknown-entry';
  if (who.role === 'office' && target.who.office !== who.office) return 'entry-of-another-office';
  if (AMENDS.includes(target.type)) return 'target-not-correctable';
  const read = standing(entries).find((one) => one.seq === target.seq);
  if (!read) return 'target-voided';
  if (wish.type === 'EntryVoided') {
    return NO_DECISION.includes(target.type) && !answered(target, entries)
      ? undefined
      : 'target-not-voidable';
  }
  if (typeof data.occurredOn === 'string' && data.occurredOn > today) return 'occurred-in-future';
  const set = (data.set ?? {}) as { readonly [name: string]: unknown };
  const known = (name: string) => target.data[name] !== undefined;
  if (!Object.keys(set).every(known)) return 'invalid-fields';
  const says =
    Object.entries(set).some(([name, value]) => (read.data[name] ?? null) !== value) ||
    (data.occurredOn !== undefined && (data.occurredOn ?? undefined) !== read.occurredOn);
  if (!says) return 'nothing-to-correct';
  const after = standing([...entries, { ...wish, seq: entries.length + 1, who, day: today }]);
  if (after.some((one, at) => beforeItsQuestion(one, after.slice(0, at)))) return 'decision-before-request';
  const redated = data.occurredOn === undefined ? undefined : after.find(({ seq }) => seq === target.seq);
  const named = around.lookBacks.find(({ seq }) => seq === redated?.data.lookBackSeq);
  return redated && named && effectOf(redated) < named.openedOn ? 'decision-before-request' : undefined;
}

/** The finding that an item was reopened for. */
const foundFor = (one: Kept, earlier: readonly Kept[]): Kept | undefined =>
  one.type === 'ItemReopened' && one.data.lookBackSeq !== undefined
    ? findings(one.data.lookBackSeq, earlier).at(-1)
    : undefined;

const QUESTIONS: { readonly [decision: string]: string } = {
  ClosureEndorsed: 'ClosureRequested',
  ClosureReturned: 'ClosureRequested',
  ItemClosed: 'ClosureRequested',
  ItemReopened: 'ItemClosed',
  DeadlineExtended: 'ExtensionRequested',
};

/** Does this decision occur before the newest entry that it answers? An extension is answered once. */
function beforeItsQuestion(one: Kept, earlier: readonly Kept[]): boolean {
  const finding = foundFor(one, earlier);
  if (finding && effectOf(one) < effectOf(finding)) return true;
  const question = earlier.findLast(({ type }) => type === QUESTIONS[one.type]);
  if (!question) return false;
  const answered =
    one.type === 'DeadlineExtended' &&
    earlier.some(({ type, seq }) => type === 'DeadlineExtended' && seq > question.seq);
  return !answered && effectOf(one) < effectOf(question);
}

/** The code of the refusal that the rules ask for; undefined lets it in. */
export function verdict(
  entries: readonly Kept[],
  wish: Wish,
  who: Someone,
  today: string,
  around: Around,
): string | undefined {
  if (wish.occurredOn !== undefined && wish.occurredOn > today) return 'occurred-in-future';
  const now = pictureOf(entries);
  return (
    permission(now, wish, who) ?? stage(now, wish, who) ?? ofType(now, wish, who, today, entries, around)
  );
}
