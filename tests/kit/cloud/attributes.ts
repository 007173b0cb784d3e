import { posix } from 'node:path';

/** Where the made-up deployment lives. */
export const PLACE = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '111122223333',
  urlSuffix: 'amazonaws.com',
} as const;

/** A resource as it stands in the template, its properties resolved. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: { readonly [name: string]: unknown };
}

export class UnknownIntrinsic extends Error {
  override readonly name = 'UnknownIntrinsic';
}

interface Type {
  /** The property with the name that the operator sees; without it CloudFormation makes one up. */
  readonly named?: string;
  readonly ref: Made;
  readonly attributes?: { readonly [name: string]: Made };
}

type Made = (name: string, resource: Resource) => string;

const arn = (service: string, rest: string, region: string = PLACE.region): string =>
  `arn:${PLACE.partition}:${service}:${region}:${PLACE.account}:${rest}`;

const itsName: Made = (name) => name;
const table: Made = (name) => arn('dynamodb', `table/${name}`);
const queueUrl: Made = (name) => `https://sqs.${PLACE.region}.${PLACE.urlSuffix}/${PLACE.account}/${name}`;
const bucket: Made = (name) => `arn:${PLACE.partition}:s3:::${name}`;
const lambda: Made = (name) => arn('lambda', `function:${name}`);
const pathed =
  (kind: string): Made =>
  (name, { properties }) =>
    arn('iam', posix.join(kind, String(properties.Path ?? '/'), name), '');
/** A version's or an alias's function, which may be given as a name or as an ARN. */
const ofFunction = ({ properties }: Resource): string =>
  String(properties.FunctionName).split(':function:').at(-1) ?? '';
const userPool = (name: string): string => `${PLACE.region}_${name}`;

/** What `Ref` and `Fn::GetAtt` give, by type of resource. @see the return values in CloudFormation's reference */
const TYPES: { readonly [type: string]: Type } = {
  'AWS::ApiGatewayV2::Api': {
    ref: itsName,
    attributes: {
      ApiEndpoint: (name) => `https://${name}.execute-api.${PLACE.region}.${PLACE.urlSuffix}`,
      ApiId: itsName,
    },
  },
  'AWS::ApiGatewayV2::Authorizer': { ref: itsName },
  'AWS::ApiGatewayV2::Integration': { ref: itsName },
  'AWS::ApiGatewayV2::Stage': { named: 'StageName', ref: itsName },
  'AWS::Events::Rule': {
    named: 'Name',
    ref: itsName,
    attributes: { Arn: (name) => arn('events', `rule/${name}`) },
  },
  'AWS::Backup::BackupPlan': { ref: itsName, attributes: { BackupPlanId: itsName } },
  'AWS::Backup::BackupVault': {
    named: 'BackupVaultName',
    ref: itsName,
    attributes: {
      BackupVaultName: itsName,
      BackupVaultArn: (name) => arn('backup', `backup-vault:${name}`),
    },
  },
  'AWS::Cognito::UserPool': {
    ref: userPool,
    attributes: {
      Arn: (name) => arn('cognito-idp', `userpool/${userPool(name)}`),
      ProviderURL: (name) => `https://cognito-idp.${PLACE.region}.${PLACE.urlSuffix}/${userPool(name)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': { ref: itsName },
  'AWS::Cognito::UserPoolDomain': { named: 'Domain', ref: itsName },
  'AWS::DynamoDB::Table': {
    named: 'TableName',
    ref: itsName,
    attributes: {
      Arn: table,
      StreamArn: (name, resource) => `${table(name, resource)}/stream/2026-01-01T00:00:00.000`,
    },
  },
  'AWS::IAM::ManagedPolicy': { named: 'ManagedPolicyName', ref: pathed('policy') },
  'AWS::IAM::Role': { named: 'RoleName', ref: itsName, attributes: { Arn: pathed('role') } },
  'AWS::KMS::Key': {
    ref: itsName,
    attributes: { Arn: (name) => arn('kms', `key/${name}`), KeyId: itsName },
  },
  'AWS::Lambda::Alias': {
    ref: (_, resource) =>
      `${arn('lambda', `function:${ofFunction(resource)}`)}:${String(resource.properties.Name)}`,
  },
  'AWS::Lambda::Function': { named: 'FunctionName', ref: itsName, attributes: { Arn: lambda } },
  'AWS::Lambda::Version': {
    ref: (_, resource) => `${arn('lambda', `function:${ofFunction(resource)}`)}:1`,
    attributes: { Version: () => '1' },
  },
  'AWS::Logs::LogGroup': {
    named: 'LogGroupName',
    ref: itsName,
    attributes: { Arn: (name) => `${arn('logs', `log-group:${name}`)}:*` },
  },
  'AWS::S3::Bucket': { named: 'BucketName', ref: itsName, attributes: { Arn: bucket } },
  'AWS::SecretsManager::Secret': {
    named: 'Name',
    // Six characters are added to whatever name it has.
    ref: (name) => arn('secretsmanager', `secret:${name}-AbCdEf`),
  },
  'AWS::SNS::Topic': {
    named: 'TopicName',
    ref: (name) => arn('sns', name),
    attributes: { TopicArn: (name) => arn('sns', name), TopicName: itsName },
  },
  'AWS::SQS::Queue': {
    named: 'QueueName',
    ref: queueUrl,
    attributes: { Arn: (name) => arn('sqs', name), QueueName: itsName, QueueUrl: queueUrl },
  },
};

/** What a reference to a resource stands for; without `attribute` that of `Ref`. @throws UnknownIntrinsic */
export function attributeOf(resource: Resource, attribute?: string): string {
  const type = TYPES[resource.type];
  const made = attribute === undefined ? type?.ref : type?.attributes?.[attribute];
  if (made === undefined) throw new UnknownIntrinsic(`${attribute ?? 'Ref'} of a ${resource.type}`);
  const given = type?.named === undefined ? undefined : resource.properties[type.named];
  return made(typeof given === 'string' ? given : resource.id.toLowerCase(), resource);
}
