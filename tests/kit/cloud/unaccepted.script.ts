import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Acknowledgment, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ledgerApp } from '../../../infra/app.ts';

// Prints what the rules of cdk-nag would find if nothing had been accepted, and what is accepted.

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath?: string }[];
    }[];
  }[];
}

const accepted: { readonly path: string; readonly id: string; readonly reason: string }[] = [];
const of = Validations.of;
Validations.of = (scope: IConstruct) => {
  const validations = of.call(Validations, scope);
  validations.acknowledge = (...rules: Acknowledgment[]) => {
    for (const { id, reason } of rules) accepted.push({ path: scope.node.path, id, reason });
  };
  return validations;
};

const own = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')) as {
  context: object;
};
const folder = mkdtempSync(join(tmpdir(), 'taizhang-unaccepted-'));
try {
  ledgerApp({ context: { ...own.context, ...JSON.parse(process.argv[2] ?? '{}') }, outdir: folder }).synth();
} catch {
  // That there are findings is the point; the report has them.
}
const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as Report;
rmSync(folder, { recursive: true, force: true });
const findings = report.pluginReports.flatMap(({ violations }) =>
  violations.flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath = '' }) => ({ rule: ruleName, path: constructPath })),
  ),
);
// A failed validation leaves a status behind; what is printed is the answer.
process.exitCode = 0;
process.stdout.write(`${JSON.stringify({ accepted, findings })}\n`, () => process.exit(0));
