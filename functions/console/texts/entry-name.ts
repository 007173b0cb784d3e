import { isCaseEventType, isItemEventType } from '../../../domain/payload.ts';
import type { Language } from './language.ts';
import { words } from './words.ts';

/** The type of an entry in words; one of a later release keeps its own name. */
export const entryName = (language: Language, type: string): string =>
  isCaseEventType(type) || isItemEventType(type) ? words[language].entry[type] : type;
