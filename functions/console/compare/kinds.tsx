import type { Span } from '../../app/comparison.ts';
import { compareWords } from '../texts/compare.ts';
import type { Language } from '../texts/language.ts';
import { words } from '../texts/words.ts';

const KINDS = ['new', 'back-dated', 'corrected'] as const;

/** What the marks of changes mean on this axis. */
export const LegendOfKinds = ({
  language,
  axis,
}: {
  readonly language: Language;
  readonly axis: Span['axis'];
}) => {
  const { kinds } = compareWords[language];
  const said = { ...kinds, 'back-dated': kinds['back-dated'][axis], corrected: kinds.corrected[axis] };
  return (
    <ul class="legend-of-kinds">
      {KINDS.map((kind) => (
        <li>
          <span class={`tag ${kind}`}>{words[language].change[kind]}</span> {said[kind]}
        </li>
      ))}
    </ul>
  );
};
