import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tables, viewsOf } from '../../functions/store/tables.ts';
import { stack } from '../bench/scale/platform.ts';
import { synthesised } from '../kit/cloud/template.ts';

const prod = synthesised('prod');
const dev = synthesised('dev');
const one = (type: string, id = '') => prod.resource(type, id).properties;
const typesOf = (stack: typeof prod): string[] =>
  Object.values(stack.written.Resources)
    .map(({ Type }) => Type)
    .sort();

describe('tables', () => {
  test.each([
    ['StorageEvents', tables('taizhang-prod-').events],
    ['StorageViewsBlue', viewsOf('taizhang-prod-', 'blue')],
    ['StorageViewsGreen', viewsOf('taizhang-prod-', 'green')],
  ])('%s is the table that one machine has, with what the cloud adds', (id, definition) => {
    expect(one('AWS::DynamoDB::Table', id)).toMatchObject({
      TableName: definition.name,
      KeySchema: [
        { AttributeName: definition.partitionKey, KeyType: 'HASH' },
        { AttributeName: definition.sortKey, KeyType: 'RANGE' },
      ],
      BillingMode: definition.billing,
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: expect.stringContaining(':key/'),
      },
      ...(definition.stream && { StreamSpecification: { StreamViewType: definition.stream } }),
    });
  });

  test('the key makes new material by itself', () => {
    expect(one('AWS::KMS::Key')).toMatchObject({ EnableKeyRotation: true });
  });
});

describe('functions', () => {
  const functions = prod.resources('AWS::Lambda::Function');
  const environmentOf = (id: string): { readonly [name: string]: string } =>
    (one('AWS::Lambda::Function', id).Environment as { Variables: { [name: string]: string } }).Variables;

  test('are four, one more while words are erased, and one for the digest', () => {
    const names = (stack: typeof prod) =>
      stack.resources('AWS::Lambda::Function').map(({ properties }) => properties.FunctionName);
    const usual = ['api', 'maintenance', 'projector', 'sentinel'].map((name) => `taizhang-prod-${name}`);
    expect(names(prod).sort()).toEqual(usual);
    expect(names(synthesised('prod', { erasure: 'on', digest: 'zh' })).sort()).toEqual(
      [...usual, 'taizhang-prod-digest', 'taizhang-prod-eraser'].sort(),
    );
  });

  test('run on Node.js 24 on arm64, from our own bundle, and log as JSON into a group that ends', () => {
    for (const { properties } of functions) {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON', LogGroup: `/aws/lambda/${properties.FunctionName}` },
      });
    }
    for (const { properties } of prod.resources('AWS::Logs::LogGroup')) {
      expect(properties).toMatchObject({ RetentionInDays: 400, KmsKeyId: expect.stringContaining(':key/') });
    }
  });

  test('know their tables, their ledger, their issuer and their address', () => {
    expect(environmentOf('ApiFunction')).toMatchObject({
      TAIZHANG_EVENTS_TABLE: 'taizhang-prod-events',
      TAIZHANG_VIEWS_TABLE: 'taizhang-prod-views-blue',
      TAIZHANG_LEDGER: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      TAIZHANG_ZONE_OFFSET: '480',
      TAIZHANG_OIDC_ISSUER: expect.stringMatching(/^https:\/\/cognito-idp\./),
      TAIZHANG_OIDC_CLIENT_ID: environmentOf('ApiFunction').TAIZHANG_OIDC_AUDIENCE,
      TAIZHANG_PUBLIC_URL: expect.stringMatching(/^https:\/\/[^/]+$/),
    });
    expect(environmentOf('MaintenanceFunction')).toMatchObject({ TAIZHANG_VIEWS_SPARE: 'false' });
  });

  test('know no secret, but for the API what sessions are sealed with, which no template and no other key shows', () => {
    for (const { properties } of functions) {
      const { FunctionName, KmsKeyArn, Environment } = properties as {
        FunctionName: string;
        KmsKeyArn?: string;
        Environment: { Variables: { [name: string]: string } };
      };
      const secrets = Object.entries(Environment.Variables).filter(([name]) =>
        /SECRET|PASSWORD|KEY|TOKEN/.test(name),
      );
      const isApi = FunctionName === 'taizhang-prod-api';
      const reference = expect.stringMatching(/^\{\{resolve:secretsmanager:arn:[^{}]+:SecretString\}\}$/);
      expect(secrets).toEqual(isApi ? [['TAIZHANG_SESSION_SECRET', reference]] : []);
      expect(KmsKeyArn).toEqual(isApi ? expect.stringContaining(':key/') : undefined);
    }
    expect(one('AWS::SecretsManager::Secret')).toMatchObject({
      GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      KmsKeyId: expect.stringContaining(':key/'),
    });
  });

  test('another number of sessions is another secret, and another version of the API that has it', () => {
    const next = synthesised('prod', { sessions: '2' });
    const idOf = (stack: typeof prod, type: string, id = '') => stack.resource(type, id).id;
    expect(idOf(prod, 'AWS::SecretsManager::Secret')).toBe('SessionSecret1');
    expect(idOf(next, 'AWS::SecretsManager::Secret')).toBe('SessionSecret2');
    const versions = (stack: typeof prod) => stack.resources('AWS::Lambda::Version').map(({ id }) => id);
    expect(versions(next).filter((id) => !versions(prod).includes(id))).toEqual([
      expect.stringMatching(/^ApiFunctionCurrentVersion/),
    ]);
  });

  test('the API may run so often at once and no more', () => {
    expect(one('AWS::Lambda::Function', 'ApiFunction')).toMatchObject({ ReservedConcurrentExecutions: 200 });
  });
});

describe('the stream', () => {
  const mapping = (id: string) => one('AWS::Lambda::EventSourceMapping', id);

  test('feeds the projector, in order for each case, halving what fails, setting aside what keeps failing', () => {
    expect(mapping('Projecting')).toMatchObject({
      FunctionName: expect.stringMatching(/:function:taizhang-prod-projector:live$/),
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1_000,
      MaximumRecordAgeInSeconds: 21_600,
      ParallelizationFactor: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: {
        OnFailure: { Destination: expect.stringMatching(/:taizhang-prod-dead-letters$/) },
      },
    });
  });

  test('wakes the sentinel for what is no insertion, and for nothing else', () => {
    const { FunctionName, FilterCriteria } = mapping('Watching') as {
      FunctionName: string;
      FilterCriteria: { Filters: { Pattern: string }[] };
    };
    expect(FunctionName).toMatch(/:function:taizhang-prod-sentinel:live$/);
    // Not where replay would take them for batches to be projected.
    expect(mapping('Watching').DestinationConfig).toEqual({
      OnFailure: { Destination: expect.stringMatching(/:taizhang-prod-unexamined$/) },
    });
    expect(FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: [{ 'anything-but': ['INSERT'] }] },
    ]);
  });

  test('a rebuild goes through its queue, so many cases at a time', () => {
    expect(mapping('Rebuilding')).toMatchObject({
      EventSourceArn: expect.stringMatching(/:taizhang-prod-rebuild$/),
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 20 },
    });
  });
});

describe('what calls a function comes after what its role may do', () => {
  const resources = prod.written.Resources as {
    [id: string]: { Type: string; DependsOn?: string | string[] };
  };
  const dependencies = (id: string): string[] => [resources[id]?.DependsOn ?? []].flat();
  const starting = (prefix: string): string =>
    Object.keys(resources).find((id) => id.startsWith(prefix)) ?? '';

  test.each(['Api', 'Projector', 'Sentinel', 'Maintenance'])('%s, and all that stands on it', (name) => {
    expect(dependencies(starting(`${name}Function`))).toContain(starting(`${name}Policy`));
  });

  test.each([
    ['ArchiveDaily', 'ArchiveExporterPolicy'],
    ['ArchiveCheck', 'ArchiveCheckerPolicy'],
  ])('the schedule %s', (schedule, policy) => {
    const { id } = prod.resource('AWS::Scheduler::Schedule', schedule);
    expect(dependencies(id)).toContain(starting(policy));
  });

  test('a mapping calls an alias, which stands on the function', () => {
    for (const { id, properties } of prod.resources('AWS::Lambda::EventSourceMapping')) {
      expect([id, String(properties.FunctionName)]).toEqual([id, expect.stringMatching(/:live$/)]);
    }
  });
});

describe('while other views are built', () => {
  const building = synthesised('prod', { building: 'green', pinApi: '7', pinProjector: '5' });
  const version = (id: string) => building.resource('AWS::Lambda::Alias', id).properties.FunctionVersion;

  test('what serves goes on as it was, and what is new works on the other views', () => {
    expect([version('ApiLive'), version('ProjectorLive')]).toEqual(['7', '5']);
    // Left out while another is pinned, a version could not be published again unchanged.
    const versions = building.resources('AWS::Lambda::Version').map(({ id }) => id);
    expect(versions).toEqual(
      prod
        .resources('AWS::Lambda::Version')
        .map(({ id }) => expect.stringContaining(id.replace(/(?<=CurrentVersion).*/, ''))),
    );
    const { Environment } = building.resource('AWS::Lambda::Function', 'ProjectorFunction').properties;
    expect(Environment).toMatchObject({ Variables: { TAIZHANG_VIEWS_TABLE: 'taizhang-prod-views-green' } });
    const { FunctionName } = building.resource(
      'AWS::Lambda::EventSourceMapping',
      'ProjectingBeside',
    ).properties;
    expect(FunctionName).not.toMatch(/:live$/);
    expect(
      building.resource('AWS::Lambda::Function', 'MaintenanceFunction').properties.Environment,
    ).toMatchObject({
      Variables: { TAIZHANG_VIEWS_TABLE: 'taizhang-prod-views-green', TAIZHANG_VIEWS_SPARE: 'true' },
    });
  });

  test('switching moves the alias to what works on the new views', () => {
    const switched = synthesised('prod', { views: 'green' });
    expect(switched.resource('AWS::Lambda::Alias', 'ApiLive').properties.FunctionVersion).not.toBe('7');
    expect(switched.resource('AWS::Lambda::Function', 'ApiFunction').properties.Environment).toMatchObject({
      Variables: { TAIZHANG_VIEWS_TABLE: 'taizhang-prod-views-green' },
    });
    expect(switched.resources('AWS::Lambda::EventSourceMapping').map(({ id }) => id)).not.toContain(
      'ProjectingBeside',
    );
  });
});

describe('the HTTP API', () => {
  const routes = new Map(
    prod
      .resources('AWS::ApiGatewayV2::Route')
      .map(({ properties }) => [properties.RouteKey as string, properties.AuthorizationType]),
  );

  test('asks for a token everywhere under /v1 but for the published notice', () => {
    expect(routes.get('ANY /v1/{rest+}')).toBe('JWT');
    expect(routes.get('GET /v1/cases/{caseId}/notice')).toBe('NONE');
    const open = [...routes]
      .filter(([key, type]) => key.includes('/v1') && type !== 'JWT')
      .map(([key]) => key);
    expect(open.sort()).toEqual(['GET /v1/cases/{caseId}/notice', 'HEAD /v1/cases/{caseId}/notice']);
  });

  test('takes tokens of the pool, or of the issuer that is named', () => {
    const authorizer = (stack: typeof prod) =>
      stack.resources('AWS::ApiGatewayV2::Authorizer')[0]?.properties;
    expect(authorizer(prod)).toMatchObject({
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: expect.stringMatching(/^https:\/\/cognito-idp\./) },
    });
    const own = synthesised('prod', { issuer: 'https://id.example.cn', audience: 'taizhang' });
    expect(authorizer(own)).toMatchObject({
      JwtConfiguration: { Issuer: 'https://id.example.cn', Audience: ['taizhang'] },
    });
    expect(own.resources('AWS::Cognito::UserPool')).toEqual([]);
  });

  test('lets people’s pages through to the application, which asks for their session itself', () => {
    expect(routes.get('ANY /{rest+}')).toBe('NONE');
    for (const page of ['/sign-in', '/sign-out', '/cases', '/supervision', '/import', '/language']) {
      expect([...routes.keys()].filter((key) => key.endsWith(` ${page}`))).toEqual([]);
    }
  });

  test('calls what is live, logs every request, and lets so many through', () => {
    expect(one('AWS::ApiGatewayV2::Integration')).toMatchObject({
      IntegrationUri: expect.stringMatching(/:function:taizhang-prod-api:live$/),
      PayloadFormatVersion: '2.0',
    });
    expect(one('AWS::ApiGatewayV2::Stage')).toMatchObject({
      StageName: '$default',
      AccessLogSettings: { DestinationArn: expect.stringContaining('/taizhang/prod/access') },
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 },
      // Without a token, and dear to render.
      RouteSettings: {
        'GET /v1/cases/{caseId}/notice': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
        'HEAD /v1/cases/{caseId}/notice': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
      },
    });
  });

  test('nobody can give themselves a role', () => {
    expect(one('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
    });
    const { WriteAttributes, ReadAttributes } = one('AWS::Cognito::UserPoolClient');
    expect(WriteAttributes).toEqual(['name']);
    expect(ReadAttributes).toEqual(expect.arrayContaining(['custom:role', 'custom:office', 'custom:cases']));
  });
});

describe('people sign in', () => {
  const client = one('AWS::Cognito::UserPoolClient');
  const url = prod.resolve(prod.written.Outputs?.Url?.Value);

  test('with a code that is changed for tokens, and come back to the ledger only', () => {
    expect(client).toMatchObject({
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'profile'],
      CallbackURLs: [`${url}/sign-in/callback`],
      LogoutURLs: [`${url}/signed-out`],
      SupportedIdentityProviders: ['COGNITO'],
      GenerateSecret: false,
    });
  });

  test('at an address that is this stack’s own, or the one that is set', () => {
    const domainOf = (stack: typeof prod) => stack.resource('AWS::Cognito::UserPoolDomain', '').properties;
    expect(domainOf(prod)).toMatchObject({ Domain: 'taizhang-prod-3f6b2d0c7e11', ManagedLoginVersion: 2 });
    expect(domainOf(synthesised('prod', { signInDomain: 'qihe' })).Domain).toBe('qihe');
    expect(prod.resolve(prod.written.Outputs?.SignInDomain?.Value)).toMatch(
      /^https:\/\/taizhang-prod-3f6b2d0c7e11\.auth\./,
    );
    // A domain shows nothing for a client without a style.
    expect(one('AWS::Cognito::ManagedLoginBranding')).toMatchObject({ UseCognitoProvidedValues: true });
  });

  test('at an issuer that is named, as the client that is named', () => {
    const variables = (context: { readonly [name: string]: string }) =>
      synthesised('prod', { issuer: 'https://id.example.cn', audience: 'taizhang', ...context }).resource(
        'AWS::Lambda::Function',
        'ApiFunction',
      ).properties.Environment;
    expect(variables({ clientId: 'console' })).toMatchObject({
      Variables: { TAIZHANG_OIDC_AUDIENCE: 'taizhang', TAIZHANG_OIDC_CLIENT_ID: 'console' },
    });
    expect(variables({})).toMatchObject({ Variables: { TAIZHANG_OIDC_CLIENT_ID: 'taizhang' } });
  });
});

describe('the digest', () => {
  const told = synthesised('prod', { erasure: 'on', digest: 'zh' });
  const mailed = synthesised('dev', { digest: 'en', digestEmail: 'office@example.cn' });
  const beside = synthesised('prod', { digest: 'zh', building: 'green', pinApi: 7, pinProjector: 7 });
  const of = (template: typeof prod, type: string, id: string) => template.resource(type, id).properties;

  test('is asked for every morning where the users are, and a morning that is missed is set aside', () => {
    expect(prod.resources('AWS::Scheduler::Schedule')).toHaveLength(2);
    expect(of(told, 'AWS::Scheduler::Schedule', 'DailyDigestMorning')).toMatchObject({
      ScheduleExpression: 'cron(30 7 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Target: {
        Arn: expect.stringMatching(/:function:taizhang-prod-digest:live$/),
        DeadLetterConfig: { Arn: expect.stringMatching(/:taizhang-prod-failed-exports$/) },
      },
    });
  });

  test('goes to an encrypted topic of its own, and by mail only where an address is named', () => {
    expect(of(told, 'AWS::SNS::Topic', 'DailyDigest')).toMatchObject({
      TopicName: 'taizhang-prod-digest',
      KmsMasterKeyId: expect.stringContaining(':key/'),
    });
    expect(told.resources('AWS::SNS::Subscription')).toEqual([]);
    expect(mailed.resources('AWS::SNS::Subscription').map(({ properties }) => properties)).toMatchObject([
      {
        Protocol: 'email',
        Endpoint: 'office@example.cn',
        TopicArn: expect.stringMatching(/:taizhang-dev-digest$/),
      },
    ]);
  });

  test('is made of the views that serve, also while others are built, in the language asked for', () => {
    const variables = (template: typeof prod) =>
      (of(template, 'AWS::Lambda::Function', 'DigestFunction').Environment as { Variables: object })
        .Variables;
    expect(variables(told)).toMatchObject({
      TAIZHANG_DIGEST_LANGUAGE: 'zh',
      TAIZHANG_DIGEST_TOPIC: expect.stringMatching(/:taizhang-prod-digest$/),
    });
    expect(variables(mailed)).toMatchObject({ TAIZHANG_DIGEST_LANGUAGE: 'en' });
    expect(variables(beside)).toMatchObject({
      TAIZHANG_VIEWS_TABLE: 'taizhang-prod-views-blue',
    });
  });

  test('raises an alarm when it fails, and OPERATIONS says what to do', () => {
    const alarms = told.resources('AWS::CloudWatch::Alarm').map(({ properties }) => properties);
    expect(alarms.find(({ AlarmName }) => AlarmName === 'taizhang-prod-DigestErrors')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: 'taizhang-prod-digest' }],
      AlarmActions: [expect.stringMatching(/:taizhang-prod-alarms$/)],
    });
    const operations = readFileSync(new URL('../../infra/OPERATIONS.md', import.meta.url), 'utf8');
    expect(operations).toContain('| `DigestErrors` |');
  });
});

describe('copies', () => {
  test('every day the events are exported into a bucket from which nothing can be taken for a year', () => {
    const { ScheduleExpression, Target } = one('AWS::Scheduler::Schedule', 'ArchiveDaily') as {
      ScheduleExpression: string;
      Target: { Arn: string; Input: string };
    };
    expect(ScheduleExpression).toBe('cron(30 3 * * ? *)');
    expect(Target.Arn).toMatch(/:aws-sdk:dynamodb:exportTableToPointInTime$/);
    expect(JSON.parse(Target.Input)).toMatchObject({
      TableArn: expect.stringMatching(/:table\/taizhang-prod-events$/),
      ExportType: 'FULL_EXPORT',
      S3SseAlgorithm: 'KMS',
    });
    expect(one('AWS::S3::Bucket', 'ArchiveExports')).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } } },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  });

  test.each(['ArchiveDaily', 'ArchiveCheck'])('what %s cannot ask for is set aside', (schedule) => {
    expect(one('AWS::Scheduler::Schedule', schedule).Target).toMatchObject({
      DeadLetterConfig: { Arn: expect.stringMatching(/:taizhang-prod-failed-exports$/) },
    });
  });

  test('a backup that fails is told', () => {
    const { EventPattern, Targets } = one('AWS::Events::Rule');
    expect(EventPattern).toMatchObject({
      source: ['aws.backup'],
      detail: { state: ['FAILED', 'ABORTED', 'EXPIRED'], backupVaultName: ['taizhang-prod'] },
    });
    expect(Targets).toEqual([{ Id: 'Topic', Arn: expect.stringMatching(/:taizhang-prod-alarms$/) }]);
    const { PolicyDocument } = one('AWS::SNS::TopicPolicy') as {
      PolicyDocument: { Statement: { Sid: string }[] };
    };
    expect(PolicyDocument.Statement.find(({ Sid }) => Sid === 'FailedBackups')).toMatchObject({
      Action: 'sns:Publish',
      Condition: { ArnEquals: { 'aws:SourceArn': expect.stringMatching(/:rule\//) } },
    });
  });

  test('every day somebody looks whether the export came', () => {
    const { Target } = one('AWS::Scheduler::Schedule', 'ArchiveCheck') as {
      Target: { Arn: string; Input: string };
    };
    expect(Target.Arn).toMatch(/:function:taizhang-prod-maintenance:live$/);
    expect(JSON.parse(Target.Input)).toEqual({
      task: 'check-export',
      table: expect.stringMatching(/:table\/taizhang-prod-events$/),
    });
  });

  test('every day the events are backed up, and a backup stays its time', () => {
    expect(one('AWS::Backup::BackupPlan')).toMatchObject({
      BackupPlan: { BackupPlanRule: [{ Lifecycle: { DeleteAfterDays: 35 } }] },
    });
    expect(one('AWS::Backup::BackupVault')).toMatchObject({ LockConfiguration: { MinRetentionDays: 35 } });
    expect(one('AWS::Backup::BackupSelection')).toMatchObject({
      BackupSelection: { Resources: [expect.stringMatching(/:table\/taizhang-prod-events$/)] },
    });
  });
});

describe('what rises', () => {
  const alarms = prod.resources('AWS::CloudWatch::Alarm').map(({ properties }) => properties);
  const operations = readFileSync(new URL('../../infra/OPERATIONS.md', import.meta.url), 'utf8');

  test('any record of the stream that is no insertion, by the sentinel having been invoked at all', () => {
    expect(alarms.find(({ AlarmName }) => AlarmName === 'taizhang-prod-EventsChanged')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'taizhang-prod-sentinel' }],
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
    });
  });

  test('each is told to the topic, and OPERATIONS says what to do', () => {
    expect(alarms.length).toBeGreaterThan(10);
    for (const { AlarmName, AlarmActions } of alarms) {
      expect(AlarmActions).toEqual([expect.stringMatching(/:taizhang-prod-alarms$/)]);
      expect(operations).toContain(`\`${String(AlarmName).replace('taizhang-prod-', '')}\``);
    }
  });

  test('what our own functions count is what the alarms watch', () => {
    const counted = alarms.filter(({ Namespace }) => Namespace === 'Taizhang');
    const counters = readFileSync(new URL('../../functions/cloud/telemetry.ts', import.meta.url), 'utf8');
    expect(counted.length).toBeGreaterThan(0);
    for (const { MetricName, Dimensions } of counted) {
      expect(counters).toContain(`'${MetricName}'`);
      const [{ Name, Value }] = Dimensions as [{ Name: string; Value: string }];
      expect(Name).toBe('service');
      const services = prod
        .resources('AWS::Lambda::Function')
        .map(
          ({ properties }) =>
            (properties.Environment as { Variables: { [name: string]: string } }).Variables
              .POWERTOOLS_SERVICE_NAME,
        );
      expect(services).toContain(Value);
    }
  });

  test('a budget only where one is set', () => {
    expect(prod.resources('AWS::Budgets::Budget')).toEqual([]);
    const set = synthesised('dev', { alarmEmail: 'duty@example.cn', monthlyBudgetUsd: '80' });
    expect(set.resource('AWS::Budgets::Budget', '').properties).toMatchObject({
      Budget: {
        BudgetLimit: { Amount: 80, Unit: 'USD' },
        CostFilters: { TagKeyValue: ['user:ledger$taizhang-dev'] },
      },
    });
  });
});

describe('SCALE reckons with what the stack sets', () => {
  test.each([
    [
      'throttle',
      () =>
        (one('AWS::ApiGatewayV2::Stage').DefaultRouteSettings as { ThrottlingRateLimit: number })
          .ThrottlingRateLimit,
    ],
    [
      'noticeThrottle',
      () =>
        (
          one('AWS::ApiGatewayV2::Stage').RouteSettings as {
            [route: string]: { ThrottlingRateLimit: number };
          }
        )['GET /v1/cases/{caseId}/notice']?.ThrottlingRateLimit,
    ],
    ['apiFunctions', () => one('AWS::Lambda::Function', 'ApiFunction').ReservedConcurrentExecutions],
    ['answer', () => one('AWS::Lambda::Function', 'ApiFunction').Timeout],
    ['memory', () => Number(one('AWS::Lambda::Function', 'ApiFunction').MemorySize) / 1_024],
    ['memory', () => Number(one('AWS::Lambda::Function', 'ProjectorFunction').MemorySize) / 1_024],
    ['sideBySide', () => one('AWS::Lambda::EventSourceMapping', 'Projecting').ParallelizationFactor],
    [
      'rebuildWorkers',
      () =>
        (one('AWS::Lambda::EventSourceMapping', 'Rebuilding').ScalingConfig as { MaximumConcurrency: number })
          .MaximumConcurrency,
    ],
    [
      'exportsKept',
      () =>
        (
          one('AWS::S3::Bucket', 'ArchiveExports').LifecycleConfiguration as {
            Rules: { ExpirationInDays: number }[];
          }
        ).Rules[0]?.ExpirationInDays,
    ],
    [
      'backupsKept',
      () =>
        (one('AWS::Backup::BackupVault').LockConfiguration as { MinRetentionDays: number }).MinRetentionDays,
    ],
    ['alarms', () => prod.resources('AWS::CloudWatch::Alarm').length],
    ['keys', () => prod.resources('AWS::KMS::Key').length],
  ] as const)('%s', (name, found) => {
    expect(found()).toBe(stack[name].value);
  });
});

describe('stages and outputs', () => {
  test('dev and prod are the same stack', () => {
    expect(typesOf(dev)).toEqual(typesOf(prod));
    const ids = (stack: typeof prod) =>
      Object.keys(stack.written.Resources)
        .map((id) => id.replace(/(?<=CurrentVersion).*/, ''))
        .sort();
    expect(ids(dev)).toEqual(ids(prod));
  });

  test('dev can be thrown away, its key apart', () => {
    const kept = Object.entries(
      dev.written.Resources as { [id: string]: { Type: string; DeletionPolicy?: string } },
    )
      .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'))
      .map(([, { Type }]) => Type);
    expect([...new Set(kept)].sort()).toEqual(['AWS::KMS::Key', 'AWS::Lambda::Version']);
  });

  test('every output stands in README, and every one in README is there', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const from = readme.indexOf('| output of the stack');
    const rows = readme.slice(from, readme.indexOf('\n\n', from)).split('\n').slice(2);
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Za-z]+)`/g)].map((match) => match[1] ?? ''),
    );
    const outputs = Object.keys(synthesised('prod', { erasure: 'on', digest: 'zh' }).written.Outputs ?? {});
    expect(outputs.sort()).toEqual(named.sort());
  });

  test('every setting stands in OPERATIONS', async () => {
    const { CONTEXT } = await import('../../infra/settings.ts');
    const operations = readFileSync(new URL('../../infra/OPERATIONS.md', import.meta.url), 'utf8');
    const rows = operations.split('\n').filter((line) => line.startsWith('| `'));
    for (const name of CONTEXT)
      expect(
        rows.some((row) => row.split('|')[1]?.includes(`\`${name}\``)),
        name,
      ).toBe(true);
  });
});
