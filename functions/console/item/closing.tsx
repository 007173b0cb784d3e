import type { Refusal } from '../../../domain/refusals.ts';
import type { ItemLife } from '../../app/item-life.ts';
import { itemWords } from '../texts/item.ts';
import type { Language } from '../texts/language.ts';
import { saidRefusal } from '../texts/refusals.ts';

/** Each rule that a closing would break, in words, with a way to the measure that it is about. */
export const UnmetRules = ({
  language,
  unmet,
}: {
  readonly language: Language;
  readonly unmet: readonly Refusal[];
}) => (
  <ul class="unmet">
    {unmet.map((refusal) => (
      <li>
        {refusal.subject !== undefined && /^m[0-9]+$/.test(refusal.subject) ? (
          <a href={`#${refusal.subject}`}>{saidRefusal(refusal, language)}</a>
        ) : (
          saidRefusal(refusal, language)
        )}
      </li>
    ))}
  </ul>
);

/** Why this cannot be closed yet, before anybody tries. */
export const Closing = ({ language, life }: { readonly language: Language; readonly life: ItemLife }) => {
  const t = itemWords[language];
  const { status } = life.item;
  if (life.cut !== undefined || status === 'closed' || status === 'withdrawn') return null;
  return (
    <section class={life.unmet.length === 0 ? 'notice' : 'notice picture'} aria-labelledby="closing">
      <h2 id="closing">
        {life.unmet.length === 0 ? t.closingMet : t.closing}
        {life.unmet.length === 0 ? null : <small>{t.unmetCount(life.unmet.length)}</small>}
      </h2>
      {life.unmet.length === 0 ? <p>{t.ready}</p> : <UnmetRules language={language} unmet={life.unmet} />}
    </section>
  );
};

/** What was recomputed, what it shows and what it does not. */
export const ChainMark = ({ language, life }: { readonly language: Language; readonly life: ItemLife }) => {
  const t = itemWords[language];
  const { chain, item } = life;
  if (chain.fault) {
    return (
      <p class="refusal" role="alert">
        {t.chainBroken(chain.fault.seq, chain.fault.why)}
      </p>
    );
  }
  return (
    <details class="chain">
      <summary>
        <span aria-hidden="true">✓ </span>
        {t.chainHolds(chain.entries)}
      </summary>
      {chain.erased > 0 ? <p>{t.chainErased(chain.erased)}</p> : null}
      <p>
        {t.chainNot} {t.head(item.version)} <code>{item.hash}</code>
      </p>
    </details>
  );
};
