import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accountabilityToRecord } from '../../../domain/notice/accountability.ts';
import { renderNotice } from '../../../domain/notice/render.ts';
import { codes, content, read } from './fixtures.ts';

// The notice is kept beside the repository, never in it.
const path = fileURLToPath(new URL('../../../../shared/notices/panhuo-2024.txt', import.meta.url));

describe('the real notice at hand', () => {
  if (!existsSync(path)) {
    it('lies beside the repository only where it is developed', () => {
      expect(existsSync(path)).toBe(false);
    });
    return;
  }
  const notice = read(readFileSync(path, 'utf8'));
  const measures = notice.items.flatMap((item) => item.measures);

  it('has 45 items, 113 numbered measures and 10 unnumbered body paragraphs', () => {
    expect(notice.items).toHaveLength(45);
    expect(new Set(notice.items.map((item) => item.printedNumber)).size).toBe(44);
    expect(measures.filter((measure) => measure.printedNumber !== null)).toHaveLength(113);
    const unnumbered = measures.filter((measure) => measure.printedNumber === null).length;
    const continued = measures.reduce((sum, measure) => sum + measure.text.split('\n').length - 1, 0);
    expect([unnumbered, continued]).toEqual([9, 1]);
    expect(measures.find((measure) => measure.lines[0] === 153)?.lines).toEqual([153, 154]);
    expect(notice.items.every((item) => item.statedStatus === undefined && item.notes.length === 0)).toBe(
      true,
    );
  });

  it('states its header and leaves its tail', () => {
    expect(notice.header).toMatchObject({
      inspectionFrom: '2023-07-12',
      inspectionTo: '2023-09-22',
      feedbackOn: '2024-03-08',
      totals: [
        { kind: 'party-discipline', value: 1 },
        { kind: 'administrative-sanction', value: 3 },
        { kind: 'administrative-sanction', measure: '记大过', value: 1 },
        { kind: 'administrative-sanction', measure: '记过', value: 2 },
        { kind: 'reminder-talk', value: 18 },
        { kind: 'criticism-education', value: 2 },
        { kind: 'admonition', value: 1 },
        { kind: 'institutions', value: 13 },
      ],
    });
    expect(accountabilityToRecord(notice.header.totals).reduce((sum, count) => sum + count.persons, 0)).toBe(
      25,
    );
    expect(notice.tail.lines).toEqual([171, 172]);
    expect(notice.lines).toEqual({ total: 172, header: 2, items: 45, measures: 123, tail: 2, ignored: 0 });
  });

  it('dates only measures that say when they were done', () => {
    const dated = measures.filter((measure) => measure.occurredOn !== undefined);
    expect(dated.map((measure) => [measure.lines[0], measure.occurredOn])).toEqual([
      [22, '2024-09'],
      [94, '2023-09'],
      [121, '2024'],
      [130, '2024-04-24'],
      [136, '2024-06'],
      [141, '2024-03'],
      [159, '2024-04'],
      [161, '2024'],
    ]);
  });

  it('is odd where it is odd', () => {
    expect(codes(notice)).toEqual(
      expect.arrayContaining([
        '15 odd-heading',
        '39 odd-heading',
        '124 odd-heading',
        '107 duplicate-measure',
        '113 duplicate-measure',
        '109 relative-date',
        '126 start-date',
        '128 inexact-count',
        '161 damaged-date',
        '169 repeated-numeral',
      ]),
    );
  });

  it('says the same when it is written and read again', () => {
    expect(content(read(renderNotice(notice)))).toEqual(content(notice));
  });
});
