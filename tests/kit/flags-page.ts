import { FLAG_RULES, flagRules, THRESHOLDS } from '../../domain/look-back/catalogue.ts';
import { flagWords, ruleWords } from '../../functions/console/texts/flags.ts';

/** The page that tells people what the rules are. */
export const FLAGS_PAGE = new URL('../../domain/look-back/FLAGS.md', import.meta.url);

/** What the page must say of the rules, line by line, from the catalogue and the console's own texts. */
export function rulesOnPage(): readonly string[] {
  const { zh, en } = ruleWords;
  const rules = flagRules.map((rule) => {
    const { severity, thresholds } = FLAG_RULES[rule];
    const grade = `${flagWords.zh.severity[severity]} ${flagWords.en.severity[severity].toLowerCase()}`;
    const set = thresholds.map((name) => `\`${name}\``).join(' ');
    const names = `**${zh[rule].name}** ${en[rule].name}`;
    return `| \`${rule}\` | ${grade} | ${names} | ${zh[rule].reason}<br>${en[rule].reason} | ${set} |`;
  });
  const thresholds = Object.entries(THRESHOLDS).map(([name, { unit, default: usual, least, most }]) => {
    const said = `${flagWords.zh.threshold[name as keyof typeof THRESHOLDS]} ${flagWords.en.threshold[name as keyof typeof THRESHOLDS]}`;
    return `| \`${name}\` | ${said} | ${unit} | ${usual ?? '–'} | ${least} | ${most} |`;
  });
  return [...rules, ...thresholds];
}
