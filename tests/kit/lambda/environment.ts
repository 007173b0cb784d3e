import type { DeployedFunction } from './deployed.ts';

/** Addresses on this machine that stand for AWS's. */
export interface Addresses {
  readonly dynamodb: string;
  readonly streams?: string;
  readonly queues?: string;
  readonly topics?: string;
}

export const REGION = 'cn-north-1';

/** All that a function's process finds in its environment: what Lambda sets, and what the function's own say. */
export function lambdaEnvironment(
  fn: DeployedFunction,
  taskRoot: string,
  runtimeApi: string,
  { dynamodb, streams, queues, topics }: Addresses,
): { readonly [name: string]: string } {
  return {
    ...fn.environment,
    _HANDLER: fn.handler,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: REGION,
    // As the template's LoggingFormat has it.
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_LEVEL: 'INFO',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_SESSION_TOKEN: 'not-a-token',
    LAMBDA_TASK_ROOT: taskRoot,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TZ: ':UTC',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    ...(streams !== undefined && { AWS_ENDPOINT_URL_DYNAMODB_STREAMS: streams }),
    ...(queues !== undefined && { AWS_ENDPOINT_URL_SQS: queues }),
    ...(topics !== undefined && { AWS_ENDPOINT_URL_SNS: topics }),
  };
}
