import type { Environment } from '../../compose.ts';
import type { RunningServer } from '../serve.ts';
import { people, type Sub } from './people.ts';
import { EXAMPLE_CASE } from './record.ts';

/** One of each role, and where to look first. */
const TOUR: readonly { readonly sub: Sub; readonly said: string; readonly path: string }[] = [
  { sub: 'zhang', said: '责任单位 office', path: `/v1/cases/${EXAMPLE_CASE}/items` },
  { sub: 'chen', said: '纪委监委 committee', path: `/v1/cases/${EXAMPLE_CASE}/items?overdue=true` },
  { sub: 'jiang', said: '回头看 reviewer', path: `/v1/cases/${EXAMPLE_CASE}?recordedAsOf=2025-06-30` },
  { sub: 'shen', said: '审计 auditor', path: '/v1/audit?from=2026-10-01' },
];

/** What a start prints: where it runs, where the data are, and how to sign in. */
export function greet(server: Pick<RunningServer, 'url'>, env: Environment): string {
  const { url } = server;
  const lines = [
    '',
    `Taizhang 整改台账  ${url}`,
    `  console 网页 ${url}`,
    `  API 接口    ${url}/docs`,
    `  data 数据   ${env.dataFolder}${env.isExample ? '  (an example; its dates are scripted 示例，日期为脚本设定)' : ''}`,
    '',
    ...(env.oidc ? signInElsewhere(env.oidc.issuer) : signIn(url, env)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

const signInElsewhere = (issuer: string): string[] => [`  sign in 登录  tokens come from ${issuer}`];

function signIn(url: string, env: Environment): string[] {
  const token = 'npm run -s taizhang -- token';
  const heading = '  Sign in with a token of this machine 用本机签发的令牌登录：';
  if (!env.isExample) {
    const data = quoted(env.dataFolder);
    return [
      heading,
      `  TAIZHANG_DATA=${data} ${token} --role committee --office 纪工委 --sub NAME`,
      '  --role: office, committee, reviewer, auditor',
    ];
  }
  return [
    heading,
    ...TOUR.flatMap(({ sub, said, path }) => {
      const { role, office, name } = people[sub];
      return [
        '',
        `  # ${said}: ${name}`,
        `  T=$(${token} --role ${role} --office ${office} --sub ${sub})`,
        `  curl -s -H "Authorization: Bearer $T" "${url}${path}"`,
      ];
    }),
    '',
    '  # 公众 the public, without a token',
    `  curl -s "${url}/v1/cases/${EXAMPLE_CASE}/notice"`,
  ];
}

/** For the shell: a folder's name may hold blanks and quotes. */
const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
