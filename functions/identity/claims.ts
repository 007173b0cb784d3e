import type { Principal, Role } from '../../domain/actor.ts';
import { ROLES } from '../../domain/actor.ts';
import { office } from '../../domain/entries.ts';
import { type FieldError, type Kind, token } from '../../domain/fields.ts';
import { type CaseId, caseId } from '../../domain/ids.ts';

export type Claims = { readonly [name: string]: unknown };

const displayName = token(200);
/** OpenID Connect Core 1.0 section 2: a subject has at most 255 characters. */
const subject = token(255);

/**
 * Who a token names, from claims whose signature, issuer and audience were checked; or which claim is missing or
 * wrong. Each of ours may stand under its own name or as `custom:<name>`, as Cognito writes attributes of a
 * pool; under both, the two must agree. `cases` is a list, or one text with commas; an empty one reaches nothing.
 */
export function readPrincipal(claims: Claims): Principal | string {
  const iss = claims.iss;
  if (typeof iss !== 'string' || iss === '') return 'the claim iss is missing';
  // Never normalised: two subjects that differ at all are two persons.
  const sub = claims.sub;
  if (sub === undefined || sub === '') return 'the claim sub is missing';
  if (checked(subject, sub) !== sub) return 'the claim sub must be one line of at most 255 characters';
  const said = { role: one(claims, 'role'), office: one(claims, 'office'), cases: one(claims, 'cases') };
  for (const [name, claim] of Object.entries(said)) {
    if (claim === AMBIGUOUS) return `the claims ${name} and custom:${name} differ`;
    if (claim === undefined && name !== 'cases') return `the claim ${name} is missing`;
  }
  const role = ROLES.find((known): known is Role => known === said.role);
  if (!role) return `the claim role must be one of ${ROLES.join(', ')}`;
  const officeCode = checked(office, said.office);
  if (officeCode === undefined) return 'the claim office must be one line of 1 to 64 characters';
  const cases = said.cases === undefined ? undefined : readCases(said.cases);
  if (cases === null) return 'the claim cases must be a list of case ids';
  const names = { name: claims.name, officeName: one(claims, 'officeName') };
  for (const [name, claim] of Object.entries(names)) {
    if (claim === undefined || claim === '') continue;
    if (checked(displayName, claim) === undefined)
      return `the claim ${name} must be one line of at most 200 characters`;
  }
  const actorName = checked(displayName, names.name);
  const officeName = checked(displayName, names.officeName);
  return {
    iss,
    sub: sub as string,
    office: officeCode,
    role,
    ...(actorName === undefined ? {} : { actorName }),
    ...(officeName === undefined ? {} : { officeName }),
    ...(cases === undefined ? {} : { cases }),
  };
}

const AMBIGUOUS = Symbol('said twice, differently');

function one(claims: Claims, name: string): unknown {
  const plain = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const custom = Object.hasOwn(claims, `custom:${name}`) ? claims[`custom:${name}`] : undefined;
  if (plain === undefined || custom === undefined) return plain === undefined ? custom : plain;
  return JSON.stringify(plain) === JSON.stringify(custom) ? plain : AMBIGUOUS;
}

function checked<T>(kind: Kind<T>, value: unknown): T | undefined {
  const errors: FieldError[] = [];
  const result = kind.check(value, '', errors);
  return errors.length > 0 ? undefined : result;
}

function readCases(value: unknown): readonly CaseId[] | null {
  const listed = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
  if (!Array.isArray(listed)) return null;
  if (typeof value === 'string' && value.trim() === '') return [];
  const cases = listed.map((part) => (typeof part === 'string' ? caseId(part) : undefined));
  return cases.every((part) => part !== undefined) ? cases : null;
}
