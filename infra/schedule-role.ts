import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** As whom a schedule of this account runs. */
export function scheduleRole(scope: Construct, name: string, { stage }: Settings, description: string): Role {
  const { account } = Stack.of(scope);
  return new Role(scope, name, {
    roleName: `taizhang-${stage}-${name.toLowerCase()}`,
    description,
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
}

/** Of the times of schedules: where the users are. */
export const ZONE = 'Asia/Shanghai';
