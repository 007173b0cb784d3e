import { describe, expect, test } from 'vitest';
import { CHINA } from '../../../domain/dates.ts';
import { initialCase } from '../../../domain/inspection/state.ts';
import { unmetClosingRules } from '../../../domain/item/closing.ts';
import { decideItem } from '../../../domain/item/decide.ts';
import { initialItem } from '../../../domain/item/state.ts';
import { foldItem } from '../../../domain/replay.ts';
import {
  assigned,
  attempt,
  closed,
  colleague,
  committee,
  completed,
  eventsOf,
  ITEM,
  inspector,
  lead,
  on,
  person,
  principal,
  record,
  rectifying,
  reopened,
  requested,
  reviewer,
  SHA256,
  specify,
  support,
  type Wish,
} from '../kit.ts';

const evidence = (measureIds: readonly string[]) => ({
  name: '照片.jpg',
  mediaType: 'image/jpeg',
  bytes: 7,
  sha256: SHA256,
  measureIds,
});
const source = { sha256: SHA256, lines: [3, 4] } as const;
const endorsed = { inspection: { settings: { requiredEndorsements: ['组织部', '财政局'] } } };
/** The request of a history without one. */
const asks = lead('ClosureRequested');
const closes = committee('ItemClosed');

describe('an item closes when every rule is met', () => {
  specify(ITEM, [
    {
      rule: 'all met',
      given: requested,
      when: closes,
      gives: { status: 'closed', requestSeq: 0, closedOn: '2024-03-04' },
    },
    {
      rule: 'the request stands: without one there is nothing to close',
      given: completed,
      when: closes,
      gives: 'closure-not-requested',
    },
    {
      rule: 'a withdrawn request does not stand',
      given: [...requested, lead('ClosureRequestWithdrawn')],
      when: closes,
      gives: 'closure-not-requested',
    },
    {
      rule: 'a request before the last return does not count',
      given: [...requested, committee('ClosureReturned')],
      when: closes,
      gives: 'closure-not-requested',
    },
    {
      rule: 'a new request after a return does',
      given: [...requested, committee('ClosureReturned'), asks],
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'a request before the last reopening does not count',
      given: reopened,
      when: closes,
      gives: 'closure-not-requested',
    },
    {
      rule: 'at least one measure stands',
      given: [...requested, committee('MeasureWithdrawn')],
      when: closes,
      gives: 'no-standing-measure',
    },
    {
      rule: 'every standing measure is completed',
      given: [...rectifying, lead('EvidenceAttached'), asks],
      when: closes,
      gives: 'measure-not-completed',
    },
    {
      rule: 'a second measure that is not completed stands in the way',
      given: [...completed, lead('MeasureAdopted'), lead('EvidenceAttached', evidence(['m6'])), asks],
      when: closes,
      gives: 'measure-not-completed',
    },
    {
      rule: 'a withdrawn measure does not',
      given: [
        ...completed,
        lead('MeasureAdopted'),
        lead('MeasureWithdrawn', { measureId: 'm6', reason: '并入' }),
        asks,
      ],
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'a long-term measure whose mechanism now runs is completed',
      given: [
        ...rectifying,
        lead('MeasureCompleted', { measureId: 'm3', summary: '长效机制运行', continuing: true }),
        lead('EvidenceAttached'),
        asks,
      ],
      when: closes,
      gives: { status: 'closed', measures: [{ progress: 'continuing' }] },
    },
    {
      rule: 'every standing measure has standing evidence',
      given: [...rectifying, lead('MeasureCompleted'), asks],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: 'evidence that names no measure does not count',
      given: [...rectifying, lead('MeasureCompleted'), lead('EvidenceAttached', evidence([])), asks],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: 'evidence that names another measure does not count',
      given: [
        ...completed,
        lead('MeasureAdopted'),
        lead('MeasureCompleted', { measureId: 'm6', summary: '完成' }),
        asks,
      ],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: 'one piece of evidence may name two measures',
      given: [
        ...rectifying,
        lead('MeasureAdopted'),
        lead('MeasureCompleted'),
        lead('MeasureCompleted', { measureId: 'm4', summary: '完成' }),
        lead('EvidenceAttached', evidence(['m3', 'm4'])),
        asks,
      ],
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'evidence from the committee does not count',
      given: [...rectifying, lead('MeasureCompleted'), inspector('EvidenceAttached'), asks],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: "a reviewer's evidence does not count",
      given: [...rectifying, lead('MeasureCompleted'), reviewer('EvidenceAttached'), asks],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: "a supporting office's evidence counts",
      given: [...rectifying, lead('MeasureCompleted'), support('EvidenceAttached'), asks],
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'withdrawn evidence does not count',
      given: [...completed, lead('EvidenceWithdrawn'), asks],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: 'voided evidence does not count',
      given: [...completed, lead('EntryVoided', { target: 5, reason: '传错' }), asks],
      when: closes,
      gives: 'evidence-missing',
    },
    {
      rule: 'evidence whose withdrawal was voided counts again',
      given: [
        ...completed,
        lead('EvidenceWithdrawn'),
        lead('EntryVoided', { target: 6, reason: '误撤' }),
        asks,
      ],
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'a voided completion does not count',
      given: [...completed, lead('EntryVoided', { target: 4, reason: '误报' }), asks],
      when: closes,
      gives: 'measure-not-completed',
    },
    {
      rule: 'an endorsement that the settings require is there',
      given: requested,
      when: closes,
      gives: 'endorsement-missing',
      around: endorsed,
    },
    {
      rule: 'one of two required endorsements is not enough',
      given: [...requested, committee('ClosureEndorsed')],
      when: closes,
      gives: 'endorsement-missing',
      around: endorsed,
    },
    {
      rule: 'both required endorsements are',
      given: [
        ...requested,
        committee('ClosureEndorsed'),
        committee('ClosureEndorsed', { body: '财政局', opinion: '同意' }),
      ],
      when: closes,
      gives: 'recorded',
      around: endorsed,
    },
    {
      rule: 'endorsements of an earlier request do not count',
      given: [
        ...requested,
        committee('ClosureEndorsed'),
        committee('ClosureEndorsed', { body: '财政局', opinion: '同意' }),
        committee('ClosureReturned'),
        asks,
      ],
      when: closes,
      gives: 'endorsement-missing',
      around: endorsed,
    },
    {
      rule: 'a body endorses a request once',
      given: [...requested, committee('ClosureEndorsed')],
      when: committee('ClosureEndorsed'),
      gives: 'already-endorsed',
    },
    {
      rule: 'an endorsement that nobody requires is welcome',
      given: requested,
      when: committee('ClosureEndorsed'),
      gives: { endorsedBy: ['组织部'], status: 'closure-requested' },
    },
    {
      rule: 'reviewedSeq is the version of the item: an older one is refused',
      given: requested,
      when: committee('ItemClosed', { opinion: '同意', reviewedSeq: 5 }),
      gives: 'review-outdated',
    },
    {
      rule: 'and so is one that does not exist yet',
      given: requested,
      when: committee('ItemClosed', { opinion: '同意', reviewedSeq: 7 }),
      gives: 'review-outdated',
    },
  ]);
});

describe('the closer', () => {
  const ofLead = person('committee', '财政办', 'qin');
  const ofSupport = person('committee', '组织办', 'qin');
  const moved = committee('OfficeAssigned', { lead: '财政办' });
  /** The same person, with a token of the committee. */
  const zhang = person('committee', '纪委监委', 'zhang');
  const zhao = person('committee', '纪委监委', 'zhao');
  const imports = (who: Wish['who']): Wish[] => [
    ...assigned,
    { ...committee('MeasureAdopted', undefined, { source }), who },
    lead('MeasureCompleted'),
    colleague('EvidenceAttached'),
    asks,
  ];
  specify(ITEM, [
    {
      rule: 'is not of the lead office',
      given: requested,
      when: ofLead('ItemClosed'),
      gives: 'closer-was-responsible',
    },
    {
      rule: 'is not of a supporting office',
      given: requested,
      when: ofSupport('ItemClosed'),
      gives: 'closer-was-responsible',
    },
    {
      rule: 'is not of an office that was responsible once',
      given: [...requested.slice(0, 5), moved, asks],
      when: ofSupport('ItemClosed'),
      gives: 'closer-was-responsible',
    },
    {
      rule: 'may be of an office that a correction says was never responsible',
      given: [
        ...requested.slice(0, 5),
        committee('EntryCorrected', { target: 2, set: { supporting: null }, reason: '录错' }),
        asks,
      ],
      when: ofSupport('ItemClosed'),
      gives: 'recorded',
    },
    {
      rule: 'recorded none of its measures',
      given: [
        ...assigned,
        committee('MeasureAdopted'),
        lead('MeasureCompleted'),
        lead('EvidenceAttached'),
        asks,
      ],
      when: closes,
      gives: 'closer-took-part',
    },
    {
      rule: 'recorded none of its evidence',
      given: [...completed, committee('EvidenceAttached'), asks],
      when: closes,
      gives: 'closer-took-part',
    },
    {
      rule: 'may be another of the same committee',
      given: [...completed, committee('EvidenceAttached'), asks],
      when: inspector('ItemClosed'),
      gives: 'recorded',
    },
    {
      rule: 'is a person, whatever the office of the token: who adopted as an officer cannot close as committee',
      given: requested,
      when: zhang('ItemClosed'),
      gives: 'closer-took-part',
    },
    {
      rule: 'who only asked for closure as an officer recorded neither measure nor evidence',
      given: [...completed, colleague('ClosureRequested')],
      when: zhao('ItemClosed'),
      gives: 'recorded',
    },
    {
      rule: 'is named by issuer and subject: the same subject of another issuer is another person',
      given: requested,
      when: {
        ...zhang('ItemClosed'),
        who: { ...principal('committee', '纪委监委', 'zhang'), iss: 'https://other.example' },
      },
      gives: 'recorded',
    },
    {
      rule: 'may have imported its measures',
      given: imports(principal('committee', '纪委监委', 'chen')),
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'may have raised, assigned, returned and endorsed',
      given: [...requested, committee('ClosureReturned'), asks, committee('ClosureEndorsed')],
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'still took part after the measure was withdrawn',
      given: [
        ...completed,
        committee('MeasureAdopted'),
        committee('MeasureWithdrawn', { measureId: 'm6', reason: '多余' }),
        asks,
      ],
      when: closes,
      gives: 'closer-took-part',
    },
  ]);
});

describe('after a reopening', () => {
  const done = lead('MeasureCompleted');
  const asked = (...wishes: Wish[]): Wish[] => [...reopened, ...wishes, asks];
  specify(ITEM, [
    {
      rule: 'the item behaves as rectifying, under its own name',
      given: closed,
      when: committee('ItemReopened'),
      gives: { status: 'reopened', reopenedSeq: 8, turnSeq: 8 },
    },
    { rule: 'nothing new is not enough', given: asked(), when: closes, gives: 'nothing-new-since-reopening' },
    {
      rule: 'new evidence alone is not enough',
      given: asked(lead('EvidenceAttached')),
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: 'a new completion alone is not enough',
      given: asked(done),
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: 'a new completion with new evidence is',
      given: asked(done, lead('EvidenceAttached')),
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'in either order',
      given: asked(lead('EvidenceAttached'), done),
      when: closes,
      gives: 'recorded',
    },
    {
      rule: 'new evidence of one measure and a new completion of another are not',
      given: [
        ...completed,
        lead('MeasureAdopted'),
        lead('MeasureCompleted', { measureId: 'm6', summary: '完成' }),
        lead('EvidenceAttached', evidence(['m6'])),
        asks,
        committee('ItemClosed'),
        committee('ItemReopened'),
        done,
        lead('EvidenceAttached', evidence(['m6'])),
        asks,
      ],
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: 'a new measure, completed with its evidence, is new; the old ones stay as they were',
      given: asked(
        lead('MeasureAdopted'),
        lead('MeasureCompleted', { measureId: 'm9', summary: '完成' }),
        lead('EvidenceAttached', evidence(['m9'])),
      ),
      when: closes,
      gives: { status: 'closed' },
    },
    {
      rule: 'new evidence that was withdrawn again is not new',
      given: asked(
        done,
        lead('EvidenceAttached'),
        lead('EvidenceWithdrawn', { evidenceId: 'e10', reason: '传错' }),
      ),
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: 'withdrawing the old evidence leaves the new one',
      given: asked(done, lead('EvidenceAttached'), lead('EvidenceWithdrawn')),
      when: closes,
      gives: 'recorded',
    },
    {
      rule: "a reviewer's evidence is not new",
      given: asked(done, reviewer('EvidenceAttached')),
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: "a reviewer's evidence after the closing never counts",
      given: [...closed, reviewer('EvidenceAttached'), committee('ItemReopened'), done, asks],
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: 'a completed measure may be completed again',
      given: reopened,
      when: done,
      gives: { measures: [{ completedSeq: 9 }] },
    },
    { rule: 'but once', given: [...reopened, done], when: done, gives: 'measure-already-completed' },
    {
      rule: 'a second reopening asks for something new again',
      given: [...asked(done, lead('EvidenceAttached')), closes, committee('ItemReopened'), asks],
      when: closes,
      gives: 'nothing-new-since-reopening',
    },
    {
      rule: 'a return leads to rectifying',
      given: asked(),
      when: committee('ClosureReturned'),
      gives: { status: 'rectifying' },
    },
  ]);
});

test('the list for the console names every unmet rule, in the order in which an officer mends them', () => {
  const history = record(ITEM, [...rectifying, committee('MeasureAdopted')]);
  const closer = principal('committee', '财政办', 'chen');
  const inspection = { ...initialCase, settings: { requiredEndorsements: ['组织部'] } };
  const unmet = unmetClosingRules(foldItem(eventsOf(history), CHINA), inspection, closer);
  expect(unmet.map((refusal) => refusal.refused)).toEqual([
    'closure-not-requested',
    'measure-not-completed',
    'evidence-missing',
    'measure-not-completed',
    'evidence-missing',
    'endorsement-missing',
    'closer-was-responsible',
    'closer-took-part',
  ]);
});

test('an outdated review is told the version that the item has', () => {
  const history = record(ITEM, requested);
  expect(attempt(ITEM, history, committee('ItemClosed', { opinion: '同意', reviewedSeq: 4 }))).toMatchObject({
    refused: 'review-outdated',
    version: 6,
  });
});

test('a refusal to close says everything that is in the way', () => {
  const outcome = attempt(ITEM, record(ITEM, [...rectifying, asks]), closes);
  expect(outcome).toMatchObject({
    refused: 'measure-not-completed',
    detail: expect.stringMatching(/m3 is not completed; .*evidence.* m3/),
  });
});

test('without the state of the case the decider asks for no endorsement, and no more', () => {
  const at = {
    principal: principal('committee', '纪委监委', 'chen'),
    seq: 1,
    today: on('2024-03-04') as never,
    effectOn: on('2024-03-04') as never,
    zone: CHINA,
    imported: false,
    itemNumber: 1,
  };
  const command = { type: 'ItemClosed', occurredOn: undefined, data: { reviewedSeq: 0 }, text: {} } as const;
  expect(decideItem(command, { ...initialItem, status: 'closure-requested' }, at)).toMatchObject({
    refused: 'closure-not-requested',
  });
});
