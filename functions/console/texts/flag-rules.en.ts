import type { RuleTexts } from './flag-rules.zh.ts';

/** What each rule of flags looks for, and why, in English. */
export const rulesInEnglish: RuleTexts = {
  'closed-without-evidence': {
    name: 'Closed without evidence',
    reason:
      'Since the issue was raised or reopened no responsible office has attached new evidence that still stands, yet it is closed; a file that was handed in before is not new.',
  },
  'closed-without-measure': {
    name: 'Closed without a measure',
    reason:
      'Since the issue was raised or reopened no measure that still stands was adopted or completed, yet it is closed.',
  },
  'closer-involved': {
    name: 'The closer took part',
    reason:
      'Whoever closed the item recorded measures or evidence of it, or belongs to an office that was responsible: they closed their own work.',
  },
  'closed-after-return-unchanged': {
    name: 'Closed after a return with nothing new',
    reason:
      'After the request was returned the offices added no new measure, progress or evidence, and the next request was closed; the same file or the same words again are not new.',
  },
  'evidence-after-closing': {
    name: 'Evidence younger than the closing',
    reason:
      'Evidence is dated, happened or was recorded after the day of the closing: then it was not there, or nobody had seen it.',
  },
  'steps-out-of-order': {
    name: 'Steps out of order',
    reason:
      'A later step is dated before an earlier one: completed before adopted, requested before completed, or closed before requested.',
  },
  'closed-in-bulk': {
    name: 'Many closings within minutes',
    reason:
      'One person closed several items within minutes: each may not have been reviewed. The entries are as many as make a batch; the other items of it have flags of their own.',
  },
  'long-term-closed-fast': {
    name: 'Long-term item closed fast',
    reason:
      'A long-term problem needs its mechanism to run for a while; this one was closed soon after it was raised or reopened.',
  },
  'corrected-after-closing': {
    name: 'Corrected after the closing',
    reason:
      'Earlier entries, or the closing itself, were corrected or voided after the closing: what was reviewed has changed.',
  },
  'evidence-reused': {
    name: 'One file for several problems',
    reason:
      'Evidence of several items is the same to the byte (equal SHA-256): one file may have been used to satisfy them all. The entries are those of this item and one of another; the others have flags of their own.',
  },
  'measure-repeated': {
    name: 'Measure repeated',
    reason:
      'But for spaces and punctuation it is word for word a measure of another item: it may have been copied without regard to the problem.',
  },
  'measure-similar': {
    name: 'Measure much alike',
    reason:
      'It is much like a measure of another item (Jaccard index of the sets of character trigrams): it may be a template.',
  },
  'measures-vague': {
    name: 'Vague measures',
    reason:
      'None of the standing measures names a number, a document or a due date: nobody can check whether they were carried out.',
  },
  'money-closed-by-training': {
    name: 'Money problem closed by training only',
    reason:
      'The problem is about money or assets; its measures are study, training, meetings and talks, with no recovery, clearing up or rule, and no amount recovered; to study a rule is to make none.',
  },
  'recovered-less-than-named': {
    name: 'Recovered less than the problem names',
    reason: 'The problem names an amount that was misused; the funds recorded for the item are less.',
  },
  'title-parts-unanswered': {
    name: 'Fewer measures than parts',
    reason:
      'The title has several parts, between commas, semicolons, full stops or long phrases with 、, and fewer standing measures: only part of it may have been answered.',
  },
  'dated-before-inspection': {
    name: 'Dated before the inspection',
    reason:
      'A measure or evidence is dated before the inspection began: old material may pass for rectification.',
  },
  'dated-before-feedback': {
    name: 'Dated before the feedback',
    reason:
      'A measure or evidence is dated before the feedback, and the item was not to be put right at once: nobody had named the problem yet.',
  },
  'recorded-late': {
    name: 'Recorded late',
    reason:
      'It was recorded long after it happened, by an office, the committee or a reviewer, raises, assignments and imports apart: the ledger may have been written up afterwards.',
  },
  'burst-before-deadline': {
    name: 'Burst before a deadline',
    reason: 'Nearly all entries of the offices were recorded in the last days before the deadline.',
  },
  'burst-before-look-back': {
    name: 'Burst before a look-back',
    reason: 'Nearly all entries of the offices were recorded in the last days before a look-back began.',
  },
  'register-burst-before-look-back': {
    name: 'Whole register written before a look-back',
    reason:
      'Nearly all entries of the offices on all items of the case were recorded in the last days before a look-back began: the whole register may have been written up for it.',
  },
  overdue: { name: 'Overdue and open', reason: 'The deadline has passed and the item is not closed.' },
  'extended-repeatedly': {
    name: 'Extended repeatedly',
    reason: 'The deadline was moved again and again.',
  },
  'extended-after-expiry': {
    name: 'Extended after expiry',
    reason:
      'The extension was recorded when the deadline, as it is known now, had passed: it hides that the item was overdue.',
  },
  'extended-without-measures': {
    name: 'Extended without new measures',
    reason: 'More time was given, and no new measure adopted about that time: what was it for?',
  },
  'long-term-silent': {
    name: 'Long-term item silent',
    reason: 'Nothing has been recorded of a long-term item for long: it may have been shelved.',
  },
  'lead-changed-idle': {
    name: 'Idle under a new lead office',
    reason:
      'The lead office changed, and the new one has recorded nothing: it may have got lost between them.',
  },
  'returned-repeatedly': {
    name: 'Returned repeatedly',
    reason: 'The committee returned the request several times: it may never have been put right.',
  },
  reopened: { name: 'Reopened', reason: 'It was reopened after a closing: that closing did not hold.' },
  'problem-recurs': {
    name: 'The problem recurs',
    reason:
      'An earlier inspection of the same body found the same or nearly the same problem: it may not have been put right then.',
  },
  'plan-missing': {
    name: 'Plan missing or late',
    reason: 'No plan was issued within the days set after the feedback, or it came later.',
  },
  'published-totals-differ': {
    name: 'Published totals differ from what is known',
    reason:
      'Counted again for the day of the notice, with what is known now, the totals are not those that were known when it was published.',
  },
  'corrected-after-publication': {
    name: 'Corrected after publication',
    reason: 'Entries on which a published notice rested were corrected or voided afterwards.',
  },
  'sanctions-without-item': {
    name: 'Sanctions without an item',
    reason:
      'Accountability is recorded with no item that it belongs to, or of one withdrawn: it cannot be checked.',
  },
  'institutions-without-item': {
    name: 'Institutions without an item',
    reason:
      'Institutions are recorded with no item that they belong to, or of one withdrawn: they cannot be checked.',
  },
  'funds-without-item': {
    name: 'Funds without an item',
    reason:
      'Recovered funds are recorded with no item that they belong to, or of one withdrawn: they cannot be checked.',
  },
  'institution-without-number': {
    name: 'Institution without a document number',
    reason: 'An institution is said to be established, with no number by which to find the document.',
  },
  'numbering-gap': {
    name: 'Gap in the printed numbers',
    reason:
      'The printed numbers do not begin at one, skip or repeat: a problem may have been left out, merged or split; compare the source.',
  },
};
