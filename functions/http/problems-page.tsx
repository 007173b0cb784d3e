import { type RefusalCode, refusals } from '../../domain/refusals.ts';
import { Document } from '../console/page.tsx';
import { frame } from '../console/texts/frame.ts';
import { saidRefusal } from '../console/texts/refusals.ts';

const codes = Object.keys(refusals) as RefusalCode[];

/** Every code as data: what `type` of a problem leads to. */
export const problemTypes = codes.map((code) => {
  const [status, title] = refusals[code];
  return { type: `/problems#${code}`, code, status, title };
});

/** The same for people; a problem's `type` leads to its row. */
export const ProblemsPage = () => (
  <Document language="en" title="Refusal codes">
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
              <th scope="col">{frame.en.meaning}</th>
              <th scope="col" lang="zh-CN">
                {frame.zh.meaning}
              </th>
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
                <td lang="zh-CN">{saidRefusal({ refused: code, detail: title }, 'zh')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </main>
  </Document>
);
