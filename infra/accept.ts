import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says beside a resource why a rule of cdk-nag does not apply to it; `rules` are ids without their pack. */
export function accept(resource: IConstruct, reason: string, ...rules: readonly `${Pack}-${string}`[]): void {
  Validations.of(resource).acknowledge(...rules.map((id) => ({ id, reason })));
}

type Pack = 'AwsSolutions' | 'NIST.800.53.R5';
