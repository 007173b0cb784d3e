import type { Item } from '../../../domain/item/present.ts';
import { frame } from '../texts/frame.ts';
import { itemWords } from '../texts/item.ts';
import { words } from '../texts/words.ts';
import { instantText } from '../time/instants.ts';
import type { Visit } from '../visit.ts';

interface PartProps {
  readonly visit: Visit;
  readonly item: Item;
}

/** Every measure with its state; one that is under way can be reported done from here. */
export const Measures = ({
  visit,
  item,
  completable,
}: PartProps & { readonly completable: ReadonlySet<string> }) => {
  const { language } = visit;
  const t = itemWords[language];
  const w = words[language];
  const here = new URL(visit.c.req.url).pathname;
  return (
    <section aria-labelledby="measures">
      <h2 id="measures">{t.measures}</h2>
      {item.measures.length === 0 ? <p class="empty">{t.noMeasures}</p> : null}
      <ol class="measures">
        {item.measures.map((measure) => (
          <li id={measure.measureId} class={measure.status === 'withdrawn' ? 'voided' : undefined}>
            <p>
              <span class="muted">{measure.measureId}</span>{' '}
              <span class={`tag ${TAGS[measure.status]}`}>{w.measureStatus[measure.status]}</span>{' '}
              {measure.text ?? frame[language].erased}
            </p>
            {measure.summary === null ? null : <p class="muted">{measure.summary}</p>}
            <p class="muted foot">
              {[
                t.measureMeta(measure.office),
                ...(measure.due === null ? [] : [t.due(measure.due)]),
                ...(measure.completedOn === null ? [] : [t.completedOn(measure.completedOn)]),
                measure.evidence > 0 ? t.evidenceCount(measure.evidence) : t.noEvidenceYet,
              ].join(' · ')}
              {completable.has(measure.measureId) ? (
                <>
                  {' '}
                  <a
                    href={`${here}?do=MeasureCompleted&measureId=${measure.measureId}#form-MeasureCompleted`}
                  >
                    {t.complete}
                    <span class="visually-hidden"> {measure.measureId}</span>
                  </a>
                </>
              ) : null}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
};

/** Classes of tags by the state of a measure. */
const TAGS = {
  adopted: 'rectifying',
  completed: 'closed',
  continuing: 'closed',
  withdrawn: 'withdrawn',
} as const;

export const Evidence = ({ visit, item }: PartProps) => {
  const { language } = visit;
  const t = itemWords[language];
  const { evidenceColumns: columns } = t;
  return (
    <div>
      <h2 id="evidence">{t.evidence}</h2>
      {item.evidence.length === 0 ? (
        <p class="empty">{t.noEvidence}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-labelledby="evidence">
          <table>
            <thead>
              <tr>
                {Object.values(columns).map((column) => (
                  <th scope="col">{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {item.evidence.map((one) => (
                <tr class={one.standing ? undefined : 'voided'}>
                  <td>
                    {one.name ?? frame[language].erased}
                    <small>
                      {one.evidenceId} · {one.mediaType} · {t.bytes(one.bytes)}
                    </small>
                  </td>
                  <td>
                    {one.measureIds.map((id) => (
                      <>
                        <a class="chip" href={`#${id}`}>
                          {id}
                        </a>{' '}
                      </>
                    ))}
                  </td>
                  <td>
                    {one.office}
                    {one.role === 'office' ? null : <small>{words[language].role[one.role]}</small>}
                    {one.role === 'reviewer' ? <small>{t.reviewersEvidence}</small> : null}
                  </td>
                  <td class="nowrap">{instantText(one.recordedAt, visit.console.zone)}</td>
                  <td>
                    <code title={one.sha256}>{one.sha256.slice(0, 16)}…</code>
                  </td>
                  <td>{one.standing ? t.standing : t.withdrawn}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
};
