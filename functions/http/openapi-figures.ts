import { inCase, type Operation, onClocks } from './openapi-operation.ts';
import * as codes from './openapi-problems.ts';
import { figuresParameters } from './requests.ts';

const onFigures = [...onClocks, 'answer-too-large', 'not-acceptable'] as const;

const shared = {
  method: 'get',
  description:
    'Closed by week, days from raise to closure, returns (`perItem` to two decimals) and extensions: of the whole, by lead office and by term. An office gets those of its own items. `from` and `to` name the first and the last week; without them they go from the first closing to the day of the picture.',
  tag: 'supervision',
  query: figuresParameters,
  status: 200,
} as const;

/** Numbers over time, of one case and across all. */
export const figuresOperations: readonly Operation[] = [
  {
    ...shared,
    path: '/v1/cases/{caseId}/figures',
    id: 'readCaseFigures',
    summary: 'Numbers over time of one case',
    answer: { 'application/json': 'CaseFigures', 'text/csv': undefined },
    problems: [...inCase, ...onFigures],
  },
  {
    ...shared,
    path: '/v1/figures',
    id: 'readFigures',
    summary: 'Numbers over time across the cases that the token reaches',
    answer: { 'application/json': 'AllFigures', 'text/csv': undefined },
    problems: [...codes.SIGNED_IN, ...onFigures],
  },
];
