import * as z from 'zod/mini';

/** Something of IAM that this model does not know. It never guesses. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}

/** One statement of a policy, each element as a list. */
export interface Statement {
  /** Its Sid, or its place in the document from 1: `#2`. */
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  readonly resources: Patterns;
  /** Of a policy on a resource: whom it speaks of. */
  readonly principals: Principals | undefined;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

export interface Principals {
  /** `*`, account ids and ARNs. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export type Policy = readonly Statement[];

const oneOrMany = z.union([z.string(), z.array(z.string())]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const statement = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.optional(oneOrMany),
  NotAction: z.optional(oneOrMany),
  Resource: z.optional(oneOrMany),
  NotResource: z.optional(oneOrMany),
  Principal: z.optional(
    z.union([z.literal('*'), z.strictObject({ AWS: z.optional(oneOrMany), Service: z.optional(oneOrMany) })]),
  ),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)])))),
});
const document = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.optional(z.string()),
  Statement: z.union([statement, z.array(statement)]),
});

type Written = z.infer<typeof statement>;
type Kind = 'identity' | 'resource' | 'trust';

/** The policy of a role, or a boundary. @throws NotModelled */
export const identityPolicy = (written: unknown): Policy => read(written, 'identity');

/** The policy on a table, a key, a bucket. @throws NotModelled */
export const resourcePolicy = (written: unknown): Policy => read(written, 'resource');

/** Who may assume a role: it names no resource, for it lies on the only one it means. @throws NotModelled */
export const trustPolicy = (written: unknown): Policy => read(written, 'trust');

function read(written: unknown, kind: Kind): Policy {
  const parsed = document.safeParse(written);
  if (!parsed.success)
    throw new NotModelled(`${z.prettifyError(parsed.error)} in ${JSON.stringify(written)}`);
  return list(parsed.data.Statement).map((one, at) => readStatement(one, `#${at + 1}`, kind));
}

function readStatement(written: Written, place: string, kind: Kind): Statement {
  const sid = written.Sid ?? place;
  if ((written.Principal === undefined) !== (kind === 'identity')) {
    throw new NotModelled(`${sid}: a policy on a resource names principals, and no other does`);
  }
  return {
    sid,
    effect: written.Effect,
    actions: patterns(sid, written.Action, written.NotAction),
    resources:
      kind === 'trust'
        ? { not: false, patterns: ['*'] }
        : patterns(sid, written.Resource, written.NotResource),
    principals: written.Principal === undefined ? undefined : readPrincipals(written.Principal),
    conditions: Object.entries(written.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values).map(String) })),
    ),
  };
}

function patterns(sid: string, these: OneOrMany, allBut: OneOrMany): Patterns {
  if ((these === undefined) === (allBut === undefined)) {
    throw new NotModelled(`${sid}: names what it means once, or all that it doesn't mean`);
  }
  return { not: these === undefined, patterns: list(these ?? allBut ?? []) };
}

type OneOrMany = string | string[] | undefined;

const readPrincipals = (written: NonNullable<Written['Principal']>): Principals =>
  written === '*'
    ? { aws: ['*'], services: [] }
    : { aws: list(written.AWS ?? []), services: list(written.Service ?? []) };

const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
