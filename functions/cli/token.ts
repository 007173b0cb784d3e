import { ROLES, type Role } from '../../domain/actor.ts';
import { InvalidClaims, openLocalIssuer } from '../identity/local-issuer.ts';
import { UsageError } from './problems.ts';
import { give } from './result.ts';
import type { Verb } from './verb.ts';

const UNITS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const LONGEST_SECONDS = 30 * UNITS.d;

export const token: Verb = {
  name: 'token',
  summary: "Prints a token of the data folder's local issuer, and nothing else.",
  takes: [],
  options: {
    role: { type: 'string', value: 'ROLE', help: `one of ${ROLES.join(', ')}` },
    office: { type: 'string', value: 'OFFICE', help: 'the code of the office, such as 财政办' },
    sub: { type: 'string', value: 'NAME', help: 'who it is; one person keeps one name' },
    name: { type: 'string', value: 'NAME', help: 'the name to show beside what they record' },
    case: {
      type: 'string',
      multiple: true,
      value: 'ID',
      help: 'narrow the token to this case; may be repeated',
    },
    ttl: { type: 'string', value: 'TIME', help: 'how long it lasts, such as 90s, 30m, 8h (the default), 7d' },
  },
  required: ['role', 'office', 'sub'],
  async run(args, context) {
    const ttl = seconds(args.text('ttl') ?? '8h');
    const cases = args.all('case');
    const issuer = await openLocalIssuer(context.settings.dataFolder, () => context.now());
    try {
      const token = await issuer.mint(
        {
          role: args.text('role') as Role,
          office: args.text('office') ?? '',
          sub: args.text('sub') ?? '',
          name: args.text('name'),
          ...(cases.length > 0 ? { cases } : {}),
        },
        ttl,
      );
      await give(context, args, { token, expiresInSeconds: ttl }, [token]);
      return 0;
    } catch (error) {
      throw error instanceof InvalidClaims ? new UsageError(error.message) : error;
    }
  },
};

function seconds(text: string): number {
  const match = /^([1-9][0-9]{0,6})([smhd])$/.exec(text);
  const result = match ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : 0;
  if (result < 1 || result > LONGEST_SECONDS)
    throw new UsageError('--ttl must be a time such as 30m or 8h, at most 30d');
  return result;
}
