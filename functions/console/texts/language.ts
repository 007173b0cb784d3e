/** Chinese first; English by a switch. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** @see BCP 47 */
export const LANGUAGE_TAGS: { readonly [L in Language]: string } = { zh: 'zh-CN', en: 'en' };

/** Between the members of a list. */
export const listed = (language: Language, members: readonly (string | number)[]): string =>
  members.join(language === 'zh' ? '、' : ', ');

/** Between the parts of one statement, and between statements that belong together. */
export const COMMA: { readonly [L in Language]: string } = { zh: '，', en: ', ' };
export const SEMICOLON: { readonly [L in Language]: string } = { zh: '；', en: '; ' };

/** After a name, before what it says. */
export const COLON: { readonly [L in Language]: string } = { zh: '：', en: ': ' };

/** Words of one page or one vocabulary, side by side: what one language has, the other must have as well. */
export const bilingual = <T>(zh: T, en: NoInfer<T>): { readonly [L in Language]: T } => ({ zh, en });
