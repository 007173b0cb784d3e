import type { Day } from '../../../domain/dates.ts';
import type { Item } from '../../../domain/item/present.ts';
import { fieldLabel } from '../form/field-label.ts';
import { Deadline, StatusTag } from '../register/table.tsx';
import { frame } from '../texts/frame.ts';
import { itemWords } from '../texts/item.ts';
import { listed } from '../texts/language.ts';
import { registerWords } from '../texts/register.ts';
import { words } from '../texts/words.ts';
import type { Visit } from '../visit.ts';

/** Where the item stands, at a glance. */
export const ItemState = ({
  visit,
  item,
  today,
}: {
  readonly visit: Visit;
  readonly item: Item;
  readonly today: Day;
}) => {
  const { language } = visit;
  const t = itemWords[language];
  const w = words[language];
  const r = registerWords[language];
  return (
    <section aria-labelledby="state">
      <h2 id="state">
        {t.state} <StatusTag language={language} item={item} />{' '}
        {item.overdue ? <span class="tag overdue">{w.due.overdue}</span> : null}
      </h2>
      <dl class="facts">
        <div>
          <dt>{r.columns.lead}</dt>
          <dd>
            {item.lead ?? r.unassigned}
            {item.supporting.length > 0 ? (
              <span class="muted"> {r.supporting(listed(language, item.supporting))}</span>
            ) : null}
          </dd>
        </div>
        <div>
          <dt>{r.columns.term}</dt>
          <dd>{item.term === null ? frame[language].unknown : w.term[item.term]}</dd>
        </div>
        <div>
          <dt>{r.columns.deadline}</dt>
          <dd>
            {item.deadline === null ? (
              w.due.undated
            ) : (
              <Deadline language={language} item={item} today={today} />
            )}
          </dd>
        </div>
        {item.heading === null ? null : (
          <div>
            <dt>{fieldLabel(language, 'heading')}</dt>
            <dd>
              {item.printedNumber} {item.heading}
            </dd>
          </div>
        )}
        {item.aspect === null ? null : (
          <div>
            <dt>{fieldLabel(language, 'aspect')}</dt>
            <dd>{item.aspect}</dd>
          </div>
        )}
        {item.statedStatus === null ? null : (
          <div>
            <dt>{fieldLabel(language, 'statedStatus')}</dt>
            <dd>{t.statedBy(w.stated[item.statedStatus])}</dd>
          </div>
        )}
        {item.endorsedBy.length === 0 ? null : (
          <div>
            <dt>{fieldLabel(language, 'endorsedBy')}</dt>
            <dd>{listed(language, item.endorsedBy)}</dd>
          </div>
        )}
      </dl>
      {item.returns > 0 ? (
        <p class="notice picture">
          {t.returnsLine(item.returns, item.lastReturnReason ?? frame[language].erased)}
        </p>
      ) : null}
    </section>
  );
};
