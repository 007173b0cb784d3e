import { join } from 'node:path';
import { CHINA } from '../../../domain/dates.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Dependencies } from '../../../functions/app/dependencies.ts';
import { forgetful } from '../../../functions/app/written-streams.ts';
import { readCloudEnvironment } from '../../../functions/compose.ts';
import { DynamoEventStore } from '../../../functions/store/dynamo-event-store.ts';
import { DynamoViewStore } from '../../../functions/store/dynamo-view-store.ts';
import { hostClock, systemEntropy } from '../../../functions/system.ts';
import type { FunctionName } from '../../../infra/bundle.ts';
import { synthesised } from '../cloud/template.ts';
import { templateTables } from '../cloud/template-tables.ts';
import { embeddedStore, type TestStore } from '../embedded-engine.ts';
import type { DeployedFunction } from './deployed.ts';

/** Addresses on this machine instead of AWS's: all that differs from what the template says, but for the secret. */
export interface Deployment {
  readonly issuer?: { readonly issuer: string; readonly audience: string };
  readonly queues?: { readonly rebuild: string; readonly deadLetters: string };
}

const stack = () => synthesised('prod', { erasure: 'on', digest: 'zh' });

/** The embedded engine with the tables of the template. */
export const deployedStore = () => embeddedStore(templateTables(stack()));

/** A deployment's ledger in this process, over its tables: to write what is projected, and to read what is there. */
export function deploymentInProcess(store: TestStore, clock: Clock = hostClock()): Dependencies {
  const { documents } = store.client();
  const { ledger } = readCloudEnvironment({ ...deployedFunction('api').environment, AWS_REGION: 'local' });
  return {
    identity: { ledger, zone: CHINA },
    events: new DynamoEventStore(documents, store.tables.events.name),
    views: new DynamoViewStore(documents, store.tables.views.name, { inTransactions: true }),
    clock,
    entropy: systemEntropy,
    written: forgetful,
  };
}

/** The functions of a deployment: the assets that were synthesised, with what the template says of each. */
export function deployedFunctions<Name extends FunctionName>(
  names: readonly Name[],
  deployment: Deployment = {},
): { readonly [name in Name]: DeployedFunction } {
  return Object.fromEntries(names.map((name) => [name, deployedFunction(name, deployment)])) as {
    [name in Name]: DeployedFunction;
  };
}

interface Told {
  readonly Handler: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Code: { readonly S3Key: string };
  readonly Environment: { readonly Variables: { readonly [name: string]: string } };
}

function deployedFunction(name: FunctionName, { issuer, queues }: Deployment = {}): DeployedFunction {
  const { folder, resource } = stack();
  const id = `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`;
  const told = resource('AWS::Lambda::Function', id).properties as unknown as Told;
  const here: { readonly [variable: string]: string | undefined } = {
    TAIZHANG_OIDC_ISSUER: issuer?.issuer,
    TAIZHANG_OIDC_AUDIENCE: issuer?.audience,
    TAIZHANG_OIDC_CLIENT_ID: issuer?.audience,
    // CloudFormation puts what it resolves in the place of the reference.
    TAIZHANG_SESSION_SECRET: 'WhatSecretsManagerWouldHaveDrawnForTheSessionsOfThisOneTestAlone',
    TAIZHANG_REBUILD_QUEUE: queues?.rebuild,
    TAIZHANG_DEAD_LETTER_QUEUE: queues?.deadLetters,
  };
  const variables = Object.entries(told.Environment.Variables);
  return {
    name,
    // Assets are zipped when they are published; the folder is what is zipped.
    folder: join(folder, `asset.${told.Code.S3Key.replace(/\.zip$/, '')}`),
    handler: told.Handler,
    environment: Object.fromEntries(
      variables.map(([variable, value]) => [variable, here[variable] ?? value]),
    ),
    timeoutSeconds: told.Timeout,
    memoryMb: told.MemorySize,
  };
}
