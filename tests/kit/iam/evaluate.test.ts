import { describe, expect, it } from 'vitest';
import { type Caller, evaluate, type Resource } from './evaluate.ts';
import { identityPolicy, resourcePolicy, trustPolicy } from './policy.ts';

const HOME = '111122223333';
const AWAY = '444455556666';
const TABLE = `arn:aws:dynamodb:eu-central-1:${HOME}:table/events`;
const WRITER = `arn:aws:iam::${HOME}:role/writer`;

const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const own = (...statements: readonly object[]) =>
  identityPolicy(
    document(...statements.map((one) => ({ Sid: 'Own', Effect: 'Allow', Resource: '*', ...one }))),
  );
const role = (identity: readonly object[], boundary?: readonly object[], account = HOME): Caller => ({
  kind: 'role',
  arn: `arn:aws:iam::${account}:role/writer`,
  identity: own(...identity),
  boundary: boundary && own(...boundary),
});
const table = (...statements: readonly object[]): Resource => ({
  arn: TABLE,
  account: HOME,
  policy: resourcePolicy(
    document(
      ...statements.map((one) => ({ Sid: 'Table', Effect: 'Allow', Action: '*', Resource: TABLE, ...one })),
    ),
  ),
  leavesToAccount: 'always',
});
const key = (...statements: readonly object[]): Resource => ({
  ...table(...statements),
  leavesToAccount: 'where its policy says so',
});

const put = (caller: Caller, resource = table()) =>
  evaluate({ caller, action: 'dynamodb:PutItem', resource });

const ALL = { Action: '*' };
const PUT = { Action: 'dynamodb:PutItem' };
const GET = { Action: 'dynamodb:GetItem' };
const NEVER = { Sid: 'Never', Effect: 'Deny', Action: 'dynamodb:Put*' };
const root: Caller = { kind: 'root', account: HOME };
const service: Caller = { kind: 'service', service: 'backup.amazonaws.com' };
const anonymous: Caller = { kind: 'anonymous' };

describe('within an account', () => {
  it.each<readonly [string, Caller, Resource, string]>([
    ['nobody may without a word', role([]), table(), 'no: no policy allows it'],
    ['its own policy is enough', role([PUT]), table(), 'yes: identity policy: Own'],
    ['another action is not', role([GET]), table(), 'no: no policy allows it'],
    ['its boundary grants nothing', role([], [ALL]), table(), 'no: no policy allows it'],
    ['its boundary limits its policy', role([ALL], [GET]), table(), 'no: the boundary does not allow it'],
    ['both together allow', role([ALL], [PUT]), table(), 'yes: identity policy: Own'],
    ['a deny in its policy wins', role([ALL, NEVER]), table(), 'no: identity policy: Never'],
    ['a deny in its boundary wins', role([ALL], [ALL, NEVER]), table(), 'no: boundary: Never'],
    [
      'a deny on the table wins over all',
      role([ALL]),
      table({ Principal: { AWS: WRITER } }, { ...NEVER, Principal: '*' }),
      'no: resource policy: Never',
    ],
    [
      'the table’s grant to the role is enough',
      role([]),
      table({ Principal: { AWS: WRITER } }),
      'yes: resource policy: Table',
    ],
    [
      'and ends at its boundary',
      role([], [GET]),
      table({ Principal: { AWS: WRITER } }),
      'no: the boundary does not allow it',
    ],
    [
      'a deny in its policy wins over that',
      role([NEVER]),
      table({ Principal: { AWS: WRITER } }),
      'no: identity policy: Never',
    ],
    [
      'a grant to the account leaves it to the account',
      role([]),
      table({ Principal: { AWS: HOME } }),
      'no: no policy allows it',
    ],
    [
      'a grant to another role is none',
      role([]),
      table({ Principal: { AWS: `${WRITER}s` } }),
      'no: no policy allows it',
    ],
    ['a grant to anybody is one', role([]), table({ Principal: '*' }), 'yes: resource policy: Table'],
    ['the root may', root, table(), 'yes: the account’s root'],
    ['unless it is denied', root, table({ ...NEVER, Principal: { AWS: '*' } }), 'no: resource policy: Never'],
    [
      'a key’s policy must leave it to the account',
      role([ALL]),
      key(),
      'no: the resource policy does not leave it to the account',
    ],
    [
      'which it does by naming the root',
      role([ALL]),
      key({ Principal: { AWS: `arn:aws:iam::${HOME}:root` } }),
      'yes: identity policy: Own',
    ],
    [
      'another account’s root does not do',
      role([ALL]),
      key({ Principal: { AWS: AWAY } }),
      'no: the resource policy does not leave it to the account',
    ],
    ['the root needs that too', root, key(), 'no: the resource policy does not leave it to the account'],
  ])('%s', (_, caller, resource, expected) => {
    expect(said(put(caller, resource))).toBe(expected);
  });
});

describe('from outside', () => {
  const stranger = role([ALL], undefined, AWAY);
  const named = { Principal: { AWS: `arn:aws:iam::${AWAY}:role/writer` } };

  it.each<readonly [string, Caller, Resource, string]>([
    ['a stranger’s own policy is not enough', stranger, table(), 'no: the resource policy does not allow it'],
    ['a stranger is allowed by both', stranger, table(named), 'yes: resource policy: Table'],
    [
      'by way of its account too',
      stranger,
      table({ Principal: { AWS: AWAY } }),
      'yes: resource policy: Table',
    ],
    [
      'the table’s policy alone is not enough',
      role([], undefined, AWAY),
      table(named),
      'no: no identity policy allows it',
    ],
    ['its boundary counts', role([ALL], [GET], AWAY), table(named), 'no: the boundary does not allow it'],
    [
      'a service needs its name',
      service,
      table({ Principal: { AWS: HOME } }),
      'no: the resource policy does not allow it',
    ],
    [
      'a service is named',
      service,
      table({ Principal: { Service: 'backup.amazonaws.com' } }),
      'yes: resource policy: Table',
    ],
    [
      'another service is not',
      service,
      table({ Principal: { Service: 's3.amazonaws.com' } }),
      'no: the resource policy does not allow it',
    ],
    [
      'anybody is anonymous too',
      anonymous,
      table({ Principal: { AWS: '*' } }),
      'yes: resource policy: Table',
    ],
    [
      'an account is not',
      anonymous,
      table({ Principal: { AWS: HOME } }),
      'no: the resource policy does not allow it',
    ],
  ])('%s', (_, caller, resource, expected) => {
    expect(said(put(caller, resource))).toBe(expected);
  });

  it('a deny to all but a role meets whoever names no role', () => {
    const only = {
      ...NEVER,
      Principal: { AWS: '*' },
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': [WRITER] } },
    };
    const open = table({ Principal: '*' }, only);
    expect([anonymous, service, root, role([ALL])].map((one) => put(one, open).allowed)).toEqual([
      ...[false, false, false],
      true,
    ]);
  });
});

describe('a statement', () => {
  it.each<readonly [object, boolean]>([
    [{ Action: 'DYNAMODB:putitem' }, true],
    [{ Action: 'dynamodb:Put*' }, true],
    [{ Action: 'dynamodb:PutIte?' }, true],
    [{ Action: 'dynamodb:PutItem?' }, false],
    [{ NotAction: 'dynamodb:Get*' }, true],
    [{ NotAction: ['dynamodb:Get*', 'dynamodb:PutItem'] }, false],
    [{ Action: '*', Resource: TABLE }, true],
    [{ Action: '*', Resource: `${TABLE}/*` }, false],
    [{ Action: '*', Resource: TABLE.toUpperCase().replace('ARN:AWS:DYNAMODB', 'arn:aws:dynamodb') }, false],
    [{ Action: '*', Resource: 'arn:aws:dynamodb:*:*:table/ev?nts' }, true],
    // A wildcard stays within its part of the ARN.
    [{ Action: '*', Resource: 'arn:aws:dynamodb:*:table/*:x:y' }, false],
    [{ Action: '*', Resource: undefined, NotResource: TABLE }, false],
    [{ Action: '*', Resource: undefined, NotResource: `${TABLE}2` }, true],
  ])('covers an action and a resource: %j is %s', (statement, expected) => {
    expect(put(role([statement])).allowed).toBe(expected);
  });

  it('on one resource does not cover an action that knows none', () => {
    const account: Resource = { arn: '*', account: HOME, policy: [], leavesToAccount: 'always' };
    const list = (caller: Caller) =>
      evaluate({ caller, action: 'dynamodb:ListTables', resource: account }).allowed;
    expect([list(role([ALL])), list(role([{ Action: '*', Resource: TABLE }]))]).toEqual([true, false]);
  });

  it('says by its place which it was when it has no Sid', () => {
    const policy = identityPolicy(
      document({ Effect: 'Allow', ...GET, Resource: '*' }, { Effect: 'Allow', ...PUT, Resource: '*' }),
    );
    expect(put({ kind: 'role', arn: WRITER, identity: policy }).by).toBe('identity policy: #2');
  });

  it.each<readonly [string, () => unknown]>([
    ['an unknown element', () => own({ ...PUT, NotPrincipal: '*' })],
    ['a principal in a role’s policy', () => own({ ...PUT, Principal: '*' })],
    ['none in a resource’s', () => table({ ...PUT })],
    ['both Action and NotAction', () => own({ ...PUT, NotAction: 'a' })],
    ['no resource', () => own({ ...PUT, Resource: undefined })],
    ['another version', () => identityPolicy({ Version: '2008-10-17', Statement: [] })],
    [
      'a federated principal',
      () => trustPolicy(document({ Effect: 'Allow', ...PUT, Principal: { Federated: 'x' } })),
    ],
    [
      'a session as principal',
      () => put(role([]), table({ Principal: { AWS: `arn:aws:sts::${HOME}:assumed-role/writer/me` } })),
    ],
    [
      'a wildcard in a principal',
      () => put(role([]), table({ Principal: { AWS: `arn:aws:iam::${HOME}:role/*` } })),
    ],
    ['an ARN without all its parts', () => put(role([{ Action: '*', Resource: 'arn:aws:dynamodb:*' }]))],
    [
      'a wildcard for the service',
      () => put(role([{ Action: '*', Resource: 'arn:aws:*:*:*:table/events' }])),
    ],
    ['a policy variable', () => put(role([{ Action: '*', Resource: `${TABLE}/\${aws:username}` }]))],
    ['a grant to anybody beyond a boundary', () => put(role([], [GET]), table({ Principal: '*' }))],
  ])('is never guessed at: %s', (_, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ name: 'NotModelled' }));
  });
});

const said = ({ allowed, by }: { allowed: boolean; by: string }): string =>
  `${allowed ? 'yes' : 'no'}: ${by}`;
