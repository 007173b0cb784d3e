import { type RefusalCode, refusals } from '../../domain/refusals.ts';
import { Page } from '../console/page.tsx';

const codes = Object.keys(refusals) as RefusalCode[];

/** Every code as data: what `type` of a problem leads to. */
export const problemTypes = codes.map((code) => {
  const [status, title] = refusals[code];
  return { type: `/problems#${code}`, code, status, title };
});

/** The same for people; a problem's `type` leads to its row. */
export const ProblemsPage = () => (
  <Page language="en" title="Refusal codes">
    <header>
      <h1>Refusal codes</h1>
      <p>
        Every refusal is an RFC 9457 problem with one of these stable codes. What was refused left no trace.
      </p>
    </header>
    <main>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Status</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {problemTypes.map(({ code, status, title }) => (
              <tr id={code}>
                <th scope="row">
                  <code>{code}</code>
                </th>
                <td>{status}</td>
                <td>{title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </main>
  </Page>
);
