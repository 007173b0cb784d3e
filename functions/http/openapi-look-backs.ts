import { inCase, json, type Operation, onPages } from './openapi-operation.ts';
import * as codes from './openapi-problems.ts';
import { flaggedCasesParameters, flagParameters, noParameters } from './requests.ts';

export const lookBackOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/cases/{caseId}/flags',
    id: 'readFlags',
    summary: 'The worklist of a look-back: what somebody should look at',
    description:
      'A flag is a prompt for a person, never a finding. Each names the entries that it rests on; asked on a clock it is what the entries of then raised.',
    tag: 'look-backs',
    query: flagParameters,
    status: 200,
    answer: json('FlagList'),
    problems: [...inCase, ...onPages],
  },
  {
    method: 'get',
    path: '/v1/flags',
    id: 'readFlaggedCases',
    summary: 'Cases by their flags that nobody dismissed',
    description: 'A page is of cases, and may hold fewer than `limit` though more follow.',
    tag: 'look-backs',
    query: flaggedCasesParameters,
    status: 200,
    answer: json('FlaggedCaseList'),
    problems: [...codes.SIGNED_IN, ...onPages],
  },
  {
    method: 'get',
    path: '/v1/flag-rules',
    id: 'readFlagRules',
    summary: 'Every rule of flags with its reason, in Chinese and English, and its thresholds',
    tag: 'look-backs',
    anonymous: true,
    query: noParameters,
    status: 200,
    answer: json('FlagRules'),
    problems: codes.PARAMETERS,
  },
];
