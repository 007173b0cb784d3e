import { describe, expect, it } from 'vitest';
import { parseNotice } from '../../../domain/notice/parse.ts';
import { renderNotice } from '../../../domain/notice/render.ts';
import { content, read } from './fixtures.ts';
import { layouts, summaryOf, totalOf } from './layouts.ts';

const headerKeys = {
  body: 'inspectedBody',
  by: 'inspectingBody',
  from: 'inspectionFrom',
  to: 'inspectionTo',
  feedback: 'feedbackOn',
} as const;

describe('layouts of notices', () => {
  it.each(layouts())('$name', (layout) => {
    const { text, none } = layout;
    if (none !== undefined) {
      expect(parseNotice(text)).toMatchObject({ kind: 'not-a-notice', reason: none });
      return;
    }
    const notice = read(text);
    expect(notice.items.map(summaryOf)).toEqual(layout.items);
    expect(
      notice.items.map((item, index) =>
        item.measures.map((measure, at) => ({
          number: measure.printedNumber,
          occurredOn: measure.occurredOn,
          begins: measure.text.slice(0, layout.measures[index]?.[at]?.begins.length),
        })),
      ),
    ).toEqual(layout.measures);
    expect(notice.header.totals.map(totalOf)).toEqual(layout.totals);
    const said = Object.fromEntries(
      Object.keys(layout.header).map((key) => [key, notice.header[headerKeys[key as 'body']]]),
    );
    expect(said).toEqual(layout.header);
    const { total, ...classes } = notice.lines;
    expect(Object.values(classes).reduce((sum, lines) => sum + lines, 0)).toBe(total);
    expect(content(read(renderNotice(notice)))).toEqual(content(notice));
  });
});
