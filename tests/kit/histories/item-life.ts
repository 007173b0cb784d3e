import type { Actor } from '../../../domain/actor.ts';
import { type Day, daysAfter, daysBetween } from '../../../domain/dates.ts';
import type { ItemId } from '../../../domain/ids.ts';
import type { Chance } from './chance.ts';
import { type Fate, fateOf } from './fate.ts';
import { Pen } from './pen.ts';
import { closers, importer, OFFICES, officer, reviewer, supervisor } from './people.ts';
import { dayOfStep, daysEarlier, type ItemStory, MINUTE, type Step } from './story.ts';
import { measureText, printed, recoveryText, reportText, type Subject } from './words.ts';

/** What the case around an item knows. */
export interface Around {
  readonly feedbackOn: Day;
  readonly today: Day;
  /** The body that has to endorse each closing, where there is one. */
  readonly endorsement: string | undefined;
  readonly lookBack: Step | undefined;
  /** The sha256 of the notice that the items were imported from. */
  readonly imported: string | undefined;
  /** About so many entries, in progress reports and evidence; 0 for as many as come. */
  readonly entries: number;
}

/** One item from its raising to today, as honest people work: in time, in order, with new words and new files. */
export function itemLife(
  itemId: ItemId,
  subject: Subject,
  chance: Chance,
  around: Around,
): ItemStory & { readonly subject: Subject } {
  const fate = fateOf(chance, around.feedbackOn, around.today, around.lookBack !== undefined);
  const { path, term } = fate;
  const [lead, other] = chance.some(OFFICES, 2) as [string, string];
  const pen = new Pen(chance, subject.about, { lead, other }, fate.assigned);
  raise(pen, Number(itemId), subject, fate, around);
  const measures = adoptAll(pen, subject, fate, around);
  const story = { itemId, path, term, subject, steps: pen.steps };
  if (path === 'withdrawn') {
    pen.add('IssueWithdrawn', supervisor, daysAfter(fate.begun, 20), {
      text: { reason: '与另一问题合并整改' },
    });
    return story;
  }
  const settled = moveAndExtend(pen, measures, fate);
  work(pen, measures, fate, settled, around);
  if (path === 'open') return story;
  const asked = daysAfter(fate.finish, chance.between(4, 6));
  pen.request(asked);
  if (path === 'requested') return story;
  decide(pen, measures, asked, around);
  if (around.lookBack) lookBackAt(pen, fate, around.lookBack, around);
  return story;
}

const sourceOf = (sha256: string, line: number) => ({ sha256, lines: [line, line] as const });

function raise(pen: Pen, number: number, subject: Subject, fate: Fate, around: Around): void {
  const { imported, feedbackOn } = around;
  const step = pen.add('IssueRaised', supervisor, daysAfter(feedbackOn, 2), {
    ...(imported && { who: importer, source: sourceOf(imported, 2 * number) }),
    data: { printedNumber: printed(number) },
    text: { title: subject.title },
  });
  // One after the other, in the order of the list.
  step.at = Date.parse(`${daysAfter(feedbackOn, 2)}T01:00:00.000Z`) + number * 20_000;
  const { term, deadline, before, assigned } = fate;
  const first = before ?? deadline;
  const { lead, other } = pen.offices;
  pen.add('OfficeAssigned', supervisor, assigned, {
    data: { lead, supporting: [other], term, ...(first && { deadline: first }) },
  });
}

function adoptAll(pen: Pen, subject: Subject, fate: Fate, around: Around): Step[] {
  const { chance, about } = pen;
  const count = Math.max(subject.parts, chance.between(1, 3)) + Math.floor(around.entries / 40);
  return Array.from({ length: count }, (_, index) => {
    const recovers = index === 0 && subject.money;
    const text = recovers ? recoveryText(about, chance) : measureText(about, chance);
    const measure = pen.adopt(daysAfter(fate.begun, index % 12), text);
    if (index > 0) return measure;
    if (around.imported !== undefined) {
      const source = sourceOf(around.imported, 2 * Number(pen.steps.length));
      Object.assign(measure, { who: importer, source, occurredOn: undefined });
    } else if (fate.term === 'immediate' && chance.percent(30)) {
      // Put right while the inspectors were still writing.
      measure.occurredOn = daysEarlier(around.feedbackOn, chance.between(1, 8));
    }
    return measure;
  });
}

/** Some items get another lead office, some more time; gives the day from which the responsible offices stay. */
function moveAndExtend(pen: Pen, measures: Step[], { begun, before, deadline, term, path }: Fate): Day {
  const { chance, about } = pen;
  const moves = path !== 'reopened' && term !== 'immediate' && chance.percent(7);
  if (moves) {
    const on = daysAfter(begun, 30);
    const { lead: left, other } = pen.offices;
    const lead = chance.pick(OFFICES.filter((one) => one !== left && one !== other));
    pen.offices = { lead, other: left };
    pen.add('OfficeAssigned', supervisor, on, { data: { lead, supporting: [left] } });
    const text = { text: reportText(about, chance) };
    pen.add('ProgressReported', officer(lead), daysAfter(on, 4), { text });
  }
  const settled = daysAfter(begun, moves ? 35 : 13);
  if (before && deadline) {
    const reason = `${about}涉及跨年度手续，需延期办理`;
    pen.add('ExtensionRequested', pen.lead, daysEarlier(before, 25), {
      data: { to: deadline },
      text: { reason },
    });
    pen.add('DeadlineExtended', supervisor, daysEarlier(before, 20), {
      data: { to: deadline, from: before },
      text: { reason: '同意延期' },
    });
    measures.push(pen.adopt(daysEarlier(before, 17), measureText(about, chance)));
  }
  if (chance.percent(5)) {
    const dropped = pen.adopt(daysAfter(settled, 1), measureText(about, chance));
    const reason = '与其他措施重复';
    pen.add('MeasureWithdrawn', supervisor, daysAfter(settled, 4), { measure: dropped, text: { reason } });
  }
  return settled;
}

/** Reports month after month; where it comes to an end, the completions in the later half, each with its evidence. */
function work(pen: Pen, measures: readonly Step[], fate: Fate, settled: Day, around: Around): void {
  const { chance } = pen;
  const { begun, before, finish, path, term } = fate;
  const months = Math.max(1, Math.floor(daysBetween(settled, finish) / 30));
  for (let month = 0; month < months; month += 1) {
    amend(pen, measures, pen.report(daysAfter(settled, month * 30 + chance.between(2, 12))));
  }
  const least = Math.max(daysBetween(begun, settled) + 6, before ? daysBetween(begun, before) - 15 : 0);
  const span = daysBetween(begun, finish);
  const turned = daysAfter(begun, Math.min(Math.max(Math.floor(span / 2), least), span - 4));
  const ends = path !== 'open';
  fillUp(pen, measures, settled, ends ? daysEarlier(turned, 1) : finish, around.entries);
  if (!ends) return;
  const days = Math.max(1, daysBetween(turned, finish) - 3);
  for (const [index, measure] of measures.entries()) {
    const on = daysAfter(turned, 1 + ((index * 7 + chance.between(0, 3)) % days));
    pen.complete(on, measure, term === 'long-term' && chance.percent(50));
  }
}

/** Four entries in five are reports, the fifth is evidence, spread over the days. */
function fillUp(pen: Pen, measures: readonly Step[], from: Day, to: Day, entries: number): void {
  const { chance } = pen;
  const days = daysBetween(from, to);
  const [measure] = measures;
  const missing = entries - pen.steps.length - 2 * measures.length - 2;
  for (let count = 0; count < missing; count += 1) {
    const on = daysAfter(from, chance.between(1, Math.max(1, days - 1)));
    if (measure && count % 5 === 4) pen.prove(on, [measure]);
    else pen.report(on);
  }
}

/** Now and then somebody puts right a slip of an hour ago, takes back a double entry, or a wrong file. */
function amend(pen: Pen, measures: readonly Step[], slip: Step): void {
  const { chance, about, steps } = pen;
  const at = slip.at + 60 * MINUTE;
  const dice = chance.between(1, 100);
  if (dice <= 4) {
    const text = { reason: '笔误', set: { text: reportText(about, chance) } };
    steps.push({ type: 'EntryCorrected', who: slip.who, at, target: slip, data: {}, text });
  } else if (dice <= 6) {
    steps.push({
      type: 'EntryVoided',
      who: slip.who,
      at,
      target: slip,
      data: {},
      text: { reason: '重复录入' },
    });
  } else if (dice <= 8) {
    const evidence = pen.prove(dayOfStep(slip), measures.slice(0, 1));
    evidence.at = at;
    const text = { reason: '传错文件' };
    steps.push({ type: 'EvidenceWithdrawn', who: evidence.who, at: at + MINUTE, evidence, data: {}, text });
  }
}

/** Closed, sometimes after a return that was answered with new work. */
function decide(pen: Pen, measures: readonly Step[], requested: Day, around: Around): void {
  const { chance } = pen;
  let asked = requested;
  if (chance.percent(15)) {
    const who = chance.percent(50) ? supervisor : chance.pick(closers);
    pen.add('ClosureReturned', who, daysAfter(asked, 2), { text: { reason: '佐证材料不足以说明成效' } });
    pen.report(daysAfter(asked, 7));
    pen.prove(daysAfter(asked, 9), measures.slice(0, 1));
    asked = daysAfter(asked, 11);
    pen.request(asked);
  }
  endorseAndClose(pen, asked, around);
}

function endorseAndClose(pen: Pen, asked: Day, { endorsement }: Around): void {
  const { chance } = pen;
  if (endorsement !== undefined) {
    const text = { opinion: '同意' };
    pen.add('ClosureEndorsed', supervisor, daysAfter(asked, 1), { data: { body: endorsement }, text });
  }
  const closer: Actor = chance.pick(closers);
  pen.close(daysAfter(asked, chance.between(2, 9)), closer);
}

/** What the look-back finds: mostly nothing; an item that came back is reopened, worked on and closed again. */
function lookBackAt(pen: Pen, { path, term }: Fate, lookBack: Step, around: Around): void {
  const { chance, about } = pen;
  const on = (days: number): Day => daysAfter(dayOfStep(lookBack), days);
  const found = (verdict: string, text: string): void => {
    pen.add('LookBackFindingRecorded', reviewer, on(5), { lookBack, data: { verdict }, text: { text } });
  };
  if (path === 'closed' && chance.percent(30)) found('genuine', '现场查看，与台账相符');
  if (path !== 'reopened') return;
  found('false', '现场查看，措施未落实');
  pen.add('ItemReopened', supervisor, on(8), { lookBack, text: { reason: '回头看发现反弹' } });
  const again = pen.adopt(on(11), measureText(about, chance));
  pen.complete(on(20), again, term === 'long-term');
  pen.request(on(25));
  endorseAndClose(pen, on(25), around);
}
