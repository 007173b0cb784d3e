import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FLAGS_PAGE, rulesOnPage } from '../../kit/flags-page.ts';

test('the page of flags says of every rule and threshold what the console says', () => {
  const stands = readFileSync(FLAGS_PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(stands).toEqual(rulesOnPage());
});
