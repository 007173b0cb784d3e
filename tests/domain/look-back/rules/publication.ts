import { assigned, closed, committee, raised, rectifying, reopened, type Wish } from '../../kit.ts';
import { at, cancel, correct, dated } from '../kit.ts';
import { type Row, rowsOf } from '../row.ts';

/** Published on the 6th, of the 4th: the day on which everything of a test is recorded where it does not say. */
const publishes = at(
  '2024-03-06',
  committee('NoticePublished', { asOf: '2024-03-04', sha256: 'cd'.repeat(32) }),
);
const admonishes = committee('AccountabilityRecorded', { kind: 'admonition', persons: 2 });
const text = { set: { text: '修订并印发公务接待办法' } };

const totals = rowsOf('published-totals-differ', [
  {
    kind: 'raises',
    history: 'money of that day came to light later',
    given: { onCase: [publishes, dated('2024-03-04', committee('FundsRecovered'))] },
    flags: ['case: c2 c3'],
  },
  {
    kind: 'raises',
    history: 'a problem of that day was entered later, and one was reopened as of that day',
    given: {
      onCase: [publishes],
      items: [
        [at('2024-03-07', dated('2024-03-04', committee('IssueRaised')))],
        [...closed, at('2024-03-08', dated('2024-03-04', committee('ItemReopened')))],
      ],
    },
    flags: ['case: c2 0001/1 0002/8'],
  },
  {
    kind: 'raises',
    history: 'money entered later was then corrected to be of that day',
    given: {
      onCase: [publishes, committee('FundsRecovered'), correct(3, { occurredOn: '2024-03-04' })],
    },
    flags: ['case: c2 c3 c4'],
  },
  {
    kind: 'near miss',
    history: 'of the day after',
    given: {
      onCase: [publishes, dated('2024-03-05', committee('FundsRecovered'))],
      items: [[at('2024-03-07', dated('2024-03-05', committee('IssueRaised')))]],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'of that day, but known at the publication',
    given: { onCase: [dated('2024-03-04', committee('FundsRecovered')), publishes], items: [closed] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'one closing was withdrawn as of that day and another found: the totals are the same',
    given: {
      onCase: [publishes],
      items: [
        [...closed, at('2024-03-08', dated('2024-03-04', committee('ItemReopened')))],
        [...closed.slice(0, 6), at('2024-03-08', dated('2024-03-04', committee('ItemClosed')))],
      ],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'a measure of that day moves no total',
    given: {
      onCase: [publishes],
      items: [[...assigned, at('2024-03-08', dated('2024-03-04', committee('MeasureAdopted')))]],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'sanctions were voided',
    given: { onCase: [admonishes, publishes, cancel(2)] },
    flags: ['case: c3 c4'],
  },
]);

const since = rowsOf('corrected-after-publication', [
  {
    kind: 'raises',
    history: 'entries of the case and of an item',
    given: {
      onCase: [admonishes, publishes, correct(2, { set: { persons: 1 } })],
      items: [[...rectifying, at('2024-03-07', correct(3, text))]],
    },
    flags: ['case: c2 c3 c4', '0001: c3 3 4'],
  },
  {
    kind: 'near miss',
    history: 'corrected before the publication',
    given: { onCase: [publishes], items: [[...rectifying, at('2024-03-05', correct(3, text))]] },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the entry is of the day after',
    given: {
      onCase: [publishes],
      items: [[...assigned, at('2024-03-05', rectifying[2] as Wish), at('2024-03-07', correct(3, text))]],
    },
    flags: [],
  },
  {
    kind: 'raises',
    history: 'the entry was dated of the day of the notice before it was published',
    given: {
      onCase: [publishes],
      items: [
        [
          ...assigned,
          at('2024-03-05', rectifying[2] as Wish),
          at('2024-03-05', correct(3, { occurredOn: '2024-03-03' })),
          at('2024-03-07', correct(3, text)),
        ],
      ],
    },
    flags: ['0001: c2 3 5'],
  },
  {
    kind: 'near miss',
    history: 'the entry was dated after the day of the notice before it was published',
    given: {
      onCase: [publishes],
      items: [
        [
          ...assigned,
          at('2024-03-05', dated('2024-03-03', rectifying[2] as Wish)),
          at('2024-03-05', correct(3, { occurredOn: '2024-03-05' })),
          at('2024-03-07', correct(3, text)),
        ],
      ],
    },
    flags: [],
  },
  {
    kind: 'near miss',
    history: 'the entry was recorded after the publication',
    given: {
      onCase: [publishes],
      items: [[...assigned, at('2024-03-07', dated('2024-03-04', rectifying[2] as Wish)), correct(3, text)]],
    },
    flags: [],
  },
  {
    kind: 'corrected',
    history: 'an entry was voided',
    given: { onCase: [publishes], items: [[...rectifying, at('2024-03-07', cancel(3))], raised, reopened] },
    flags: ['0001: c2 3 4'],
  },
]);

export const publicationRows: readonly Row[] = [...totals, ...since];
