import { inCase, inItem, json, type Operation, onClocks, onPages } from './openapi-operation.ts';
import * as codes from './openapi-problems.ts';
import { diffAcrossParameters, diffParameters, hindsightParameters } from './requests.ts';

/** What was otherwise at another date, or was believed to be. */
export const comparisonOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/cases/{caseId}/diff',
    id: 'compareCase',
    summary: 'What changed between two dates',
    description: '`from` is exclusive, `to` inclusive.',
    tag: 'cases',
    query: diffParameters,
    status: 200,
    answer: json('Diff'),
    problems: [...inCase, ...onClocks],
  },
  {
    method: 'get',
    path: '/v1/cases/{caseId}/items/{itemId}/diff',
    id: 'compareItem',
    summary: 'What changed on one item between two dates',
    description: '`from` is exclusive, `to` inclusive.',
    tag: 'items',
    query: diffParameters,
    status: 200,
    answer: json('Diff'),
    problems: [...inItem, ...onClocks],
  },
  {
    method: 'get',
    path: '/v1/diff',
    id: 'compareCases',
    summary: 'What changed between two dates, in all cases that the token reaches',
    description:
      '`from` is exclusive, `to` inclusive. Only cases in which something changed, each whole. A page looks at `limit` cases, fewer where they are long, so that it may hold few or none and still have a `nextCursor`.',
    tag: 'supervision',
    query: diffAcrossParameters,
    status: 200,
    answer: json('DiffAcross'),
    problems: [...codes.SIGNED_IN, ...onPages],
  },
  {
    method: 'get',
    path: '/v1/cases/{caseId}/hindsight',
    id: 'readHindsight',
    summary: 'What the ledger said at an instant about a day, and what it says of the same day now',
    description:
      'Name a `notice`, or `believedAsOf`. Believed is what was recorded by then, known what is recorded by `recordedAsOf`, or now; both are pictures of one day, `effectiveOn`: without it the day that the notice is of, or that of the instant. Each difference names the later entries that count by that day, or amend what does. An office sees its own items only.',
    tag: 'cases',
    query: hindsightParameters,
    status: 200,
    answer: json('Hindsight'),
    problems: [...inCase, ...onClocks, 'entry-not-found', 'answer-too-large'],
  },
];
