import * as z from 'zod';
import { type RefusalCode, refusals } from '../../domain/refusals.ts';
import { LARGEST_ENTRY_BODY } from './body.ts';
import type { Operation } from './openapi-operation.ts';
import { operations } from './openapi-operations.ts';
import { headers, parameters, pathParameter, queryDescriptions } from './openapi-parameters.ts';
import { ANYWHERE, OTHER_METHOD } from './openapi-problems.ts';
import { componentSchemas, type JsonSchema, plain, refTo } from './openapi-schemas.ts';
import { PROBLEM_TYPE } from './problems.ts';

const description = `Facts are appended, never changed; everything shown is a projection of facts.

A write answers 201 with the entry's envelope; a repeated one with the same \`Idempotency-Key\` gets the same answer.
Reads of a case take \`recordedAsOf\` (what did the ledger say then?) and \`effectiveOn\` (what do we now know was true?).
A refusal is an RFC 9457 problem with a stable \`code\`; /problems explains them all. An unknown address answers
\`not-found\`, another method on a known one \`method-not-allowed\` with \`Allow\`, and a bad token \`token-invalid\`
everywhere. Unknown query parameters and unknown members of a body are refused.`;

const documents = new Map<string, JsonSchema>();

/** The whole interface as OpenAPI 3.1, from the very schemas that requests are read with. */
export function openApiDocument(version: string): JsonSchema {
  const known = documents.get(version) ?? buildDocument(version);
  documents.set(version, known);
  return known;
}

function buildDocument(version: string): JsonSchema {
  const paths: { [path: string]: { [method: string]: JsonSchema } } = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Taizhang 整改台账',
      version,
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: ['cases', 'items', 'entries', 'notices', 'supervision', 'look-backs', 'service'].map((name) => ({
      name,
    })),
    paths,
    components: {
      schemas: componentSchemas(),
      parameters,
      headers,
      responses: { MethodNotAllowed: problemResponse(405, OTHER_METHOD) },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function describe(operation: Operation): JsonSchema {
  const { id, summary, tag, anonymous, body } = operation;
  return {
    operationId: id,
    summary,
    ...(operation.description ? { description: operation.description } : {}),
    tags: [tag],
    security: anonymous ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: parametersOf(operation),
    ...(body ? { requestBody: bodyOf(body) } : {}),
    responses: responsesOf(operation),
  };
}

function bodyOf(body: string): JsonSchema {
  const content =
    body === 'text/plain'
      ? { 'text/plain': { schema: { type: 'string' } } }
      : { 'application/json': { schema: refTo(body) } };
  const limit = `At most ${LARGEST_ENTRY_BODY / 1024} KiB.`;
  return { required: true, content, ...(body === 'text/plain' ? {} : { description: limit }) };
}

function parametersOf({ path, query, conditional, revalidated }: Operation): readonly JsonSchema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => pathParameter(match[1] ?? ''));
  const given = plain(z.toJSONSchema(query, { io: 'input' }) as JsonSchema);
  const meant = plain(z.toJSONSchema(query, { io: 'output' }) as JsonSchema);
  const required = (given.required ?? []) as readonly string[];
  const inQuery = Object.entries(meant.properties as object).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: queryDescriptions[name] ?? '',
    schema,
  }));
  const named = [
    'RequestId',
    ...(conditional ? ['IdempotencyKey', 'IfMatch'] : []),
    ...(revalidated ? ['IfNoneMatch'] : []),
  ];
  return [...inPath, ...inQuery, ...named.map((name) => ({ $ref: `#/components/parameters/${name}` }))];
}

const withHeaders = (...names: readonly (keyof typeof headers)[]): JsonSchema => ({
  headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
});

function responsesOf(operation: Operation): JsonSchema {
  const { status, answer, tagged, revalidated, also = [], conditional, problems } = operation;
  const content = Object.fromEntries(
    Object.entries(answer).map(([type, name]) => [
      type,
      { schema: name ? refTo(name) : type === 'application/json' ? { type: 'object' } : { type: 'string' } },
    ]),
  );
  const responses: { [status: number]: JsonSchema } = {};
  const names = [
    'X-Request-Id',
    ...(conditional ? (['Location', 'ETag', 'Idempotency-Replayed'] as const) : []),
    ...(tagged ? (['ETag'] as const) : []),
    ...('application/x-ndjson' in answer || 'text/csv' in answer ? (['Cut'] as const) : []),
  ] as const;
  responses[status] = {
    description: status === 201 ? 'Recorded' : 'As asked',
    ...withHeaders(...names),
    content,
  };
  if (revalidated) {
    const description = 'No entry was recorded since; what depends on the day (`overdue`) may have changed';
    responses[304] = { description, ...withHeaders('X-Request-Id', 'ETag') };
  }
  for (const [code, group] of byStatus([...new Set([...problems, ...ANYWHERE])])) {
    responses[code] = problemResponse(code, group);
  }
  for (const code of also) {
    const before = responses[code] as { readonly content?: object } | undefined;
    responses[code] = {
      ...before,
      description: 'Unavailable',
      content: { ...before?.content, ...content },
    };
  }
  return responses;
}

function byStatus(codes: readonly RefusalCode[]): Map<number, RefusalCode[]> {
  const groups = new Map<number, RefusalCode[]>();
  for (const code of codes) {
    const [status] = refusals[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return groups;
}

function problemResponse(status: number, codes: readonly RefusalCode[]): JsonSchema {
  const names = [
    'X-Request-Id',
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 405 ? (['Allow'] as const) : []),
    ...(status === 412 ? (['ETag'] as const) : []),
    ...(status === 503 ? (['Retry-After'] as const) : []),
  ] as const;
  return {
    description: codes.map((code) => `\`${code}\`: ${refusals[code][1]}`).join('\n\n'),
    ...withHeaders(...names),
    content: {
      [PROBLEM_TYPE]: {
        schema: { allOf: [refTo('Problem'), { properties: { code: { enum: codes } } }] },
      },
    },
  };
}
