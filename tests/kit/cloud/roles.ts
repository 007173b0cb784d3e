import { identityPolicy, type Policy, trustPolicy } from '../iam/policy.ts';
import { attributeOf } from './attributes.ts';
import type { Template } from './read-template.ts';

/** A role of the stack with all that it may do. */
export interface StackRole {
  readonly name: string;
  readonly arn: string;
  readonly trust: Policy;
  /** What the stack grants. */
  readonly granted: Policy;
  /** That, and what policies of AWS grant. */
  readonly identity: Policy;
  readonly boundary: Policy | undefined;
}

/** Policies that AWS keeps, by ARN. */
export interface PoliciesOfAws {
  readonly [arn: string]: Policy;
}

/** All that IAM keeps for the stack. */
const KINDS = ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];

/** The roles of a stack, by logical id. @throws on what could grant unseen */
export function rolesOf(template: Template, ofAws: PoliciesOfAws): ReadonlyMap<string, StackRole> {
  const unseen = template
    .resources()
    .find(({ type }) => type.startsWith('AWS::IAM::') && !KINDS.includes(type));
  if (unseen) throw new Error(`${unseen.id} is a ${unseen.type}, of which this reader knows nothing`);
  const policies = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy']
    .flatMap((type) => template.resources(type))
    .map((resource) => ({
      arn: resource.type === 'AWS::IAM::Policy' ? undefined : attributeOf(resource),
      roles: (resource.properties.Roles ?? []) as readonly string[],
      policy: identityPolicy(resource.properties.PolicyDocument),
    }));
  const byArn = (arn: unknown): Policy => {
    const found = policies.find((one) => one.arn === arn)?.policy ?? ofAws[String(arn)];
    if (found === undefined) throw new Error(`the policy ${String(arn)} is not known`);
    return found;
  };
  return new Map(
    template.resources('AWS::IAM::Role').map((resource) => {
      const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns, PermissionsBoundary } =
        resource.properties;
      const name = attributeOf(resource);
      const inline = (Policies ?? []) as readonly { readonly PolicyDocument: unknown }[];
      const granted = [
        ...inline.flatMap(({ PolicyDocument }) => identityPolicy(PolicyDocument)),
        ...policies.filter(({ roles }) => roles.includes(name)).flatMap(({ policy }) => policy),
      ];
      const role: StackRole = {
        name,
        arn: attributeOf(resource, 'Arn'),
        trust: trustPolicy(AssumeRolePolicyDocument),
        granted,
        identity: [...granted, ...((ManagedPolicyArns ?? []) as readonly string[]).flatMap(byArn)],
        boundary: PermissionsBoundary === undefined ? undefined : byArn(PermissionsBoundary),
      };
      return [resource.id, role];
    }),
  );
}
