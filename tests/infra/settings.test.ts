import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { BadSetting, CONTEXT, readSettings, refuseUnknown } from '../../infra/settings.ts';

const read = (context: { readonly [name: string]: string }) => readSettings((name) => context[name]);

/** The line with which deployment stops. */
function refusal(context: { readonly [name: string]: string }): string {
  try {
    read(context);
  } catch (error) {
    expect(error).toBeInstanceOf(BadSetting);
    return (error as Error).message;
  }
  throw new Error('the settings were taken');
}

test('a stage alone is enough', () => {
  expect(read({ stage: 'dev' })).toMatchObject({
    stage: 'dev',
    oidc: undefined,
    signInDomain: undefined,
    sessions: 1,
    erasure: false,
    digest: undefined,
    views: { serving: 'blue', building: undefined },
  });
  expect(read({ stage: 'prod' }).keepsData).toBe(true);
});

test('a ledger is named as the headers have it, or as the output of the stack', () => {
  const ledger = '0f8fad5b-d9cb-469f-a165-70867728950e';
  expect(read({ stage: 'prod', ledger }).ledger).toBe(ledger);
});

test('what is named is taken', () => {
  const settings = read({
    stage: 'prod',
    issuer: 'https://id.example.cn/realms/taizhang',
    audience: 'taizhang',
    clientId: 'console',
    sessions: '3',
    alarmEmail: 'duty@example.cn',
    monthlyBudgetUsd: '80.5',
    ledger: 'AbCdEfGhIjKlMnOpQrSt_-',
    erasure: 'on',
    digest: 'zh',
    digestEmail: 'office@example.cn',
    views: 'green',
    building: 'blue',
    pinApi: '7',
    pinProjector: '12',
  });
  expect(settings).toMatchObject({
    oidc: {
      issuer: 'https://id.example.cn/realms/taizhang',
      audience: 'taizhang',
      clientId: 'console',
    },
    sessions: 3,
    alarmEmail: 'duty@example.cn',
    monthlyBudgetUsd: 80.5,
    ledger: 'AbCdEfGhIjKlMnOpQrSt_-',
    erasure: true,
    digest: { language: 'zh', email: 'office@example.cn' },
    views: { serving: 'green', building: 'blue' },
    pinned: { api: '7', projector: '12' },
  });
});

describe('what cannot be stops in one line that says what would do', () => {
  const prod = { stage: 'prod' };
  test.each([
    ['no stage', {}, 'stage must be dev or prod, not nothing'],
    ['a stage that is none', { stage: 'test' }, 'stage must be dev or prod, not "test"'],
    ['a name of Object’s', { stage: 'constructor' }, 'stage must be dev or prod'],
    [
      'an issuer without TLS',
      { ...prod, issuer: 'http://id.cn', audience: 'a' },
      'issuer must be an https URL',
    ],
    ['an issuer that is none', { ...prod, issuer: 'cognito', audience: 'a' }, 'issuer must be an https URL'],
    ['an issuer with a query', { ...prod, issuer: 'https://id.cn/?a=b', audience: 'a' }, 'issuer must be'],
    ['an issuer without slashes', { ...prod, issuer: 'https:id.cn', audience: 'a' }, 'issuer must be'],
    [
      'an issuer with an empty query',
      { ...prod, issuer: 'https://id.cn/?', audience: 'a' },
      'issuer must be',
    ],
    ['an issuer with a password', { ...prod, issuer: 'https://u:p@id.cn', audience: 'a' }, 'issuer must be'],
    ['an issuer alone', { ...prod, issuer: 'https://id.cn' }, 'issuer and audience go together'],
    ['an audience alone', { ...prod, audience: 'a' }, 'issuer and audience go together'],
    ['a client alone', { ...prod, clientId: 'a' }, 'clientId needs issuer'],
    [
      'a sign-in domain of an issuer that has its own',
      { ...prod, issuer: 'https://id.cn', audience: 'a', signInDomain: 'qihe' },
      'signInDomain is of Cognito',
    ],
    ['a sign-in domain with a dot', { ...prod, signInDomain: 'id.qihe' }, 'signInDomain must be'],
    ['a sign-in domain of AWS’s', { ...prod, signInDomain: 'my-aws' }, 'signInDomain must be'],
    ['sessions that are no number', { ...prod, sessions: 'new' }, 'sessions must be a number from 1 on'],
    ['sessions before the first', { ...prod, sessions: '0' }, 'sessions must be a number from 1 on'],
    ['no address', { ...prod, alarmEmail: 'duty' }, 'alarmEmail must be an address, not "duty"'],
    ['no amount', { ...prod, alarmEmail: 'a@b.cn', monthlyBudgetUsd: 'much' }, 'monthlyBudgetUsd must be'],
    [
      'nothing to spend',
      { ...prod, alarmEmail: 'a@b.cn', monthlyBudgetUsd: '0' },
      'monthlyBudgetUsd must be',
    ],
    [
      'a budget of which nobody hears',
      { ...prod, monthlyBudgetUsd: '9' },
      'monthlyBudgetUsd needs alarmEmail',
    ],
    ['a ledger that is none', { ...prod, ledger: 'mine' }, 'ledger must be the 22 characters'],
    ['half a switch', { ...prod, erasure: 'yes' }, 'erasure must be on or off, not "yes"'],
    ['a digest in no language of ours', { ...prod, digest: 'on' }, 'digest must be zh, en or off, not "on"'],
    [
      'a digest to nobody',
      { ...prod, digest: 'zh', digestEmail: 'x' },
      'digestEmail must be an address, not "x"',
    ],
    ['a mail of no digest', { ...prod, digest: 'off', digestEmail: 'a@b.cn' }, 'digestEmail needs digest'],
    ['a third colour', { ...prod, views: 'red' }, 'views must be blue or green, not "red"'],
    [
      'building what serves',
      { ...prod, building: 'blue' },
      'building must be the colour that does not serve',
    ],
    ['building without pins', { ...prod, building: 'green' }, 'building needs pinApi and pinProjector'],
    ['a version that is none', { ...prod, pinApi: '$LATEST' }, 'pinApi must be the number of a published'],
  ])('%s', (_, context, line) => {
    const said = refusal(context);
    expect(said).toContain(line);
    expect(said).not.toContain('\n');
  });

  test('a setting that is none, CDK’s own apart', () => {
    expect(() =>
      refuseUnknown(['stage', '@aws-cdk/core:x', 'aws:cdk:y', 'cli-telemetry', 'acknowledged-issue-numbers']),
    ).not.toThrow();
    expect(() => refuseUnknown(['stage', 'alarmMail'])).toThrow(
      /^there is no setting "alarmMail"; there are stage, /,
    );
  });

  test('and with status 1, as the command line of CDK runs it', () => {
    const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ stage: 'nope' }) };
    const run = () =>
      execFileSync(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
        env,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    expect(run).toThrowError(
      expect.objectContaining({
        status: 1,
        stdout: '',
        stderr: 'taizhang: stage must be dev or prod, not "nope": npm run deploy -- -c stage=dev\n',
      }),
    );
  });
});

test('every setting is read, and none that is not listed', () => {
  const asked = new Set<string>();
  readSettings((name) => {
    asked.add(name);
    return name === 'stage' ? 'dev' : undefined;
  });
  expect([...asked].sort()).toEqual([...CONTEXT].sort());
});
