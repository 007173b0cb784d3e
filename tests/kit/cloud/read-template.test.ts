import { describe, expect, it } from 'vitest';
import { readTemplate } from './read-template.ts';

const template = readTemplate(
  {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { TableName: { 'Fn::Sub': `\${AWS::StackName}-facts` } },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'writer', Path: '/ledger/' } },
      Odd: { Type: 'AWS::Odd::Thing' },
    },
  },
  'stack',
);
const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table/stack-facts';

describe('a template', () => {
  it.each<readonly [unknown, unknown]>([
    [{ Ref: 'AWS::Region' }, 'eu-central-1'],
    [{ Ref: 'Table' }, 'stack-facts'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, TABLE],
    [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }, `${TABLE}/stream/2026-01-01T00:00:00.000`],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-central-1:111122223333:queue'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/ledger/writer'],
    [{ 'Fn::Join': [':', ['a', { Ref: 'AWS::Partition' }, { Ref: 'Table' }]] }, 'a:aws:stack-facts'],
    [
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ],
    [{ 'Fn::Sub': `\${Table.Arn}/\${!kept}/\${AWS::AccountId}` }, `${TABLE}/\${kept}/111122223333`],
    [
      { 'Fn::Sub': [`\${own}`, { own: { Ref: 'Queue' } }] },
      'https://sqs.eu-central-1.amazonaws.com/111122223333/queue',
    ],
    [{ Deep: [{ Ref: 'Table' }, 1, true, null] }, { Deep: ['stack-facts', 1, true, null] }],
    [{ Condition: { Bool: { a: { Ref: 'Table' } } } }, { Condition: { Bool: { a: 'stack-facts' } } }],
  ])('is read with concrete values: %j', (written, expected) => {
    expect(template.resolve(written)).toEqual(expected);
  });

  it.each([
    { Ref: 'AWS::NoValue' },
    { Ref: 'Nothing' },
    { Ref: 'Odd' },
    { 'Fn::GetAtt': ['Table', 'Odd'] },
    { 'Fn::GetAtt': 'Table.Arn' },
    { 'Fn::If': ['a', 'b', 'c'] },
    { 'Fn::ImportValue': 'a' },
    { 'Fn::Select': [3, ['a']] },
    { 'Fn::Sub': `\${Nothing}` },
    { Condition: 'IsProd' },
  ])('is never guessed at: %j', (written) => {
    expect(() => template.resolve(written)).toThrow(expect.objectContaining({ name: 'UnknownIntrinsic' }));
  });
});
