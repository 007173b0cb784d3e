import { describe, expect, it } from 'vitest';
import { type Context, holds } from './conditions.ts';

const ROLE = 'arn:aws:iam::111122223333:role/writer';
const OTHER = 'arn:aws:iam::111122223333:role/reader';
const ROOT = 'arn:aws:iam::111122223333:root';

type Case = readonly [
  operator: string,
  key: string,
  values: readonly string[],
  given: Context,
  holds: boolean,
];

describe('a condition', () => {
  it.each<Case>([
    ['StringEquals', 'kms:ViaService', ['a', 'b'], { 'kms:ViaService': 'b' }, true],
    ['StringEquals', 'kms:ViaService', ['a', 'b'], { 'kms:ViaService': 'c' }, false],
    ['StringEquals', 'kms:ViaService', ['a'], { 'kms:ViaService': 'A' }, false],
    ['StringEquals', 'KMS:viaSERVICE', ['a'], { 'kms:ViaService': 'a' }, true],
    ['StringEquals', 'kms:ViaService', ['a*'], { 'kms:ViaService': 'ab' }, false],
    ['StringLike', 'kms:ViaService', ['a*', 'x'], { 'kms:ViaService': 'ab' }, true],
    ['StringLike', 'kms:ViaService', ['a?'], { 'kms:ViaService': 'abc' }, false],
    ['StringLike', 'kms:ViaService', ['a.c'], { 'kms:ViaService': 'abc' }, false],
    ['Bool', 'aws:SecureTransport', ['false'], { 'aws:SecureTransport': 'False' }, true],
    ['Bool', 'aws:SecureTransport', ['false'], { 'aws:SecureTransport': 'true' }, false],
  ])('compares: %s %s %j of %j is %s', check);

  it.each<Case>([
    ['StringNotEquals', 'kms:ViaService', ['a', 'b'], { 'kms:ViaService': 'c' }, true],
    ['StringNotEquals', 'kms:ViaService', ['a', 'b'], { 'kms:ViaService': 'b' }, false],
    ['ArnNotEquals', 'aws:PrincipalArn', [ROLE, ROOT], { 'aws:PrincipalArn': OTHER }, true],
    ['ArnNotEquals', 'aws:PrincipalArn', [ROLE, ROOT], { 'aws:PrincipalArn': ROLE }, false],
    ['ArnNotEquals', 'aws:PrincipalArn', [ROLE, ROOT], { 'aws:PrincipalArn': ROOT }, false],
    ['ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/w*'], { 'aws:PrincipalArn': ROLE }, false],
  ])('negated with several values means none of them: %s %s %j of %j is %s', check);

  it.each<Case>([
    ['StringEquals', 'kms:ViaService', ['a'], {}, false],
    ['ArnEquals', 'aws:PrincipalArn', [ROLE], {}, false],
    ['Bool', 'aws:SecureTransport', ['false'], {}, false],
    ['StringNotEquals', 'kms:ViaService', ['a'], {}, true],
    ['ArnNotEquals', 'aws:PrincipalArn', [ROLE], {}, true],
    ['StringEqualsIfExists', 'dynamodb:ReturnValues', ['NONE'], {}, true],
    [
      'StringEqualsIfExists',
      'dynamodb:ReturnValues',
      ['NONE'],
      { 'dynamodb:ReturnValues': 'ALL_OLD' },
      false,
    ],
    ['StringEqualsIfExists', 'dynamodb:ReturnValues', ['NONE'], { 'dynamodb:ReturnValues': 'NONE' }, true],
    ['Null', 'dynamodb:Attributes', ['true'], {}, true],
    ['Null', 'dynamodb:Attributes', ['false'], {}, false],
    ['Null', 'dynamodb:Attributes', ['false'], { 'dynamodb:Attributes': [] }, false],
    ['Null', 'dynamodb:Attributes', ['false'], { 'dynamodb:Attributes': ['text'] }, true],
  ])('without its key: %s %s %j of %j is %s', check);

  it.each<Case>([
    ['ForAllValues:StringEquals', 'dynamodb:Attributes', ['a', 'b'], { 'dynamodb:Attributes': ['a'] }, true],
    ['ForAllValues:StringEquals', 'dynamodb:Attributes', ['a'], { 'dynamodb:Attributes': ['a', 'b'] }, false],
    ['ForAllValues:StringEquals', 'dynamodb:Attributes', ['a'], {}, true],
    ['ForAllValues:StringEquals', 'dynamodb:Attributes', ['a'], { 'dynamodb:Attributes': [] }, true],
    [
      'ForAllValues:StringNotEquals',
      'dynamodb:Attributes',
      ['a'],
      { 'dynamodb:Attributes': ['a', 'b'] },
      false,
    ],
    ['ForAnyValue:StringEquals', 'dynamodb:Attributes', ['a'], { 'dynamodb:Attributes': ['b', 'a'] }, true],
    ['ForAnyValue:StringEquals', 'dynamodb:Attributes', ['a'], {}, false],
    [
      'ForAnyValue:StringNotEquals',
      'dynamodb:Attributes',
      ['a'],
      { 'dynamodb:Attributes': ['a', 'b'] },
      true,
    ],
    [
      'ForAnyValue:StringNotEquals',
      'dynamodb:Attributes',
      ['a', 'b'],
      { 'dynamodb:Attributes': ['a', 'b'] },
      false,
    ],
    ['ForAnyValue:StringNotEquals', 'dynamodb:Attributes', ['a'], {}, false],
    ['ForAnyValue:StringEqualsIfExists', 'dynamodb:Attributes', ['a'], {}, true],
  ])('of a set: %s %s %j of %j is %s', check);

  it.each<readonly [string, string, readonly string[], Context]>([
    ['NumericLessThan', 'aws:SourceAccount', ['1'], {}],
    ['stringequals', 'aws:SourceAccount', ['1'], {}],
    ['ForSomeValues:StringEquals', 'dynamodb:Attributes', ['a'], {}],
    ['StringEquals', 'aws:PrincipleArn', ['a'], {}],
    ['StringLike', 'aws:PrincipalArn', [`arn:aws:iam::1:role/\${aws:username}`], {}],
    ['StringEquals', 'aws:PrincipalArn', [`\${aws:username}`], {}],
    ['StringEquals', 'dynamodb:Attributes', ['a'], { 'dynamodb:Attributes': ['a'] }],
    ['StringEquals', 'aws:SourceAccount', ['1'], { 'aws:SourceAccount': ['1'] }],
    ['ForAllValues:StringEquals', 'dynamodb:Attributes', ['a'], { 'dynamodb:Attributes': 'a' }],
    ['ArnLike', 'aws:SourceArn', ['*'], { 'aws:SourceArn': ROLE }],
    ['Null', 'aws:SourceArn', ['no'], {}],
  ])('is never guessed at: %s %s %j of %j', (operator, key, values, given) => {
    expect(() => holds({ operator, key, values }, given)).toThrow(
      expect.objectContaining({ name: 'NotModelled' }),
    );
  });
});

function check(
  operator: string,
  key: string,
  values: readonly string[],
  given: Context,
  expected: boolean,
): void {
  expect(holds({ operator, key, values }, given)).toBe(expected);
}
