import { join } from 'node:path';
import { ArnFormat, type Duration, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Alias,
  Architecture,
  Code,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { bundle, type FunctionName } from './bundle.ts';
import { kept } from './kept.ts';
import type { Settings } from './settings.ts';

export interface LedgerFunctionProps {
  readonly settings: Settings;
  readonly key: IKey;
  readonly name: FunctionName;
  readonly role: Role;
  /** Without it the role can do nothing: what calls the function must come after it. */
  readonly policy: ManagedPolicy;
  /** Megabytes; a full core comes with 1,769. */
  readonly memory: number;
  readonly timeout: Duration;
  readonly environment: { readonly [name: string]: string };
  /** Its environment holds a secret, and is kept under the ledger's key instead of Lambda's. */
  readonly secretive: boolean;
  readonly reservedConcurrency?: number | undefined;
  /** Goes on as this version, whatever is deployed. */
  readonly pinned?: string | undefined;
}

/** A function of ours with its log; whoever calls it calls the alias `live`, which moves all at once. */
export class LedgerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: Alias;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: LedgerFunctionProps) {
    super(scope, id);
    const {
      settings,
      key,
      name,
      role,
      policy,
      memory,
      timeout,
      environment,
      secretive,
      reservedConcurrency,
      pinned,
    } = props;
    const functionName = functionNameOf(settings, name);
    this.log = new LogGroup(this, 'Log', {
      logGroupName: logGroupOf(settings, name),
      retention: settings.logDays,
      encryptionKey: key,
      removalPolicy: kept(settings),
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundle(name, bundleFolder(this, name)).folder),
      role,
      memorySize: memory,
      timeout,
      environment: { POWERTOOLS_SERVICE_NAME: functionName, POWERTOOLS_LOG_LEVEL: 'INFO', ...environment },
      ...(secretive && { environmentEncryption: key }),
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      logGroup: this.log,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.function.node.addDependency(policy);
    // Published also while another version is pinned: left out, it could not be published again unchanged.
    const current = this.function.currentVersion;
    this.live = new Alias(this, 'Live', {
      aliasName: 'live',
      version:
        pinned === undefined
          ? (current as IVersion)
          : Version.fromVersionArn(this, 'Pinned', `${this.function.functionArn}:${pinned}`),
    });
    accept(
      this.function,
      'It holds no address inside a network of ours: it talks to DynamoDB and to the issuer of tokens, over TLS.',
      'NIST.800.53.R5-LambdaInsideVPC',
    );
    accept(
      this.function,
      'What invokes it answers for what fails: API Gateway tells the caller, streams, queues and schedules have dead-letter queues, and errors of maintenance raise an alarm.',
      'NIST.800.53.R5-LambdaDLQ',
    );
    if (reservedConcurrency === undefined) {
      accept(
        this.function,
        'Its concurrency is bounded by what feeds it: the shards of the stream, the limit of the queue, one operator, or, in dev, the throttle of the API.',
        'NIST.800.53.R5-LambdaConcurrency',
      );
    }
  }
}

/** Beside the assets that CDK makes of it, and gone with them. */
function bundleFolder(scope: Construct, name: FunctionName): string {
  const stage = Stage.of(scope);
  if (stage === undefined) throw new Error('a function stands in an app');
  return join(stage.outdir, 'bundles', name);
}

export const functionNameOf = ({ stage }: Settings, name: FunctionName): string =>
  `taizhang-${stage}-${name}`;

/** A role with nothing but what `permit` gives it. */
export function functionRole(scope: Construct, settings: Settings, name: FunctionName): Role {
  return new Role(scope, `${capitalised(name)}Role`, {
    roleName: functionNameOf(settings, name),
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `What the function ${name} may do.`,
  });
}

export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Where a function writes its log; the name is known before the group is. */
const logGroupOf = (settings: Settings, name: FunctionName): string =>
  `/aws/lambda/${functionNameOf(settings, name)}`;

/** Gives a function's role its one policy, the right to write its own log included. */
export function permit(
  role: Role,
  settings: Settings,
  name: FunctionName,
  statements: readonly PolicyStatement[],
): ManagedPolicy {
  const stack = Stack.of(role);
  const log = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${logGroupOf(settings, name)}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const policy = new ManagedPolicy(stack, `${capitalised(name)}Policy`, {
    managedPolicyName: functionNameOf(settings, name),
    description: `What the function ${name} may do.`,
    roles: [role],
    statements: [...statements, allow('WriteItsLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [log])],
  });
  accept(
    policy,
    'A log stream is named by Lambda, within the function’s own log group.',
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${logGroupOf(settings, name)}:*]`,
  );
  if (statements.some(({ resources }) => resources.includes('*'))) {
    accept(
      policy,
      'Lambda wants its stream readers to list streams, which knows no resource.',
      'AwsSolutions-IAM5[Resource::*]',
    );
  }
  return policy;
}

/** Statements by what they are for: exact actions on exact resources. */
export const allow = (
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources] });

/** A service's name in `kms:ViaService`, the same in every partition. */
export const viaService = ({ region }: Stack, service: string): string =>
  `${service}.${region}.amazonaws.com`;

/** To use the key by way of these services, and no other way. */
export const allowKeyThrough = (
  key: IKey,
  services: readonly string[],
  actions: readonly string[],
): PolicyStatement =>
  new PolicyStatement({
    sid: 'UseTheKey',
    actions: [...actions],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': [...services] } },
  });
