import { CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PermissionsBoundary, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CHINA } from '../domain/dates.ts';
import { accept } from './accept.ts';
import { Archive } from './archive.ts';
import { Backups, backupRoleOf } from './backups.ts';
import { budget } from './budget.ts';
import { FUNCTIONS, type FunctionName, version } from './bundle.ts';
import { DailyDigest } from './daily-digest.ts';
import { LedgerHttpApi } from './http-api.ts';
import { Identity } from './identity.ts';
import {
  capitalised,
  functionRole,
  LedgerFunction,
  type LedgerFunctionProps,
  permit,
} from './ledger-function.ts';
import { ledgerKey } from './ledger-key.ts';
import { Queues } from './queues.ts';
import { statements } from './roles.ts';
import { sessionSecret } from './session-secret.ts';
import type { Settings } from './settings.ts';
import { eventsArn, Storage } from './storage.ts';
import { queueMapping, streamMapping } from './stream-mapping.ts';
import { Watch } from './watch.ts';
import { boundary, eventsPolicy } from './write-protection.ts';

/** How each function runs. */
const RUNNING: { readonly [name in FunctionName]: Pick<LedgerFunctionProps, 'memory' | 'timeout'> } = {
  // Its time is bounded by API Gateway's 30 s. A full core would come with 1,769 MB; a cold start gains little by it.
  api: { memory: 1_024, timeout: Duration.seconds(29) },
  projector: { memory: 1_024, timeout: Duration.minutes(2) },
  sentinel: { memory: 128, timeout: Duration.seconds(10) },
  maintenance: { memory: 2_048, timeout: Duration.minutes(15) },
  eraser: { memory: 512, timeout: Duration.minutes(15) },
  digest: { memory: 512, timeout: Duration.minutes(5) },
};

/** The whole ledger of one stage, in one account and region. */
export class LedgerStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      description: `Taizhang: the ledger of rectification progress, ${settings.stage}.`,
      terminationProtection: settings.keepsData,
    });
    const backupRole = this.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: backupRoleOf(settings),
    });
    PermissionsBoundary.of(this).apply(boundary(this, backupRole));
    const key = ledgerKey(this, settings, deployer(this));
    const asked = { eraser: settings.erasure, digest: settings.digest !== undefined };
    const there = FUNCTIONS.filter((name) => (name === 'eraser' || name === 'digest' ? asked[name] : true));
    const roles = Object.fromEntries(there.map((name) => [name, functionRole(this, settings, name)])) as {
      [name in FunctionName]?: Role;
    };
    const storage = new Storage(this, 'Storage', {
      settings,
      key,
      eventsPolicy: eventsPolicy(this, eventsArn(this, settings), {
        writer: (roles.api as Role).roleArn,
        eraser: roles.eraser?.roleArn,
        deployer: deployer(this),
      }),
    });
    const queues = new Queues(this, 'Queues', settings, key);
    const digest = settings.digest && new DailyDigest(this, 'DailyDigest', settings, key);
    const http = new LedgerHttpApi(this, 'Http', { settings, key });
    const identity = new Identity(this, 'Identity', {
      settings,
      url: http.url,
      domainPrefix: `taizhang-${settings.stage}-${lastPartOf(uuidOf(this))}`,
    });
    const { serving, building } = settings.views;
    // What is deployed now works on these; functions that are pinned go on with those that serve.
    const views = storage.views[building ?? serving];
    const given = statements(this, {
      events: storage.events,
      stream: storage.stream,
      views: Object.values(storage.views),
      key,
      queues,
      digest: digest?.topic,
    });
    const environment: { readonly [name: string]: string } = {
      TAIZHANG_EVENTS_TABLE: storage.events.tableName,
      TAIZHANG_VIEWS_TABLE: views.tableName,
      TAIZHANG_LEDGER: settings.ledger ?? uuidOf(this),
      TAIZHANG_ZONE_OFFSET: String(CHINA),
      TAIZHANG_VERSION: version(),
    };
    const own: { readonly [name in FunctionName]?: { readonly [name: string]: string } } = {
      api: {
        TAIZHANG_OIDC_ISSUER: identity.issuer,
        TAIZHANG_OIDC_AUDIENCE: identity.audience,
        TAIZHANG_OIDC_CLIENT_ID: identity.clientId,
        TAIZHANG_PUBLIC_URL: http.url,
        TAIZHANG_SESSION_SECRET: sessionSecret(this, settings, key),
      },
      maintenance: {
        TAIZHANG_REBUILD_QUEUE: queues.rebuild.queueUrl,
        TAIZHANG_DEAD_LETTER_QUEUE: queues.batches.queueUrl,
        TAIZHANG_VIEWS_SPARE: String(building !== undefined),
      },
      ...(digest &&
        settings.digest && {
          digest: {
            // What is being built is not whole yet.
            TAIZHANG_VIEWS_TABLE: storage.views[serving].tableName,
            TAIZHANG_DIGEST_TOPIC: digest.topic.topicArn,
            TAIZHANG_DIGEST_LANGUAGE: settings.digest.language,
          },
        }),
    };
    const functions: { [name in FunctionName]?: LedgerFunction } = {};
    for (const name of there) {
      const role = roles[name] as Role;
      const policy = permit(role, settings, name, given[name]);
      if (name === 'maintenance') {
        const events = this.getLogicalId(storage.events.node.defaultChild as CfnTable);
        accept(
          policy,
          'DynamoDB names an export itself, under the table that it is of.',
          `AwsSolutions-IAM5[Resource::<${events}.Arn>/export/*]`,
        );
      }
      functions[name] = new LedgerFunction(this, capitalised(name), {
        ...RUNNING[name],
        ...{ settings, key, name, role, policy },
        environment: name === 'sentinel' ? {} : { ...environment, ...own[name] },
        secretive: name === 'api',
        reservedConcurrency: name === 'api' ? settings.apiConcurrency : undefined,
        pinned: name === 'api' || name === 'projector' ? settings.pinned[name] : undefined,
      });
    }
    const { api, projector, sentinel, maintenance } = functions as { [name in FunctionName]: LedgerFunction };
    const mapping = { stream: storage.stream, deadLetters: queues.batches.queueArn };
    const projecting = { ...mapping, batchSize: 200, gather: 0 };
    streamMapping(this, 'Projecting', { ...projecting, target: projector.live });
    if (building !== undefined) {
      // The new code keeps the other views up, while what serves goes on with its own.
      streamMapping(this, 'ProjectingBeside', { ...projecting, target: projector.function.currentVersion });
    }
    streamMapping(this, 'Watching', {
      stream: mapping.stream,
      deadLetters: queues.unexamined.queueArn,
      target: sentinel.live,
      batchSize: 100,
      gather: 0,
      filter: { eventName: [{ 'anything-but': ['INSERT'] }] },
    });
    queueMapping(this, 'Rebuilding', { queue: queues.rebuild.queueArn, target: maintenance.live });
    http.answerWith(api.live, identity);
    const archive = new Archive(this, 'Archive', {
      settings,
      key,
      events: storage.events,
      failed: queues.failedExports,
      checker: maintenance.live,
    });
    if (functions.digest) digest?.sendBy(functions.digest.live, queues.failedExports);
    const watch = new Watch(this, 'Watch', { settings, key, storage, queues, api: http, functions });
    new Backups(this, 'Backups', settings, key, storage.events, watch.topic);
    budget(this, settings);
    this.#tell({
      Url: [http.url, 'Where the API and the pages answer.'],
      Issuer: [identity.issuer, 'Whose tokens count.'],
      Audience: [identity.audience, 'What its tokens must name; of Cognito the id of the client.'],
      ...(identity.userPool && {
        UserPoolId: [identity.userPool.userPoolId, 'Where the operator enters people.'],
      }),
      ...(identity.signInUrl && {
        SignInDomain: [identity.signInUrl, 'Where Cognito asks people for their password.'],
      }),
      Ledger: [
        environment.TAIZHANG_LEDGER ?? '',
        'The id that stands in every header, or the UUID that it is made of.',
      ],
      EventsTable: [storage.events.tableName, 'The facts.'],
      ViewsTable: [storage.views[serving].tableName, 'The views that serve.'],
      ExportBucket: [archive.bucket.bucketName, 'The locked bucket with the daily exports.'],
      DeadLetterQueue: [queues.batches.queueUrl, 'Batches of the stream that were given up.'],
      MaintenanceFunction: [
        maintenance.live.functionArn,
        'The function that rebuilds views and replays dead letters.',
      ],
      ...(functions.eraser && {
        EraserFunction: [functions.eraser.live.functionArn, 'The break-glass function.'],
      }),
      ...(digest && {
        DigestTopic: [digest.topic.topicArn, 'Where the digest of every morning is told.'] as const,
      }),
      AlarmTopic: [watch.topic.topicArn, 'The topic to subscribe to.'],
    });
  }

  #tell(outputs: { readonly [name: string]: readonly [string, string] }): void {
    for (const [name, [value, description]] of Object.entries(outputs))
      new CfnOutput(this, name, { value, description });
  }
}

/** As whom CloudFormation changes the resources of the stack: the role that `cdk bootstrap` made. */
function deployer(stack: Stack): string {
  const qualifier = stack.synthesizer.bootstrapQualifier ?? 'hnb659fds';
  return stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `cdk-${qualifier}-cfn-exec-role-${stack.account}-${stack.region}`,
  });
}

/** A stack's id ends with a UUID that is its own for ever: arn:…:stack/name/uuid. */
const uuidOf = (stack: Stack): string => Fn.select(2, Fn.split('/', stack.stackId));

/** Of a UUID its last twelve digits: enough to tell stacks apart. */
const lastPartOf = (uuid: string): string => Fn.select(4, Fn.split('-', uuid));
