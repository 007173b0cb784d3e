import { flagRules } from '../../../domain/look-back/catalogue.ts';
import { answer, Page } from '../page.tsx';
import { flagWords } from '../texts/flags.ts';
import type { SignedIn } from '../visit.ts';
import { RuleHeading } from './rule-heading.tsx';

/** What each rule looks for and why, with the thresholds that count where a case sets none. */
export const showFlagRules = (visit: SignedIn): Response => {
  const { language } = visit;
  const t = flagWords[language];
  return answer(
    visit,
    <Page visit={visit} title={t.about} crumbs={[{ text: t.cases, href: '/flags' }, { text: t.about }]}>
      <h1>{t.about}</h1>
      <p>{t.note}</p>
      <p class="hint">{t.aboutHint}</p>
      {flagRules.map((rule) => (
        <section aria-labelledby={rule}>
          <RuleHeading language={language} rule={rule} settings={{}} />
        </section>
      ))}
    </Page>,
  );
};
