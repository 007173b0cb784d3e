import { comparisonOperations } from './openapi-comparisons.ts';
import { figuresOperations } from './openapi-figures.ts';
import { lookBackOperations } from './openapi-look-backs.ts';
import { inCase, inItem, json, type Operation, onClocks, onPages, writes } from './openapi-operation.ts';
import * as codes from './openapi-problems.ts';
import {
  clockParameters,
  deadlineParameters,
  importParameters,
  listParameters,
  noParameters,
  registerParameters,
  supervisionParameters,
} from './requests.ts';

const caseOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/cases',
    id: 'openCase',
    summary: 'Open a case',
    tag: 'cases',
    body: 'NewCase',
    ...writes,
    problems: [...codes.SIGNED_IN, ...codes.WRITING, 'case-exists'],
  },
  {
    method: 'get',
    path: '/v1/cases',
    id: 'listCases',
    summary: 'The cases that the token reaches',
    tag: 'cases',
    query: listParameters,
    status: 200,
    answer: json('CaseList'),
    problems: [...codes.SIGNED_IN, ...onPages],
  },
  {
    method: 'get',
    path: '/v1/cases/{caseId}',
    id: 'readCase',
    summary: 'One case with its counts, accountability, institutions and funds',
    tag: 'cases',
    query: clockParameters,
    status: 200,
    answer: json('CaseAsOf'),
    tagged: true,
    problems: [...inCase, ...onClocks],
  },
  {
    method: 'get',
    path: '/v1/deadlines',
    id: 'listDeadlines',
    summary: 'What is overdue, due soon and silent, by case and lead office',
    description:
      'Open items alone. A partial deadline ends with its last day. Silence counts from the newest report, evidence or decision that calls for work: from its recording, on the effective clock from the day on which it counts. Cases and offices with nothing of the kind are left out; a page counts cases.',
    tag: 'supervision',
    query: deadlineParameters,
    status: 200,
    answer: json('DeadlineList'),
    problems: [...codes.SIGNED_IN, 'case-not-found', ...onPages],
  },
  {
    method: 'get',
    path: '/v1/audit',
    id: 'supervise',
    summary: 'The audit trail across cases',
    description: '`from` and `to` are days of recording, both inclusive.',
    tag: 'supervision',
    query: supervisionParameters,
    status: 200,
    answer: json('SupervisionTrail'),
    problems: [...codes.SIGNED_IN, ...onPages],
  },
];

const itemOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/cases/{caseId}/items',
    id: 'raiseIssue',
    summary: 'Raise an issue',
    description: 'The ledger mints the item id; the envelope and Location tell it.',
    tag: 'items',
    body: 'NewIssue',
    ...writes,
    problems: [...inCase, ...codes.WRITING],
  },
  {
    method: 'get',
    path: '/v1/cases/{caseId}/items',
    id: 'readRegister',
    summary: 'The register of a case',
    description: '`office` leads or supports.',
    tag: 'items',
    query: registerParameters,
    status: 200,
    answer: json('Register'),
    problems: [...inCase, ...onPages],
  },
  {
    method: 'get',
    path: '/v1/cases/{caseId}/items/{itemId}',
    id: 'readItem',
    summary: 'One item',
    tag: 'items',
    query: clockParameters,
    status: 200,
    answer: json('ItemAsOf'),
    tagged: true,
    revalidated: true,
    problems: [...inItem, ...onClocks],
  },
  {
    method: 'get',
    path: '/v1/cases/{caseId}/items/{itemId}/next',
    id: 'readNext',
    summary: 'What may be recorded on an item now, and what stands in the way of a closing',
    description: 'For the person who asks. What a field says may still be refused.',
    tag: 'items',
    query: noParameters,
    status: 200,
    answer: json('ItemNext'),
    tagged: true,
    problems: [...inItem],
  },
];

/** The same four addresses on a case's own stream and on an item's. */
const entryOperations = (stream: 'case' | 'item'): readonly Operation[] => {
  const path = stream === 'case' ? '/v1/cases/{caseId}' : '/v1/cases/{caseId}/items/{itemId}';
  const within = stream === 'case' ? inCase : inItem;
  const name = stream === 'case' ? 'Case' : 'Item';
  return [
    {
      method: 'post',
      path: `${path}/events`,
      id: `recordOn${name}`,
      summary: `Record an entry on the ${stream} stream`,
      tag: 'entries',
      body: `New${name}Entry`,
      ...writes,
      problems: [...within, ...codes.WRITING, ...(stream === 'case' ? codes.CASE_RULES : codes.ITEM_RULES)],
    },
    {
      method: 'get',
      path: `${path}/events`,
      id: `read${name}History`,
      summary: `The history of the ${stream} stream`,
      description: 'NDJSON, by Accept, streams everything: it takes neither `limit` nor `cursor`.',
      tag: 'entries',
      query: listParameters,
      status: 200,
      answer: { 'application/json': 'EnvelopeList', 'application/x-ndjson': undefined },
      problems: [...within, ...onPages, 'not-acceptable'],
    },
    {
      method: 'get',
      path: `${path}/events/{seq}`,
      id: `read${name}Entry`,
      summary: 'One entry',
      description: 'On a clock, only an entry that the cut keeps.',
      tag: 'entries',
      query: clockParameters,
      status: 200,
      answer: json('Envelope'),
      problems: [...within, ...onClocks, 'entry-not-found'],
    },
    {
      method: 'get',
      path: `${path}/audit`,
      id: `read${name}Audit`,
      summary: `The audit trail of the ${stream}: who, when, what, before and after`,
      tag: 'supervision',
      query: listParameters,
      status: 200,
      answer: json('AuditTrail'),
      problems: [...within, ...onPages],
    },
  ];
};

const noticeOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/cases/{caseId}/notice',
    id: 'readNotice',
    summary: 'The notice as text',
    description: 'As of a date for those who may read the case; without a token the one published last.',
    tag: 'notices',
    anonymous: true,
    query: clockParameters,
    status: 200,
    answer: { 'text/plain': undefined },
    problems: [...inCase, ...onClocks, 'notice-not-published', 'not-acceptable'],
  },
  {
    method: 'post',
    path: '/v1/cases/{caseId}/import',
    id: 'importNotice',
    summary: 'Read a notice: a report of what was understood',
    description:
      'A dry run unless `commit=true`; opens the case when there is none. UTF-8, at most 4 MiB. The same text is recognised however much later, so a repeated import records nothing twice.',
    tag: 'notices',
    query: importParameters,
    body: 'text/plain',
    status: 200,
    answer: json('ImportReport'),
    problems: [...inCase, ...codes.IMPORTING],
  },
];

const serviceOperations: readonly Operation[] = [
  {
    path: '/healthz',
    id: 'readHealth',
    summary: 'Whether the store answers, and how many records the projector set aside',
    answer: json('Health'),
    also: [503],
  },
  {
    path: '/openapi.json',
    id: 'readDescription',
    summary: 'This document',
    answer: { 'application/json': undefined },
  },
  {
    path: '/problems',
    id: 'readProblems',
    summary: 'Every refusal code',
    answer: { ...json('ProblemTypes'), 'text/html': undefined },
    problems: ['not-acceptable' as const],
  },
  { path: '/docs', id: 'readDocs', summary: 'This document for people', answer: { 'text/html': undefined } },
  {
    path: '/docs/{file}',
    id: 'readDocsFile',
    summary: 'A file of that page',
    answer: { 'text/css': undefined, 'text/javascript': undefined },
    problems: ['not-found' as const],
  },
].map((operation) => ({
  problems: [],
  query: noParameters,
  ...operation,
  method: 'get',
  tag: 'service',
  anonymous: true,
  status: 200,
}));

export const operations: readonly Operation[] = [
  ...caseOperations,
  ...lookBackOperations,
  ...itemOperations,
  ...comparisonOperations,
  ...entryOperations('case'),
  ...entryOperations('item'),
  ...figuresOperations,
  ...noticeOperations,
  ...serviceOperations,
];
