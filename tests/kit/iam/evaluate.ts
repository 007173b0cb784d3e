import { type Context, holds } from './conditions.ts';
import { coversAction, coversResource } from './patterns.ts';
import { NotModelled, type Policy, type Statement } from './policy.ts';

/** Who asks. A role stands for each of its sessions. */
export type Caller =
  | {
      readonly kind: 'role';
      readonly arn: string;
      readonly identity: Policy;
      readonly boundary?: Policy | undefined;
    }
  /** An account's root, which no policy of an identity limits. */
  | { readonly kind: 'root'; readonly account: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'anonymous' };

export interface Resource {
  readonly arn: string;
  readonly account: string;
  readonly policy: Policy;
  /**
   * For keys and roles a policy of the caller counts only where the resource's own policy leaves it to the account;
   * elsewhere it always counts.
   */
  readonly leavesToAccount: 'always' | 'where its policy says so';
}

export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: Resource;
  readonly context?: Context;
}

export interface Decision {
  readonly allowed: boolean;
  /** The statement that decided, `resource policy: OnlyTheWriterPuts`, or what was missing. */
  readonly by: string;
}

/** How a policy on a resource reaches a caller: by name, through its account, or as anybody. */
type Reach = 'directly' | 'account' | 'anybody';

/**
 * Decides as IAM documents it, without organisations, session policies and VPC endpoints, which this ledger has not:
 * an explicit deny anywhere wins; within an account the caller's policies, as far as its boundary lets them, or the
 * resource's policy must allow; between accounts both must.
 *
 * Of a resource's policy within the account, what is granted to a role's ARN still ends at the role's boundary. That
 * is what AWS documents for roles; grants to a session's or a user's ARN, which no boundary limits, are not modelled.
 * @see docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws NotModelled
 */
export function evaluate(request: Request): Decision {
  const { caller, resource } = request;
  const context = contextOf(request);
  const matching = (policy: Policy, effect: Statement['effect']): readonly Statement[] =>
    policy.filter((one) => one.effect === effect && applies(one, request, context));
  const reaching = (effect: Statement['effect']) =>
    resource.policy
      .map((statement) => ({ statement, reach: reachOf(statement, caller) }))
      .filter(({ statement, reach }) => {
        return reach !== undefined && statement.effect === effect && applies(statement, request, context);
      });
  const identity = caller.kind === 'role' ? caller.identity : [];
  const boundary = caller.kind === 'role' ? caller.boundary : undefined;

  const denied = {
    'identity policy': matching(identity, 'Deny')[0],
    boundary: matching(boundary ?? [], 'Deny')[0],
    'resource policy': reaching('Deny')[0]?.statement,
  };
  for (const [where, statement] of Object.entries(denied)) {
    if (statement) return { allowed: false, by: `${where}: ${statement.sid}` };
  }

  const granted = reaching('Allow');
  const own =
    caller.kind === 'root' ? 'the account’s root' : sidOf('identity policy', matching(identity, 'Allow'));
  const withinBoundary = boundary === undefined || matching(boundary, 'Allow').length > 0;
  if (accountOf(caller) !== resource.account) {
    const named = granted.find(({ reach }) => own !== undefined || reach !== 'account');
    if (named === undefined) return no('the resource policy does not allow it');
    const resourceAlone = caller.kind === 'service' || caller.kind === 'anonymous';
    if (!resourceAlone && own === undefined) return no('no identity policy allows it');
    return withinBoundary ? yes('resource policy', named.statement) : no('the boundary does not allow it');
  }
  const direct =
    granted.find(({ reach }) => reach === 'directly') ?? granted.find(({ reach }) => reach === 'anybody');
  if (direct !== undefined) {
    if (withinBoundary) return yes('resource policy', direct.statement);
    if (direct.reach === 'anybody')
      throw new NotModelled('a grant to anybody, asked for by a role with a boundary');
    return no('the boundary does not allow it');
  }
  if (own === undefined) return no('no policy allows it');
  const left = resource.leavesToAccount === 'always' || granted.length > 0;
  if (!left) return no('the resource policy does not leave it to the account');
  return withinBoundary ? { allowed: true, by: own } : no('the boundary does not allow it');
}

const no = (by: string): Decision => ({ allowed: false, by });
const yes = (where: string, { sid }: Statement): Decision => ({ allowed: true, by: `${where}: ${sid}` });
const sidOf = (where: string, [first]: readonly Statement[]): string | undefined =>
  first && `${where}: ${first.sid}`;

const applies = (statement: Statement, { action, resource }: Request, context: Context): boolean =>
  coversAction(statement.actions, action) &&
  coversResource(statement.resources, resource.arn) &&
  statement.conditions.every((condition) => holds(condition, context));

/** Anonymous requests name no principal, nor do those that a service makes as itself. */
function contextOf({ caller, context }: Request): Context {
  const account = accountOf(caller);
  const arn = arnOf(caller);
  return {
    ...context,
    ...(arn !== undefined && { 'aws:PrincipalArn': arn }),
    ...(account !== undefined && { 'aws:PrincipalAccount': account }),
  };
}

const arnOf = (caller: Caller): string | undefined =>
  caller.kind === 'role'
    ? caller.arn
    : caller.kind === 'root'
      ? `arn:aws:iam::${caller.account}:root`
      : undefined;

const accountOf = (caller: Caller): string | undefined =>
  caller.kind === 'role' ? caller.arn.split(':')[4] : caller.kind === 'root' ? caller.account : undefined;

function reachOf({ principals }: Statement, caller: Caller): Reach | undefined {
  if (principals === undefined) return undefined;
  if (caller.kind === 'service' && principals.services.includes(caller.service)) return 'directly';
  const reaches = principals.aws.map((principal) => reachOfArn(principal, caller));
  return (['directly', 'account', 'anybody'] as const).find((reach) => reaches.includes(reach));
}

function reachOfArn(principal: string, caller: Caller): Reach | undefined {
  if (principal === '*') return 'anybody';
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
  if (account !== undefined) return account === accountOf(caller) ? 'account' : undefined;
  if (!/^arn:aws:iam::\d{12}:role\/[^*?]+$/.test(principal))
    throw new NotModelled(`the principal ${principal}`);
  return principal === arnOf(caller) ? 'directly' : undefined;
}
