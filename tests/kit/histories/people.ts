import { person } from './story.ts';

/** Offices that lead and support items, each with two people. */
export const OFFICES = ['财政办', '党建办', '民政办', '农业办', '城建办', '综治办'] as const;
export const officer = (office: string, second = false) =>
  person('office', office, `${office}-${second ? 2 : 1}`);

/** Raises, assigns, returns and extends. */
export const supervisor = person('committee', '纪工委', 'supervisor');
/** Records what a notice said before the ledger was there. */
export const importer = person('committee', '纪工委', 'importer');
/** They close, and return; nothing else. */
export const closers = ['closer-1', 'closer-2', 'closer-3'].map((sub) => person('committee', '巡察办', sub));
export const reviewer = person('reviewer', '回头看一组', 'reviewer');
