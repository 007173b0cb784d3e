import { userInfo } from 'node:os';
import type { Environment } from '../compose.ts';
import type { CliSettings } from './context.ts';

/** What the command line takes of the environment, and who is logged in. */
export function readCliSettings({ url, token, dataFolder }: Environment): CliSettings {
  return { url, token, dataFolder, user: loginName() };
}

function loginName(): string {
  try {
    return userInfo().username || 'operator';
  } catch {
    return 'operator'; // A user id without a name, as containers have.
  }
}
