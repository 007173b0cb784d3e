import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { FunctionName } from './bundle.ts';
import type { LedgerHttpApi } from './http-api.ts';
import { functionNameOf, type LedgerFunction } from './ledger-function.ts';
import type { Queues } from './queues.ts';
import type { Settings } from './settings.ts';
import type { Storage } from './storage.ts';

export interface WatchProps {
  readonly settings: Settings;
  readonly key: IKey;
  readonly storage: Storage;
  readonly queues: Queues;
  readonly api: LedgerHttpApi;
  readonly functions: { readonly [name in FunctionName]?: LedgerFunction };
}

interface Watched {
  /** What the operator reads first. */
  readonly says: string;
  readonly metric: IMetric;
  readonly atLeast: number;
  /** Of the metric's periods in a row. */
  readonly periods?: number;
}

const MINUTE = Duration.minutes(1);
const FIVE = Duration.minutes(5);

/** Alarms, where they are told, and one dashboard that shows what they watch. */
export class Watch extends Construct {
  readonly topic: Topic;
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    const { settings, key } = props;
    this.topic = new Topic(this, 'Topic', {
      topicName: `taizhang-${settings.stage}-alarms`,
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (settings.alarmEmail) this.topic.addSubscription(new EmailSubscription(settings.alarmEmail));
    const watched = watch(props);
    const alarms = Object.entries(watched).map(([name, one]) => this.#alarm(name, one, settings));
    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `taizhang-${settings.stage}` });
    this.dashboard.addWidgets(
      new TextWidget({
        markdown: `# Taizhang ${settings.stage}\nWhat to do when one of these rises: infra/OPERATIONS.md.`,
        width: 24,
        height: 2,
      }),
    );
    const graphs = alarms.map(
      (alarm, at) =>
        new GraphWidget({
          title: Object.values(watched)[at]?.says ?? '',
          left: [alarm.metric],
          leftAnnotations: [alarm.toAnnotation()],
          width: 8,
        }),
    );
    for (let at = 0; at < graphs.length; at += 3) this.dashboard.addWidgets(...graphs.slice(at, at + 3));
  }

  #alarm(name: string, { says, metric, atLeast, periods = 1 }: Watched, { stage }: Settings): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: `taizhang-${stage}-${name}`,
      alarmDescription: `${says} See infra/OPERATIONS.md.`,
      metric,
      threshold: atLeast,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }
}

function watch({ settings, storage, queues, api, functions }: WatchProps): {
  readonly [name: string]: Watched;
} {
  const { api: http, projector, sentinel, maintenance, digest } = functions;
  const sum = { period: FIVE, statistic: 'Sum' } as const;
  const counted = (service: FunctionName, metricName: string): Metric =>
    new Metric({
      namespace: 'Taizhang',
      metricName,
      dimensionsMap: { service: functionNameOf(settings, service) },
      ...sum,
    });
  const waiting = { period: FIVE, statistic: 'Maximum' } as const;
  return {
    // Its filter lets through no insertion: that it was invoked is the news, whatever became of it.
    EventsChanged: {
      says: 'A row of the events table was changed or removed.',
      metric: sentinel?.function.metricInvocations({ ...sum, period: MINUTE }) ?? never('sentinel'),
      atLeast: 1,
    },
    SentinelFails: {
      says: 'Changed or removed rows could not be looked at yet.',
      metric: new MathExpression({
        expression: 'FILL(errors, 0) + FILL(throttles, 0)',
        usingMetrics: {
          errors: sentinel?.function.metricErrors(sum) ?? never('sentinel'),
          throttles: sentinel?.function.metricThrottles(sum) ?? never('sentinel'),
        },
        period: FIVE,
      }),
      atLeast: 1,
    },
    Unexamined: {
      says: 'Changed or removed rows were never looked at.',
      metric: queues.unexamined.metricApproximateNumberOfMessagesVisible(waiting),
      atLeast: 1,
    },
    ApiErrors: {
      says: 'The API function failed.',
      metric: http?.function.metricErrors(sum) ?? never('api'),
      atLeast: 1,
    },
    ApiThrottles: {
      says: 'Requests found no free copy of the API function.',
      metric: http?.function.metricThrottles(sum) ?? never('api'),
      atLeast: 1,
    },
    ApiServerErrors: {
      says: 'Requests were answered with 5xx.',
      metric: api.api.metricServerError(sum),
      atLeast: 1,
    },
    ApiSlow: {
      says: 'One request in a hundred takes over 3 s.',
      metric: api.api.metricLatency({ period: FIVE, statistic: 'p99' }),
      atLeast: 3_000,
      periods: 3,
    },
    AnswersTooLarge: {
      says: 'Answers did not fit into what Lambda can send.',
      metric: counted('api', 'AnswersTooLarge'),
      atLeast: 1,
    },
    ProjectorErrors: {
      says: 'The projector fails and tries again.',
      metric: projector?.function.metricErrors(sum) ?? never('projector'),
      atLeast: 1,
      periods: 2,
    },
    ProjectorThrottles: {
      says: 'The projector found no free copy.',
      metric: projector?.function.metricThrottles(sum) ?? never('projector'),
      atLeast: 1,
      periods: 3,
    },
    ProjectorBehind: {
      says: 'Lists are more than a minute behind the events.',
      metric:
        projector?.function.metric('IteratorAge', { period: MINUTE, statistic: 'Maximum' }) ??
        never('projector'),
      atLeast: 60_000,
      periods: 5,
    },
    RecordsSetAside: {
      says: 'Entries could not be projected and were set aside.',
      metric: counted('projector', 'RecordsSetAside'),
      atLeast: 1,
    },
    DeadLetters: {
      says: 'Batches of the stream were given up.',
      metric: queues.batches.metricApproximateNumberOfMessagesVisible(waiting),
      atLeast: 1,
    },
    FailedRebuilds: {
      says: 'Steps of a rebuild failed for good.',
      metric: queues.failedRebuilds.metricApproximateNumberOfMessagesVisible(waiting),
      atLeast: 1,
    },
    MaintenanceErrors: {
      says: 'Maintenance failed and tries again.',
      metric: maintenance?.function.metricErrors(sum) ?? never('maintenance'),
      atLeast: 1,
    },
    ...(digest && {
      DigestErrors: {
        says: 'The digest of the morning failed and is tried again.',
        metric: digest.function.metricErrors(sum),
        atLeast: 1,
      },
    }),
    FailedExports: {
      says: 'The daily export could not be asked for.',
      metric: queues.failedExports.metricApproximateNumberOfMessagesVisible(waiting),
      atLeast: 1,
    },
    EventsThrottled: {
      says: 'A case is written or read faster than one partition takes.',
      metric: new MathExpression({
        // A metric of throttles is there only when something was throttled.
        expression: 'FILL(writes, 0) + FILL(reads, 0)',
        usingMetrics: {
          writes: storage.events.metric('WriteThrottleEvents', sum),
          reads: storage.events.metric('ReadThrottleEvents', sum),
        },
        period: FIVE,
      }),
      atLeast: 1,
      periods: 2,
    },
  };
}

function never(name: FunctionName): never {
  throw new Error(`${name} is watched, and is not there`);
}
