import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { literalsOf } from './literals.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TEXTS = join(ROOT, 'functions/console/texts');

const modules = readdirSync(TEXTS).filter((name) => name.endsWith('.ts'));

/** Where each literal stands, as `module.ts:line`. */
const places = new Map<string, string[]>();
for (const name of modules) {
  for (const { text, line } of literalsOf(readFileSync(join(TEXTS, name), 'utf8'))) {
    places.set(text, [...(places.get(text) ?? []), `${name}:${line}`]);
  }
}
const standsTwice = (text: string): boolean => (places.get(text)?.length ?? 0) > 1;

/** One form, two meanings: a change of the one must not change the other. */
const CHINESE_HOMONYMS: { readonly [text: string]: string } = {
  内容: 'the heading over a field that changed; the field that holds the words of an entry',
  整改台账: 'the name of this software; the kind of document that offices print and file',
  序号: 'the row of a printed sheet; the number of an entry in its stream',
  记录: 'the act of recording; what was recorded',
  回头看: 'an inspection of what was rectified; the role of those who make it',
  申请销号: 'a status of an issue; the entry that leads to it',
  重新整改: 'a status of an issue; the entry that leads to it',
  长期坚持: 'a term that an issue is given; the state of a measure that goes on',
  更正: 'an entry that corrects another; the mark of what was corrected',
};

const ENGLISH_HOMONYMS: { readonly [text: string]: string } = {
  'Closure requested': 'a status of an issue; the entry that leads to it',
  'Funds recovered': 'an amount of a case; the entry that adds to it',
};

const isChinese = (text: string): boolean => text.length > 1 && /\p{Script=Han}/u.test(text);

/**
 * Two words or more. Single English words stand for several Chinese ones (`Measure` for 措施 and for 措施内容), so that
 * the Chinese side decides whether these are one text.
 */
const isEnglishPhrase = (text: string): boolean =>
  /^\P{Script=Han}*$/u.test(text) && /[a-z]\S* \S/i.test(text);

describe('each text of the console stands once', () => {
  test('the literals of all modules are found', () => {
    expect(modules.length).toBeGreaterThan(15);
    expect([...places.keys()].filter(isChinese).length).toBeGreaterThan(500);
    expect([...places.keys()].filter(isEnglishPhrase).length).toBeGreaterThan(400);
    expect(places.has('第 {} 条')).toBe(true);
  });

  test.each([
    ['Chinese text', isChinese, CHINESE_HOMONYMS],
    ['English phrase', isEnglishPhrase, ENGLISH_HOMONYMS],
  ] as const)('no %s stands twice but homonyms', (_, isOne, homonyms) => {
    const copies = [...places].filter(([text]) => isOne(text) && standsTwice(text) && !(text in homonyms));
    expect(copies.map(([text, where]) => `${text}: ${where.join(', ')}`)).toEqual([]);
  });

  test.each(Object.keys({ ...CHINESE_HOMONYMS, ...ENGLISH_HOMONYMS }))(
    '%s stands twice, once for each of its meanings',
    (text) => {
      expect(places.get(text)).toHaveLength(2);
    },
  );

  test('a copy is found across modules, in templates and in spite of comments', () => {
    const source = [
      "// '注释'",
      'const zh = {',
      "  one: '甲\\'乙', /* '丙丁' */",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a template
      '  two: (n: number) => `${n > 1 ? `共 ${n}` : "无一"} 条`,',
      '};',
    ].join('\n');
    expect(literalsOf(source)).toEqual([
      { text: "甲'乙", line: 3 },
      { text: '共 {}', line: 4 },
      { text: '无一', line: 4 },
      { text: '{} 条', line: 4 },
    ]);
  });
});

/** Files that hold Chinese characters and yet no text of the console. */
const NO_TEXTS: { readonly [file: string]: string } = {
  'functions/console/form/read-form.ts': 'the ways in which people write dates and lists',
  'functions/http/openapi.ts': 'the title of the API',
};

describe('no text of the console stands outside its texts', () => {
  const files = ['functions/console', 'functions/http']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((file) => /\.(tsx?|js|css)$/.test(file) && !file.startsWith('functions/console/texts/'));

  /** Comments may quote: what is left are code, literals and the words between tags. */
  const chineseOf = (file: string): readonly string[] =>
    readFileSync(join(ROOT, file), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
      .match(/[\p{Script=Han}，。；：、（）？！]+/gu) ?? [];

  test('only files that are named here hold Chinese characters or marks', () => {
    expect(files.length).toBeGreaterThan(60);
    const holders = files.filter((file) => chineseOf(file).length > 0);
    expect(holders.toSorted()).toEqual(Object.keys(NO_TEXTS).toSorted());
  });
});

/** Every place in a text, as `fault.required`; a text with something to fill in is another than one without. */
function keysOf(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path} ${typeof value}`];
  return Object.entries(value).flatMap(([key, member]) => keysOf(member, `${path}.${key}`));
}

describe('both languages say the same', () => {
  const exported = modules.map(async (name): Promise<readonly (readonly [string, unknown])[]> => {
    const module: object = await import(join(TEXTS, name));
    return Object.entries(module).map(([key, value]) => [`${basename(name, '.ts')} ${key}`, value]);
  });

  test('have the same keys everywhere', async () => {
    const bilingual = (await Promise.all(exported))
      .flat()
      .filter(([, value]) => typeof value === 'object' && value !== null && 'zh' in value)
      .map(([name, value]) => [name, value as { readonly zh: unknown; readonly en?: unknown }] as const);
    expect(bilingual.length).toBeGreaterThan(12);
    for (const [name, { zh, en }] of bilingual) {
      expect(keysOf(en, name).toSorted()).toEqual(keysOf(zh, name).toSorted());
    }
  });
});
