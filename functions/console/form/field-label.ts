import { fieldNames, formWords } from '../texts/fields.ts';
import { ruleWords } from '../texts/flags.ts';
import { COMMA, type Language, listed } from '../texts/language.ts';
import { terms } from '../texts/terms.ts';
import { words } from '../texts/words.ts';

/** What a field is called, in an entry of that type where it has a name of its own there. */
export function fieldLabel(language: Language, field: string, type?: string): string {
  const names: { readonly [field: string]: string } = fieldNames[language];
  if (field.startsWith('set.')) return fieldLabel(language, field.slice('set.'.length), type);
  if (field.includes('/')) return pathLabel(language, field);
  return (type === undefined ? undefined : names[`${type}.${field}`]) ?? names[field] ?? field;
}

const MEMBER = /^(measures|evidence)\/([me][0-9]+)(?:\/(.+))?$/;
const OF_ENTRY = /^entries\/([0-9]+)\/(.+)$/;

/** A path of a change, such as `measures/m2/status`, read out. */
export function pathLabel(language: Language, path: string): string {
  const entry = OF_ENTRY.exec(path);
  if (entry) return `#${entry[1]} ${pathLabel(language, entry[2] ?? '')}`;
  const member = MEMBER.exec(path);
  if (member) {
    const [, list = '', id = '', rest] = member;
    const name = `${fieldLabel(language, list)} ${id}`;
    return rest === undefined ? name : `${name} · ${pathLabel(language, rest)}`;
  }
  return path
    .split('/')
    .map((part) => fieldLabel(language, part))
    .join(' · ');
}

/** A value of a field or a change, read out; undefined where there is nothing. */
export function valueText(language: Language, field: string, value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const w = words[language];
  const t = formWords[language];
  const last = field.split('/').at(-1) ?? field;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (last === 'fundsFen') return terms[language].yuan(yuan(Number(value)));
  // Its label names the unit.
  if (last === 'amountFen') return yuan(Number(value));
  if (Array.isArray(value)) {
    const members = value.map((member) => valueText(language, field, member) ?? '');
    return members.length === 0 ? undefined : listed(language, members);
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, member]) => [fieldLabel(language, name), valueText(language, name, member)] as const)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `${name} ${member}`)
      .join(COMMA[language]);
  }
  const known: { readonly [field: string]: { readonly [value: string]: string } } = {
    status: { ...w.measureStatus, ...w.status },
    term: w.term,
    verdict: w.verdict,
    statedStatus: w.stated,
    kind: w.accountability,
    role: w.role,
    rule: RULE_NAMES[language],
    dismissedRules: RULE_NAMES[language],
  };
  return known[last]?.[String(value)] ?? String(value);
}

const named = (rules: (typeof ruleWords)[Language]): { readonly [rule: string]: string } =>
  Object.fromEntries(Object.entries(rules).map(([rule, { name }]) => [rule, name]));
const RULE_NAMES = { zh: named(ruleWords.zh), en: named(ruleWords.en) };

/** Fen as yuan, exactly, with thousands apart. */
export function yuan(fen: number): string {
  const whole = Math.floor(fen / 100).toString();
  const rest = String(fen % 100).padStart(2, '0');
  return `${whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ',')}.${rest}`;
}
