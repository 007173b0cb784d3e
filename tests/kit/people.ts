import type { Principal, Role } from '../../domain/actor.ts';
import { aCaseId } from './event-rows.ts';

const person = (role: Role, office: string, sub: string): Principal => ({
  iss: 'urn:taizhang:local',
  sub,
  office,
  role,
});

/** One of each kind who may ask; `outsider` is of an office that is never made responsible. */
export const people = {
  committee: person('committee', '纪工委', 'li'),
  colleague: person('committee', '督查室', 'wang'),
  lead: person('office', '财政办', 'zhang'),
  support: person('office', '民政办', 'chen'),
  outsider: person('office', '城建办', 'zhao'),
  reviewer: person('reviewer', '回头看组', 'sun'),
  auditor: person('auditor', '审计组', 'qian'),
} as const satisfies { readonly [name: string]: Principal };

export type Person = keyof typeof people;

/** The same person with a token that reaches these cases only. */
export const narrowed = (who: Principal, ...cases: readonly string[]): Principal => ({
  ...who,
  cases: cases.map(aCaseId),
});
