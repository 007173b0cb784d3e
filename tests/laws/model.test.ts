import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf, epochMs } from '../../domain/dates.ts';
import { type CaseId, itemId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/present.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { RecordedEntry, WriteOptions } from '../../functions/app/ledger.ts';
import { anItemId, freshCase } from '../kit/event-rows.ts';
import { accepted, allRows, type LedgerBench, ledgerBench, OPENING, refusalOf } from '../kit/ledger-bench.ts';
import { type Person, people } from '../kit/people.ts';
import { recheck } from '../kit/recheck.ts';
import { asked, type Choice, choice } from './model/commands.ts';
import { type Around, type Kept, pictureOf, verdict, type Wish } from './model/item-model.ts';

interface Said {
  readonly item: number;
  readonly who: Person;
  readonly wish: Wish;
  readonly key: string;
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The ledger as a plain model has it: the entries of each item, and what was said with which key. */
interface Model {
  readonly items: Kept[][];
  readonly said: Said[];
  readonly reached: Set<string>;
  readonly around: Around;
}

interface Real {
  readonly bench: LedgerBench;
  readonly caseId: CaseId;
}

const NEEDED = ['组织部'];
/** Entry 2 opens one that stays open, entry 3 another, which entry 4 concludes. */
const LOOK_BACKS: readonly Wish[] = [
  { type: 'LookBackOpened', data: { scope: '已销号问题' } },
  { type: 'LookBackOpened', data: { scope: '长期坚持的问题' } },
  { type: 'LookBackConcluded', data: { lookBackSeq: 3, conclusion: '均已整改' } },
];

class Step implements fc.AsyncCommand<Model, Real> {
  readonly choice: Choice;
  constructor(choice: Choice) {
    this.choice = choice;
  }
  check = () => true;
  toString = () => JSON.stringify(this.choice);

  async run(model: Model, real: Real): Promise<void> {
    const { kind, a } = this.choice;
    real.bench.clock.advance(this.choice.later);
    if (kind === 'newItem' || model.items.length === 0) return this.#raise(model, real);
    const at = a % model.items.length;
    if (kind === 'retry' || kind === 'reuseKey') return this.#again(model, real, kind);
    await this.#record(model, real, at);
    const now = accepted(
      await real.bench.ledger.item(people.committee, real.caseId, anItemId(number(at)), {}),
    );
    same(now, model.items[at] ?? [], today(real));
  }

  async #raise(model: Model, { bench, caseId }: Real): Promise<void> {
    const { who, b } = this.choice;
    const data = { title: `问题${b}` };
    const key = `raise-${model.said.length}`;
    const outcome = await bench.ledger.raiseIssue(people[who], caseId, { data }, { idempotencyKey: key });
    if (people[who].role !== 'committee') return expect(refusalOf(outcome)).toBe('role-not-allowed');
    expect(accepted(outcome).entry.header.itemId).toBe(number(model.items.length));
    const wish = { type: 'IssueRaised', data };
    model.said.push({
      item: -1,
      who,
      wish,
      key,
      hash: accepted(outcome).hash,
      at: epochMs(bench.clock.now()),
    });
    model.items.push([{ ...wish, seq: 1, who: people[who], day: today({ bench, caseId }) }]);
  }

  async #record(model: Model, real: Real, at: number): Promise<void> {
    const entries = model.items[at] as Kept[];
    const { wish, who } = asked(this.choice, entries, today(real));
    const { kind } = this.choice;
    const key = `key-${model.said.length}`;
    const version = entries.length;
    const ifMatch = kind === 'staleMatch' ? version + 1 : kind === 'rightMatch' ? version : undefined;
    const outcome = await send(real, at, who, wish, { idempotencyKey: key, ifMatch });
    const expected =
      kind === 'staleMatch'
        ? 'version-mismatch'
        : verdict(entries, wish, people[who], today(real), model.around);
    expect([wish.type, refusalOf(outcome)]).toEqual([wish.type, expected ?? 'accepted']);
    model.reached.add(expected ?? wish.type);
    if (isRefusal(outcome)) return;
    const { header } = outcome.entry;
    expect([header.seq, outcome.repeated, header.actor.sub]).toEqual([version + 1, false, people[who].sub]);
    entries.push({ ...wish, seq: version + 1, who: people[who], day: today(real) });
    model.said.push({ item: at, who, wish, key, hash: outcome.hash, at: epochMs(header.recordedAt) });
  }

  /** A retry gets the first answer, whatever came since; the same key for something else is refused. */
  async #again(model: Model, real: Real, kind: string): Promise<void> {
    const horizon = epochMs(real.bench.clock.now()) - 24 * 3_600_000;
    const recent = model.said.filter((one) => one.at > horizon);
    const before = recent[this.choice.b % Math.max(1, recent.length)];
    if (!before) return;
    const { item, who, wish, key, hash } = before;
    const again = kind === 'retry' ? wish : { ...wish, occurredOn: '2025-01-01' };
    const outcome = await send(real, item, who, again, { idempotencyKey: key });
    if (kind === 'retry') expect(accepted(outcome)).toMatchObject({ hash, repeated: true });
    else expect(refusalOf(outcome)).toBe('idempotency-key-reused');
    model.reached.add(kind);
  }
}

const number = (at: number): string => String(at + 1).padStart(4, '0');
const today = ({ bench }: Real): string => dayOf(bench.clock.now(), bench.deps.identity.zone);

function send({ bench, caseId }: Real, item: number, who: Person, wish: Wish, options: WriteOptions) {
  const { ledger } = bench;
  if (item < 0) return ledger.raiseIssue(people[who], caseId, wish, options);
  const id = itemId(number(item));
  if (!id) throw new Error('no item id');
  return ledger.recordOnItem(people[who], caseId, id, wish, options) as Promise<RecordedEntry>;
}

/** The item that the ledger shows is the one that the model has. */
function same(item: Item, entries: readonly Kept[], day: string): void {
  const model = pictureOf(entries);
  const open = model.status !== 'closed' && model.status !== 'withdrawn';
  expect({
    ...{ version: item.version, status: item.status, title: item.title, lead: item.lead },
    ...{ supporting: item.supporting, term: item.term, deadline: item.deadline, overdue: item.overdue },
    endorsed: item.endorsedBy,
    measures: item.measures.map(({ measureId, text, due, status }) => ({ measureId, text, due, status })),
    evidence: item.evidence.map(({ evidenceId, name, standing }) => ({ evidenceId, name, standing })),
  }).toEqual({
    ...{ version: entries.length, status: model.status, title: model.title, lead: model.lead },
    ...{ supporting: model.supporting, term: model.term, deadline: model.deadline },
    overdue: open && model.deadline !== null && model.deadline < day,
    endorsed: model.endorsed,
    measures: model.measures.map(({ id, text, due, status }) => ({ measureId: id, text, due, status })),
    evidence: model.evidence.map(({ id, name, standing }) => ({ evidenceId: id, name, standing })),
  });
}

const NEXT = { kind: 'next' };
const REQUEST = { kind: 'request', who: 'lead' } as const;
const ENDORSE = { kind: 'endorse', b: 0 };
const CLOSE = { kind: 'close', b: 0 };
const RETURN = { kind: 'return' };
const FIND = { kind: 'find', who: 'reviewer' } as const;
const REOPEN_FOR = { kind: 'reopenFor' };

/** From the raise to a second closing, and every reason on the way not to close; then amendments. */
const WALK: readonly Step[] = [
  ...[{ kind: 'newItem' }, NEXT, NEXT],
  ...[REQUEST, ENDORSE, CLOSE, RETURN],
  ...[NEXT, REQUEST, ENDORSE, CLOSE, RETURN],
  ...[NEXT, REQUEST, CLOSE, ENDORSE, { ...CLOSE, b: 1 }],
  ...[{ kind: 'attach', who: 'colleague' } as const, { ...CLOSE, who: 'colleague' } as const, CLOSE],
  ...[{ kind: 'reopen' }, REQUEST, ENDORSE, CLOSE, RETURN],
  ...[NEXT, NEXT, REQUEST, ENDORSE, CLOSE],
  ...[REOPEN_FOR, { ...FIND, a: 2 }, REOPEN_FOR, FIND, { ...REOPEN_FOR, ago: 0 }],
  ...[{ kind: 'correct' }, { kind: 'void', a: 2 }, { kind: 'retry' }],
].map((said) => new Step({ who: 'committee', a: 0, b: 1, ago: undefined, later: 700, ...said }));

const REACHED = [
  ...['ItemClosed', 'ItemReopened', 'ClosureReturned', 'EntryCorrected', 'EntryVoided', 'retry'],
  ...['measure-not-completed', 'evidence-missing', 'endorsement-missing', 'review-outdated'],
  ...['closer-took-part', 'nothing-new-since-reopening'],
  ...['LookBackFindingRecorded', 'finding-missing'],
];

describe('the ledger does what a plain model of its rules does', () => {
  let bench: LedgerBench;
  beforeAll(async () => {
    bench = await ledgerBench();
  });
  afterAll(() => bench?.stop());

  /** A case and its empty model. */
  async function begun(): Promise<{ model: Model; real: Real }> {
    const caseId = freshCase();
    const data = { ...OPENING, settings: { requiredEndorsements: NEEDED } };
    accepted(await bench.ledger.openCase(people.committee, caseId, { data }, {}));
    for (const wish of LOOK_BACKS)
      accepted(await bench.ledger.recordOnCase(people.committee, caseId, wish, {}));
    const real = { bench, caseId };
    const openedOn = today(real);
    const lookBacks = [2, 3].map((seq) => ({ seq, openedOn, concluded: seq === 3 }));
    const around = { needed: NEEDED, lookBacks };
    return { model: { items: [], said: [], reached: new Set(), around }, real };
  }

  async function nothingButWhatWasAccepted(model: Model, caseId: CaseId): Promise<void> {
    const rows = (await allRows(bench.deps.events)).filter(({ entry }) => entry.caseId === caseId);
    expect(rows).toHaveLength(
      model.items.reduce((sum, entries) => sum + entries.length, 1 + LOOK_BACKS.length),
    );
  }

  test('the walk from raise to a second closing reaches what it should', async () => {
    const { model, real } = await begun();
    for (const step of WALK) await step.run(model, real);
    expect([...model.reached]).toEqual(expect.arrayContaining(REACHED));
    await nothingButWhatWasAccepted(model, real.caseId);
  });

  test('random commands by random persons: same verdict, same picture; then every law holds', async () => {
    const commands = fc.commands([choice.map((one) => new Step(one))], { maxCommands: 40, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.nat(WALK.length), commands, async (walked, steps) => {
        const { model, real } = await begun();
        for (const step of WALK.slice(0, walked)) await step.run(model, real);
        await fc.asyncModelRun(() => ({ model, real }), steps);
        await nothingButWhatWasAccepted(model, real.caseId);
        await bench.projected();
      }),
      { numRuns: 15, interruptAfterTimeLimit: 60_000 },
    );
    await recheck(bench.deps, bench.ledger);
  }, 120_000);
});
