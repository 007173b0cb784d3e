import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ImportReport } from '../app/ledger.ts';
import { apiOptions, connect } from './api.ts';
import { inert, styled } from './output.ts';
import { isCode, refused } from './problems.ts';
import { give } from './result.ts';
import { table } from './table.ts';
import type { Verb } from './verb.ts';

const MEDIA_TYPES: { readonly [extension: string]: string } = {
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const importFile: Verb = {
  name: 'import',
  summary: 'Reads a public notice or a register and says what was understood; records it with --commit.',
  takes: ['FILE'],
  options: {
    case: { type: 'string', value: 'ID', help: 'the case to import into; opened when there is none' },
    commit: { type: 'boolean', help: 'record what was understood; without it nothing is' },
    ...apiOptions,
  },
  required: ['case'],
  notes: [
    'FILE is a notice (.txt in UTF-8, .docx) or a register (.xlsx). Importing the same text again adds nothing.',
  ],
  async run(args, context) {
    const id = args.caseId();
    const path = args.positional(0) ?? '';
    const content = await readGiven(path);
    const api = await connect(args, context);
    const { body } = await api.call(`/v1/cases/${id}/import`, {
      method: 'POST',
      query: { commit: args.has('commit') ? 'true' : undefined },
      headers: { 'content-type': MEDIA_TYPES[extname(path).toLowerCase()] ?? 'text/plain; charset=utf-8' },
      body: content,
    });
    const report = body as ImportReport;
    const { items, lines, warnings, header } = report;
    const dry = styled(context.stdout, 'yellow', 'a dry run: nothing was recorded; --commit records');
    await give(context, args, report, [
      ...table(
        ['item', 'no.', 'lines', 'measures', 'title'],
        items.map((item) => [
          item.itemId,
          item.printedNumber ?? '',
          item.lines.join('-'),
          String(item.measures.length),
          item.title,
        ]),
        context.stdout.columns,
      ),
      '',
      `${lines.total} lines: ${lines.header} header, ${lines.items} items, ${lines.measures} measures, ${lines.tail} tail, ${lines.ignored} ignored`,
      ...header.totals.map((total) =>
        inert(
          `total ${total.kind}${total.measure ? ` ${total.measure}` : ''}: ${total.value}${total.inexact ? ' or more' : ''}`,
        ),
      ),
      ...warnings.map((warning) =>
        styled(context.stdout, 'yellow', inert(`line ${warning.line}: ${warning.code}: ${warning.message}`)),
      ),
      report.committed ? `recorded ${report.recorded ?? 'all'} entries in ${id}` : dry,
    ]);
    return 0;
  },
};

export async function readGiven(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (isCode(error, 'ENOENT', 'EISDIR', 'EACCES'))
      throw refused('file-unreadable', `${path} cannot be read`);
    throw error;
  }
}
