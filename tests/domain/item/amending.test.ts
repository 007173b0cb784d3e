import { describe, expect, test } from 'vitest';
import { CHINA } from '../../../domain/dates.ts';
import { isRefusal, type Refusal } from '../../../domain/refusals.ts';
import { foldItem, foldItemView } from '../../../domain/replay.ts';
import {
  append,
  assigned,
  attempt,
  auditor,
  closed,
  colleague,
  committee,
  completed,
  eventsOf,
  ITEM,
  inStatus,
  inspector,
  later,
  lead,
  record,
  rectifying,
  requested,
  reviewer,
  SHA256,
  START,
  specify,
  support,
  type Wish,
  withdrawn,
} from '../kit.ts';

const correct = (target: number, set: object, more: object = {}) => ({
  target,
  set,
  reason: '笔误',
  ...more,
});
const redate = (target: number, occurredOn: string | null) => ({ target, occurredOn, reason: '日期有误' });
const voids = (target: number) => ({ target, reason: '误录' });
const withDates = [
  committee(
    'IssueRaised',
    { title: '公务接待超标准', printedNumber: '1', heading: '（一）', aspect: '作风方面' },
    { occurredOn: '2023-11-20' },
  ),
  committee('OfficeAssigned', { lead: '财政办', supporting: ['组织办'], deadline: '2024-06-30' }),
  lead('MeasureAdopted', { text: '修订办法', due: '2024-05' }, { occurredOn: '2024-01-15' }),
];

describe('a correction', () => {
  specify(ITEM, [
    {
      rule: 'of the committee reaches any entry',
      given: rectifying,
      when: committee('EntryCorrected'),
      gives: 'recorded',
    },
    {
      rule: 'of an office reaches its own entries',
      given: rectifying,
      when: lead('EntryCorrected'),
      gives: 'recorded',
    },
    {
      rule: 'of an office reaches the entries of a colleague',
      given: rectifying,
      when: colleague('EntryCorrected'),
      gives: 'recorded',
    },
    {
      rule: 'of an office does not reach those of another',
      given: rectifying,
      when: support('EntryCorrected'),
      gives: 'entry-of-another-office',
    },
    {
      rule: 'of an office does not reach those of the committee',
      given: rectifying,
      when: lead('EntryCorrected', correct(1, { title: '改' })),
      gives: 'entry-of-another-office',
    },
    {
      rule: 'is not for reviewers',
      given: rectifying,
      when: reviewer('EntryCorrected'),
      gives: 'role-not-allowed',
    },
    {
      rule: 'is not for auditors',
      given: rectifying,
      when: auditor('EntryCorrected'),
      gives: 'role-not-allowed',
    },
    {
      rule: 'of an office waits while a request stands',
      given: requested,
      when: lead('EntryCorrected'),
      gives: 'closure-requested',
    },
    {
      rule: 'of an office is over once the item is closed',
      given: closed,
      when: lead('EntryCorrected'),
      gives: 'item-closed',
    },
    {
      rule: 'of an office is over once the item is withdrawn',
      given: inStatus.withdrawn,
      when: lead('EntryCorrected', correct(2, { lead: '信访办' })),
      gives: 'item-withdrawn',
    },
    {
      rule: 'of the committee may follow a closing',
      given: closed,
      when: committee('EntryCorrected'),
      gives: { status: 'closed' },
    },
    {
      rule: 'of the committee may follow a withdrawal',
      given: withdrawn,
      when: committee('EntryCorrected', correct(1, { title: '改' })),
      gives: { status: 'withdrawn' },
    },
    {
      rule: 'names an entry that there is',
      given: rectifying,
      when: committee('EntryCorrected', correct(9, { text: '改' })),
      gives: 'unknown-entry',
    },
    {
      rule: 'does not name itself',
      given: rectifying,
      when: committee('EntryCorrected', correct(4, { text: '改' })),
      gives: 'unknown-entry',
    },
    {
      rule: 'is never of a correction',
      given: [...rectifying, lead('EntryCorrected')],
      when: lead('EntryCorrected', correct(4, { reason: '改' })),
      gives: 'target-not-correctable',
    },
    {
      rule: 'is never of a voiding',
      given: [...completed, lead('EntryVoided', { target: 4, reason: '误' })],
      when: lead('EntryCorrected', correct(6, { reason: '改' })),
      gives: 'target-not-correctable',
    },
    {
      rule: 'is never of an erasure',
      given: [...rectifying, committee('TextErased')],
      when: committee('EntryCorrected', correct(4, { ground: '改' })),
      gives: 'target-not-correctable',
    },
    {
      rule: 'is not of a voided entry',
      given: [...rectifying, lead('EntryVoided')],
      when: lead('EntryCorrected'),
      gives: 'target-voided',
    },
    {
      rule: 'is not of erased words',
      given: [...rectifying, committee('TextErased')],
      when: lead('EntryCorrected'),
      gives: 'text-erased',
    },
    {
      rule: 'changes something',
      given: rectifying,
      when: lead('EntryCorrected', correct(3, {})),
      gives: 'nothing-to-correct',
    },
    {
      rule: 'to the same words changes nothing',
      given: rectifying,
      when: lead('EntryCorrected', correct(3, { text: '修订公务接待办法' })),
      gives: 'nothing-to-correct',
    },
    {
      rule: 'to the same words with other blanks changes nothing',
      given: rectifying,
      when: lead('EntryCorrected', correct(3, { text: ' 修订公务接待办法\r\n' })),
      gives: 'nothing-to-correct',
    },
    {
      rule: 'to the same list with other blanks changes nothing',
      given: rectifying,
      when: committee('EntryCorrected', correct(2, { supporting: [' 组织办 '] })),
      gives: 'nothing-to-correct',
    },
    {
      rule: 'to the same date changes nothing',
      given: withDates,
      when: lead('EntryCorrected', redate(3, '2024-01-15')),
      gives: 'nothing-to-correct',
    },
    {
      rule: 'back to what was said first changes something after a correction',
      given: [...rectifying, lead('EntryCorrected')],
      when: lead('EntryCorrected', correct(3, { text: '修订公务接待办法' })),
      gives: 'recorded',
    },
    {
      rule: 'names fields of its target only',
      given: rectifying,
      when: lead('EntryCorrected', correct(3, { summary: '改' })),
      gives: 'invalid-fields',
    },
    {
      rule: 'names no field that every object has',
      given: rectifying,
      when: lead(
        'EntryCorrected',
        JSON.parse('{"target":3,"reason":"改","set":{"__proto__":"x","text":"改"}}'),
      ),
      gives: 'invalid-fields',
    },
    {
      rule: 'gives a field what its schema takes',
      given: withDates,
      when: lead('EntryCorrected', correct(3, { due: '2024-13' })),
      gives: 'invalid-fields',
    },
    {
      rule: 'gives no field half a number',
      given: withDates,
      when: lead('EntryCorrected', correct(3, { text: 1.5 })),
      gives: 'invalid-fields',
    },
    {
      rule: 'leaves the whole target right',
      given: rectifying,
      when: committee('EntryCorrected', correct(2, { lead: '组织办' })),
      gives: 'invalid-fields',
    },
    {
      rule: 'removes an optional field with null',
      given: withDates,
      when: committee('EntryCorrected', correct(2, { supporting: null })),
      gives: { supporting: [], lead: '财政办' },
    },
    {
      rule: 'does not remove a required field',
      given: rectifying,
      when: lead('EntryCorrected', correct(3, { text: null })),
      gives: 'invalid-fields',
    },
    {
      rule: 'changes structure that folds read',
      given: withDates,
      when: committee('EntryCorrected', correct(2, { lead: '信访办', deadline: '2024-07' })),
      gives: { lead: '信访办', deadline: '2024-07', everResponsible: ['信访办', '组织办'] },
    },
    {
      rule: 'changes the day on which it happened',
      given: withDates,
      when: committee('EntryCorrected', redate(1, '2023-11')),
      gives: { raisedOn: '2023-11-30' },
    },
    {
      rule: 'makes the day unknown with null',
      given: withDates,
      when: committee('EntryCorrected', redate(1, null)),
      gives: { raisedOn: '2024-03-04' },
    },
    {
      rule: 'does not move an entry into the future',
      given: withDates,
      when: lead('EntryCorrected', redate(3, '2024-03-05')),
      gives: 'occurred-in-future',
    },
  ]);

  const fixedFields: readonly [
    type: string,
    given: readonly Wish[],
    target: number,
    field: string,
    value: unknown,
  ][] = [
    ['MeasureCompleted', completed, 4, 'measureId', 'm4'],
    ['EvidenceAttached', completed, 5, 'sha256', 'cd'.repeat(32)],
    ['EvidenceAttached', completed, 5, 'bytes', 5],
    ['EvidenceAttached', completed, 5, 'measureIds', null],
    ['EvidenceWithdrawn', [...completed, lead('EvidenceWithdrawn')], 6, 'evidenceId', 'e9'],
    ['ClosureEndorsed', [...requested, committee('ClosureEndorsed')], 7, 'body', '财政局'],
    ['ItemClosed', closed, 7, 'reviewedSeq', 5],
    ['MeasureWithdrawn', [...completed, committee('MeasureWithdrawn')], 6, 'measureId', 'm4'],
    [
      'ProgressReported',
      [...rectifying, lead('ProgressReported', { measureId: 'm3', text: '初稿' })],
      4,
      'measureId',
      null,
    ],
  ];
  test.each(fixedFields)(
    'cannot change what is fixed: %s (entry %#) %s %s',
    (_type, given, target, field, value) => {
      const outcome = attempt(
        ITEM,
        record(ITEM, given),
        committee('EntryCorrected', correct(target, { [field]: value })),
      );
      expect(outcome).toMatchObject({
        refused: 'invalid-fields',
        errors: [{ pointer: `/data/set/${field}`, code: 'not-correctable' }],
      });
    },
  );

  test('keeps structure in the data and words in the text', () => {
    const wish = committee(
      'EntryCorrected',
      correct(3, { text: ' 修订并印发\r\n办法 ', due: '2024-06', printedNumber: null }),
    );
    const given = [
      ...withDates.slice(0, 2),
      lead('MeasureAdopted', { text: '修订办法', due: '2024-05', printedNumber: '2' }),
    ];
    const outcome = attempt(ITEM, record(ITEM, given), wish);
    if (isRefusal(outcome)) throw new Error(outcome.detail);
    expect(JSON.parse(outcome.stored.data)).toEqual({
      target: 3,
      set: { due: '2024-06', printedNumber: null },
    });
    expect(JSON.parse(outcome.stored.text ?? '')).toEqual({
      reason: '笔误',
      set: { text: '修订并印发\n办法' },
    });
  });

  test('of words alone leaves no structural change, and the other way round', () => {
    const history = record(ITEM, withDates);
    const words = attempt(ITEM, history, lead('EntryCorrected')) as Exclude<
      ReturnType<typeof attempt>,
      Refusal
    >;
    const structure = attempt(
      ITEM,
      history,
      lead('EntryCorrected', correct(3, { due: null })),
    ) as typeof words;
    expect([words.stored.data, words.stored.text]).toEqual([
      '{"target":3}',
      '{"reason":"笔误","set":{"text":"修订并印发公务接待办法"}}',
    ]);
    expect([structure.stored.data, structure.stored.text]).toEqual([
      '{"set":{"due":null},"target":3}',
      '{"reason":"笔误"}',
    ]);
  });

  test('corrections apply in seq order, field by field', () => {
    const history = record(ITEM, [
      ...withDates,
      lead('EntryCorrected', correct(3, { text: '甲', due: '2024-06' })),
      lead('EntryCorrected', correct(3, { text: '乙' })),
      lead('EntryCorrected', correct(3, { due: null })),
    ]);
    const [measure] = foldItemView(eventsOf(history), CHINA).measures;
    expect(measure).toMatchObject({ text: '乙', due: null });
  });

  test('every wrong field is named', () => {
    const outcome = attempt(
      ITEM,
      record(ITEM, completed),
      committee('EntryCorrected', correct(5, { name: '', bytes: 3, colour: 'red', mediaType: null })),
    );
    expect(outcome).toMatchObject({
      errors: [
        { pointer: '/data/set/name', code: 'empty' },
        { pointer: '/data/set/bytes', code: 'not-correctable' },
        { pointer: '/data/set/colour', code: 'unknown-field' },
        { pointer: '/data/set/mediaType', code: 'required' },
      ],
    });
  });
});

describe('a correction keeps decisions behind what they answer', () => {
  const dated = [
    ...completed,
    lead('ClosureRequested', undefined, { occurredOn: '2024-02-20' }),
    committee('ItemClosed', undefined, { occurredOn: '2024-02-25' }),
  ];
  const extended = [
    ...withDates,
    lead('ExtensionRequested', undefined, { occurredOn: '2024-02-10' }),
    committee('DeadlineExtended', undefined, { occurredOn: '2024-02-12' }),
  ];
  const redates = (target: number, occurredOn: string | null) =>
    committee('EntryCorrected', redate(target, occurredOn));
  specify(ITEM, [
    {
      rule: 'a closing moves to the day of its request',
      given: dated,
      when: redates(7, '2024-02-20'),
      gives: { closedOn: '2024-02-20' },
    },
    {
      rule: 'but not before',
      given: dated,
      when: redates(7, '2024-02-19'),
      gives: 'decision-before-request',
    },
    {
      rule: 'a request moves to the day of its closing',
      given: dated,
      when: redates(6, '2024-02-25'),
      gives: 'recorded',
    },
    {
      rule: 'but not behind',
      given: dated,
      when: redates(6, '2024-02-26'),
      gives: 'decision-before-request',
    },
    {
      rule: 'nor to a month that ends behind',
      given: dated,
      when: redates(6, '2024-02'),
      gives: 'decision-before-request',
    },
    {
      rule: 'nor to the day of recording',
      given: dated,
      when: redates(6, null),
      gives: 'decision-before-request',
    },
    { rule: 'a closing may become of unknown date', given: dated, when: redates(7, null), gives: 'recorded' },
    {
      rule: 'a reopening does not move before the closing',
      given: [...dated, committee('ItemReopened')],
      when: redates(8, '2024-02-24'),
      gives: 'decision-before-request',
    },
    {
      rule: 'a return does not move before the request',
      given: [...dated.slice(0, 6), committee('ClosureReturned')],
      when: redates(7, '2024-02-19'),
      gives: 'decision-before-request',
    },
    {
      rule: 'an endorsement does not move before the request',
      given: [...dated.slice(0, 6), committee('ClosureEndorsed')],
      when: redates(7, '2024-02-19'),
      gives: 'decision-before-request',
    },
    {
      rule: 'a grant does not move before its request',
      given: extended,
      when: redates(5, '2024-02-09'),
      gives: 'decision-before-request',
    },
    {
      rule: 'a request does not move behind its grant',
      given: extended,
      when: redates(4, '2024-02-13'),
      gives: 'decision-before-request',
    },
    {
      rule: 'a request whose answer is another does not matter',
      given: [
        ...requested,
        lead('ClosureRequestWithdrawn'),
        lead('ClosureRequested', undefined, { occurredOn: '2024-02-01' }),
        committee('ItemClosed', undefined, { occurredOn: '2024-02-02' }),
      ],
      when: redates(6, '2024-03-01'),
      gives: 'recorded',
    },
    {
      rule: 'two wrong dates can be mended one after the other',
      given: [...dated, redates(6, '2024-02-18')],
      when: redates(7, '2024-02-19'),
      gives: 'recorded',
    },
  ]);
});

describe('voiding', () => {
  specify(ITEM, [
    {
      rule: 'leaves the entry out',
      given: completed,
      when: committee('EntryVoided', voids(5)),
      gives: { measures: [{ evidence: 0 }] },
    },
    {
      rule: 'of an office reaches its own entries',
      given: rectifying,
      when: colleague('EntryVoided'),
      gives: { status: 'raised' },
    },
    {
      rule: 'of an office does not reach those of another',
      given: rectifying,
      when: support('EntryVoided'),
      gives: 'entry-of-another-office',
    },
    {
      rule: 'takes back the dismissal of a flag, which binds nobody',
      given: [...closed, reviewer('FlagDismissed')],
      when: committee('EntryVoided', voids(8)),
      gives: 'recorded',
    },
    {
      rule: 'is not for reviewers',
      given: rectifying,
      when: reviewer('EntryVoided'),
      gives: 'role-not-allowed',
    },
    {
      rule: 'of an office waits while a request stands',
      given: requested,
      when: lead('EntryVoided'),
      gives: 'closure-requested',
    },
    {
      rule: 'names an entry that there is',
      given: rectifying,
      when: lead('EntryVoided', voids(9)),
      gives: 'unknown-entry',
    },
    {
      rule: 'happens once',
      given: [...rectifying, lead('EntryVoided')],
      when: lead('EntryVoided'),
      gives: 'target-voided',
    },
    {
      rule: 'is never of a correction',
      given: [...rectifying, lead('EntryCorrected')],
      when: committee('EntryVoided', voids(4)),
      gives: 'target-not-correctable',
    },
    {
      rule: 'is never of a voiding',
      given: [...completed, lead('EntryVoided', voids(4))],
      when: committee('EntryVoided', voids(6)),
      gives: 'target-not-correctable',
    },
    {
      rule: 'of a request that stands gives the item back to the office',
      given: requested,
      when: committee('EntryVoided', voids(6)),
      gives: { status: 'rectifying', requestSeq: 0 },
    },
    {
      rule: 'of a measure by the closer takes the closer out of it',
      given: [
        ...completed,
        committee('MeasureAdopted'),
        committee('EntryVoided', voids(6)),
        lead('ClosureRequested'),
      ],
      when: committee('ItemClosed'),
      gives: 'recorded',
    },
  ]);

  const decisions: readonly [type: string, given: readonly Wish[], target: number][] = [
    ['IssueRaised', rectifying, 1],
    ['OfficeAssigned', rectifying, 2],
    ['ClosureEndorsed', [...requested, committee('ClosureEndorsed')], 7],
    ['ClosureReturned', [...requested, committee('ClosureReturned')], 7],
    ['ItemClosed', closed, 7],
    ['ItemReopened', [...closed, committee('ItemReopened')], 8],
    ['IssueWithdrawn', [...assigned, committee('IssueWithdrawn')], 3],
    ['DeadlineExtended', [...withDates, committee('DeadlineExtended')], 4],
  ];
  test.each(decisions)('is not of a decision: %s', (_type, given, target) => {
    expect(attempt(ITEM, record(ITEM, given), inspector('EntryVoided', voids(target)))).toMatchObject({
      refused: 'target-not-voidable',
    });
  });
});

describe('what was answered', () => {
  const answered: readonly [type: string, given: readonly Wish[], target: number][] = [
    ['a closure request that was closed on', closed, 6],
    ['a closure request that was returned', [...requested, committee('ClosureReturned')], 6],
    ['a closure request that was endorsed', [...requested, committee('ClosureEndorsed')], 6],
    [
      'an extension request that was granted',
      [...withDates, lead('ExtensionRequested'), committee('DeadlineExtended')],
      4,
    ],
  ];
  test.each(answered)('cannot be voided: %s', (_what, given, target) => {
    expect(attempt(ITEM, record(ITEM, given), committee('EntryVoided', voids(target)))).toMatchObject({
      refused: 'target-not-voidable',
    });
  });

  test('and an extension stays one when it is corrected', () => {
    const given = record(ITEM, [...withDates, committee('DeadlineExtended')]);
    expect(attempt(ITEM, given, committee('EntryCorrected', correct(4, { to: '2024-06-30' })))).toMatchObject(
      { refused: 'extension-not-later' },
    );
    expect(
      attempt(ITEM, given, committee('EntryCorrected', correct(4, { to: '2024-07' }))),
    ).not.toHaveProperty('refused');
  });
});

describe('erasure', () => {
  const erases = (target: number, approvedBy = 'sun') => ({ target, ground: '个人信息', approvedBy });
  specify(ITEM, [
    {
      rule: 'takes two persons',
      given: rectifying,
      when: committee('TextErased', erases(3, 'chen')),
      gives: 'approver-is-actor',
    },
    {
      rule: 'with another approver is recorded',
      given: rectifying,
      when: committee('TextErased', erases(3)),
      gives: { status: 'rectifying' },
    },
    {
      rule: 'is for the committee alone',
      given: rectifying,
      when: lead('TextErased', erases(3)),
      gives: 'role-not-allowed',
    },
    {
      rule: 'reaches a correction, which holds words too',
      given: [...rectifying, lead('EntryCorrected')],
      when: committee('TextErased', erases(4)),
      gives: 'recorded',
    },
    {
      rule: 'reaches a voided entry',
      given: [...rectifying, lead('EntryVoided')],
      when: committee('TextErased', erases(3)),
      gives: 'recorded',
    },
    {
      rule: 'happens once',
      given: [...rectifying, committee('TextErased', erases(3))],
      when: committee('TextErased', erases(3)),
      gives: 'text-erased',
    },
    {
      rule: 'may follow a closing',
      given: closed,
      when: committee('TextErased', erases(3)),
      gives: { status: 'closed' },
    },
    {
      rule: 'names an entry that there is',
      given: rectifying,
      when: committee('TextErased', erases(9)),
      gives: 'unknown-entry',
    },
  ]);

  test('takes the words from the view and nothing from the state', () => {
    const before = record(ITEM, completed);
    const after = record(ITEM, [...completed, committee('TextErased', erases(3))]);
    expect(foldItem(eventsOf(after), CHINA)).toEqual(foldItem(eventsOf(before), CHINA));
    expect(foldItemView(eventsOf(after), CHINA).measures[0]).toMatchObject({ text: null, seq: 3 });
    expect(foldItemView(eventsOf(before), CHINA).measures[0]).toMatchObject({ text: '修订公务接待办法' });
  });
});

test('an entry of an unknown type cannot be amended', () => {
  const history = record(ITEM, rectifying);
  const entry = {
    type: 'MeasureRenamed',
    actor: lead('IssueRaised').who,
    data: { sha256: SHA256 },
    text: {},
    recordedAt: later(START, 9e7),
  };
  const outcome = attempt(
    ITEM,
    [...history, append(ITEM, history, entry)],
    committee('EntryCorrected', correct(4, { text: '改' })),
  );
  expect(outcome).toMatchObject({ refused: 'stream-unreadable' });
});
