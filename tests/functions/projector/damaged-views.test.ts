import { describe, expect, test } from 'vitest';
import { replayDeadLetters } from '../../../functions/app/project.ts';
import { rebuildCase } from '../../../functions/app/rebuild.ts';
import { DEAD_LETTERS, pictureKey, VIEW_FOLD } from '../../../functions/app/view-rows.ts';
import { anItemId } from '../../kit/event-rows.ts';
import { accepted, allRows, openedCase } from '../../kit/ledger-bench.ts';
import { people } from '../../kit/people.ts';
import { inserted, projectorBench } from './kit.ts';

/** Two cases with an item each, of which the first one's views are damaged. */
async function twoCases(damage: { sort: 'case' | 'item#0001'; body: string }) {
  const bench = projectorBench();
  const [bad, good] = [
    await openedCase(bench.ledger, people.committee),
    await openedCase(bench.ledger, people.committee),
  ] as const;
  await bench.feed(...(await allRows(bench.events)).map((row) => inserted(row)));
  for (const caseId of [bad, good]) {
    accepted(await bench.ledger.raiseIssue(people.committee, caseId, { data: { title: '题' } }, {}));
  }
  const { partition } = pictureKey({ caseId: bad });
  await bench.views.putAll([{ partition, version: 1, ...damage }]);
  const raised = (await allRows(bench.events)).filter(({ entry }) => entry.itemId !== undefined);
  const itemOf = async (caseId: typeof bad) => {
    const key = pictureKey({ caseId, itemId: anItemId('0001') });
    return (await bench.views.get(key.partition, key.sort))?.version;
  };
  return { ...bench, bad, good, raised, itemOf };
}

describe('views that cannot be read', () => {
  test.each([
    ['a picture that is no JSON', { sort: 'item#0001', body: 'no JSON' }],
    ['a case without its picture’s content', { sort: 'case', body: `{"fold":${VIEW_FOLD}}` }],
  ] as const)('hold up their own case and no other: %s', async (_, damage) => {
    const { feed, raised, itemOf, good, bad, errors, deps, views } = await twoCases(damage);
    const { batchItemFailures } = await feed(...raised.map((row) => inserted(row)));
    expect(batchItemFailures).toEqual([]);
    expect(await itemOf(good)).toBe(1);
    const letters = (await views.range(DEAD_LETTERS, {}, { limit: 9 })).rows;
    expect(letters.map(({ sort }) => sort)).toEqual([`${bad}/0001/1`]);
    expect(errors().join()).toContain(`${bad}/0001/1`);
    await rebuildCase(deps, bad);
    expect(await itemOf(bad)).toBe(1);
    expect(await replayDeadLetters(deps)).toEqual({ replayed: 1, left: 0 });
  });
});

test('a row whose key is longer than a sort key may be is set aside, and stays until somebody has looked', async () => {
  const { feed, events, ledger, views, deps } = projectorBench();
  await openedCase(ledger, people.committee);
  const [row] = await allRows(events);
  if (!row) throw new Error('nothing was recorded');
  const long = { S: 'x'.repeat(1_024) };
  const record = inserted(row, { caseId: long });
  await feed({
    ...record,
    dynamodb: { ...record.dynamodb, Keys: { caseId: long, entry: { S: 'C#000001' } } },
  });
  const letters = (await views.range(DEAD_LETTERS, {}, { limit: 9 })).rows;
  expect(letters).toHaveLength(1);
  expect(letters[0]?.sort.length).toBeLessThan(1_024);
  expect(await replayDeadLetters(deps)).toEqual({ replayed: 0, left: 1 });
});
