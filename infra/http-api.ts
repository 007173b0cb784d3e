import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnRoute,
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept } from './accept.ts';
import { kept } from './kept.ts';
import type { Settings } from './settings.ts';

export interface LedgerHttpApiProps {
  readonly settings: Settings;
  readonly key: IKey;
}

const NOTICE = '/v1/cases/{caseId}/notice';
const NOTICE_ROUTES: readonly string[] = [`GET ${NOTICE}`, `HEAD ${NOTICE}`];

/** What anybody may ask for without a token; the application still refuses a token that is wrong. */
const PUBLIC = [
  '/',
  '/healthz',
  '/openapi.json',
  '/docs',
  '/docs/{file}',
  '/problems',
  '/assets/{file}',
  NOTICE,
] as const;

/**
 * One function behind all addresses. Under /v1 the gateway checks the token first, and the application again. The
 * address is there before what answers at it: the issuer's client and the function itself must know it.
 */
export class LedgerHttpApi extends Construct {
  readonly api: HttpApi;
  readonly accessLog: LogGroup;
  readonly #stage: CfnStage;

  constructor(scope: Construct, id: string, { settings, key }: LedgerHttpApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `taizhang-${settings.stage}`,
      description: 'The ledger of rectification progress.',
      createDefaultStage: false,
    });
    this.accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/taizhang/${settings.stage}/access`,
      retention: settings.logDays,
      encryptionKey: key,
      removalPolicy: kept(settings),
    });
    const stage = this.api.addStage('Stage', {
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.rate, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            time: '$context.requestTime',
            ip: '$context.identity.sourceIp',
            method: '$context.httpMethod',
            route: '$context.routeKey',
            status: '$context.status',
            ms: '$context.responseLatency',
            bytes: '$context.responseLength',
            sub: '$context.authorizer.claims.sub',
            authorizerError: '$context.authorizer.error',
            integrationError: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
    this.#stage = stage.node.defaultChild as CfnStage;
    // Anybody may ask for the published notice, and rendering it reads the whole case.
    const { rate, burst } = settings.noticeThrottle;
    const throttled = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
    this.#stage.addPropertyOverride(
      'RouteSettings',
      Object.fromEntries(NOTICE_ROUTES.map((route) => [route, throttled])),
    );
  }

  /** Lets a function answer, for people whom this issuer vouches for. */
  answerWith(handler: Alias, oidc: { readonly issuer: string; readonly audience: string }): void {
    const integration = new HttpLambdaIntegration('Integration', handler as IFunction, {
      timeout: Duration.seconds(29),
    });
    const authorizer = new HttpJwtAuthorizer('Tokens', oidc.issuer, { jwtAudience: [oidc.audience] });
    this.api.addRoutes({ path: '/v1/{rest+}', methods: [HttpMethod.ANY], integration, authorizer });
    const open = new HttpNoneAuthorizer();
    for (const path of PUBLIC) {
      // HEAD asks what GET would say.
      const routes = this.api.addRoutes({
        path,
        methods: [HttpMethod.GET, HttpMethod.HEAD],
        integration,
        authorizer: open,
      });
      for (const route of routes) {
        accept(
          route,
          'Anybody may read the published notice, the documentation and whether the service is well.',
          'AwsSolutions-APIG4',
        );
      }
    }
    // People's pages, where a cookie says who asks, and addresses that do not exist: the application answers both.
    const rest = this.api.addRoutes({
      path: '/{rest+}',
      methods: [HttpMethod.ANY],
      integration,
      authorizer: open,
    });
    for (const route of rest)
      accept(
        route,
        'Pages ask for a session, which the application seals and checks; signing in to one cannot ask for it, nor can an address that does not exist.',
        'AwsSolutions-APIG4',
      );
    for (const route of this.api.node.findAll()) {
      // A stage's settings may only name a route that is there.
      if (route instanceof CfnRoute && NOTICE_ROUTES.includes(route.routeKey))
        this.#stage.addResourceDependency(route);
    }
  }

  /** Where it answers, without a stage in the path. */
  get url(): string {
    return this.api.apiEndpoint;
  }
}
