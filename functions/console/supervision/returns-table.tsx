import { fieldLabel } from '../form/field-label.ts';
import { frame } from '../texts/frame.ts';
import type { Language } from '../texts/language.ts';
import { supervisionWords } from '../texts/supervision.ts';
import { terms } from '../texts/terms.ts';
import { registerAddress } from './addresses.ts';
import type { ReturnsLine } from './dues.ts';

interface ReturnsProps {
  readonly language: Language;
  readonly lines: readonly ReturnsLine[];
}

/** Where requests for closure were returned, and what came of it. */
export const ReturnsTable = ({ language, lines }: ReturnsProps) => {
  const t = supervisionWords[language];
  return (
    <section class="scroll" tabindex={0} aria-label={t.returns}>
      <table class="returns">
        <caption>{t.returnsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{terms[language].office}</th>
            <th scope="col">{terms[language].case}</th>
            {[fieldLabel(language, 'returns'), t.returnedItems, t.resubmitted, t.toResubmit].map((said) => (
              <th scope="col" class="number">
                {said}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ caseId, title, office, returns, returned, resubmitted, toResubmit }) => {
            const filter = { ...(office === null ? {} : { office, leads: 'yes' }), returned: 'yes' };
            return (
              <tr>
                <th scope="row">{office ?? t.nobody}</th>
                <td>
                  <a href={registerAddress(caseId, filter)}>{title ?? frame[language].erased}</a>
                </td>
                <td class="number">{returns}</td>
                <td class="number">{returned}</td>
                <td class="number">{resubmitted}</td>
                <td class={toResubmit > 0 ? 'number overdue' : 'number'}>{toResubmit}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};
