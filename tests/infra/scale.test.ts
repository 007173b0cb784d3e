import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Size, sizes } from '../bench/scale/assumptions.ts';
import { billOf, copiesOf, largestOf, storedAfter, totalOf } from '../bench/scale/bill.ts';
import { fillIn, proseOf } from '../bench/scale/blocks.ts';
import { partitionsOf, standingOf } from '../bench/scale/carrying.ts';
import { times } from '../bench/scale/cost.ts';
import { growingAnswers, rebuildOf } from '../bench/scale/growing.ts';
import { type Measured, measure } from '../bench/scale/measure.ts';
import { differences, PAGE } from '../bench/scale/page.ts';
import { stack } from '../bench/scale/platform.ts';
import { eventReadsOf, trafficOf } from '../bench/scale/traffic.ts';

const [street, district, province, country] = sizes;

let page: string;
let measured: Measured;

beforeAll(async () => {
  page = await readFile(PAGE, 'utf8');
  measured = await measure();
}, 300_000);

describe('the page', () => {
  it('says in its tables what is measured and derived', () => {
    expect(differences(page, fillIn(page, measured)).join('\n'), 'rewrite it with page.ts --write').toBe('');
  });

  it('differs as soon as a measured unit does', () => {
    const dearer = { ...measured, shape: { ...measured.shape, eventBytes: measured.shape.eventBytes * 1.1 } };
    expect(differences(page, fillIn(page, dearer)).map((one) => one.split('\n')[0])).toContain('storage');
  });

  it('has no figure outside its tables, where none would follow the units', () => {
    const prose = proseOf(page)
      .replace(/```[\s\S]*?```/g, '')
      .replace(/`[^`]*`/g, '')
      .replace(/^\d+\. /gm, '');
    expect(prose.match(/.*\d.*/g) ?? []).toEqual([]);
  });
});

describe('what the prose says first is first', () => {
  const within = (seconds: number): number => seconds / stack.answer.value;
  const unfiltered = 'an office asks for supervision and names no office';
  const list = 'an office asks for the list of cases';

  it('in a street nothing comes near a limit', () => {
    expect(Math.max(...Object.values(standingOf(street, measured)))).toBeLessThan(0.01);
  });

  it('in a district supervision without a filter is the first to go, and the list is still cheap', () => {
    const answers = growingAnswers(district, measured, 1);
    expect(within(answers[unfiltered].seconds)).toBeGreaterThan(0.4);
    expect(within(answers[list].seconds)).toBeLessThan(0.01);
    expect(Math.max(...Object.values(standingOf(district, measured)))).toBeLessThan(0.01);
  });

  it('in a province that no longer answers, the list of cases still does, and no limit is reached', () => {
    expect(within(growingAnswers(province, measured, 1)[unfiltered].seconds)).toBeGreaterThan(1);
    expect(within(growingAnswers(province, measured, 10)[list].seconds)).toBeLessThan(1);
    expect(Math.max(...Object.values(standingOf(province, measured)))).toBeLessThan(1);
    const rebuild = rebuildOf(province, measured, 10);
    expect(rebuild.emptying).toBeGreaterThan(2 * rebuild.byFunctions);
  });

  it('most reads of events are published notices', () => {
    const { 'the published notice': notices = 0, ...others } = eventReadsOf(measured);
    expect(notices).toBeGreaterThan(Object.values(others).reduce((all, one) => all + one, 0));
  });

  it('in the country limits are reached in the order in which they are named', () => {
    const standing = standingOf(country, measured);
    const named = [
      standing['requests, against what the stack lets in'],
      standing['table of events, read units'],
      standing['`cases`, write units'],
      standing['`audit-day#`, write units'],
    ];
    expect(named).toEqual([...named].sort((one, other) => other - one));
    expect(named[1]).toBeGreaterThan(1);
    expect(within(growingAnswers(country, measured, 1)[list].seconds)).toBeGreaterThan(1);
    expect(rebuildOf(country, measured, 10).byFunctions).toBeGreaterThan(2 * 86_400);
  });

  it('a small deployment pays for what is fixed, a large one for copies', () => {
    for (const size of [street, district]) {
      expect(['alarms', 'key']).toContain(largestOf(billOf(size, measured, 10)).name);
    }
    for (const size of [province, country]) {
      const { exported, kept, backups, increments, fewerBackups } = copiesOf(size, measured, 10);
      expect((exported + kept + backups) / totalOf(billOf(size, measured, 10))).toBeGreaterThan(0.5);
      expect(increments + fewerBackups).toBeLessThan((exported + backups) / 5);
    }
  });
});

describe('the derivations', () => {
  const twice = ({ name, casesAYear }: Size): Size => ({ name, casesAYear: casesAYear * 2 });

  it('count views as DynamoDB does: by rows what the engine reports in all', () => {
    const byRows = [...measured.projecting.aloneByPartition.values()].reduce((all, one) => all + one, 0);
    expect(byRows).toBeCloseTo(measured.projecting.alone.viewWrites, 9);
  });

  it('say of all reads of events what they are spent on', () => {
    const spent = Object.values(eventReadsOf(measured)).reduce((all, one) => all + one, 0);
    expect(spent).toBeCloseTo(trafficOf(street, measured, 1).api.eventReads, 6);
  });

  it('twice the cases: twice the units, the bytes and the time of a rebuild', () => {
    const one = trafficOf(province, measured, 1);
    const two = trafficOf(twice(province), measured, 1);
    expect(two.api.eventWrites).toBeCloseTo(2 * one.api.eventWrites, 3);
    expect(two.projector.viewWrites).toBeCloseTo(2 * one.projector.viewWrites, 3);
    expect(storedAfter(twice(province), measured, 1).views).toBeCloseTo(
      2 * storedAfter(province, measured, 1).views,
      9,
    );
    expect(rebuildOf(twice(province), measured, 1).byFunctions).toBeCloseTo(
      2 * rebuildOf(province, measured, 1).byFunctions,
      6,
    );
  });

  it('twice the entries a case: twice the write units, and reading no dearer', () => {
    const { shape, recording, projecting } = measured;
    const longer: Measured = {
      ...measured,
      shape: { ...shape, entries: shape.entries * 2, imported: shape.imported * 2 },
      recording: { ...recording, imported: times(recording.imported, 2) },
      projecting: { ...projecting, imported: times(projecting.imported, 2) },
    };
    const one = trafficOf(district, measured, 1);
    const two = trafficOf(district, longer, 1);
    expect(two.api.eventWrites).toBeCloseTo(2 * one.api.eventWrites, 6);
    expect(two.projector.viewWrites).toBeCloseTo(2 * one.projector.viewWrites, 6);
    expect(two.api.viewReads).toBeCloseTo(one.api.viewReads, 6);
  });

  it('twice the units an entry: half the entries a second, and twice the share of the limit', () => {
    const heavier: Measured = {
      ...measured,
      projecting: {
        ...measured.projecting,
        aloneByPartition: new Map(
          [...measured.projecting.aloneByPartition].map(([kind, units]) => [kind, units * 2]),
        ),
      },
    };
    const carries = (of: Measured): number =>
      partitionsOf(of).find(({ key }) => key === 'views: cases')?.carries ?? 0;
    expect(carries(heavier)).toBeCloseTo(carries(measured) / 2, 9);
    const name = '`cases`, write units';
    expect(standingOf(country, heavier)[name]).toBeCloseTo(2 * standingOf(country, measured)[name], 9);
  });

  it('a bill is the sum of its parts, and ten years store ten times as much', () => {
    const bill = billOf(country, measured, 10);
    expect(totalOf(bill)).toBeGreaterThan(largestOf(bill).dollars);
    expect(bill['storage of events']).toBeCloseTo(10 * billOf(country, measured, 1)['storage of events'], 6);
    expect(bill['writes of views']).toBe(billOf(country, measured, 1)['writes of views']);
  });
});
