import type { Environment } from '../../compose.ts';
import type { RunningServer } from '../serve.ts';

export async function loadExample(_server: RunningServer): Promise<void> {}

export function greet(server: RunningServer, _env: Environment): string {
  return `Taizhang is ready: ${server.url}\n`;
}
