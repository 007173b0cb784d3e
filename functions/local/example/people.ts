import type { Role } from '../../../domain/actor.ts';

/** Somebody of the example. Nobody here exists: the names say what the person does, not who it is. */
export interface Person {
  readonly role: Role;
  readonly office: string;
  readonly name: string;
}

/** By the subject that stands in their tokens, and in the header of what they record. */
export const people = {
  zhang: { role: 'office', office: '财政办', name: '经办人甲' },
  li: { role: 'office', office: '党政办', name: '经办人乙' },
  wang: { role: 'office', office: '党建办', name: '经办人丙' },
  zhao: { role: 'office', office: '经济发展办', name: '经办人丁' },
  qian: { role: 'office', office: '建设办', name: '经办人戊' },
  sun: { role: 'office', office: '社会事务办', name: '经办人己' },
  zhou: { role: 'office', office: '综合执法队', name: '经办人庚' },
  wu: { role: 'office', office: '平安办', name: '经办人辛' },
  zheng: { role: 'office', office: '综合档案室', name: '经办人壬' },
  feng: { role: 'office', office: '纪工委', name: '经办人癸' },
  chen: { role: 'committee', office: '纪工委', name: '监督专员甲' },
  chu: { role: 'committee', office: '纪工委', name: '监督专员乙' },
  wei: { role: 'committee', office: '区委巡察办', name: '督查专员甲' },
  jiang: { role: 'reviewer', office: '区委巡察办', name: '复核员甲' },
  shen: { role: 'auditor', office: '区审计组', name: '审计员甲' },
} as const satisfies { readonly [sub: string]: Person };

export type Sub = keyof typeof people;

/** One of each role, and a second office: whom the page of the example offers. */
export const tour: readonly (Person & { readonly sub: Sub })[] = (
  ['zhang', 'qian', 'chen', 'jiang', 'shen'] as const
).map((sub) => ({ sub, ...people[sub] }));
