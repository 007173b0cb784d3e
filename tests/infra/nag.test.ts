import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { synthesised } from '../kit/cloud/template.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Plugin {
  readonly pluginName: string;
  readonly violations: readonly unknown[];
}

describe.each([
  ['prod', {}],
  ['prod', { erasure: 'on', digest: 'zh' }],
  ['dev', { digest: 'en', digestEmail: 'office@example.cn' }],
  ['prod', { building: 'green', pinApi: '7', pinProjector: '5' }],
  ['dev', {}],
  ['dev', { issuer: 'https://id.example.cn', audience: 'taizhang' }],
] as const)('%s with %o', (stage, context) => {
  test('is without a finding of AwsSolutions, of NIST 800-53 R5, and of CloudFormation’s own rules', () => {
    const { folder } = synthesised(stage, context);
    const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as {
      pluginReports: Plugin[];
    };
    // The report names only who found something; that both packs look is shown below.
    expect(
      report.pluginReports.flatMap(({ pluginName, violations }) =>
        violations.map((one) => [pluginName, one]),
      ),
    ).toEqual([]);
  });
});

interface Unaccepted {
  readonly accepted: readonly { readonly path: string; readonly id: string; readonly reason: string }[];
  readonly findings: readonly { readonly rule: string; readonly path: string }[];
}

describe('what is accepted', () => {
  const stages = ['prod', 'dev'].map((stage): Unaccepted => {
    const args = [
      '--import',
      'tsx',
      'tests/kit/cloud/unaccepted.script.ts',
      JSON.stringify({ stage, erasure: 'on', digest: 'zh' }),
    ];
    return JSON.parse(
      execFileSync(process.execPath, args, {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  });

  test('would be found otherwise: no acceptance outlives what it answers', () => {
    for (const { accepted, findings } of stages) {
      for (const pack of [/^AwsSolutions-/, /^NIST\.800\.53\.R5-/]) {
        expect(findings.some(({ rule }) => pack.test(rule))).toBe(true);
      }
      const idle = accepted.filter(
        ({ id, path }) =>
          !findings.some(
            (found) => found.rule === id && (found.path === path || found.path.startsWith(`${path}/`)),
          ),
      );
      expect(idle).toEqual([]);
    }
  });

  test('says why, in a sentence', () => {
    for (const { reason } of stages.flatMap(({ accepted }) => accepted))
      expect(reason).toMatch(/^[A-Z].{30,}\.$/);
  });
});
