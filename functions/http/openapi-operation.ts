import type * as z from 'zod';
import type { RefusalCode } from '../../domain/refusals.ts';
import * as codes from './openapi-problems.ts';
import type { AnswerName } from './openapi-schemas.ts';
import { noParameters } from './requests.ts';

/** One operation of the interface as the OpenAPI document tells it. */
export interface Operation {
  readonly method: 'get' | 'post';
  /** With `{name}` for what varies. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: 'cases' | 'items' | 'entries' | 'notices' | 'supervision' | 'look-backs' | 'service';
  /** Whether a token is needed. */
  readonly anonymous?: true;
  readonly query: z.core.$ZodObject;
  /** Name of the body's schema, or the media type of a body that is no JSON. */
  readonly body?: string;
  /** Honours Idempotency-Key and If-Match. */
  readonly conditional?: true;
  readonly status: 200 | 201;
  /** Media types of the answer, each with its schema where it is JSON. */
  readonly answer: { readonly [mediaType: string]: AnswerName | undefined };
  /** The answer is tagged with a version; `revalidated`: If-None-Match may be answered with 304. */
  readonly tagged?: true;
  readonly revalidated?: true;
  /** Statuses of an answer of the same form that says no. */
  readonly also?: readonly number[];
  readonly problems: readonly RefusalCode[];
}

export const json = (name: AnswerName) => ({ 'application/json': name });

export const inCase = [...codes.SIGNED_IN, ...codes.OF_A_CASE];
export const inItem = [...codes.SIGNED_IN, ...codes.OF_AN_ITEM];
export const onClocks = [...codes.PARAMETERS, ...codes.CLOCKS];
export const onPages = [...onClocks, ...codes.PAGES];

export const writes = {
  query: noParameters,
  conditional: true,
  status: 201,
  answer: json('Envelope'),
} as const;
